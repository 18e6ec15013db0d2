"""An address → the squares of its QR code, error level M, and the line that draws them."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isqrt

from msgspec import Struct

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
    import zxingcpp  # not every command draws one

    try:
        code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        return None
    picture = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]  # its stubs are silent
    dark = picture.tobytes().translate(_DARK).decode()
    size = isqrt(len(dark))
    rows = (dark[start : start + size] for start in range(0, size * size, size))
    lines = f"m-{size} 1".join("".join(map(_STROKES.__getitem__, _RUNS.findall(row))) for row in rows)
    return Code(size, dark, f"M{MARGIN} {MARGIN}.5{lines}")


_DARK = b"1" + b"0" * 255
"""A dark square is black in the picture, a light one is white."""


_RUNS = re.compile("0+|1+")


class _Strokes(dict[str, str]):
    """Squares of a row → a line over dark ones, a move over others; each kind of run is written once."""

    def __missing__(self, run: str) -> str:
        self[run] = f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0"
        return self[run]


_STROKES = _Strokes()
