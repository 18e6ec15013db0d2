"""An address → the squares of its QR code, and the line that draws them."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from math import isqrt

from msgspec import Struct

from gkdir.pages.qrsymbol import squares

MARGIN = 4
"""Squares of white around a code, without which readers do not find it."""


class Code(Struct, frozen=True):
    """A QR code without its margin: ``size`` squares a side, ``dark`` a 1 or 0 for each, row by row.

    ``path`` draws the dark squares: the ``d`` of an SVG path in a square of ``box``, to be stroked as wide as a square.
    """

    size: int
    dark: str
    path: str

    @property
    def box(self) -> int:
        """The side with the margin."""
        return self.size + 2 * MARGIN


@lru_cache(maxsize=512)
def qr_code(address: str) -> Code | None:
    """The code of an address; ``None`` where it is too long for any."""
    dark = squares(address.encode())
    if dark is None:
        return None
    size = isqrt(len(dark))
    wide = (size + 7) // 8
    rows = (int(dark[at : at + size].ljust(8 * wide, "0"), 2).to_bytes(wide, "big") for at in range(0, size**2, size))
    lines = f"m-{8 * wide} 1".join("".join(map(_STROKES.__getitem__, row)) for row in rows)
    return Code(size, dark, f"M{MARGIN} {MARGIN}.5{lines}")


def _stroke(byte: int) -> str:
    """Eight squares of a row: a line over the dark ones, a move over the others."""
    runs = ((square, len(tuple(run))) for square, run in groupby(f"{byte:08b}"))
    return "".join(f"h{length}" if square == "1" else f"m{length} 0" for square, length in runs)


_STROKES = tuple(map(_stroke, range(256)))
