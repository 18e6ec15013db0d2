"""A published page → its links, the texts that it hides, and everything on it that gkdir never writes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from gkdir.audit.written import (
    ATTRIBUTES,
    ELEMENTS,
    HIDING,
    INPUTS,
    LINKS,
    METAS,
    POLICY,
    RELATIONS,
    VOID,
)
from gkdir.read.webaddress import SAFE_SCHEMES

WRITTEN_OUT = re.compile(r"(?:https?:)?\\?/\\?/((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
"""An address in a script or a text: ``https://host``, also with escaped slashes."""
_FULL = re.compile(r"https?:(?:\\?/){2}((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_ONWARD = re.compile(r"^[\s\d.]*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_START = re.compile(r"^(https?:)[/\\]*|^[/\\]{2,}", re.IGNORECASE)
"""The beginning of an absolute address: ``//host``, and what browsers read like it (``///host``, ``https:host``)."""
_DECLARED = ("doctype html", 'xml version="1.0" encoding="utf-8"?')
_GIVEN = re.compile(r' ([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"<>]*)")?')
_PLAIN = re.compile(
    r"""([^<]*)<(?:
        /([a-z][a-z0-9]*)>
        | (script|title) ((?:[ ][a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*) > ([^<]*) </\3>
        | ([a-z][a-z0-9]*) ((?:[ ][a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*) ([ ]?/)?>
        | !doctype[ ]html> | \?xml[ ]version="1\.0"[ ]encoding="utf-8"\?>
    ) | ([\s\S]+)""",
    re.VERBOSE,
)
"""A text and the tag after it, in a form that every parser reads alike; the last group is the rest of the page."""
_PLAIN_ELEMENTS = ELEMENTS - {"script", "title"}
"""Elements whose content is parsed as markup."""


class AuditedPage(HTMLParser):
    """A page's links, the texts that an inline style hides, and what gkdir never writes, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, int]] = []
        self.hidden: list[tuple[str, int]] = []
        self.code: list[tuple[str, int]] = []
        self._open: list[tuple[str, bool]] = []

    def feed(self, data: str) -> None:
        """Read a whole page: its plain beginning here, three times as fast, the rest by ``HTMLParser``."""
        for token in _PLAIN.finditer(data):
            text, end, raw, raw_given, inside, tag, given, closed, rest = token.groups()
            if rest is not None or (tag and tag not in _PLAIN_ELEMENTS):
                super().feed(data[token.start() :])
                return
            if text:
                if not text.isspace():
                    self.handle_data(unescape(text))
                self.lineno += text.count("\n")
            if end:
                self.handle_endtag(end)
            elif tag:
                self._begun(tag, _plain_element(tag, given))
                self.lineno += given.count("\n")
                if closed:
                    self.handle_endtag(tag)
            elif raw:
                self._begun(raw, _plain_element(raw, raw_given))
                self.lineno += raw_given.count("\n")
                self.handle_data(inside if raw == "script" else unescape(inside))
                self.lineno += inside.count("\n")
                self.handle_endtag(raw)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record what the element's attributes contain."""
        self._begun(tag, _element(tag, tuple(attrs)))

    def _begun(self, tag: str, element: _Element) -> None:
        self.links += [(link, self.lineno) for link in element.links]
        self.code += [(what, self.lineno) for what in element.code]
        if tag not in VOID:
            self._open.append((tag, element.hides or bool(self._open and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        """End the element, and what it hides."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        """Record the addresses in the text, and the text if it is hidden."""
        script = bool(self._open) and self._open[-1][0] == "script"  # structured data
        hosts = (WRITTEN_OUT if script else _FULL).findall(data)
        # Structured data has only the address of its vocabulary.
        self.links += [(f"//{host}", self.lineno) for host in hosts if host.lower() != "schema.org"]
        if self._open and self._open[-1][1] and data.strip():
            self.hidden.append((" ".join(data.split())[:40], self.lineno))

    def handle_comment(self, data: str) -> None:
        """Record a comment with markup or an address; gkdir's comments have neither."""
        if re.search(r"<\s*[a-z!/]|//", data, re.IGNORECASE):
            self.code.append((f"<!--{data[:40]}-->", self.lineno))

    def handle_decl(self, decl: str) -> None:
        """Record a document type other than gkdir's."""
        self._declared(decl)

    def handle_pi(self, data: str) -> None:
        """Record a processing instruction other than gkdir's."""
        self._declared(data)

    def unknown_decl(self, data: str) -> None:
        """Record any other declaration."""
        self._declared(data)

    def _declared(self, text: str) -> None:
        if text.lower() not in _DECLARED:
            self.code.append((f"<{text[:40]}>", self.lineno))


class _Element(NamedTuple):
    """Where a tag links to, what in it gkdir never writes, and whether its style hides the content."""

    links: tuple[str, ...]
    code: tuple[str, ...]
    hides: bool


@lru_cache(maxsize=1 << 15)
def _element(tag: str, attrs: tuple[tuple[str, str | None], ...]) -> _Element:
    """What a tag contains; cached, because most tags of a site are on many of its pages."""
    given = {key: value or "" for key, value in reversed(attrs)}  # if an attribute is repeated, browsers take the first
    links = tuple(link for key, value in attrs for link in _links(tag, key, value or ""))
    style = re.sub(r"\s|/\*.*?\*/", "", given.get("style", "").lower())
    return _Element(links, tuple(_never_written(tag, attrs, given)), bool(HIDING.search(style)))


@lru_cache(maxsize=1 << 15)
def _plain_element(tag: str, given: str) -> _Element:
    """The same for a tag in plain form."""
    return _element(tag, tuple((key.lower(), unescape(value)) for key, value in _GIVEN.findall(given)))


@lru_cache(maxsize=1 << 15)
def host_of(address: str) -> str | None:
    """The host that browsers go to; ``None`` within the site; the address itself if it is malformed."""
    try:
        return urlsplit(_plain(address)).hostname
    except ValueError:
        return address


def leads_to(address: str, page: str) -> str | None:
    """The file within the folder that an address on ``page`` leads to; ``None`` if there is none.

    Addresses within the site are relative; one from the root of the website leads to none of our files.
    """
    plain = _plain(address)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if path.startswith("../") or path == "..":
        return None  # outside the folder, which cannot be checked
    ends = parts.path.endswith(("/", "/.", "/..")) or parts.path in (".", "..")
    return posixpath.normpath(f"{path}/index.html") if ends else path


@lru_cache(maxsize=1 << 15)
def _plain(address: str) -> str:
    plain = re.sub(r"[\t\r\n]", "", address).strip("\0 \x1f\f")
    return _START.sub(lambda match: f"{match[1] or ''}//", plain).replace("\\", "/")


def _links(tag: str, key: str, value: str) -> Iterator[str]:
    """The addresses that an attribute links to or loads, and those that it only contains."""
    links = []
    if key in ("srcset", "imagesrcset"):
        links = [part.split()[0] for part in value.split(",") if part.strip()]
    elif key in LINKS or value.startswith("//"):
        links = [value]
    elif tag == "meta" and key == "content" and (onward := _ONWARD.match(value)) and "//" in value:
        links = [onward[1]]
    yield from links
    hosts = {host_of(link) for link in links}
    yield from (f"//{host}" for host in _FULL.findall(unquote(value)) if host.lower() not in hosts)


def _never_written(tag: str, attrs: Sequence[tuple[str, str | None]], given: Mapping[str, str]) -> Iterator[str]:
    """Names of everything in the element that gkdir never writes."""
    if tag not in ELEMENTS:
        yield f"<{tag}>"
    if tag == "script" and given.get("type") != "application/ld+json" and not _own_file(given.get("src", ""), ".js"):
        yield f"<script src=“{given['src'][:60]}”>" if "src" in given else "写在页面里的脚本"
    if tag == "link":
        yield from _foreign_relation(given)
    if tag == "meta":
        yield from _foreign_meta(given)
    if tag == "input" and given.get("type", "").strip().lower() not in INPUTS:
        yield f"<input type=“{given['type'][:30]}”>"
    keys = [key for key, _ in attrs]
    yield from (f"写了两遍的属性 {key}" for key in dict.fromkeys(keys) if keys.count(key) > 1)
    for key, value in attrs:
        if _foreign_attribute(key, value or ""):
            yield f"{key}=“{(value or '')[:40]}”"


def _foreign_attribute(key: str, value: str) -> bool:
    if key not in ATTRIBUTES and not key.startswith(("aria-", "data-")):
        return True
    if key == "lang":
        return value[:2] not in ("zh", "en")
    return key in LINKS and (_scheme(value) not in SAFE_SCHEMES or "@" in host_part(value))


def host_part(address: str) -> str:
    """The host, including a user name and a port; an honest address has no user name."""
    try:
        return urlsplit(_plain(address)).netloc
    except ValueError:
        return ""


def _foreign_relation(given: Mapping[str, str]) -> Iterator[str]:
    rel, address = " ".join(given.get("rel", "").lower().split()), given.get("href", "")
    if rel not in RELATIONS:
        yield f"<link rel=“{rel[:30]}”>"
    # The stylesheet of a fragment has a full address; its host is checked like any other.
    elif "stylesheet" in rel and not _own_file(address, ".css") and not address.endswith("/fragments/gkdir.css"):
        yield f"样式表“{address[:60]}”"


def _foreign_meta(given: Mapping[str, str]) -> Iterator[str]:
    equivalent = given.get("http-equiv", "").strip().lower()
    name, content = given.get("name", "").strip().lower(), given.get("content", "")
    if equivalent not in ("", "content-security-policy"):
        yield f"http-equiv={given['http-equiv'].strip()[:30]}"
    elif equivalent and (not content.startswith(POLICY) or re.search(r"unsafe|\*|https?:", content)):
        yield f"Content-Security-Policy：{content[:40]}"
    elif name and name not in METAS:
        yield f"<meta name=“{name[:30]}”>"
    if given.get("charset", "utf-8").strip().lower() != "utf-8":
        yield f"charset={given['charset'][:20]}"


def _scheme(address: str) -> str:
    """The scheme of an address as browsers parse it; the page's own if it has none."""
    found = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    return found[1].lower() if found else SAFE_SCHEMES[0]


def _own_file(address: str, ending: str) -> bool:
    """Whether the address is that of a file in the county's folder or the folder above.

    Only 404.html may use addresses from the root of the website: what other pages load from there is in no manifest.
    """
    return (
        re.fullmatch(rf"(?:(?:\.\./)*|/(?:[\w.-]+/)*?)(?:assets|screen|fragments)/[\w-]+\{ending}", address) is not None
    )
