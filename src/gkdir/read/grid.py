"""The common form of all table formats: texts by row and column, merged areas, hidden rows and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, field

from gkdir.finding import TroubleKind

MAX_CELLS = 100_000
"""The most cells with text of a workbook, with merged areas filled: twelve times the largest directory known."""
MAX_TEXT = 32_767
"""The most characters of a cell: Excel's own limit."""

MAX_ROWS = 6_000
"""The most rows with text of a file: all domains of a county and its townships have fewer."""
MAX_WIDTH = 400
"""The most columns in which a row shows a text: a directory has 14, with a column for each channel some 30."""
MAX_TEXTS = 20_000
"""The most distinct texts of a file, because parsing each costs time: a national directory of 78 items has 214, all 26
domains of a county some 9,000; its townships mostly repeat them.
"""
MAX_DISTINCT = 1_250_000
"""The most characters of distinct texts: a national directory of 78 items has 7,000."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class Span(Struct, frozen=True):
    """A merged area, both corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Flaw(Struct, frozen=True):
    """A remark about a cell (or, at row 0, the sheet) for a person. Becomes a trouble with its place."""

    row: int
    column: int
    message: str
    hint: str
    kind: TroubleKind = TroubleKind.WRONG_VALUE
    quote: str = ""
    """The text in question, which is not in the text of any cell."""


class Grid(Struct, frozen=True):
    """One sheet of a workbook or one table of a page. ``cells`` holds only texts that can be seen.

    ``formulas`` are the cells of an Excel workbook with a formula; ``behind`` has the numbers of cells whose format
    shows something from which the number cannot be recovered.
    """

    name: str
    cells: Mapping[tuple[int, int], str]
    merges: tuple[Span, ...] = ()
    title: str = ""
    flaws: tuple[Flaw, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    formulas: frozenset[tuple[int, int]] = field(default=frozenset())
    behind: Mapping[tuple[int, int], str] = field(default_factory=dict)


def visible(text: str) -> str:
    """``text`` without invisible characters, line ends unified; empty if it has only blanks."""
    if not text.isprintable() or "\u00ad" in text:
        text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if text.strip() else ""


@lru_cache(maxsize=1 << 10)
def letters(column: int) -> str:
    """The name of a column: 1 → A, 28 → AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """A → 1, XFD → 16384; 0 for anything that is not a column's name."""
    if not (0 < len(name) <= 3 and name.isascii() and name.isalpha()):
        return 0
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def position(reference: str) -> tuple[int, int]:
    """The row and column of a cell's name, ``G12`` or ``$G$12``; zeros if it is not one."""
    match = _REFERENCE.fullmatch(reference.strip().upper())
    return (int(match[2]), column_number(match[1])) if match else (0, 0)
