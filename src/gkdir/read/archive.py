"""The guard for untrusted files: a path → its bytes or archive, or an error that says why not."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from os import SEEK_END
from pathlib import Path
from typing import IO
from xml.parsers import expat

from msgspec import Struct

from gkdir.finding import Place, Unreadable

MAX_FILE = 32 << 20
"""The most bytes of a file on disk."""
MAX_XML = 48 << 20
"""Bytes of XML in an archive, unpacked; a directory of 5,000 items with every text spelt out has 20 MB."""
MAX_MEMBERS = 2_000
MAX_RATIO = 400
"""The highest compression ratio, from 1 MB on; the densest genuine sheets reach about 100."""
MAX_ELEMENTS = 800_000
"""Elements of a file, all its parts together, or as many as it has bytes: 6,000 rows of 16 cells have 300,000, and a
genuine workbook full of blank cells takes more than a byte for each."""
MAX_DEPTH = 200
_CHUNK = 1 << 16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]

_SAVE_AGAIN = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（.xlsx）”后再试。"
_SHRINK = "请在 Excel 或 WPS 中删除表格右侧和下方多余的空白行列、图片和工作表，另存为新的 .xlsx 文件后再试。"


def content(path: Path, place: Place) -> bytes:
    """The bytes of the file. :raises Unreadable: missing, not a file, empty, or too large"""
    try:
        if not path.is_file():
            raise Unreadable(place, "找不到这个文件，或者它不是普通文件。", "请核对文件名和所在文件夹。")
        if path.stat().st_size > MAX_FILE:
            raise Unreadable(place, f"文件超过 {MAX_FILE >> 20} MB，不像是一份目录。", _SHRINK)
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            place, f"文件打不开：{error.strerror or error}。", "请确认文件没有被占用，且您有权读取它。"
        ) from None
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable(place, "文件是空的。", "请核对文件，或重新下载、另存一份。")
    return data


class Handlers(Struct, frozen=True):
    """The functions to call for an opening tag, a closing tag and the text between tags."""

    start: Start
    end: End | None = None
    text: Callable[[str], None] | None = None


class Archive:
    """A zip of XML parts (xlsx, ods), checked before any part is unpacked.

    :raises Unreadable: it is broken, encrypted, has names with absolute paths or .., or would unpack to too much
    """

    def __init__(self, file: IO[bytes], place: Place) -> None:
        self.place = place
        self.elements = Elements(place, max(MAX_ELEMENTS, file.seek(0, SEEK_END)))
        try:
            self._zip = zipfile.ZipFile(file)
            self.names = self._checked_names(self._zip.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError, EOFError):
            raise self._broken() from None

    def _broken(self) -> Unreadable:
        return Unreadable(self.place, "文件损坏，或者不是真正的电子表格。", "请重新下载一份；" + _SAVE_AGAIN)

    def _checked_names(self, members: list[zipfile.ZipInfo]) -> dict[str, str]:
        if len(members) > MAX_MEMBERS:
            raise Unreadable(self.place, f"压缩包内有 {len(members)} 个部件，不像是一份目录。", _SAVE_AGAIN)
        total = 0
        for member in members:
            parts = member.filename.replace("\\", "/").split("/")
            if parts[0] in ("", "..") or ".." in parts or ":" in parts[0]:
                raise Unreadable(
                    self.place, f"压缩包内有越界的文件名“{member.filename[:60]}”，已拒绝读取。", _SAVE_AGAIN
                )
            if member.flag_bits & 1:
                raise Unreadable(self.place, "文件加了密码，读不了。", "请取消密码保护，另存后再试。")
            size, packed = member.file_size, member.compress_size
            if size > 1 << 20 and size > packed * MAX_RATIO:
                raise Unreadable(self.place, f"部件“{member.filename[:60]}”的压缩比异常，已拒绝读取。", _SHRINK)
            if member.filename.lower().endswith((".xml", ".rels")):
                total += size
        if total > MAX_XML:
            raise Unreadable(self.place, f"解开后有 {total >> 20} MB，远超一份目录的大小，已拒绝读取。", _SHRINK)
        return {member.filename.replace("\\", "/").lower(): member.filename for member in members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.names

    def read(self, name: str) -> bytes:
        """The bytes of the part ``name``. :raises Unreadable: it is broken or too large"""
        try:
            with self._zip.open(self.names[name.lower()]) as part:
                data = part.read(MAX_FILE + 1)
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error):
            raise self._broken() from None
        if len(data) > MAX_FILE:
            raise Unreadable(self.place, f"部件“{name[:60]}”超过 {MAX_FILE >> 20} MB，已拒绝读取。", _SHRINK)
        return data

    def parse(self, name: str, start: Start, end: End | None = None, text: Callable[[str], None] | None = None) -> None:
        """Parse the part ``name`` and call the handlers, tag names without namespace prefixes.

        :raises Unreadable: the part is missing, broken, deeper or longer than a table can be, or declares a DOCTYPE
        """
        try:
            with self._zip.open(self.names[name.lower()]) as part:
                feed(iter(lambda: part.read(_CHUNK), b""), self.elements, Handlers(start, end, text))
        except (
            KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error,
        ):  # fmt: skip
            raise self._broken() from None


class Elements(Struct):
    """The number of XML elements that the file may still have."""

    place: Place
    left: int = MAX_ELEMENTS


def feed(chunks: Iterator[bytes], elements: Elements, handlers: Handlers) -> None:
    """Parse XML piece by piece, refusing what tables never have. :raises Unreadable: as :meth:`Archive.parse`"""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    names: dict[str, str] = {}
    place, depth = elements.place, 0
    start, end = handlers.start, handlers.end

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        elements.left -= 1
        depth += 1
        if elements.left < 0 or depth > MAX_DEPTH:
            raise Unreadable(place, "表格的单元格太多或嵌套太深，不像是一份目录，已拒绝读取。", _SHRINK)
        local = names.get(tag)
        if local is None:
            local = names[tag] = tag.rpartition(":")[2]
        start(local, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(names[tag])

    def doctype(*_: object) -> None:
        raise Unreadable(place, "文件内含 DOCTYPE 或实体声明，电子表格不会有，已拒绝读取。", _SAVE_AGAIN)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    _run(parser, chunks, place)


def without_declaration(text: str) -> bytes:
    """The XML text encoded as UTF-8, without its declaration, which may name another encoding."""
    plain = text.lstrip("\ufeff \n\r\t")
    return (plain[plain.find("?>") + 2 :] if plain.startswith("<?xml") else plain).encode()


def _run(parser: expat.XMLParserType, chunks: Iterator[bytes], place: Place) -> None:
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable(place, f"文件内部结构损坏（第 {error.lineno} 行）。", _SAVE_AGAIN) from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know or expat cannot use
        if "encoding" not in str(error):
            raise
        raise Unreadable(place, "文件内部的文字编码不认识，读不了。", _SAVE_AGAIN) from None
