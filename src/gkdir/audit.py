"""A published copy and its manifest → what was changed, added or lost in it, and what does not belong on its pages."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.harmless import shown
from gkdir.publish.manifest import MANIFEST, read_manifest
from gkdir.publish.swap import LOCK
from gkdir.read.folder import is_slug

PAGES = (".html", ".htm", ".svg", ".xml")
TEXTS = (*PAGES, ".js", ".css", ".json", ".txt", ".csv", ".md")
"""Files whose words and addresses are looked through; those of ``PAGES`` by their elements too."""
GOVERNMENT = ".gov.cn"
STANDARDS = frozenset(("www.w3.org", "schema.org", "www.sitemaps.org", "a9.com"))
"""Hosts in the names of XML and JSON vocabularies: nothing is loaded from them."""
LINKS = (
    *("href", "src", "action", "formaction", "data", "poster", "srcset", "imagesrcset", "xlink:href", "background"),
    *("ping", "cite", "longdesc", "manifest", "codebase", "archive"),
)
HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:[01](?![.\d])|text-indent:-\d|scale\(0"
    r"|(?:left|right|top|bottom|margin-left|margin-top):-\d{3,}|(?<![\w-])(?:max-)?(?:height|width):[01](?:px)?(?![.\d%])"
)
NEVER_WRITTEN = frozenset(
    (
        *("iframe", "frame", "frameset", "object", "embed", "applet", "base", "style", "portal", "template", "canvas"),
        *("audio", "video", "marquee", "layer", "foreignobject", "animate", "set", "use", "math"),
    )
)
"""Elements that no page of gkdir has: its templates write none, and Markdown is cleaned of them."""
NEVER_GIVEN = ("style", "srcdoc", "background", "ping", "formaction")
"""Attributes that no page of gkdir has; nor one that begins with ``on``."""
SAFE_SCHEMES = ("http", "https", "mailto", "tel")
_REFRESH = re.compile(r"^[\s\d.]*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SLASHES = re.compile(r"^([a-z]+:)?[/\\]{2,}", re.IGNORECASE)
"""As browsers read them: ``///host`` and ``/\\host`` lead to another host like ``//host``."""
_WRITTEN_OUT = re.compile(r"(?:https?:)?\\?/\\?/((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
"""An address inside a script or a text: ``https://host``, also with its slashes escaped."""
_PARTED = re.compile(r"[\W_]+")
LONG_WORD = 4
"""Characters of a word that do not meet by chance."""
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


class MismatchKind(StrEnum):
    """How a copy can differ from what was published."""

    CHANGED = "changed"
    ADDED = "added"
    LOST = "lost"
    HOST = "foreign-host"
    CODE = "foreign-code"
    HIDDEN = "hidden-text"
    SPAM = "spam-words"


class Mismatch(Struct, frozen=True):
    """One thing that is not as it was published; ``detail`` says what of it."""

    kind: MismatchKind
    place: Place
    detail: str = ""


class Watch(Struct, frozen=True):
    """The criteria: ``hosts`` that may be linked to, as government sites may; ``spam``, words that no such page has."""

    hosts: Collection[str] = ()
    spam: Collection[str] = ()


def audit(folder: Path, manifest: Path | None = None, watch: Watch = Watch()) -> tuple[Mismatch, ...]:  # noqa: B008
    """Look through a published ``folder``, a county's or the one that holds the counties; in the order of paths.

    ``manifest`` is a copy kept elsewhere, since whoever changes pages can change their manifest too. Raises
    Unreadable: no manifest.
    """
    digests = _digests(folder, manifest or folder / MANIFEST)
    there = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if _counts(path)}
    for name in (MANIFEST, LOCK):
        there.pop(name, None)
    found = [Mismatch(MismatchKind.LOST, Place(shown(name))) for name in digests if name not in there]
    for name, path in there.items():
        content = _content(path)
        if name not in digests:
            found.append(Mismatch(MismatchKind.ADDED, Place(shown(name))))
        elif hashlib.sha256(content).hexdigest() != digests[name]:
            found.append(Mismatch(MismatchKind.CHANGED, Place(shown(name))))
        if path.suffix.lower() in TEXTS:
            found += _suspicious(name, content.decode("utf-8", "replace"), watch)
    return tuple(sorted(found, key=lambda one: (one.place.order, one.kind, one.detail)))


def _counts(path: Path) -> bool:
    """Whether it is something that was put there: a file, a link, a pipe, and no mere folder."""
    return path.is_symlink() or not path.is_dir()


def _content(path: Path) -> bytes:
    """What is in a file; nothing where it cannot be read, which is never what was published."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _digests(folder: Path, path: Path) -> Mapping[str, str]:
    """What the manifest at ``path`` lists; one of all counties lists their manifests, and these their files."""
    place = Place(path.as_posix())
    try:
        manifest = json.loads(path.read_bytes())
        digests = {str(name): str(digest) for name, digest in manifest["files"].items()}
        counties = {str(slug): str(digest) for slug, digest in manifest.get("counties", {}).items()}
    except OSError:
        hint = "请指到 gkdir 生成的文件夹（里面有 manifest.json），或用 --manifest 指出另存的清单。"
        raise Unreadable(place, "找不到发布清单。", hint) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unreadable(place, "发布清单读不懂，可能被改过。", "请用 --manifest 指出另存的清单。") from None
    for slug, digest in counties.items():
        digests[f"{slug}/{MANIFEST}"] = digest
        own = read_manifest(folder / slug) if is_slug(slug) else None
        digests |= {f"{slug}/{name}": sum_ for name, sum_ in own.files.items()} if own else {}
    return digests


def _suspicious(name: str, text: str, watch: Watch) -> Iterator[Mismatch]:
    for word, line in _spam(text, watch.spam):
        yield Mismatch(MismatchKind.SPAM, Place(shown(name), line), word)
    if not name.lower().endswith(PAGES):
        for number, line_text in enumerate(text.splitlines(), 1):
            for host in _WRITTEN_OUT.findall(line_text):
                if _foreign(host.lower(), watch.hosts):
                    yield Mismatch(MismatchKind.HOST, Place(shown(name), number), host.lower())
        return
    page = _AuditedPage()
    page.feed(text)
    for address, line in page.links:
        host = _host(address)
        if host and _foreign(host, watch.hosts):
            yield Mismatch(MismatchKind.HOST, Place(shown(name), line), shown(host))
    for words, line in page.hidden:
        yield Mismatch(MismatchKind.HIDDEN, Place(shown(name), line), shown(words))
    for what, line in page.code:
        yield Mismatch(MismatchKind.CODE, Place(shown(name), line), shown(what))


def _foreign(host: str, hosts: Collection[str]) -> bool:
    return not (host == GOVERNMENT[1:] or host.endswith(GOVERNMENT) or host in hosts or host in STANDARDS)


def _spam(text: str, spam: Collection[str]) -> Iterator[tuple[str, int]]:
    """The words of ``spam`` in the text and their lines, also where marks or tags part or full width disguises them."""
    for number, line in enumerate(text.splitlines(), 1):
        plain = unicodedata.normalize("NFKC", unescape(line)).lower()
        bare = re.sub("<[^>]*>", " ", plain)
        joined = _PARTED.sub("", bare)
        met = [word for word in spam if word in plain or (word in joined and _parted(word, bare))]
        if met:
            yield "、".join(met), number


def _parted(word: str, text: str) -> bool:
    """Whether somebody parted the characters of the word.

    Those of a short one may meet by chance, at the end of one sentence and the beginning of the next: it counts where
    every character stands alone.
    """
    return len(word) >= LONG_WORD or re.search(r"[\W_]+".join(map(re.escape, word)), text) is not None


def _host(address: str) -> str | None:
    plain = _SLASHES.sub(lambda match: f"{match[1] or ''}//", re.sub(r"[\t\r\n]", "", address).strip())
    try:
        return urlsplit(plain.replace("\\", "/")).hostname
    except ValueError:
        return address


class _AuditedPage(HTMLParser):
    """A page's links, the texts that an inline style hides, and what gkdir writes on no page; each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, int]] = []
        self.hidden: list[tuple[str, int]] = []
        self.code: list[tuple[str, int]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in reversed(attrs)}  # of two, browsers take the first
        line = self.getpos()[0]
        self.links += [(link, line) for key, value in attrs for link in _links(tag, key, value or "")]
        self.code += [(what, line) for what in _never_written(tag, attrs, given)]
        style = re.sub(r"\s|/\*.*?\*/", "", given.get("style", "").lower())
        if tag not in VOID:
            self._open.append((tag, bool(HIDING.search(style)) or bool(self._open and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":  # data about the page, whose vocabulary has one address
            hosts = (host for host in _WRITTEN_OUT.findall(data) if host.lower() != "schema.org")
            self.links += [(f"//{host}", self.getpos()[0]) for host in hosts]
        if self._open and self._open[-1][1] and data.strip():
            self.hidden.append((" ".join(data.split())[:40], self.getpos()[0]))


def _links(tag: str, key: str, value: str) -> Iterator[str]:
    """Where an attribute leads, or what it loads."""
    if key in ("srcset", "imagesrcset"):
        yield from (part.split()[0] for part in value.split(",") if part.strip())
    elif key in LINKS:
        yield value
    elif tag == "meta" and key == "content" and (onward := _REFRESH.match(value)) and "//" in value:
        yield onward[1]


def _never_written(tag: str, attrs: Sequence[tuple[str, str | None]], given: Mapping[str, str]) -> Iterator[str]:
    """What of an element is on no page of gkdir."""
    if tag in NEVER_WRITTEN:
        yield f"<{tag}>"
    if tag == "script" and given.get("type") != "application/ld+json" and not _own_file(given.get("src", ""), ".js"):
        yield f"<script src=“{given['src'][:60]}”>" if "src" in given else "写在页面里的脚本"
    if tag == "link" and "stylesheet" in given.get("rel", "").lower():
        sheet = given.get("href", "")  # a fragment's has a full address, whose host is looked at like any other
        if not _own_file(sheet, ".css") and not sheet.endswith("/fragments/gkdir.css"):
            yield f"样式表“{sheet[:60]}”"
    if tag == "meta" and given.get("http-equiv", "").strip().lower() not in ("", "content-security-policy"):
        yield f"http-equiv={given['http-equiv'].strip()[:30]}"
    keys = [key for key, _ in attrs]
    yield from (f"写了两遍的属性 {key}" for key in dict.fromkeys(keys) if keys.count(key) > 1)
    for key, value in attrs:
        if key.startswith("on") or key in NEVER_GIVEN or (key in LINKS and _scheme(value or "") not in SAFE_SCHEMES):
            yield f"{key}=“{(value or '')[:40]}”"


def _scheme(address: str) -> str:
    """The scheme of an address as browsers parse it; the page's own if it has none."""
    found = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    return found[1].lower() if found else SAFE_SCHEMES[0]


def _own_file(address: str, ending: str) -> bool:
    """Whether an address is that of a file of the county's own folder or the folder above it."""
    return re.fullmatch(rf"(?:\.\./)*(?:assets|screen|fragments)/[\w-]+\{ending}", address) is not None
