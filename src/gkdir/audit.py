"""A published copy and its manifest → what was changed, added or lost in it, and what does not belong on its pages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.publish.write import MANIFEST
from gkdir.read.folder import shown

PAGES = (".html", ".htm", ".svg", ".xml")
GOVERNMENT = ".gov.cn"
LINKS = ("href", "src", "action", "data", "poster", "srcset")
HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:[01](?![.\d])|text-indent:-\d|scale\(0"
    r"|(?:left|right|top|bottom|margin-left|margin-top):-\d{3,}|(?<![\w-])(?:max-)?(?:height|width):[01](?:px)?(?![.\d%])"
)
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_SLASHES = re.compile(r"^([a-z]+:)?[/\\]{2,}", re.IGNORECASE)
"""As browsers read them: ``///host`` and ``/\\host`` lead to another host like ``//host``."""
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


class Kind(StrEnum):
    """How a copy can differ from what was published."""

    CHANGED = "changed"
    ADDED = "added"
    LOST = "lost"
    HOST = "foreign-host"
    HIDDEN = "hidden-text"
    SPAM = "spam-words"


class Difference(Struct, frozen=True):
    """One thing that is not as it was published; ``detail`` says what of it."""

    kind: Kind
    place: Place
    detail: str = ""


def audit(
    folder: Path, manifest: Path | None = None, hosts: Collection[str] = (), spam: Collection[str] = ()
) -> tuple[Difference, ...]:
    """Look through a published county's ``folder``; in the order of paths.

    ``manifest`` is a copy kept elsewhere, since whoever changes pages can change the one beside them; ``hosts`` may be
    linked to beside government sites; ``spam`` are words that no such page has. Raises Unreadable: no manifest.
    """
    digests = _digests(manifest or folder / MANIFEST)
    there = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if _counts(path)}
    there.pop(MANIFEST, None)
    found = [Difference(Kind.LOST, Place(name)) for name in digests if name not in there]
    for name, path in there.items():
        content = _content(path)
        if name not in digests:
            found.append(Difference(Kind.ADDED, Place(shown(name))))
        elif hashlib.sha256(content).hexdigest() != digests[name]:
            found.append(Difference(Kind.CHANGED, Place(name)))
        if path.suffix.lower() in PAGES:
            found += _suspicious(shown(name), content.decode("utf-8", "replace"), hosts, spam)
    return tuple(sorted(found, key=lambda one: (one.place.order, one.kind)))


def _counts(path: Path) -> bool:
    """Whether it is something that was put there: a file, a link, a pipe, and no mere folder."""
    return path.is_symlink() or not path.is_dir()


def _content(path: Path) -> bytes:
    """What is in a file; nothing where it cannot be read, which is never what was published."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _digests(path: Path) -> Mapping[str, str]:
    place = Place(path.as_posix())
    try:
        manifest = json.loads(path.read_bytes())
        return {str(name): str(digest) for name, digest in manifest["files"].items()}
    except OSError:
        hint = "请指到一个县的文件夹（里面有 manifest.json），或用 --manifest 指出另存的清单。"
        raise Unreadable(place, "找不到发布清单。", hint) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable(place, "发布清单读不懂，可能被改过。", "请用 --manifest 指出另存的清单。") from None


def _suspicious(name: str, text: str, hosts: Collection[str], spam: Collection[str]) -> Iterator[Difference]:
    page = _Page()
    page.feed(text)
    for address, line in page.links:
        host = _host(address)
        if host and not (host.endswith(GOVERNMENT) or host in hosts):
            yield Difference(Kind.HOST, Place(name, line), host)
    for words, line in page.hidden:
        yield Difference(Kind.HIDDEN, Place(name, line), words)
    for number, line_text in enumerate(text.splitlines(), 1):
        line_text = unescape(line_text)
        met = [word for word in spam if word in line_text]
        if met:
            yield Difference(Kind.SPAM, Place(name, number), "、".join(met))


def _host(address: str) -> str | None:
    plain = _SLASHES.sub(lambda match: f"{match[1] or ''}//", re.sub(r"[\t\r\n]", "", address).strip())
    try:
        return urlsplit(plain.replace("\\", "/")).hostname
    except ValueError:
        return address


class _Page(HTMLParser):
    """A page's links, and the texts that an inline style hides, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, int]] = []
        self.hidden: list[tuple[str, int]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.links += [(link, self.getpos()[0]) for link in _links(tag, given)]
        hides = HIDING.search(re.sub(r"\s", "", given.get("style", "").lower())) is not None
        if tag not in VOID:
            self._open.append((tag, hides or bool(self._open and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1] and data.strip():
            self.hidden.append((" ".join(data.split())[:40], self.getpos()[0]))


def _links(tag: str, given: Mapping[str, str]) -> Iterator[str]:
    """Where an element leads, or what it loads."""
    for key in LINKS:
        if key == "srcset":
            yield from (part.split()[0] for part in given.get(key, "").split(",") if part.strip())
        elif key in given:
            yield given[key]
    if tag == "meta" and (onward := _REFRESH.search(given.get("content", ""))):
        yield onward[1]
