"""The colours and sizes of text, and what is behind it → whether anybody can see the text."""

from __future__ import annotations

import re

_HEX = re.compile(r"[0-9a-f]{6}")
_LIGHTEST = 0xF5
"""From this on all three parts of a colour are too light to be seen on white."""
_FLAT = 0.03
TINY = 3.0
"""Points of a font that nobody can read."""


def is_white(colour: str) -> bool:
    """Whether a colour of six hexadecimal figures, with or without what a format puts before them, is white."""
    figures = colour[-6:].lower()
    if not _HEX.fullmatch(figures):
        return False
    return all(int(figures[at : at + 2], 16) >= _LIGHTEST for at in (0, 2, 4))


def is_flat(size: str) -> bool:
    """Whether a row or a column of that size, in whatever unit, is too small to be seen: 0, 0.0in, 0.02cm."""
    figures = re.match(r"\d{1,9}(?:\.\d{1,9})?", size)
    return figures is not None and float(figures[0]) < _FLAT


def is_tiny(points: str) -> bool:
    """Whether a size in points is too small to read."""
    try:
        return 0 <= float(points) < TINY
    except ValueError:
        return False
