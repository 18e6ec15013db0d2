"""Bytes → the bytes that a QR symbol of a version shows, with those for repair (ISO/IEC 18004, error level M)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

BYTES = 0b0100
FILLING = b"\xec\x11"
_CHECKED = "10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26" + " 28" * 19
_BLOCKS = "1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49"
CHECKED = tuple(map(int, _CHECKED.split()))
"""For each version, how many bytes each block has for repair."""
BLOCKS = tuple(map(int, _BLOCKS.split()))
"""For each version, into how many blocks the bytes are divided."""


def message(payload: bytes, version: int) -> bytes:
    """All bytes of a symbol in the order in which they are drawn."""
    length = _around(version) + len(payload)
    head = BYTES << 8 * (_around(version) - 1) | len(payload)
    said = ((head << 8 * len(payload) | int.from_bytes(payload, "big")) << 4).to_bytes(length, "big")
    filled = said + (FILLING * _kept(version))[: _kept(version) - length]
    blocks = tuple(_cut(filled, BLOCKS[version - 1]))
    repair = tuple(_repair(block, CHECKED[version - 1]) for block in blocks)
    columns = (column for part in (blocks, repair) for column in zip_longest(*part))
    return bytes(byte for column in columns for byte in column if byte is not None)


def room(version: int) -> int:
    """How many bytes a symbol takes."""
    return _kept(version) - _around(version)


def _kept(version: int) -> int:
    """The bytes of a symbol without those for repair."""
    return whole(version) - CHECKED[version - 1] * BLOCKS[version - 1]


def whole(version: int) -> int:
    """All bytes of a symbol: its squares without those that are the same whatever the bytes."""
    count = version // 7 + 2
    aligned = (25 * count - 10) * count - 55 if version > 1 else 0
    return ((16 * version + 128) * version + 64 - aligned - (36 if version > 6 else 0)) // 8


def _around(version: int) -> int:
    """The bytes that say what follows, how much of it, and where it ends."""
    return 2 if version < 10 else 3


def _cut(filled: bytes, count: int) -> Iterator[bytes]:
    """Blocks as long as each other, the last ones by a byte longer."""
    short, start = len(filled) // count, 0
    for number in range(count):
        end = start + short + (number >= count - len(filled) % count)
        yield filled[start:end]
        start = end


def _repair(block: bytes, count: int) -> bytes:
    """The remainder of the block after division by the generator: Reed and Solomon's bytes for repair."""
    table, above = _remainders(count), 8 * (count - 1)
    rest, low = 0, (1 << above) - 1
    for byte in block:
        rest = (rest & low) << 8 ^ table[rest >> above ^ byte]
    return rest.to_bytes(count, "big")


@cache
def _remainders(count: int) -> Sequence[int]:
    """What each byte leaves after division by the generator of that many bytes."""
    generator, root = [0] * (count - 1) + [1], 1
    for _ in range(count):
        generator = [_times(one, root) ^ after for one, after in zip(generator, [*generator[1:], 0], strict=True)]
        root = _times(root, 2)
    table = [0] * 256
    for bit in (1, 2, 4, 8, 16, 32, 64, 128):
        table[bit] = int.from_bytes(bytes(_times(one, bit) for one in generator), "big")
        for below in range(1, bit):
            table[bit | below] = table[bit] ^ table[below]
    return table


def _times(one: int, other: int) -> int:
    """The product in the field of 256 that QR codes reckon in."""
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product
