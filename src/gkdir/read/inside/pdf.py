"""A pdf → the lines of its pages, its other strings (fields, notes, bookmarks, properties), and parts without text.

A changed file still contains its earlier versions, which are searched too.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, PdfObject, StreamObject, TextStringObject

from gkdir.read.inside import markup, raw
from gkdir.read.inside.part import Budget, InsideText, Look, Looked, TooMuch, Unseen
from gkdir.read.longnumber import LONG_NUMBER, long_lines

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # broken files have messages of their own

BROKEN = (
    *(PyPdfError, DependencyError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError),
    *(OSError, RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)
"""What pypdf raises for broken files: its own errors, or whatever its code runs into."""
PAGE_BYTES = 4 << 20
"""The most bytes of the instructions of all pages: so many take a second to parse."""
OBJECTS = 30_000
MOST_VERSIONS = 5
"""The most earlier versions that are searched."""
_END = re.compile(rb"%%EOF[\r\n]*")
_REMARKS = ("/Text", "/Highlight", "/StrikeOut", "/Underline", "/Squiggly", "/Caret")
"""Annotations made by readers; not text boxes, which may fill in a form."""
_WORDLESS = frozenset(("/ID", "/O", "/U", "/OE", "/UE", "/CharSet", "/Cert", "/Registry", "/Ordering", "/Panose"))
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]{2,})>")


def texts(data: bytes, name: str, budget: Budget, look: Look) -> Looked:
    """The texts of the last version's pages, then its other strings, then those of earlier versions."""
    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except BROKEN:
        yield from raw.texts(data)
        yield Unseen(f"{name}{name and ' '}打不开，可能加了密")
        return
    if locked:
        yield Unseen(f"{name}{name and ' '}加了密码")
        return
    yield from _guarded(_pages(reader, name, budget), name)
    yield from _guarded(_objects(reader, name, budget, look), name)
    ends = [match.end() for match in _END.finditer(data)][:-1]
    for end in ends[-MOST_VERSIONS:]:
        yield from _earlier(data[:end], name, budget, look)


def whole(data: bytes, most: int) -> str:
    """The text of the pages, up to ``most`` characters; empty if the file cannot be opened."""
    pages: list[str] = []
    spent = 0
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return ""
        for page in reader.pages:
            contents = page.get_contents()
            spent += len(contents.get_data()) if contents is not None else 0
            if spent > PAGE_BYTES or sum(map(len, pages)) > most:
                break
            pages.append(page.extract_text())
    except BROKEN:  # the rule about files reports it
        pass
    return "\n".join(pages)[:most]


def author(data: bytes) -> list[str]:
    """The author in the file's properties, if any; none if it cannot be opened."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return []
        found = reader.metadata
        return [found.author] if found is not None and found.author else []
    except BROKEN:  # the rule about files reports it
        return []


def remarks(data: bytes) -> list[str]:
    """The author of each annotation by a reader, empty if it has no name; none if the file cannot be opened."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return []
        notes = (note.get_object() for page in reader.pages for note in page.annotations or ())
        return [str(note.get("/T", "")) for note in notes if note.get("/Subtype") in _REMARKS]
    except BROKEN:  # the rule about files reports it
        return []


def has_pages(data: bytes) -> bool:
    """Whether the file has a page; true if it cannot be opened."""
    try:
        return len(PdfReader(BytesIO(data)).pages) > 0
    except BROKEN:  # the rule about files that were not searched reports it
        return True


def _guarded(found: Looked, name: str) -> Looked:
    """What is found up to the place where the file is broken."""
    try:
        yield from found
    except TooMuch:
        raise
    except BROKEN:  # a broken file can make the library raise many kinds of errors
        yield Unseen(f"{name}{name and ' '}有一部分打不开，没有看完")


def _earlier(data: bytes, name: str, budget: Budget, look: Look) -> Looked:
    try:
        budget.spend(len(data))
        found = list(_objects(PdfReader(BytesIO(data)), name, budget, look))
    except TooMuch:
        raise
    except BROKEN:  # a linearized file has an end mark near its beginning, which is not an earlier version
        return
    yield from (InsideText(one.text, "从前的内容", None, True) for one in found if isinstance(one, InsideText))


def _pages(reader: PdfReader, name: str, budget: Budget) -> Looked:
    blank: list[str] = []
    spent = 0
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        spent += len(contents.get_data()) if contents is not None else 0
        budget.spend(0)
        if spent > PAGE_BYTES:
            raise TooMuch
        text = page.extract_text()
        if not text.strip():
            blank.append(str(number))
        for _, line in long_lines(text):
            yield InsideText(line, f"{name}第{number}页")
    if blank:
        yield Unseen(f"{name}第 {'、'.join(blank)} 页没有文字，可能是扫描件")


def _objects(reader: PdfReader, name: str, budget: Budget, look: Look) -> Looked:
    where = f"{name}{name and ' '}批注、表单、书签和属性"
    pictures = fonts = 0
    numbers = sorted({number for table in reader.xref.values() for number in table} | set(reader.xref_objStm))
    if len(numbers) > OBJECTS:
        raise TooMuch
    for number in numbers:
        found = reader.get_object(number)
        if isinstance(found, DictionaryObject):
            pictures += found.get("/Subtype") == "/Image" and "/SMask" not in found.get("/Type", "")
            fonts += _has_no_text(found)
        if isinstance(found, StreamObject):
            yield from _stream(found, where, budget, look)
        yield from (InsideText(text, where) for text in _strings(found) if LONG_NUMBER.search(text))
    yield from (InsideText(text, where) for text in _strings(reader.trailer) if LONG_NUMBER.search(text))
    if pictures:
        yield Unseen(f"{name}{name and '里的 '}{pictures} 张图片")
    if fonts:
        yield Unseen(f"{name}{name and ' '}有 {fonts} 种字体认不出文字")


def _has_no_text(found: DictionaryObject) -> bool:
    """Whether it is a font whose characters are only glyph numbers, without a mapping to text."""
    if found.get("/Type") != "/Font" or "/ToUnicode" in found:
        return False
    identity = str(found.get("/Encoding", "")).startswith("/Identity")
    return found.get("/Subtype") == "/Type3" or (found.get("/Subtype") == "/Type0" and identity)


def _strings(found: PdfObject | None, key: str = "") -> Iterator[str]:
    """Every string in an object; referenced objects are visited by themselves."""
    if isinstance(found, TextStringObject):
        if key not in _WORDLESS:
            yield str(found)
    elif isinstance(found, ByteStringObject):
        if key not in _WORDLESS and key != "/Contents":
            yield raw.decoded(bytes(found)) or ""
    elif isinstance(found, DictionaryObject):
        for name in found:
            yield from _strings(found.raw_get(name), str(name))
    elif isinstance(found, ArrayObject):
        for index in range(len(found)):
            yield from _strings(list.__getitem__(found, index), key)


def _stream(found: StreamObject, where: str, budget: Budget, look: Look) -> Looked:
    kind, form = found.get("/Type"), found.get("/Subtype") == "/Form"
    if kind in ("/XRef", "/ObjStm", "/Font") or found.get("/Subtype") == "/Image":
        return
    embedded = kind == "/EmbeddedFile"
    content = found.get_data()
    if embedded:
        yield from look(content, "附件")
        return
    budget.spend(len(content))
    if content.lstrip()[:1] == b"<" and (text := raw.decoded(content)):
        yield from markup.texts(text, where)
    elif form and (text := _drawn(content)):
        yield from (InsideText(line, where, None, True) for _, line in long_lines(text))


def _drawn(content: bytes) -> str:
    """The strings that a small drawing (a stamp, a filled field) shows, joined."""
    return b"".join(match[1] or _from_hexadecimal(match[2] or b"") for match in _STRING.finditer(content)).decode(
        "latin-1"
    )


def _from_hexadecimal(text: bytes) -> bytes:
    figures = b"".join(text.split()).decode()
    return bytes.fromhex(figures[: len(figures) & ~1])
