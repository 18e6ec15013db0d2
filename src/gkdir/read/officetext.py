"""An office file (docx, xlsx, pptx, odt; pdf, doc, xls, ppt, rtf) → its text, a paragraph or a cell a line.

A pdf is slow to read, so its text is kept between runs.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from gkdir.kepttexts import kept_texts
from gkdir.read.characters import ordinary
from gkdir.read.inside import compound, rtf, slides, word, workbook
from gkdir.read.inside.part import TooMuch
from gkdir.read.longnumber import without
from gkdir.read.ready import BROKEN
from gkdir.read.samebytes import once

_OLD_KINDS = frozenset((".pdf", ".doc", ".dot", ".wps", ".wpt", ".xls", ".et", ".rtf", ".ppt", ".pps", ".dps"))
_MOST = 8 << 20
"""The most bytes of a file; larger ones consist of pictures."""
_LONGEST = 200_000
"""The most characters of a file's text."""
_KEPT = 2_000
_FULL = 0.9
"""A line of a pdf that is at least this share of the widest line continues on the next."""
_TWICE = re.compile(r"([\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\1+")
"""Doubled characters: some pdfs draw bold text twice, and it is read twice."""


def is_old(path: Path) -> bool:
    """Whether :func:`old_text` can read files of this suffix."""
    return path.suffix.lower() in _OLD_KINDS


def old_text(path: Path) -> str:
    """The text of a pdf or an old office file; empty if it cannot be opened, which rules report."""
    data = _bytes(path)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"{\\rtf"):
        return rtf.whole(data)[:_LONGEST]
    if data.startswith(compound.SIGNATURE):
        return ordinary(_compound(data))[:_LONGEST]
    return ""


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= _MOST else b""
    except OSError:
        return b""


def _pdf(data: bytes) -> str:
    kept = kept_texts("pdf", _KEPT, str)
    key = sha256(data).hexdigest()
    if kept.lacking((key,)):
        from gkdir.read.inside import pdf  # imports pypdf, which only a pdf needs

        kept.add({key: _unwrapped(_TWICE.sub(r"\1", ordinary(pdf.whole(data, _LONGEST))))})
    return kept.made[key]


def _unwrapped(text: str) -> str:
    """The text with words rejoined that were broken at the end of a full line."""
    lines = text.split("\n")
    full = max(map(_width, lines)) * _FULL
    parts = []
    for line, following in zip(lines, (*lines[1:], ""), strict=True):
        goes_on = _width(line) >= full and _is_character(line[-1:]) and _is_character(following[:1])
        parts.append(line if goes_on else f"{line}\n")
    return "".join(parts)[:-1]


def _width(line: str) -> float:
    """The width of a line, in Chinese characters."""
    return len(line) - sum(map(str.isascii, line)) / 2


def _is_character(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff"


def _compound(data: bytes) -> str:
    try:
        streams: Mapping[str, bytes] = {one.name.lower(): one.content for one in compound.streams(data)}
        if book := streams.get("workbook") or streams.get("book"):
            return "\n".join(workbook.strings(book))
        if shown := streams.get("powerpoint document"):
            return slides.text(shown)
        return word.text(streams)
    except (struct.error, IndexError, ValueError, TooMuch):
        return ""


_MOST_OF_PART = 8 << 20
"""The most bytes of a part; larger ones are not text written by people."""
_LEFT_OUT = (("<rPh ", "</rPh>"), ("<w:del ", "</w:del>"), ("<text:tracked-changes", "</text:tracked-changes>"))
"""Elements that are skipped: the pronunciation of a word, and deleted text."""


class _Markup(Struct, frozen=True):
    """A format: the names of parts with text, the tag that ends a line, and the pattern of a piece of text."""

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
    re.compile(r"xl/(?:sharedStrings|workbook|worksheets/sheet\d+)\.xml"),
    re.compile(r"</si>|</is>|(?=<sheet\s)|</(?:odd|even|first)(?:Header|Footer)>"),
    re.compile(r"<(?:t(?: [^<>]*)?|(?:odd|even|first)(?:Header|Footer))>([^<]*)|<sheet\s[^<>]*?\bname=\"([^\"]*)"),
)
"""The cells, page headers and footers, and the names of the sheets."""
_SLIDES = _Markup(re.compile(r"ppt/slides/slide\d+\.xml"), re.compile("</a:p>"), re.compile(r"<a:t>([^<]*)"))
_OPEN = _Markup(re.compile(r"content\.xml"), re.compile("</text:[ph]>"), _TAGGED)
_MARKUP: Mapping[str, _Markup] = {
    ".docx": _WORD,
    ".xlsx": _BOOK,
    ".pptx": _SLIDES,
    **dict.fromkeys((".odt", ".ods", ".odp"), _OPEN),
}


def is_office(path: Path) -> bool:
    """Whether :func:`office_text` can read files of this suffix."""
    return path.suffix.lower() in _MARKUP


def office_text(path: Path) -> str:
    """The text of a zipped office file; empty if it cannot be opened, which rules report."""
    return _office(_bytes(path), path.suffix.lower())


@once
def _office(data: bytes, suffix: str) -> str:
    markup = _MARKUP[suffix]
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "\n".join(line for text in _parts_of(archive, markup.parts) for line in _lines(text, markup))
    except BROKEN:
        return ""


def _parts_of(archive: zipfile.ZipFile, parts: re.Pattern[str]) -> Iterator[str]:
    for member in archive.infolist():
        if parts.fullmatch(member.filename) and member.file_size <= _MOST_OF_PART:
            with archive.open(member) as part:
                text = part.read(_MOST_OF_PART).decode("utf-8", "replace")
            for opening, closing in _LEFT_OUT:
                text = without(text, opening, closing)
            yield text


def _lines(text: str, markup: _Markup) -> Iterator[str]:
    for line in markup.end.split(text):
        wording = "".join(piece[piece.lastindex or 0] for piece in markup.piece.finditer(line)).strip()
        if wording:
            yield unescape(wording)
