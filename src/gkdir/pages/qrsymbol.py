"""Bytes → the dark and light squares of a QR symbol (ISO/IEC 18004): error level M, one pattern of the eight.

Whatever does not depend on the bytes is worked out once for each version: a symbol is then a division for each block,
one look-up for all squares, and one XOR. A library takes twenty times as long, and as long again to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import itemgetter

from gkdir.pages.qrmessage import message, room, whole

VERSIONS = range(1, 41)
LEVEL_M = 0
MASK = 3
"""The pattern laid over the squares. The standard tries all eight for the evenest look; every reader reads any."""

Square = tuple[int, int]
"""Column and row."""


def squares(payload: bytes) -> str | None:
    """A 1 for each dark square and a 0 for each light one, row by row; ``None`` beyond 2331 bytes."""
    version = next((each for each in VERSIONS if len(payload) <= room(each)), None)
    if version is None:
        return None
    bits, pick, ground = _symbol(version)
    shown = int.from_bytes(message(payload, version), "big")
    picked = "".join(pick(f"{shown:0{bits}b}0"))
    return f"{int(picked, 2) ^ ground:0{len(picked)}b}"


def side(version: int) -> int:
    """How many squares a side has."""
    return 17 + 4 * version


@cache
def _symbol(version: int) -> tuple[int, Callable[[str], tuple[str, ...]], int]:
    """How many bits are drawn, what picks the bit of each square, and what is laid over them, as one number."""
    size, still = side(version), _fixed(version)
    bits = 8 * whole(version)
    order, ground = [bits] * size**2, [False] * size**2
    for (column, row), dark in still.items():
        ground[row * size + column] = dark
    for number, (column, row) in enumerate(_drawn(size, still)):
        order[row * size + column] = min(number, bits)
        ground[row * size + column] = (row + column) % 3 == 0
    return bits, itemgetter(*order), int("".join("1" if dark else "0" for dark in ground), 2)


def _drawn(size: int, still: Mapping[Square, bool]) -> Iterator[Square]:
    """The squares that show bits, in their order: pairs of columns from the right, up and down by turns."""
    for turn, right in enumerate((*range(size - 1, 6, -2), 5, 3, 1)):
        for row in range(size) if turn % 2 else reversed(range(size)):
            yield from ((column, row) for column in (right, right - 1) if (column, row) not in still)


@cache
def _fixed(version: int) -> Mapping[Square, bool]:
    """The squares that are the same whatever the bytes, and whether they are dark."""
    size = side(version)
    still = {square: at % 2 == 0 for at in range(size) for square in ((6, at), (at, 6))}
    for column, row in ((3, 3), (size - 4, 3), (3, size - 4)):
        still |= {
            (x, y): max(abs(x - column), abs(y - row)) not in (2, 4)
            for x in range(max(column - 4, 0), min(column + 5, size))
            for y in range(max(row - 4, 0), min(row + 5, size))
        }
    for column, row in _aligned(version):
        around = range(-2, 3)
        still |= {(column + x, row + y): max(abs(x), abs(y)) != 1 for x in around for y in around}
    still |= _told(size)
    return still | (_numbered(version, size) if version > 6 else {})


def _aligned(version: int) -> Iterator[Square]:
    """The middles of the small squares by which a reader aligns, but for the three corners."""
    if version == 1:
        return
    count, last = version // 7 + 2, side(version) - 7
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    at = (6, *(last - step * number for number in reversed(range(count - 1))))
    yield from ((x, y) for x in at for y in at if (x, y) not in ((6, 6), (6, last), (last, 6)))


def _told(size: int) -> dict[Square, bool]:
    """Level and mask, with bits for repair, twice; and the square that is always dark."""
    told = LEVEL_M << 3 | MASK
    bits = (told << 10 | _rest(told, 10, 0x537)) ^ 0x5412
    once = [*((8, row) for row in (0, 1, 2, 3, 4, 5, 7, 8)), *((column, 8) for column in (7, 5, 4, 3, 2, 1, 0))]
    again = [*((size - 1 - at, 8) for at in range(8)), *((8, size - 7 + at) for at in range(7))]
    lit = {square: bits >> at & 1 == 1 for line in (once, again) for at, square in enumerate(line)}
    return lit | {(8, size - 8): True}


def _numbered(version: int, size: int) -> dict[Square, bool]:
    """The version, with bits for repair, twice."""
    bits = version << 12 | _rest(version, 12, 0x1F25)
    places = [(size - 11 + at % 3, at // 3) for at in range(18)]
    return {square: bits >> at & 1 == 1 for at, (x, y) in enumerate(places) for square in ((x, y), (y, x))}


def _rest(value: int, bits: int, divisor: int) -> int:
    """The remainder of a division of polynomials over two."""
    rest = value
    for _ in range(bits):
        rest = rest << 1 ^ (rest >> bits - 1) * divisor
    return rest
