"""An old office file (doc, xls, wps, et: a compound file) → the digits in its streams, and what cannot be searched.

A stream's sectors can be anywhere in the file, so each stream is joined before it is searched.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

from gkdir.read.inside import raw, workbook
from gkdir.read.inside.part import Budget, Look, Looked, TooMuch, Unseen

SIGNATURE = b"\xd0\xcf\x11\xe0"
_WHOLE = SIGNATURE + b"\xa1\xb1\x1a\xe1"
_HEADER = 512
_NONE = 0xFFFFFFFC
"""This and larger numbers are not sectors."""
_STREAM = 2
_ENCRYPTED_WORD = 0x0100
_PICTURES = (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xd7\xcd\xc6\x9a")
_FILES = (_WHOLE, b"PK\x03\x04", b"%PDF-", b"{\\rtf")


class InsideStream(Struct, frozen=True):
    """One stream: its name, and its bytes."""

    name: str
    content: bytes


def texts(data: bytes, name: str, budget: Budget, look: Look) -> Looked:
    """The texts with digits in all streams; the cells of a workbook with their places."""
    try:
        found = list(streams(data))
    except (struct.error, IndexError, ValueError):
        yield from raw.texts(data)
        yield Unseen(f"打不开的文件{name and ' '}{name}")
        return
    pictures = 0
    for stream in found:
        budget.spend(len(stream.content))
        yield from _stream(stream, look)
        pictures += sum(stream.content.count(sign) for sign in _PICTURES)
    if pictures:
        yield Unseen(f"{name}{name and ' '}里的 {pictures} 张图片")
    if any(stream.name.lower() in ("_vba_project", "dir") for stream in found):
        yield Unseen(f"宏{name and ' '}{name}")


def _stream(stream: InsideStream, look: Look) -> Looked:
    name, content = stream.name.lower(), stream.content
    if name in ("encryptedpackage", "encryptedsummary"):
        yield Unseen("加了密码的内容")
    elif name in ("workbook", "book"):
        yield from workbook.texts(content)
    elif name == "worddocument" and len(content) > 12 and struct.unpack_from("<H", content, 10)[0] & _ENCRYPTED_WORD:
        yield Unseen("加了密码的内容")
    elif name == "\x01ole10native":
        yield from _packaged(content, look)
    elif content.startswith(_FILES):
        yield from look(content, "嵌入的文件")
    else:
        yield from raw.texts(content)
        if name == "contents" and not content.startswith(_FILES):
            yield Unseen("嵌入的对象")


def _packaged(content: bytes, look: Look) -> Looked:
    """A file of any kind that was embedded in a document: recognised by its first bytes, else searched as bytes."""
    starts = [at for sign in _FILES if (at := content.find(sign)) >= 0]
    if starts:
        yield from look(content[min(starts) :], "嵌入的文件")
    else:
        yield from raw.texts(content)
        yield Unseen("嵌入的对象")


def streams(data: bytes) -> Iterator[InsideStream]:
    """The streams of the file. :raises ValueError, IndexError, struct.error, TooMuch: no such file, or broken"""
    if not data.startswith(_WHOLE):
        raise ValueError
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if not 7 <= shift <= 16 or not 4 <= small_shift <= shift:
        raise ValueError
    (first_directory,) = struct.unpack_from("<I", data, 48)
    cutoff, first_small = struct.unpack_from("<II", data, 56)
    sectors = _Sectors(data, 1 << shift, _table(data, 1 << shift))
    directory = sectors.chain(first_directory)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    start, size = _extent(entries[0])
    small_table = sectors.chain(first_small)
    small = _Sectors(
        bytes(1 << small_shift) + sectors.chain(start)[:size],
        1 << small_shift,
        struct.unpack(f"<{len(small_table) // 4}I", small_table[: len(small_table) & ~3]),
        first=1,
    )
    for entry in entries:
        if entry[66] == _STREAM:
            start, size = _extent(entry)
            chain = small.chain(start) if size < cutoff else sectors.chain(start)
            length = max(0, struct.unpack_from("<H", entry, 64)[0] - 2)
            yield InsideStream(entry[: min(length, 64)].decode("utf-16-le", "replace"), chain[:size])


class _Sectors(Struct, frozen=True):
    """Sectors of one size and their successors; the first begins ``first`` sectors into the data."""

    data: bytes
    size: int
    table: tuple[int, ...]
    first: int = 0

    def chain(self, sector: int) -> bytes:
        """The data of the chain that begins at this sector. :raises TooMuch: the chain is circular"""
        pieces: list[bytes] = []
        start = self.first * self.size if self.first else _HEADER if self.size < _HEADER else self.size
        while sector < _NONE:
            if len(pieces) > len(self.data) // self.size:
                raise TooMuch
            at = start + sector * self.size
            pieces.append(self.data[at : at + self.size])
            sector = self.table[sector]
        return b"".join(pieces)


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """For each sector of the file the next one of its chain."""
    listed = list(struct.unpack_from("<109I", data, 76))
    sector, left = struct.unpack_from("<II", data, 68)
    while sector < _NONE and left and len(listed) < len(data) // 4:
        at = max(size, _HEADER) + sector * size
        numbers = struct.unpack_from(f"<{size // 4}I", data, at)
        listed += numbers[:-1]
        sector, left = numbers[-1], left - 1
    found: list[int] = []
    for number in listed:
        if number < _NONE and len(found) <= len(data) // size:
            found += struct.unpack_from(f"<{size // 4}I", data, max(size, _HEADER) + number * size)
    return tuple(found)


def _extent(entry: bytes) -> tuple[int, int]:
    start, size = struct.unpack_from("<II", entry, 116)
    return start, size
