"""The streams of an old document (doc, wps) → its text, a paragraph or a cell a line."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

_FLAGS, _TABLE_PLACE = 0x0A, 0x01A2
_OTHER_TABLE = 0x0200
_PIECES, _FORMATS = 2, 1
_FORMAT_PAGES, _REVISERS = 0xFA, 0x0232
"""Offsets in the main stream of the positions of the list of character format pages, and of revisers' names."""
_PAGE = 512
_MOST_PAGES = 4096
_CHANGED = (0x0800, 0x0801)
"""The properties of deleted and inserted characters in tracked changes."""
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of a property's value by the upper bits of its kind; values of kind 6 begin with their length."""
_NARROW = 1 << 30
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
"""The code of a field, without its result."""
_BREAKS = str.maketrans({"\r": "\n", "\x07": "\n", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\xa0": " "})
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f]")


def text(streams: Mapping[str, bytes]) -> str:
    """The text of the whole document; empty if there is none. :raises struct.error: it is truncated"""
    main = streams.get("worddocument", b"")
    if len(main) < _TABLE_PLACE + 8:
        return ""
    table = _table(streams, main)
    start, size = struct.unpack_from("<II", main, _TABLE_PLACE)
    whole = "".join(_pieces(main, table[start : start + size]))
    return _UNSEEN.sub("", _FIELD.sub("", whole).translate(_BREAKS))


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """The pieces of the text in their order, decoded with one or two bytes a character."""
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


def revised(streams: Mapping[str, bytes]) -> bool:
    """Whether there are tracked changes; character formats are in pages of 512 bytes, which the table lists."""
    main = streams.get("worddocument", b"")
    if len(main) < _REVISERS + 8:
        return False
    start, size = struct.unpack_from("<II", main, _FORMAT_PAGES)
    listed = _table(streams, main)[start : start + size]
    count = min(max(len(listed) - 4, 0) // 8, _MOST_PAGES)
    numbers = struct.unpack_from(f"<{count}I", listed, 4 * (count + 1)) if count else ()
    pages = (main[(number & 0x3FFFFF) * _PAGE :][:_PAGE] for number in dict.fromkeys(numbers))
    return any(_marks_a_change(page) for page in pages if len(page) == _PAGE)


def revisers(streams: Mapping[str, bytes]) -> Iterator[str]:
    """The names of the authors of tracked changes."""
    main = streams.get("worddocument", b"")
    if len(main) < _REVISERS + 8:
        return
    start, size = struct.unpack_from("<II", main, _REVISERS)
    listed = _table(streams, main)[start : start + size]
    at = 6
    while listed[:2] == b"\xff\xff" and at + 2 <= len(listed):
        (length,) = struct.unpack_from("<H", listed, at)
        yield listed[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        at += 2 + 2 * length


def _table(streams: Mapping[str, bytes], main: bytes) -> bytes:
    (flags,) = struct.unpack_from("<H", main, _FLAGS)
    return streams.get("1table" if flags & _OTHER_TABLE else "0table", b"")


def _marks_a_change(page: bytes) -> bool:
    runs = page[-1]
    for run in range(runs):
        at = 2 * page[min(4 * (runs + 1) + run, _PAGE - 1)]
        formats = _formats(page[at + 1 : at + 1 + page[at]]) if at else ()
        if any(kind in _CHANGED and value[:1] == b"\1" for kind, value in formats):
            return True
    return False


def _formats(listed: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties in a list: (kind, value)."""
    at = 0
    while at + 2 < len(listed):
        (kind,) = struct.unpack_from("<H", listed, at)
        size = _SIZES.get(kind >> 13) or listed[at + 2] + 1
        yield kind, listed[at + 2 : at + 2 + size]
        at += 2 + size
