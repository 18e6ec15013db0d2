"""Numbers → SVG charts that are read without colour: lengths, patterns and the numbers themselves.

Widths are hundredths, so that a chart fills what room there is and its letters stay as large as those around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape
from msgspec import Struct

_ROW, _BAR = 52, 16
_PATTERNS = (
    '<pattern id="p0" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="ink"/>'
    "</pattern>",
    '<pattern id="p1" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="8" height="8" class="paper"/><rect width="4" height="8" class="ink"/></pattern>',
    '<pattern id="p2" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="paper"/>'
    '<circle cx="4" cy="4" r="2" class="ink"/></pattern>',
    '<pattern id="p3" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="paper"/>'
    "</pattern>",
)


class Bar(Struct, frozen=True):
    """One bar: its name, its length and what is written beside the name."""

    name: str
    value: float
    text: str


def bars(title: str, rows: Sequence[Bar], most: float) -> Markup:
    """A bar below its name and number for each row; ``most`` fills the width."""
    height = _ROW * len(rows)
    parts = []
    for number, row in enumerate(rows):
        y = number * _ROW
        width = 100 * row.value / most if most else 0.0
        parts.append(
            Markup('<text x="0" y="{}">{}　{}</text>').format(y + 22, row.name, row.text)
            + Markup('<rect x="0" y="{}" width="100%" height="{}" class="rail"/>').format(y + 30, _BAR)
            + Markup('<rect x="0" y="{}" width="{:.2f}%" height="{}" class="ink"/>').format(y + 30, width, _BAR)
        )
    return _chart(title, height, Markup("").join(parts))


def stacked(title: str, parts: Sequence[Bar]) -> Markup:
    """One bar in as many patterns as there are parts, and below it each pattern with its name and number."""
    whole = sum(part.value for part in parts) or 1.0
    shapes = [Markup("<defs>{}</defs>").format(Markup("").join(map(Markup, _PATTERNS)))]
    left = 0.0
    for number, part in enumerate(parts):
        width = 100 * part.value / whole
        shapes.append(
            Markup('<rect x="{:.2f}%" y="2" width="{:.2f}%" height="28" fill="url(#p{})" class="edge"/>').format(
                left, width, number
            )
        )
        left += width
    for number, part in enumerate(parts):
        y = 40 + number * 32
        shapes.append(
            Markup('<rect x="1" y="{}" width="24" height="20" fill="url(#p{})" class="edge"/>').format(y, number)
            + Markup('<text x="34" y="{}">{}　{}</text>').format(y + 16, part.name, part.text)
        )
    return _chart(title, 40 + 32 * len(parts), Markup("").join(shapes))


def _chart(title: str, height: int, inside: Markup) -> Markup:
    return Markup('<svg role="img" aria-label="{}" width="100%" height="{}">{}</svg>').format(
        escape(title), height, inside
    )
