"""An address → the squares of its QR code, error level M."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

MARGIN = 4
"""Squares of white around a code, without which readers do not find it."""

MASK = 3
"""One of the eight patterns laid over the squares. The standard tries all of them for the evenest look, which takes
five times as long; every reader reads any of them."""

_DARK = re.compile("1+")


class Code(Struct, frozen=True):
    """A QR code without its margin: ``size`` squares a side, ``dark`` a 1 or 0 for each, row by row.

    ``path`` draws the dark squares: the ``d`` of an SVG path in a square of ``box``.
    """

    size: int
    dark: str
    path: str

    @property
    def box(self) -> int:
        """The side with the margin."""
        return self.size + 2 * MARGIN


@lru_cache(maxsize=512)
def qr_code(address: str) -> Code:
    """The code of an address."""
    import segno  # a tenth of what a start takes, and not every command draws one

    matrix = segno.make_qr(address, error="m", boost_error=False, mask=MASK).matrix
    rows = ["".join("1" if square else "0" for square in row) for row in matrix]
    path = "".join(run for number, row in enumerate(rows, MARGIN) for run in _runs(number, row))
    return Code(len(rows), "".join(rows), path)


def _runs(number: int, row: str) -> Iterator[str]:
    """The dark runs of one row, as rectangles."""
    for dark in _DARK.finditer(row):
        length = dark.end() - dark.start()
        yield f"M{dark.start() + MARGIN} {number}h{length}v1h-{length}z"
