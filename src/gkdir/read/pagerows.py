"""A web page → one sheet: each paragraph and each row of a table is a row, in the order of the page.

Unlike ``htmltables``, which reads tables and reports the rest, this is for pages whose headings and paragraphs are the
content. What a page hides is read too: the pages of service platforms hide all tabs but the first.
"""

from __future__ import annotations

import html
import re

from gkdir.finding import Place
from gkdir.read.building import GridBuilder, Room
from gkdir.read.htmltables import tokens
from gkdir.read.sheet import Sheet, placed

NAME = "网页"
_FRAME = frozenset(("nav", "header", "footer", "select", "button", "title"))
"""Elements that belong to the web site, not to what the page says."""
_CELLS = frozenset(("td", "th"))
_BLOCK = re.compile("p|div|li|ul|ol|d[ltd]|h[1-6r]|section|article|t(?:able|body|head)|caption|form|label|body")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def page_rows(text: str, place: Place) -> Sheet:
    """The page. :raises Unreadable: too large"""
    page = _PageRows(place)
    for name, rest in tokens(text):
        if name:
            page.tag(name)
        else:
            page.text(_BLANKS.sub(" ", html.unescape(rest)))
    page.row()
    return placed(page.builder.build(), place.file)


class _PageRows:
    def __init__(self, place: Place) -> None:
        self.builder = GridBuilder(NAME, place, Room())
        self._number = 0
        self._cells: list[str] = []
        self._said = ""
        self._within: list[bool] = []  # for each open table, whether a cell of it is open
        self._frames = 0

    def text(self, text: str) -> None:
        if not self._frames:
            self._said += text

    def tag(self, name: str) -> None:
        plain = name.removeprefix("/")
        if plain in _FRAME:
            self._frames = max(self._frames + (1 if plain == name else -1), 0)
        elif plain in _CELLS:
            self._cell()
            if self._within:
                self._within[-1] = plain == name
        elif plain == "tr":
            self.row()
        elif plain == "br" or (_BLOCK.fullmatch(plain) and self._within and self._within[-1] and plain != "table"):
            self._said += "\n"
        elif _BLOCK.fullmatch(plain):
            self.row()
        if plain == "table":
            self._within = [*self._within, False] if name == plain else self._within[:-1]

    def _cell(self) -> None:
        lines = (line.strip() for line in self._said.split("\n"))
        self._cells.append("\n".join(line for line in lines if line))
        self._said = ""

    def row(self) -> None:
        """End the row that is being read, if anything stands in it."""
        self._cell()
        if any(self._cells):
            self._number += 1
            for column, said in enumerate((each for each in self._cells if each), 1):
                self.builder.put(self._number, column, said)
        self._cells = []
