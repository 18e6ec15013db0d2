"""Small old workbooks for the tests, record by record, in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

from gkdir.read.compound import SIGNATURE

SECTOR = 512
FREE, END, FAT = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD


def record(id_: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", id_, len(data)) + data


def text(value: str, form: str = "H") -> bytes:
    return struct.pack(f"<{form}B", len(value), 1) + value.encode("utf-16-le")


def label(row: int, column: int, value: str, style: int = 0) -> bytes:
    return record(0x204, struct.pack("<HHH", row, column, style) + text(value))


def rows(cells: Sequence[Sequence[object]]) -> bytes:
    return b"".join(
        label(row, column, str(value))
        for row, line in enumerate(cells)
        for column, value in enumerate(line)
        if value is not None
    )


def stream(body: bytes, shared: bytes = b"", name: str = "就业", version: int = 0x600) -> bytes:
    """The stream of a workbook with one sheet; ``shared`` are further records of its globals."""
    title = text(name, "B") if version >= 0x600 else struct.pack("B", len(name.encode("gbk"))) + name.encode("gbk")
    beginning = record(0x809, struct.pack("<HHHH", version, 5, 0, 0) + bytes(8)) + shared
    start = len(beginning) + 4 + 6 + len(title) + 4
    sheet = record(0x85, struct.pack("<IBB", start, 0, 0) + title)
    begin = record(0x809, struct.pack("<HHHH", version, 0x10, 0, 0) + bytes(8))
    return beginning + sheet + record(0x0A) + begin + body + record(0x0A)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file; a name with a ``/`` is in a folder."""
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]
    folders = {"": 0}
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            entries[0][3].append(len(entries))
            folders[folder] = len(entries)
            entries.append((folder, 1, b"", []))
        entries[folders[folder]][3].append(len(entries))
        entries.append((name, 2, data.ljust(4096, b"\0"), []))
    directory, body = [b""] * len(entries), b""
    chains: list[int] = []
    room = -(-len(entries) * 128 // SECTOR)
    next_of = {one: after for *_, group in entries for one, after in pairwise([*group, FREE])}
    for index, (name, kind, data, children) in enumerate(entries):
        start = room + len(body) // SECTOR if data else 0
        count = -(-len(data) // SECTOR)
        chains += [*range(start + 1, start + count), END] if data else []
        body += data.ljust(count * SECTOR, b"\0")
        encoded = (name + "\0").encode("utf-16-le")
        directory[index] = (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, next_of.get(index, FREE), (children or [FREE])[0])
            + bytes(36)
            + struct.pack("<III", start, len(data), 0)
        )
    listing = b"".join(directory).ljust(room * SECTOR, b"\0")
    table = [*range(1, room), END, *chains]
    sectors = -(-(len(table) + 1) // 127)
    table += [FAT] * sectors
    first = len(table) - sectors
    packed = struct.pack(f"<{len(table)}I", *table)
    packed += b"\xff" * (sectors * SECTOR - len(packed))
    listed = [*range(first, first + sectors), *[FREE] * (109 - sectors)]
    header = (
        SIGNATURE
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, sectors, 0, 0, 4096, END, 0, END, 0, *listed[:1])
    )
    return header + struct.pack("<108I", *listed[1:]) + listing + body + packed
