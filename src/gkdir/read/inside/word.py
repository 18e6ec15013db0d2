"""The streams of an old document (doc, wps) → what it says, a paragraph or a cell a line."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

_FLAGS, _TABLE_PLACE = 0x0A, 0x01A2
_OTHER_TABLE = 0x0200
_PIECES, _FORMATS = 2, 1
_NARROW = 1 << 30
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
"""What a field is to do; what it shows stands behind."""
_BREAKS = str.maketrans({"\r": "\n", "\x07": "\n", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\xa0": " "})
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f]")


def text(streams: Mapping[str, bytes]) -> str:
    """The text of the whole document; nothing where there is none. :raises struct.error: it is not whole"""
    main = streams.get("worddocument", b"")
    if len(main) < _TABLE_PLACE + 8:
        return ""
    (flags,) = struct.unpack_from("<H", main, _FLAGS)
    table = streams.get("1table" if flags & _OTHER_TABLE else "0table", b"")
    start, size = struct.unpack_from("<II", main, _TABLE_PLACE)
    whole = "".join(_pieces(main, table[start : start + size]))
    return _UNSEEN.sub("", _FIELD.sub("", whole).translate(_BREAKS))


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """The pieces of the text in their order: where each lies, and whether a character takes one byte or two."""
    at = 0
    while table[at : at + 1] == bytes([_FORMATS]):
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if table[at : at + 1] != bytes([_PIECES]):
        return
    (size,) = struct.unpack_from("<I", table, at + 1)
    count = (min(size, len(table)) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    for number in range(count):
        length = max(0, ends[number + 1] - ends[number])
        (place,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * number + 2)
        if place & _NARROW:
            first = (place & ~_NARROW) // 2
            yield main[first : first + length].decode("cp1252", "replace")
        else:
            yield main[place : place + 2 * length].decode("utf-16-le", "replace")
