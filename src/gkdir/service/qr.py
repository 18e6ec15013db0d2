"""An address → its QR code, error level M, and the SVG path that draws it."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from math import isqrt

from msgspec import Struct

from gkdir.kepttexts import kept_texts

MARGIN = 4
"""The width of the white margin in squares, which readers need."""

_MOST = 256
"""How many codes are kept for the next county and the next run: each county has its own, about 120."""


MASK = 3
"""The number of the mask pattern. Choosing the best of eight takes six times as long; readers accept any."""


class QrCode(Struct, frozen=True):
    """A QR code without its margin: ``size`` squares a side, ``dark`` a 1 or 0 for each, row by row.

    ``path`` is the ``d`` of an SVG path that draws the dark squares, with a stroke as wide as a square.
    """

    size: int
    dark: str
    path: str

    @property
    def box(self) -> int:
        """The side including the margin."""
        return self.size + 2 * MARGIN


def qr_code(address: str) -> QrCode | None:
    """The code of an address; ``None`` if it is too long for one."""
    kept = kept_texts("qr", _MOST, QrCode)
    if kept.lacking((address,)):
        code = _drawn(address)
        if code is None:
            return None
        kept.add({address: code})
    return kept.made[address]


def _drawn(address: str) -> QrCode | None:
    import zxingcpp  # heavy, and most codes have been drawn before

    try:
        code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    except ValueError:
        return None
    picture = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]  # its stubs are silent
    dark = picture.tobytes().translate(_DARK).decode()
    size = isqrt(len(dark))
    wide = (size + 7) // 8
    rows = (int(dark[at : at + size], 2) << 8 * wide - size for at in range(0, size * size, size))
    lines = f"m-{8 * wide} 1".join("".join(map(_stroke, row.to_bytes(wide, "big"))) for row in rows)
    return QrCode(size, dark, f"M{MARGIN} {MARGIN}.5{lines}")


_DARK = b"1" + b"0" * 255
"""Translates a grey picture: 0 (black) becomes 1, all else 0."""


@cache
def _stroke(eight: int) -> str:
    """Eight squares of a row as path commands: lines over dark ones, moves over light ones."""
    runs = ((square, len(tuple(run))) for square, run in groupby(f"{eight:08b}"))
    return "".join(f"h{length}" if square == "1" else f"m{length} 0" for square, length in runs)
