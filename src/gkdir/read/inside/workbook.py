"""The stream of an old workbook (xls, et) → its cells with their places, numbers among them, and all other texts."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from gkdir.read.biff import rk_number
from gkdir.read.grid import letters
from gkdir.read.inside import raw
from gkdir.read.inside.part import InsideText, Looked, Unseen, not_repeated
from gkdir.read.inside.rows import heading, row_texts
from gkdir.read.longnumber import LONG_NUMBER

_BOF, _FILE_PASS, _SHEET, _STRINGS, _CONTINUE = 0x0809, 0x002F, 0x0085, 0x00FC, 0x003C
_STRING, _NUMBER, _RK, _RKS, _FORMULA, _LABEL = 0x00FD, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0204
_LARGEST = 1e20

Cells = dict[tuple[int, int], str]


def texts(content: bytes) -> Looked:
    """The cells first, then all other texts of the stream."""
    records = list(_records(content))
    if any(kind == _FILE_PASS for kind, _ in records):
        yield Unseen("加了密码的内容")
        return
    try:
        strings = tuple(_strings(records))
    except (struct.error, IndexError):
        strings = ()
    names = [_name(body) for kind, body in records if kind == _SHEET]
    headed: set[str] = set()
    for name, cells in _sheets(records, strings, names):
        for (row, column), text in cells.items():
            if LONG_NUMBER.search(text):
                headed.add(text.strip())
                words = heading(cells, row, column, text)
                yield InsideText(text, name, f"{letters(column + 1)}{row + 1}", heading=words)
        yield from row_texts({(row + 1, column + 1): text for (row, column), text in cells.items()}, name)
    yield from not_repeated(
        (InsideText(text, None, None, True) for text in strings if LONG_NUMBER.search(text)), headed
    )
    # long texts continue in further records: without the record headers they are whole again
    yield from not_repeated(raw.texts(b"".join(body for _, body in records), None, again=True), headed)


def strings(content: bytes) -> tuple[str, ...]:
    """The distinct texts of the cells."""
    try:
        return tuple(_strings(list(_records(content))))
    except (struct.error, IndexError):
        return ()


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(
    records: list[tuple[int, bytes]], strings: tuple[str, ...], names: list[str]
) -> Iterator[tuple[str, Cells]]:
    """The sheets in stream order, each with its name."""
    number, cells = -2, Cells()
    for kind, body in records:
        if kind == _BOF:
            if cells:
                yield _called(names, number), cells
            number, cells = number + 1, {}
        try:
            cells |= _cells(kind, body, strings)
        except (struct.error, IndexError):
            continue
    if cells:
        yield _called(names, number), cells


def _called(names: list[str], number: int) -> str:
    return names[number] if 0 <= number < len(names) else "工作表"


def _cells(kind: int, body: bytes, strings: tuple[str, ...]) -> Mapping[tuple[int, int], str]:
    """The cells in one record."""
    if kind == _STRING:
        row, column, _, index = struct.unpack_from("<HHHI", body)
        return {(row, column): strings[index]}
    if kind in (_NUMBER, _FORMULA):
        row, column, _, value = struct.unpack_from("<HHHd", body)
        return {(row, column): _shown(value)}
    if kind == _RK:
        row, column, _, value = struct.unpack_from("<HHHI", body)
        return {(row, column): _shown(rk_number(value))}
    if kind == _RKS:
        row, first = struct.unpack_from("<HH", body)
        values = [struct.unpack_from("<I", body, at)[0] for at in range(6, len(body) - 5, 6)]
        return {(row, first + index): _shown(rk_number(value)) for index, value in enumerate(values)}
    if kind == _LABEL:
        row, column, _, length = struct.unpack_from("<HHHH", body)
        return {(row, column): body[8 : 8 + length].decode("gb18030", "replace")}
    return {}


def _shown(value: float) -> str:
    return f"{value:.0f}" if abs(value) < _LARGEST and value == int(value) else f"{value:g}"


def _name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    return body[8:].decode("utf-16-le", "replace")[:length] if wide else body[8 : 8 + length].decode("latin-1")


def _strings(records: list[tuple[int, bytes]]) -> Iterator[str]:
    """The workbook's shared texts, in the order of their indexes."""
    for index, (kind, body) in enumerate(records):
        if kind == _STRINGS:
            pieces = [body]
            for following, more in records[index + 1 :]:
                if following != _CONTINUE:
                    break
                pieces.append(more)
            yield from _Strings(pieces)
            return


class _Strings:
    """Reads texts that continue in the next record, which begins with a byte that says how wide the characters are."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.piece = 0
        self.at = 8

    def __iter__(self) -> Iterator[str]:
        count = struct.unpack_from("<I", self.pieces[0], 4)[0]
        for _ in range(min(count, 1_000_000)):
            if self.piece >= len(self.pieces) - 1 and self.at >= len(self.pieces[-1]):
                return
            yield self.text()

    def text(self) -> str:
        head = self.take(3)
        length, flags = struct.unpack("<HB", head)
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        pieces: list[str] = []
        wide, left = flags & 1, length
        while left > 0:
            there = (len(self.pieces[self.piece]) - self.at) // (2 if wide else 1)
            if there <= 0:
                self.piece, self.at = self.piece + 1, 1
                wide = self.pieces[self.piece][0] & 1
                continue
            now = min(left, there)
            content = self.pieces[self.piece][self.at : self.at + now * (2 if wide else 1)]
            pieces.append(content.decode("utf-16-le" if wide else "latin-1", "replace"))
            self.at += len(content)
            left -= now
        self.take(4 * runs + extra)
        return "".join(pieces)

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes, across records."""
        taken = bytearray()
        while len(taken) < count:
            if self.at >= len(self.pieces[self.piece]):
                self.piece, self.at = self.piece + 1, 0
            content = self.pieces[self.piece][self.at : self.at + count - len(taken)]
            taken += content
            self.at += len(content)
        return bytes(taken)
