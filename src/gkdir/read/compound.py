"""A compound file (xls, doc, an encrypted xlsx …) → its streams; endless chains are refused."""

from __future__ import annotations

import struct

from msgspec import Struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFF_FFFA
"""Sector numbers from here on mark the end of a chain, or no sector."""
_HEADER = 512
_ENTRY = 128
_STORAGE, _STREAM = 1, 2
_MOST = 20_000
"""The most streams and folders of a file."""


class Damaged(Exception):
    """The file is not a compound file, is truncated, or has circular chains."""


class Stream(Struct, frozen=True):
    """A stream: its first sector and its length in bytes; ``folder`` is empty for those at the top."""

    name: str
    folder: str
    start: int
    size: int


class Compound:
    """The file's streams, found by name. :raises Damaged: it is not a compound file, truncated or circular"""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or data[:8] != SIGNATURE:
            raise Damaged
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Damaged
        self._data, self._size = data, 1 << shift
        self._sectors = (len(data) - 1) // self._size  # the last sector may be truncated
        self._fat_count, first = struct.unpack_from("<II", data, 44)
        self._cutoff, mini, _, difat = struct.unpack_from("<IIII", data, 56)
        self._fat = self._table(self._fat_sectors(difat))
        self._minifat = self._table(self._chain(mini, self._fat)) if mini < _END else ()
        self.streams, root = self._directory(first)
        self._mini = self._joined(root.start, root.size) if root.size and root.start < _END else b""

    def find(self, *names: str) -> Stream | None:
        """The first stream at the top that has one of these names."""
        wanted = [name.lower() for name in names]
        found = {stream.name.lower(): stream for stream in reversed(self.streams) if not stream.folder}
        return next((found[name] for name in wanted if name in found), None)

    def read(self, stream: Stream) -> bytes:
        """The bytes of the stream. :raises Damaged: its chain is circular or leaves the file"""
        if stream.size >= self._cutoff:
            return self._joined(stream.start, stream.size)
        pieces = [
            self._mini[sector << 6 : sector + 1 << 6]
            for sector in self._chain(stream.start, self._minifat, -(-stream.size >> 6))
        ]
        return b"".join(pieces)[: stream.size]

    def _sector(self, number: int) -> bytes:
        if number >= self._sectors:
            raise Damaged
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _fat_sectors(self, difat: int) -> list[int]:
        """The sectors with the table of chains; the header lists the first ones, and chained sectors the others."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        for _ in range(self._sectors):
            if difat >= _END:
                break
            sector = self._sector(difat)
            numbers = struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
            listed += numbers[:-1]
            difat = numbers[-1]
        else:
            raise Damaged
        found = [number for number in listed if number < _END][: self._fat_count or None]
        if len(set(found)) != len(found):
            raise Damaged
        return found

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        data = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _chain(self, start: int, table: tuple[int, ...], wanted: int | None = None) -> list[int]:
        found: list[int] = []
        while start < _END and len(found) != wanted:
            if start >= len(table) or len(found) >= len(table):
                raise Damaged
            found.append(start)
            start = table[start]
        if len(set(found)) != len(found):
            raise Damaged
        return found

    def _joined(self, start: int, size: int) -> bytes:
        wanted = -(-size // self._size)
        return b"".join(map(self._sector, self._chain(start, self._fat, wanted)))[:size]

    def _directory(self, first: int) -> tuple[tuple[Stream, ...], Stream]:
        data = b"".join(map(self._sector, self._chain(first, self._fat)))
        count = min(len(data) // _ENTRY, _MOST)
        if not count:
            raise Damaged
        root = self._entry(data, 0, "")
        found: list[Stream] = []
        seen: set[int] = set()
        waiting = [(struct.unpack_from("<I", data, 76)[0], "")]
        while waiting:
            index, folder = waiting.pop()
            if index >= count or index in seen:
                continue
            seen.add(index)
            kind = data[index * _ENTRY + 66]
            left, right, child = struct.unpack_from("<III", data, index * _ENTRY + 68)
            entry = self._entry(data, index, folder)
            waiting += [(left, folder), (right, folder)]
            if kind == _STORAGE:
                waiting.append((child, f"{folder}/{entry.name}"[-200:]))
            elif kind == _STREAM:
                found.append(entry)
        return tuple(found), root

    def _entry(self, data: bytes, index: int, folder: str) -> Stream:
        at = index * _ENTRY
        length = min(struct.unpack_from("<H", data, at + 64)[0], 64)
        name = data[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", data, at + 116)
        return Stream(name, folder, start, min(size, len(self._data)))
