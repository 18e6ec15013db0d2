"""An address → the squares of its QR code, error level M."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code without its margin: ``size`` squares a side, ``dark`` a 1 or 0 for each, row by row."""

    size: int
    dark: str


@lru_cache(maxsize=256)
def qr_code(address: str) -> Code:
    """The code of an address; whoever draws it leaves four squares of margin."""
    import segno  # only who prints needs it

    matrix = segno.make_qr(address, error="m", boost_error=False).matrix
    return Code(len(matrix), "".join("1" if square else "0" for row in matrix for square in row))
