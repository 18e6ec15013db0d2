"""An office file that is an archive (docx, xlsx, pptx, odt, ods, ofd …) → the texts of all its parts and inner files.

Nothing in it is executed, and no link is followed.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO

from msgspec.structs import replace

from gkdir.finding import Place, TroubleKind, Unreadable
from gkdir.read.archive import Archive
from gkdir.read.building import MAX_CHARACTERS, SizeLimits
from gkdir.read.grid import MAX_CELLS, Grid, letters
from gkdir.read.inside import markup, raw
from gkdir.read.inside.part import Budget, InsideText, Look, Looked, TooMuch, Unseen
from gkdir.read.inside.rows import heading, row_texts
from gkdir.read.longnumber import LONG_NUMBER
from gkdir.read.xlsx import grids

SIGNATURE = b"PK\x03\x04"
SPREADSHEET = b"opendocument.spreadsheet"
BOOK = "xl/workbook.xml"
_MARKUP = (".xml", ".rels", ".vml", ".rdf", ".xhtml", ".svg")
_PICTURES = (
    *(".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".ico", ".jb2", ".jp2"),
    *(".emf", ".wmf", ".emz", ".wmz", ".wdp"),
)
_SOUND = (".mp3", ".mp4", ".wav", ".m4a", ".avi", ".mov", ".wmv")
_WORDLESS = re.compile(r"(?:^|/)thumbnails?(?:/|\.\w+\Z)|printersettings\d*\.bin\Z|\.(?:odttf|fntdata|ttf|otf)\Z")
"""Parts without words: fonts, printer settings, a thumbnail of the first page."""
_NOTHING: set[bytes] = set()
"""Digests of compressed parts in which nothing was found: forms from one program share most of their parts."""
_MOST = 20_000
_LARGEST_PART = 32 << 20
_BROKEN = (
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
    zlib.error,
    ValueError,
    OverflowError,
)


_END = b"PK\5\6"
"""The signature of an archive's last record."""


def texts(data: bytes, name: str, budget: Budget, look: Look) -> Looked:
    """The text of every part, in the order of their names."""
    try:
        package = _Package(data, budget, look)
    except _BROKEN:
        yield from raw.texts(data)
        yield Unseen(f"打不开的文件{name and ' '}{name}")
        return
    for member in package.members:
        yield from package.texts(member)
    remarks = b"\n".join(member.comment for member in package.members)
    yield from raw.texts(remarks + b"\n" + data[data.rfind(_END) + len(_END) :])  # and what follows the archive


class _Package:
    """An archive, with a budget for reading it."""

    def __init__(self, data: bytes, budget: Budget, look: Look) -> None:
        self.data = data
        self.archive = zipfile.ZipFile(BytesIO(data))
        self.members = sorted(
            (member for member in self.archive.infolist() if not member.is_dir()), key=lambda member: member.filename
        )
        book = any(member.filename.lower() == BOOK for member in self.members)
        self.headed = "xl/" if book else "content.xml" if SPREADSHEET in data[:200] else None
        """The beginning of the names of parts that repeat the cells."""
        self.budget = budget
        self.look = look

    def texts(self, member: zipfile.ZipInfo) -> Looked:
        """The texts of one part, or its kind if it has none."""
        path = member.filename.replace("\\", "/")
        name, lower = path.rpartition("/")[2], path.lower()
        if LONG_NUMBER.search(name):
            yield InsideText(name, called(lower))
        if lower == "mimetype" or _WORDLESS.search(lower):
            return
        if lower.endswith((*_PICTURES, *_SOUND)):
            yield Unseen(f"{'图片' if lower.endswith(_PICTURES) else '音频视频'} {name}")
        elif member.flag_bits & 1:
            yield Unseen(f"加了密码的部分 {name}")
        elif lower.endswith(_MARKUP):
            yield from self._markup(member, lower)
        else:
            yield from self._file(member, name, lower)

    def _markup(self, member: zipfile.ZipInfo, lower: str) -> Looked:
        digest = self._digest(member)
        if digest in _NOTHING:
            self.budget.spend(member.file_size)
            return
        content = self._unpacked(member)
        if content is None:
            yield Unseen(f"打不开的部分 {member.filename}")
            return
        self.budget.spend(len(content))
        text = raw.markup(content)
        if lower == "meta-inf/manifest.xml" and "encryption-data" in text:
            yield Unseen("加了密码的内容")
        nothing = True
        for found in markup.texts(text, called(lower), self.headed is not None and lower.startswith(self.headed)):
            nothing = False
            yield found
        if nothing and digest and len(_NOTHING) < _MOST and lower != "meta-inf/manifest.xml":
            _NOTHING.add(digest)

    def _digest(self, member: zipfile.ZipInfo) -> bytes | None:
        """A digest of the part's name, size and compressed bytes; ``None`` if they cannot be found."""
        try:
            name, extra = struct.unpack_from("<HH", self.data, member.header_offset + 26)
        except struct.error:
            return None
        start = member.header_offset + 30 + name + extra
        about = f"{member.compress_type} {member.file_size} {member.filename}".encode("utf-8", "replace")
        return blake2b(about + b"\0" + self.data[start : start + member.compress_size], digest_size=20).digest()

    def _file(self, member: zipfile.ZipInfo, name: str, lower: str) -> Looked:
        content = self._unpacked(member)
        if content is None:
            yield Unseen(f"打不开的部分 {name}")
            return
        if "vbaproject" in lower or "/activex/" in lower:
            yield Unseen(f"{'宏' if 'vbaproject' in lower else '控件'} {name}")
        for found in self.look(content, name):
            yield found if isinstance(found, Unseen) else replace(found, where=f"嵌入的文件 {name}")

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes | None:
        """The part's bytes; ``None`` if it is broken. :raises TooMuch: it exceeds the budget"""
        most = min(_LARGEST_PART, self.budget.bytes)
        try:
            with self.archive.open(member) as file:
                content = file.read(most + 1)
        except _BROKEN:
            return None
        if len(content) > most:
            raise TooMuch
        return content


def cells(data: bytes, place: Place) -> Iterator[InsideText]:
    """The cells of a workbook with their places; none if it cannot be read as sheets: its parts are searched too."""
    # names of parts are never compressed, and an OpenDocument file begins with its type
    if BOOK.encode() in data:
        read = grids
    elif SPREADSHEET in data[:200]:
        from gkdir.read.ods import grids as read
    else:
        return
    # a list of persons may be larger than a directory
    limits = SizeLimits(rows=MAX_CELLS, most_texts=MAX_CELLS, distinct=MAX_CHARACTERS)
    try:
        found = read(Archive(BytesIO(data), place), limits)
    except Unreadable:
        return
    for grid in found:
        yield from _cells(grid)
        yield from row_texts(grid.cells, grid.name)


def _cells(grid: Grid) -> Iterator[InsideText]:
    """The cells of a sheet, a merged area once, with texts that number formats hide or that are struck out."""
    filled: set[tuple[int, int]] | None = None
    struck = [((flaw.row, flaw.column), flaw.quote) for flaw in grid.flaws if flaw.kind is TroubleKind.STRUCK]
    for (row, column), text in (*grid.cells.items(), *grid.behind.items(), *struck):
        if not LONG_NUMBER.search(text):
            continue
        if filled is None:
            filled = {
                (row, column)
                for span in grid.merges
                for row in range(span.top, span.bottom + 1)
                for column in range(span.left, span.right + 1)
                if (row, column) != (span.top, span.left)
            }
        if (row, column) not in filled:
            yield InsideText(text, grid.name, f"{letters(column)}{row}", heading=heading(grid.cells, row, column, text))


def called(part: str) -> str | None:
    """The name of a part for people; ``None`` for the text of the document itself."""
    if "docprops" in part or part == "meta.xml":
        return "文件属性"
    if "comment" in part:
        return "批注"
    if "header" in part or "footer" in part or part == "styles.xml":
        return "页眉页脚和样式"
    if part.startswith("xl/"):
        return "工作表的公式、链接、缓存和设置"
    return "文件的设置" if part.endswith((".rels", "settings.xml", "numbering.xml")) else None
