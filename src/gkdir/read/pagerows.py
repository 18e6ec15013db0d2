"""A web page → one sheet: each paragraph and each row of a table is a row, in the order of the page.

Unlike ``htmltables``, which reads tables and reports the rest, this is for pages whose headings and paragraphs are the
content. Hidden text is read too, because service platforms hide all tabs but the first.
"""

from __future__ import annotations

import html
import re

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.htmltables import BLANKS, FRAME, spans, tokens
from gkdir.read.sheet import Sheet, sheet_of

NAME = "网页"
"""The name of the sheet."""
_CELLS = frozenset(("td", "th"))
_DEFINITION = frozenset(("dl", "dt", "dd"))
_BLOCK = re.compile("p|div|li|ul|ol|d[ltd]|h[1-6r]|section|article|t(?:able|body|head)|caption|form|label|body")


def page_rows(text: str, place: Place) -> Sheet:
    """The page. :raises Unreadable: too large"""
    page = _PageRows(place)
    for name, rest in tokens(text):
        if name:
            page.tag(name, rest)
        else:
            page.text(BLANKS.sub(" ", html.unescape(rest)))
    page.row()
    return sheet_of(page.builder.build(), place.file)


class _OpenTable(Struct):
    """A table while it is read: whether a cell is open, and the cells of earlier rows that extend into this one."""

    open: bool = False
    width: int = 1
    """The columns of the open cell."""
    beside: int = 0
    """The columns to the left that cells from rows above take."""
    tall: list[tuple[int, int]] = field(default_factory=list)
    """For each cell how many rows it spans from this one on, and how many columns."""

    def begin_row(self, another: bool) -> None:
        """No cell is open; if ``another`` row begins, cells that span rows have one row fewer to go."""
        self.open = False
        if not another:
            return
        self.tall = [(rows - 1, columns) for rows, columns in self.tall if rows > 1]
        self.beside = sum(columns for _, columns in self.tall)


class _PageRows:
    def __init__(self, place: Place) -> None:
        self.builder = GridBuilder(NAME, place, SizeLimits())
        self._number = 0
        self._cells: list[tuple[str, int]] = []  # (text, width) of each cell
        self._said = ""
        self._tables: list[_OpenTable] = []
        self._described = False  # whether a dd is open
        self._frames = 0

    def text(self, text: str) -> None:
        if not self._frames:
            self._said += text

    def tag(self, name: str, rest: str) -> None:
        plain = name.removeprefix("/")
        if plain in FRAME:
            self._frames = max(self._frames + (1 if plain == name else -1), 0)
        elif plain in _CELLS and self._tables:
            self._table_cell(self._tables[-1], rest if plain == name else None)
        elif plain == "tr":
            self.row()
            if self._tables:
                self._tables[-1].begin_row(plain == name)
        elif plain in _DEFINITION and not (self._tables and self._tables[-1].open):
            self._definition(name)
        elif plain == "br" or (_BLOCK.fullmatch(plain) and self._inside and plain != "table"):
            self._said += "\n"
        elif _BLOCK.fullmatch(plain) or plain in _CELLS:
            self.row()
        if plain == "table":
            self._tables = [*self._tables, _OpenTable()] if name == plain else self._tables[:-1]

    @property
    def _inside(self) -> bool:
        """Whether a cell is open; blocks in it are its lines."""
        return self._described or bool(self._tables and self._tables[-1].open)

    def _table_cell(self, table: _OpenTable, rest: str | None) -> None:
        """A cell begins, with the attributes ``rest``, or ends (``None``); in both cases the one before it ends."""
        if table.open or self._said.strip():
            self._cell(table.width)
        self._said = ""
        table.open = rest is not None
        if rest is not None:
            height, table.width = spans(rest)
            table.tall.append((height, table.width))

    def _definition(self, name: str) -> None:
        """A term (dt) begins a row, and its description (dd) is the next cell."""
        if name == "dd":
            self._cell()
        elif name != "/dt":
            self.row()
        self._described = name == "dd"

    def _cell(self, width: int = 1) -> None:
        lines = (line.strip() for line in self._said.split("\n"))
        self._cells.append(("\n".join(line for line in lines if line), width))
        self._said = ""

    def row(self) -> None:
        """End the open row, if it has any text."""
        if self._said.strip():
            self._cell()
        if any(text for text, _ in self._cells):
            self._number += 1
            column = 1 + (self._tables[-1].beside if self._tables else 0)
            for text, width in self._cells:
                if text:
                    self.builder.put(self._number, column, text)
                column += width
        self._cells = []
        self._said = ""
