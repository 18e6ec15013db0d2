"""An address → the squares of its QR code, error level M."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

MARGIN = 4
"""Squares of white around a code, without which readers do not find it."""

MASK = 3
"""One of the eight patterns laid over the squares. The standard tries all of them for the evenest look, which takes
five times as long; every reader reads any of them."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code without its margin: ``size`` squares a side, ``dark`` a 1 or 0 for each, row by row."""

    size: int
    dark: str

    @property
    def box(self) -> int:
        """The side with the margin."""
        return self.size + 2 * MARGIN

    @property
    def path(self) -> str:
        """The dark squares as the ``d`` of an SVG path in a square of ``box``."""
        return "".join(self._runs())

    def _runs(self) -> list[str]:
        runs = []
        for row in range(self.size):
            column = 0
            for dark, squares in groupby(self.dark[row * self.size : (row + 1) * self.size]):
                length = len(list(squares))
                if dark == "1":
                    runs.append(f"M{column + MARGIN} {row + MARGIN}h{length}v1h-{length}z")
                column += length
        return runs


@lru_cache(maxsize=512)
def qr_code(address: str) -> Code:
    """The code of an address."""
    import segno  # a tenth of what a start takes, and not every command draws one

    matrix = segno.make_qr(address, error="m", boost_error=False, mask=MASK).matrix
    return Code(len(matrix), "".join("1" if square else "0" for row in matrix for square in row))
