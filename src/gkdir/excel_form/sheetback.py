"""One sheet of a returned workbook → the rows of its table, and troubles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from gkdir.excel_form.record import MARK
from gkdir.excel_form.table import Table
from gkdir.finding import Place, Trouble, TroubleKind, wrong_value
from gkdir.read.grid import Flaw, Grid, Span, letters
from gkdir.read.text import one_line, shortened

EXPORT_AGAIN = "请用 gkdir form export 重新导出一份，把改动填进新的一份。"
_PLAIN_TEXT = "请把公式改成文字：复制这一格，再“选择性粘贴”为数值。"
_MAX_QUOTED = 3
"""How many struck-out texts of a row a message quotes."""


class ReturnedRow(Struct, frozen=True):
    """A row: its id (blank if new), its texts by column key.

    ``unusable`` cells are not accepted. ``struck``: the whole row is struck out, which has been reported; none of it is
    accepted.
    """

    id: str
    number: int
    texts: Mapping[str, str]
    unusable: frozenset[str]
    struck: bool = False


class ReturnedTable(Struct, frozen=True):
    """The rows with content, and the column number of each key."""

    sheet: str
    file: str
    rows: tuple[ReturnedRow, ...]
    columns: Mapping[str, int]

    def place(self, row: int, key: str | None = None) -> Place:
        """The place of a cell, or of a whole row."""
        return Place(self.file, sheet=self.sheet, cell=f"{letters(self.columns.get(key or '', 2))}{row}")


def heading_rows(grid: Grid) -> Mapping[str, int]:
    """The keys of the tables that the sheet's hidden marks name → the number of the heading row."""
    marks = [(text, row) for (row, column), text in grid.cells.items() if column == 1 and text.startswith(MARK)]
    return {text.removeprefix(MARK): row for text, row in reversed(marks)}


def returned_table(table: Table, grid: Grid, heading: int, name: str) -> tuple[ReturnedTable, list[Trouble]]:
    """The rows below ``heading``, and the troubles of the sheet; ``name`` is the file's."""
    reader = _SheetReader(table, grid, heading, name)
    reader.columns()
    reader.flaws()
    return ReturnedTable(grid.name, name, tuple(reader.rows()), reader.found), reader.troubles


class _SheetReader:
    """Reads one sheet: its columns, then flaws of single cells, then its rows."""

    def __init__(self, table: Table, grid: Grid, heading: int, name: str) -> None:
        self.table, self.grid, self.heading, self.name = table, grid, heading, name
        self.found: dict[str, int] = {}
        self.troubles: list[Trouble] = []
        self._bad: dict[int, set[int]] = defaultdict(set)  # row number → columns that are not accepted
        self._struck: dict[int, dict[int, str]] = defaultdict(dict)

    def columns(self) -> None:
        """Find each column by its heading, wherever it is now."""
        labels: dict[str, list[int]] = defaultdict(list)
        for (row, column), text in sorted(self.grid.cells.items()):
            if row == self.heading and column > 1:
                labels["".join(text.split())].append(column)
        for each in self.table.columns:
            if each.label in labels:
                self.found[each.key] = labels[each.label][0]
            else:
                self._report(f"B{self.heading}", f"少了“{each.label}”这一栏，这一栏没有读。", EXPORT_AGAIN)
        self._report_texts_outside()

    def _report_texts_outside(self) -> None:
        """Report texts outside the table: beside it, above its headings, or under a repeated heading."""
        known = {1, *self.found.values()}
        beside: dict[int, int] = {}
        for row, column in sorted(self.grid.cells):
            if column not in known and row > self.heading:
                beside.setdefault(column, row)
            elif row < self.heading - 1 and column > 2:
                self._report(f"{letters(column)}{row}", "表头上面写的这些字没有读。", "请把它写进下面的格子里。")
        for column, row in beside.items():
            label = self.grid.cells.get((self.heading, column), "")
            message = f"多了“{label}”这一栏" if label else "表格外面还写了字"
            hint = "请把里面有用的内容写进原有的栏目，再删去它。"
            self._report(f"{letters(column)}{row}", f"{message}，没有读。", hint)

    def flaws(self) -> None:
        """Report merged and flawed cells and mark them as unusable."""
        for span in self.grid.merges:
            if self.heading < span.bottom and span.left <= self._right and span.top <= self._last:
                self._merged(span)
        for flaw in self.grid.flaws:
            if flaw.kind is TroubleKind.STRUCK and flaw.row > self.heading:
                self._struck[flaw.row][flaw.column] = flaw.quote
            else:
                self._flaw(flaw)
        for row in self._struck:
            if not self._all_struck(row):
                self._partly_struck(row)
        for row, column in sorted(self.grid.formulas):
            if column in self.found.values() and row > self.heading and column not in self._bad[row]:
                self._bad[row].add(column)
                self._report(f"{letters(column)}{row}", "这一格是公式，没有采用。", _PLAIN_TEXT)

    def _merged(self, span: Span) -> None:
        for row in range(max(span.top, self.heading + 1), min(span.bottom, self._last) + 1):
            self._bad[row].update(range(span.left, min(span.right, self._right) + 1))
        message = "这里合并了几个格子，不知道是写给哪一行、哪一栏的，没有读。"
        self._report(f"{letters(span.left)}{span.top}", message, "请取消合并，一格一格写。")

    def _partly_struck(self, row: int) -> None:
        for column, quote in self._struck[row].items():
            self._bad[row].add(column)
            message = f"这一格里的“{_short(quote)}”加了删除线（划掉了），这一格没有采用。"
            self._report(f"{letters(column)}{row}", message, "不要的文字请直接删去；仍然有效的，请去掉删除线。")

    def _flaw(self, flaw: Flaw) -> None:
        place = f"{letters(flaw.column)}{flaw.row}" if flaw.row else None
        if flaw.kind is TroubleKind.WRONG_VALUE and flaw.row > self.heading:
            self._bad[flaw.row].add(flaw.column)
        self._report(place, flaw.message, flaw.hint)

    def _all_struck(self, row: int) -> bool:
        """Whether the whole row is struck out: all its identifying cells, or all its cells."""
        known = [self.found[key] for key in self.table.identity if key in self.found]
        struck = any(column in known for column in self._struck[row])
        if struck and not any((row, column) in self.grid.cells for column in known):
            return True
        return not any((row, column) in self.grid.cells for column in self.found.values())

    @property
    def _last(self) -> int:
        return max((row for row, _ in self.grid.cells), default=0)

    @property
    def _right(self) -> int:
        return max(self.found.values(), default=1)

    def rows(self) -> Iterator[ReturnedRow]:
        """The rows that have content or an id."""
        written = {*self.grid.cells, *self.grid.formulas}
        numbers = {row for row, column in written if column == 1 or column in self.found.values()}
        numbers |= {row for row, columns in self._bad.items() if columns & {*self.found.values()}}
        for row in sorted({*numbers, *self._struck}):
            if row > self.heading:
                yield self._row(row)

    def _row(self, row: int) -> ReturnedRow:
        texts = {key: self.grid.cells[row, at] for key, at in self.found.items() if (row, at) in self.grid.cells}
        struck = self._struck.get(row, {})
        id_ = self.grid.cells.get((row, 1)) or struck.get(1, "")
        if struck and self._all_struck(row):
            quotes = [_short(quote) for column, quote in sorted(struck.items()) if column > 1 and quote]
            shown = "、".join(quotes[:_MAX_QUOTED]) + ("等" if len(quotes) > _MAX_QUOTED else "")
            message = f"这一行（{shown}）加了删除线（划掉了），没有读，也没有删去。"
            if id_ or quotes:
                self._report(f"B{row}", message, _how_to_drop(self.table))
            return ReturnedRow(id_, row, {}, frozenset(self.found), struck=True)
        bad = frozenset(key for key, at in self.found.items() if at in self._bad.get(row, ()))
        return ReturnedRow(id_, row, texts, bad)

    def _report(self, cell: str | None, message: str, hint: str) -> None:
        place = Place(self.name, sheet=self.grid.name, cell=cell)
        self.troubles.append(wrong_value(place, message, hint))


def _how_to_drop(table: Table) -> str:
    keys: Sequence[str] = [column.key for column in table.columns]
    if "omitted" in keys:
        return "没有开展的请写“不列入的原因”，本县增加的请在“删去”栏选“删去”；仍然有效的，请去掉删除线。"
    if "delete" in keys:
        return "不要了的请在“删去”栏选“删去”；仍然有效的，请去掉删除线。"
    return "不要的文字请直接删去；仍然有效的，请去掉删除线。"


def _short(text: str) -> str:
    return shortened(one_line(text), 20)
