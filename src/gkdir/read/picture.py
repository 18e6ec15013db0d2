"""The bytes of a picture → its format, its size, and whether it records where it was taken; ``None`` if it is damaged.

Only the structure is read, not the pixels: a PNG's checksums, a JPEG's segments, the blocks of other formats.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

_PNG, _GIF, _JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8"
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
"""JPEG markers without a length."""
_FRAMES = frozenset((*range(0xC0, 0xD0),)) - {0xC4, 0xC8, 0xCC}
_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4})(?=II\*\0|MM\0\*)", re.DOTALL)
_PLACE, _LATITUDE = 0x8825, 2
"""The tag of the GPS directory, and the tag of the latitude in it."""
_SCAN, _END = 0xDA, b"\xff\xd9"


class PictureSize(Struct, frozen=True):
    """A picture: the suffix of its format, its size in pixels, and whether it records where it was taken."""

    kind: str
    width: int
    height: int
    located: bool = False


def measured(data: bytes) -> PictureSize | None:
    """The picture; ``None`` if it is damaged."""
    for kind, begins, size in _KINDS:
        if begins(data):
            try:
                found = size(data)
            except (struct.error, IndexError):
                return None
            return PictureSize(kind, *found, _located(data)) if found and min(found) > 0 else None
    return None


def _located(data: bytes) -> bool:
    """Whether the camera recorded where the picture was taken, in its Exif block or in XMP."""
    if b"exif:GPSLatitude" in data:
        return True
    block = _EXIF.search(data)
    try:
        return block is not None and _LATITUDE in _tags(data, block.end(), _tags(data, block.end(), 4)[_PLACE])
    except (struct.error, KeyError):
        return False


def _tags(data: bytes, start: int, at: int) -> dict[int, int]:
    """Tag → value or offset of the value, for one directory of the Exif block at ``start``. ``at`` is the directory's
    offset in the block; 4 stands for the first directory, whose offset is written there.
    """
    order = ">" if data[start : start + 2] == b"MM" else "<"
    if at == 4:
        (at,) = struct.unpack_from(f"{order}I", data, start + at)
    (count,) = struct.unpack_from(f"{order}H", data, start + at)
    fields = (struct.unpack_from(f"{order}HHII", data, start + at + 2 + 12 * index) for index in range(count))
    return {tag: value for tag, _, amount, value in fields if amount}


def _png(data: bytes) -> tuple[int, int] | None:
    chunks = dict(_chunks(data))
    if b"IHDR" not in chunks or b"IDAT" not in chunks or b"IEND" not in chunks:
        return None
    width, height = struct.unpack_from(">II", data, chunks[b"IHDR"])
    return width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The chunks, (name, offset of the content), up to the first with a wrong checksum."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 8 + length
        if end + 4 > len(data) or zlib.crc32(memoryview(data)[at + 4 : end]) != struct.unpack_from(">I", data, end)[0]:
            return
        yield kind, at + 8
        if kind == b"IEND":
            return
        at = end + 4


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at, found = 2, None
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker == _SCAN:
            return found if data.rfind(_END) > at else None
        else:
            if marker in _FRAMES:
                height, width = struct.unpack_from(">HH", data, at + 5)
                found = width, height
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return None


def _gif(data: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack_from("<HH", data, 6)
    return (width, height) if data.rstrip(b"\0").endswith(b";") else None


def _webp(data: bytes) -> tuple[int, int] | None:
    (length,) = struct.unpack_from("<I", data, 4)
    if length + 8 > len(data):
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


_KINDS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], tuple[int, int] | None]], ...] = (
    ("png", lambda data: data.startswith(_PNG), _png),
    ("jpg", lambda data: data.startswith(_JPEG), _jpeg),
    ("gif", lambda data: data.startswith(_GIF), _gif),
    ("webp", lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
)
ALIASES: Mapping[str, str] = {"jpeg": "jpg"}
"""Alternative suffix → the usual one."""
