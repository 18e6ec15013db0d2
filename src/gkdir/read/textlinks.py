"""A section of Markdown → its links and pictures, each with its line and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote

from msgspec import Struct

from gkdir.model.guide import Section

_TARGET = (
    r"\([ ]*(?:<([^<>\n]{0,500})>|((?:[^()<>\n]|\([^()\n]{0,80}\)){0,500}))"
    r"""(?:[ ]+(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?[ ]*\)"""
)
_INLINE = re.compile(rf"\]{_TARGET}")
_PICTURE = re.compile(rf"!\[([^\]\n]{{0,500}})\]{_TARGET}")
_NAMED = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]{1,80})\]:[ \t]*<?(\S{0,500}?)>?(?:[ \t]+[\"'(].*)?$", re.MULTILINE)
_HTML = re.compile(r"""<a\b[^<>]{0,200}\bhref\s*=\s*["']([^"'<>]{0,500})["']""", re.IGNORECASE)
_IMG = re.compile(r"""<img\b[^<>]{0,500}""", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*["']([^"'<>]{0,500})["']""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*["']([^"'<>]{0,500})["']""", re.IGNORECASE)
_REFERRED = re.compile(r"!\[([^\]\n]{0,500})\](?:\s?\[([^\]\n]{0,80})\])?(?!\()")
_CODE = re.compile(r"(`+).+?\1")
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\Z""")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2}")
"""What an address begins with that leads out of the site."""


class TextLink(Struct, frozen=True):
    """One link; of a picture, ``words`` is its alternative text."""

    line: int
    target: str
    words: str | None = None


def text_links(section: Section) -> Iterator[TextLink]:
    """The links and pictures of a section, in the order of lines."""
    text = section.markdown
    if "](" not in text and "]:" not in text and "<" not in text:
        return
    named = {name.casefold(): target for name, target in _NAMED.findall(text)} if "]:" in text else {}
    for number, line in enumerate(text.splitlines(), section.line):
        bare = _CODE.sub("", line)
        if "[" in bare or "<" in bare:
            yield from _of_line(bare, number, named)


def _of_line(bare: str, number: int, named: dict[str, str]) -> Iterator[TextLink]:
    shown = set()
    for match in _PICTURE.finditer(bare):
        shown.add(match.end())
        yield TextLink(number, _plain(match[2] or match[3] or ""), match[1].strip())
    for match in _REFERRED.finditer(bare):
        target = named.get((match[2] or match[1]).casefold())
        if target is not None:
            yield TextLink(number, _plain(target), match[1].strip())
    for match in _IMG.finditer(bare):
        if source := _SRC.search(match[0]):
            words = _ALT.search(match[0])
            yield TextLink(number, source[1].strip(), words[1].strip() if words else "")
    for match in _INLINE.finditer(bare):
        if match.end() not in shown:
            yield TextLink(number, _plain(match[1] or match[2] or ""))
    for match in _NAMED.finditer(bare):
        yield TextLink(number, _plain(match[2]))
    for match in _HTML.finditer(bare):
        yield TextLink(number, match[1].strip())


def _plain(target: str) -> str:
    return _TITLE.sub("", target.strip())


def beside(target: str) -> str | None:
    """The file beside the text that a link leads to, as a path from the text's folder; ``None`` if it leads elsewhere.

    Pages of the site end in ``/`` or ``.html``, and so do anchors of the page itself.
    """
    if SCHEME.match(target):
        return None
    path = unquote(target.partition("#")[0].partition("?")[0]).strip()
    if not path or path.startswith(("/", "\\")) or path.endswith(("/", ".html", ".htm")) or "\0" in path:
        return None
    path = normpath(path)
    return None if path == "." or path.startswith("..") else path
