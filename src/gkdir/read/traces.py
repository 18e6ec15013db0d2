"""A file to download → what its authors left in it: tracked changes, comments, their names."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from gkdir.read.inside import compound, word
from gkdir.read.inside.part import TooMuch
from gkdir.read.ready import BROKEN, LARGEST
from gkdir.read.samebytes import once

OLD = ("doc", "dot", "xls", "ppt", "wps", "et", "dps", "rtf", "pdf")
_AUTHORS = (4, 8)
"""The properties of the author and of the last person who saved it."""
_CODE_PAGE, _STRING = 1, 0x1E
_ENCODINGS = {1200: "utf-16-le", 65001: "utf-8"}
_COMMENTS_SIZE = 0xBE
_RICH_NAME = re.compile(rb"\{(?:\\\*)?\\(?:author|operator|manager) ([^{}]{1,200})\}")
_RICH_CHANGED = re.compile(rb"\\(?:revised|deleted)(?![a-z0-9])")
_RICH_COMMENT = b"\\*\\annotation"
_ESCAPED = re.compile(rb"\\u(-?\d{1,5}) ?\??|\\'([0-9a-fA-F]{2})")
_PDF_NAME = re.compile(rb"/Author\s*(?:\(((?:\\.|[^\\()]){1,120})\)|<([0-9A-Fa-f\s]{4,240})>)", re.DOTALL)
_PDF_REMARK = re.compile(rb"/Subtype\s*/(?:Text|Highlight|StrikeOut|Underline|Squiggly|Caret|Popup)\b")
_OCTAL = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)

Left = tuple[bool, bool, list[str]]
"""Whether changes are tracked, whether there are comments, and all names."""


def left_in(data: bytes) -> Left:
    """The traces in a file of one of the ``OLD`` formats; none if it cannot be read."""
    if data.startswith(b"{\\rtf"):
        names = [_unescaped(match[1]) for match in _RICH_NAME.finditer(data)]
        return _RICH_CHANGED.search(data) is not None, _RICH_COMMENT in data, names
    if data.startswith(b"%PDF-"):
        names = [_pdf_name(match) for match in _PDF_NAME.finditer(data)]
        packed = b"/ObjStm" in data
        if not (packed or _PDF_REMARK.search(data)):
            return False, False, names
        from gkdir.read.inside.pdf import author, remarks  # imports pypdf, which few files need

        writers = remarks(data)
        return False, bool(writers), [*(names or (author(data) if packed else ())), *filter(None, writers)]
    if data.startswith(compound.SIGNATURE):
        try:
            streams = {one.name.lower(): one.content for one in compound.streams(data)}
            names = [*_authors(streams.get("\x05summaryinformation", b"")), *word.revisers(streams)]
            return word.revised(streams), _commented(streams), names
        except (struct.error, IndexError, ValueError, TooMuch):
            pass  # another rule reports broken files
    return False, False, []


def _commented(streams: Mapping[str, bytes]) -> bool:
    main = streams.get("worddocument", b"")
    return len(main) > _COMMENTS_SIZE + 4 and struct.unpack_from("<I", main, _COMMENTS_SIZE)[0] > 4


def _authors(properties: bytes) -> Iterator[str]:
    """The names in the properties; each has its length, and its code page is another property."""
    if len(properties) < 48:
        return
    (start,) = struct.unpack_from("<I", properties, 44)
    (count,) = struct.unpack_from("<I", properties, start + 4)
    pairs = [struct.unpack_from("<II", properties, start + 8 + 8 * index) for index in range(min(count, 100))]
    encoding = "gb18030"
    for number, at in pairs:
        if number == _CODE_PAGE:
            encoding = _ENCODINGS.get(struct.unpack_from("<H", properties, start + at + 4)[0], encoding)
    for number, at in pairs:
        if number in _AUTHORS:
            kind, size = struct.unpack_from("<II", properties, start + at)
            if kind == _STRING:
                first = start + at + 8
                yield properties[first : first + min(size, 400)].decode(encoding, "replace").partition("\0")[0]


def _unescaped(text: bytes) -> str:
    """A name in rich text, with escaped characters and bytes decoded."""

    def shown(match: re.Match[bytes]) -> bytes:
        if match[2]:
            return bytes.fromhex(match[2].decode())
        code = int(match[1]) % 65_536
        return b"" if 0xD800 <= code < 0xE000 else chr(code).encode("gb18030")

    return _ESCAPED.sub(shown, text).decode("gb18030", "replace").strip()


def _pdf_name(match: re.Match[bytes]) -> str:
    if match[2]:
        figures = b"".join(match[2].split()).decode()
        text = bytes.fromhex(figures[: len(figures) & ~1])
    else:
        text = _OCTAL.sub(lambda one: bytes([int(one[1], 8) & 255]) if one[1] else one[2], match[1])
    encoding = "utf-16" if text.startswith((b"\xfe\xff", b"\xff\xfe")) else "gb18030"
    return text.decode(encoding, "replace")


_MOST = 16 << 20
"""The most bytes of one part that are searched."""
_TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml|content\.xml")
_REVISED = re.compile(r"<w:(?:ins|del|moveFrom|moveTo) |<text:tracked-changes\b[^>]*>\s*<text:changed-region\b")
_COMMENTS = re.compile(r"(?:word|xl|ppt)/.*(?:comment|author|person|people)", re.IGNORECASE)
"""The names of parts with comments or their authors."""
_COMMENT = re.compile(r"<(?:\w{1,8}:)?(?:comment|threadedComment|cm)[ >]|<office:annotation\b")
_SPEAKER_NOTES = re.compile(r"ppt/notesSlides/notesSlide\d+\.xml")
_NOTE_TEXT = re.compile(r"<a:t>(?!\d*</a:t>)\s*[^<\s]|<text:(?:p|span)\b[^<>]*>\s*[^<\s]")
"""Text in speaker notes other than the number of the slide."""
_PROPERTIES = ("docProps/core.xml", "meta.xml")
_NAMES = re.compile(
    r"<(dc:creator|cp:lastModifiedBy|meta:initial-creator|(?:\w{1,8}:)?author)>([^<>]{1,60})</\1>"
    r"|\bw(?:15)?:author=\"([^\"<>]{1,60})\""
    r"|<(?:\w{1,8}:)?(?:cmAuthor|author|person) (?:[^<>]*? )?(?:name|displayName)=\"([^\"<>]{1,60})\""
)
_NAME_TAGS = ("creator", "lastModifiedBy", "uthor", "person ")
"""Every such element contains one of these."""
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_NOT_A_PERSON = re.compile(
    r"用户|管理|办公|微软|电脑|计算机|系统|政府|人社|社保|就业|中心|科\Z|局\Z|股\Z|室\Z|厅\Z|委\Z|所\Z|站\Z|作者|未知"
)


class Traces(Struct, frozen=True):
    """What was found in a file. ``noted``: slides have speaker notes; ``people``: names that look like a person's."""

    revised: bool = False
    commented: bool = False
    people: tuple[str, ...] = ()
    noted: bool = False


def traces(path: Path) -> Traces:
    """The traces in the file at ``path``; none if it cannot be opened."""
    suffix = path.suffix.lower().removeprefix(".")
    try:
        if path.stat().st_size <= (_MOST if suffix in OLD else LARGEST):
            return _traces(path.read_bytes(), suffix)
    except OSError:
        pass
    return Traces()  # another rule reports broken files


@once
def _traces(data: bytes, suffix: str) -> Traces:
    if suffix in OLD:
        revised, commented, names = left_in(data)
        return Traces(revised, commented, tuple(dict.fromkeys(filter(_is_person, names))))
    revised = commented = noted = False
    people: dict[str, None] = {}
    try:
        for name, text in _parts(data):
            looked = _TEXTS.fullmatch(name) is not None
            revised = revised or (looked and _REVISED.search(text) is not None)
            noted = noted or any(map(_NOTE_TEXT.search, _notes(name, text)))
            commented = commented or _COMMENT.search(text) is not None
            if any(sign in text for sign in _NAME_TAGS):
                found = (unescape(match[match.lastindex or 0]).strip() for match in _NAMES.finditer(text))
                people |= dict.fromkeys(filter(_is_person, found))
    except BROKEN:  # another rule reports broken files
        return Traces()
    return Traces(revised, commented, tuple(people), noted)


def _notes(name: str, text: str) -> list[str]:
    """The speaker notes in a part: a part of notes, or notes between slides."""
    if name == "content.xml":
        return [each.partition("</presentation:notes>")[0] for each in text.split("<presentation:notes")[1:]]
    return [text] if _SPEAKER_NOTES.fullmatch(name) else []


def _is_person(name: str) -> bool:
    return _PERSON.fullmatch(name) is not None and not _NOT_A_PERSON.search(name)


def _parts(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.infolist():
            name = member.filename
            beside = name.endswith(".xml") and _COMMENTS.match(name)
            wanted = beside or name in _PROPERTIES or _TEXTS.fullmatch(name) or _SPEAKER_NOTES.fullmatch(name)
            if wanted and member.file_size <= _MOST:
                with archive.open(member) as file:
                    yield name, file.read(_MOST).decode("utf-8", "replace")
