"""Named parts → the bytes of one zip archive, the same bytes on any day and any system."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from struct import pack
from zipfile import ZipInfo

from deflate import crc32, deflate_compress
from msgspec import Struct

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAY = 1 << 5 | 1
"""The first of January 1980 in the format of zip archives."""
_VERSION, _UNIX, _DEFLATED, _UTF8 = 20, 3, 8, 0x800
_MODE = 0o600 << 16
_LEVEL = 7
"""The level of compression; a higher one takes twice as long and saves one percent."""
_SMALL = 20_000
"""Up to this many bytes, a part is likely to recur in many archives, and is compressed only once."""


class Deflated(Struct, frozen=True):
    """A compressed part: checksum and size before compression, and the compressed bytes."""

    checksum: int
    size: int
    data: bytes


def packed(parts: Mapping[str, bytes | Deflated]) -> bytes:
    """The archive with its parts in the given order, all with the same date.

    Python's zipfile takes three times as long, since most parts are the same in all forms, and its bytes depend on the
    system's zlib.
    """
    body, directory = bytearray(), bytearray()
    for name, content in parts.items():
        part = content if isinstance(content, Deflated) else (_kept if len(content) <= _SMALL else deflated)(content)
        called, flags = name.encode(), 0 if name.isascii() else _UTF8
        sizes = part.checksum, len(part.data), part.size, len(called)
        head = pack("<5H3L2H", _VERSION, flags, _DEFLATED, 0, _DAY, *sizes, 0)
        directory += b"PK\1\2" + bytes((_VERSION, _UNIX)) + head + pack("<3H2L", 0, 0, 0, _MODE, len(body)) + called
        body += b"PK\3\4" + head + called + part.data
    end = pack("<4H2LH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)


def deflated(content: bytes) -> Deflated:
    """The part compressed, for callers that put it into several archives."""
    return Deflated(crc32(content), len(content), bytes(deflate_compress(content, _LEVEL)))


_kept = lru_cache(maxsize=64)(deflated)


def is_packed(part: ZipInfo) -> bool:
    """Whether a part has all the marks that ``packed`` gives it; no other program gives them together."""
    return (part.date_time, part.create_system, part.external_attr) == (_EPOCH, _UNIX, _MODE)
