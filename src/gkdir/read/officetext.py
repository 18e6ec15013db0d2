"""An office file (docx, xlsx, pptx, odt, ods, odp) → what it says, a paragraph or a cell a line."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from msgspec import Struct

from gkdir.read.longnumber import without

_MOST = 8 << 20
"""Bytes of the file, and of one part of it; what is larger is no text that people wrote."""
_BROKEN = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error)
_LEFT_OUT = (("<rPh ", "</rPh>"), ("<w:del ", "</w:del>"), ("<text:tracked-changes", "</text:tracked-changes>"))
"""How a word sounds, and what was deleted."""


class _Markup(Struct, frozen=True):
    """Which parts hold text, what a line of it ends with, and how a piece of it is written."""

    parts: re.Pattern[str]
    end: re.Pattern[str]
    piece: re.Pattern[str]


_TAGGED = re.compile(r">([^<]+)")
_WORD = _Markup(
    re.compile(r"word/(?:document|header|footer|footnotes|endnotes)\d*\.xml"),
    re.compile("</w:p>|<w:br/>"),
    re.compile(r"<w:t(?: [^<>]*)?>([^<]*)"),
)
_BOOK = _Markup(
    re.compile(r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml"),
    re.compile("</si>|</is>"),
    re.compile(r"<t(?: [^<>]*)?>([^<]*)"),
)
_SLIDES = _Markup(re.compile(r"ppt/slides/slide\d+\.xml"), re.compile("</a:p>"), re.compile(r"<a:t>([^<]*)"))
_OPEN = _Markup(re.compile(r"content\.xml"), re.compile("</text:[ph]>"), _TAGGED)
_KINDS: Mapping[str, _Markup] = {
    ".docx": _WORD,
    ".xlsx": _BOOK,
    ".pptx": _SLIDES,
    **dict.fromkeys((".odt", ".ods", ".odp"), _OPEN),
}


def is_office(path: Path) -> bool:
    """Whether what the file says can be taken from it, by its name."""
    return path.suffix.lower() in _KINDS


def office_text(path: Path) -> str:
    """What the file says; nothing of one that cannot be opened, of which other rules speak."""
    markup = _KINDS[path.suffix.lower()]
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return ""
        with zipfile.ZipFile(path) as archive:
            return "\n".join(line for text in _texts(archive, markup.parts) for line in _lines(text, markup))
    except _BROKEN:
        return ""


def _texts(archive: zipfile.ZipFile, parts: re.Pattern[str]) -> Iterator[str]:
    for member in archive.infolist():
        if parts.fullmatch(member.filename) and member.file_size <= _MOST:
            with archive.open(member) as part:
                text = part.read(_MOST).decode("utf-8", "replace")
            for opening, closing in _LEFT_OUT:
                text = without(text, opening, closing)
            yield text


def _lines(text: str, markup: _Markup) -> Iterator[str]:
    for line in markup.end.split(text):
        wording = "".join(markup.piece.findall(line)).strip()
        if wording:
            yield unescape(wording)
