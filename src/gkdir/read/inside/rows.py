"""Cells of a sheet → the numbers written with one digit a cell in rows or columns, as in forms with boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from gkdir.read.grid import letters
from gkdir.read.inside.part import InsideText
from gkdir.read.longnumber import FIGURE, ONES, ZEROS

_FEW = re.compile(rf"\s*(?:{FIGURE}\s*){{1,10}}[Xx×]?\s*|\s*[Xx×{ZEROS}{ONES}]\s*")
"""A cell with a part of a number that is spread over several cells."""
_LEAST = 11
_FIGURES = re.compile(r"[\d\s.,-]*")
_HEADING = 2_000
"""The most rows above a cell in which its heading is looked for."""
_HEADING_LENGTH = 30


def heading(cells: Mapping[tuple[int, int], str], row: int, column: int, text: str) -> str:
    """The column's heading for a cell that holds only digits; empty for any other cell."""
    if _FIGURES.fullmatch(text):
        for above in range(row - 1, max(0, row - _HEADING), -1):
            words = cells.get((above, column), "")
            if words and not _FIGURES.fullmatch(words):
                return words if len(words) < _HEADING_LENGTH else ""
    return ""


def row_texts(cells: Mapping[tuple[int, int], str], sheet: str) -> Iterator[InsideText]:
    """Neighbouring cells with only a few digits each, joined; blank cells between them are ignored."""
    few = [(row, column, text.strip()) for (row, column), text in cells.items() if _FEW.fullmatch(text)]
    for across in (True, False):
        ordered = sorted(few, key=lambda cell: cell[:2] if across else (cell[1], cell[0]))
        for _, line in groupby(ordered, key=lambda cell: cell[0 if across else 1]):
            neighbours = list(line)
            if len(neighbours) > 1 and sum(len(text) for *_, text in neighbours) >= _LEAST:
                row, column, _ = neighbours[0]
                text = "\t".join(text for *_, text in neighbours)
                yield InsideText(text, sheet, f"{letters(column)}{row}", True)
