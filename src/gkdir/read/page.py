"""A web page → a grid for each table, rows and columns spanned as the page spans them.

The standard library's parser takes time that grows with the square of a hostile page's length, so the few tags
that matter are found here by searching forward only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from msgspec import Struct, field

from gkdir.finding import Place, Unreadable
from gkdir.read.grid import MAX_CELLS, MAX_TEXT, Grid, Span, visible

MAX_COLUMNS = 1_000
MAX_NESTED = 50
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")
_BREAKS = frozenset(("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "textarea"))
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TITLE = re.compile(r"目录|领域|清单")

Token = tuple[str, str]
"""A tag's name (``/td`` at its end) and its attributes as written; or an empty name and a text."""


def grids(text: str, place: Place) -> tuple[Grid, ...]:
    """The tables of the page in the order in which they end. :raises Unreadable: none, or beyond measure"""
    page = _Page(place)
    for name, rest in tokens(text):
        if name:
            page.tag(name, rest)
        else:
            page.text(html.unescape(rest))
    page.close()
    if not page.grids:
        raise Unreadable(
            place, "网页里没有表格。", "请确认目录是表格而不是图片；可以把表格复制到 Excel，另存为 .xlsx。"
        )
    return tuple(page.grids)


def tokens(text: str) -> Iterator[Token]:
    """The tags and texts of a page, comments and scripts left out."""
    position = end = 0
    while (start := text.find("<", position)) >= 0:
        if start > position:
            yield "", text[position:start]
        if text.startswith("<!--", start):
            closing = text.find("-->", start + 4)
            position = closing + 3 if closing >= 0 else len(text)
            continue
        if 0 <= end <= start:  # a page of many < and one > is still searched only once
            end = text.find(">", start)
        name = _NAME.match(text, start + 1)
        if end < 0:
            position = len(text)
        elif name is None:
            literal = text[start + 1 : start + 2] not in ("!", "?", "/")
            if literal:
                yield "", "<"
            position = start + 1 if literal else end + 1
        else:
            tag = name[0].lower()
            position = end + 1
            if tag in _UNSEEN:
                closing = text.find(f"</{name[0]}", position)
                position = closing if closing >= 0 else len(text)
            else:
                yield tag, text[name.end() : end][:10_000]
    if position < len(text):
        yield "", text[position:]


class _Table(Struct):
    """A table while it is read; ``taken`` says down to which row a column is spanned from above."""

    title: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    span: Span | None = None
    pieces: list[str] = field(default_factory=list)


class _Page:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.grids: list[Grid] = []
        self._open: list[_Table] = []
        self._outside: list[str] = [""]
        self._room = MAX_CELLS

    def text(self, text: str) -> None:
        pieces = self._open[-1].pieces if self._open and self._open[-1].span else self._outside
        pieces.append(_BLANKS.sub(" ", text))

    def tag(self, name: str, rest: str) -> None:
        if name == "table":
            self._start_table()
        elif name in ("td", "th", "/td", "/th", "tr", "/tr", "/table"):
            if self._open:
                self._close_cell()
                self._structure(name, rest)
        elif name == "caption" or name == "/title":
            self._outside.append("\n")
        elif name.removeprefix("/") in _BREAKS:
            (self._open[-1].pieces if self._open and self._open[-1].span else self._outside).append("\n")
        elif name == "input" and (attributes := _attributes(rest)).get("type", "").lower() in ("checkbox", "radio"):
            self.text("☑" if "checked" in attributes else "□")
        elif name == "img":
            self.text(html.unescape(_attributes(rest).get("alt", "")))

    def close(self) -> None:
        while self._open:
            self._close_cell()
            self._structure("/table", "")

    def _start_table(self) -> None:
        if len(self._open) >= MAX_NESTED:
            raise Unreadable(self.place, "网页里的表格嵌套太深。", "请把目录表格复制到 Excel，另存为 .xlsx 后再试。")
        around = "".join(self._outside + [piece for table in self._open for piece in table.pieces])
        lines = [line for line in around.split("\n") if line.strip() and len(line) < 100]
        title = next((line.strip() for line in reversed(lines) if _TITLE.search(line)), "")
        self._open.append(_Table(title))

    def _structure(self, name: str, rest: str) -> None:
        table = self._open[-1]
        if name == "tr":
            table.row += 1
            table.column = 0
            if "display:none" in rest.replace(" ", "").lower():
                table.hidden.add(table.row)
        elif name in ("td", "th"):
            table.row = table.row or 1
            self._start_cell(table, _attributes(rest))
        elif name == "/table":
            self._open.pop()
            if table.cells:
                self.grids.append(
                    Grid(
                        f"表{len(self.grids) + 1}",
                        table.cells,
                        tuple(table.merges),
                        table.title,
                        (),
                        False,
                        frozenset(table.hidden),
                    )
                )
            if not self._open:
                self._outside = [""]

    def _start_cell(self, table: _Table, attributes: dict[str, str]) -> None:
        table.column += 1
        while table.taken.get(table.column, 0) >= table.row:
            table.column += 1
        width = min(_count(attributes.get("colspan")), MAX_COLUMNS)
        height = _count(attributes.get("rowspan"))
        right = table.column + width - 1
        if right > MAX_COLUMNS:
            raise Unreadable(
                self.place,
                f"表格超过 {MAX_COLUMNS} 列，不像是一份目录。",
                "请核对表格，或者复制到 Excel 另存为 .xlsx。",
            )
        self._room -= width
        if self._room < 0:
            raise Unreadable(self.place, "表格太大，不像是一份目录。", "请只留下目录所在的表格。")
        table.span = Span(table.row, table.column, table.row + height - 1, right)
        for column in range(table.column, right + 1):
            table.taken[column] = table.row + height - 1
        table.column = right

    def _close_cell(self) -> None:
        table = self._open[-1]
        if table.span is None:
            return
        text = visible("\n".join(line.strip() for line in "".join(table.pieces).split("\n") if line.strip()))
        if len(text) > MAX_TEXT:
            raise Unreadable(self.place, f"有单元格超过 {MAX_TEXT} 个字，不像是一份目录。", "请核对网页内容。")
        if text:
            table.cells[table.span.top, table.span.left] = text
            if (table.span.top, table.span.left) != (table.span.bottom, table.span.right):
                table.merges.append(table.span)
        table.span = None
        table.pieces = []


def _attributes(rest: str) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(rest)}


def _count(text: str | None) -> int:
    """A span: at least 1, at most what the standard allows; 0 means to the end of the table."""
    digits = (text or "1").strip()
    if not digits.isascii() or not digits.isdecimal():
        return 1
    return min(int(digits[:9]) or 65_534, 65_534)
