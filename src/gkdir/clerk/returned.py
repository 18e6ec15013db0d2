"""A returned workbook → what each cell of each row says now and said at export, and what of it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from gkdir.clerk.form import RECORD, Form
from gkdir.clerk.record import COUNTY, HEAD, MARK, ROW, SUM, TABLE, total
from gkdir.clerk.table import VERSION, Table
from gkdir.finding import Kind, Place, Trouble, Unreadable
from gkdir.read.grid import Grid, letters
from gkdir.read.sheet import read_grids

_AGAIN = "请用 gkdir form export 重新导出一份，把改动填进新的一份。"


class Record(Struct, frozen=True):
    """What the hidden sheet says: the county, and for each table its title and, by row id and column, the digests."""

    slug: str
    code: str
    name: str
    titles: Mapping[str, str]
    said: Mapping[str, Mapping[str, Mapping[str, str]]]


class ReturnedRow(Struct, frozen=True):
    """A row: its id (empty: a new one), and its texts by column key; ``unusable`` cells cannot be taken."""

    id: str
    number: int
    texts: Mapping[str, str]
    unusable: frozenset[str]


class ReturnedTable(Struct, frozen=True):
    """The rows of a sheet with content, and in which column each key stands."""

    sheet: str
    file: str
    rows: tuple[ReturnedRow, ...]
    columns: Mapping[str, int]

    def place(self, row: int, key: str | None = None) -> Place:
        """The place of a cell, or of a row."""
        return Place(self.file, sheet=self.sheet, cell=f"{letters(self.columns.get(key or '', 2))}{row}")


class Returned(Struct, frozen=True):
    """The workbook, read."""

    record: Record
    tables: Mapping[str, ReturnedTable]
    troubles: tuple[Trouble, ...]


def read_record(path: Path, name: str) -> tuple[Record, tuple[Grid, ...]]:
    """What the workbook was exported from, and its sheets.

    :raises Unreadable: no workbook, none of ours, of another version, or its hidden sheet is not whole
    """
    grids = read_grids(path, name)
    hidden = next((grid for grid in grids if grid.name == RECORD), None)
    lines = _lines(hidden) if hidden else []
    if not lines or lines[0][:1] != (HEAD,):
        hint = "如果是县里原有的目录表格，请用 gkdir import；否则" + _AGAIN
        raise Unreadable(Place(name), "这不是 gkdir form export 导出的表，没有导入。", hint)
    if lines[0][1:] != (VERSION,):
        other = "".join(lines[0][1:])[:20]
        raise Unreadable(Place(name), f"这份表是另一个版本的 gkdir 导出的（第 {other} 版），没有导入。", _AGAIN)
    try:
        if lines[2] == (SUM, total(lines[3:])):
            return _record(lines), grids
    except (IndexError, KeyError, ValueError):  # a sheet that was made to look like ours
        pass
    raise Unreadable(Place(name, sheet=RECORD), "表里隐藏的记录被改动过，或者不完整，没有导入。", _AGAIN)


def _lines(grid: Grid) -> list[tuple[str, ...]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in grid.cells.items():
        rows.setdefault(row, {})[column] = text
    return [tuple(cells.get(column, "") for column in range(1, max(cells) + 1)) for _, cells in sorted(rows.items())]


def _record(lines: list[tuple[str, ...]]) -> Record:
    if lines[1][0] != COUNTY:
        raise ValueError(lines[1][0])
    _, slug, code, name = lines[1]
    titles: dict[str, str] = {}
    keys: dict[str, list[str]] = {}
    said: dict[str, dict[str, dict[str, str]]] = {}
    for line in lines[3:]:
        if line[0] == TABLE:
            titles[line[1]], keys[line[1]], said[line[1]] = line[2], line[3].split(), {}
        elif line[0] == ROW:
            said[line[1]][line[2]] = dict(zip(keys[line[1]], line[3].split(), strict=True))
    return Record(slug, code, name, titles, said)


def returned(record: Record, grids: tuple[Grid, ...], name: str, form: Form) -> Returned:
    """The tables of ``form`` as the workbook has them."""
    troubles: list[Trouble] = []
    tables: dict[str, ReturnedTable] = {}
    for key, title in record.titles.items():
        table = form.table(key)
        found = [(grid, row) for grid in grids if (row := _heading(grid, key))]
        found.sort(key=lambda each: each[0].name != title)
        if table is None:
            troubles.append(_said(Place(name, sheet=title), f"项目里已经没有“{title}”这张表的领域，没有读它。", _AGAIN))
        elif not found:
            message = f"工作表“{title}”不见了，或者栏目名称一行被改了。这张表没有读，里面的内容一处也没有改。"
            troubles.append(_said(Place(name, sheet=title), message, "如果是误删，" + _AGAIN))
        else:
            grid, heading = found[0]
            if grid.name != title:
                message = f"工作表“{title}”改名成了“{grid.name}”，已照样读取。"
                troubles.append(_said(Place(name, sheet=grid.name), message, f"请改回“{title}”。"))
            for extra, _ in found[1:]:
                message = f"工作表“{extra.name}”是“{grid.name}”的副本，没有读。"
                troubles.append(_said(Place(name, sheet=extra.name), message, "请把改动写进原来的那张表，删去副本。"))
            tables[key], met = _table(table, grid, heading, name)
            troubles += met
    return Returned(record, tables, tuple(troubles))


def _heading(grid: Grid, key: str) -> int | None:
    return next((row for (row, column), text in grid.cells.items() if column == 1 and text == MARK + key), None)


def _table(table: Table, grid: Grid, heading: int, name: str) -> tuple[ReturnedTable, list[Trouble]]:
    labels: dict[str, int] = {}
    for (row, column), text in sorted(grid.cells.items()):
        if row == heading and column > 1:
            labels.setdefault("".join(text.split()), column)
    columns = {column.key: labels[column.label] for column in table.columns if column.label in labels}
    troubles = [
        _said(Place(name, sheet=grid.name, cell=f"B{heading}"), f"少了“{column.label}”这一栏，这一栏没有读。", _AGAIN)
        for column in table.columns
        if column.key not in columns
    ]
    flawed = {(flaw.row, flaw.column): flaw for flaw in grid.flaws}
    rows: dict[int, dict[str, str]] = {}
    for row in sorted({row for row, _ in (*grid.cells, *grid.formulas, *flawed) if row > heading}):
        texts = {key: grid.cells[row, at] for key, at in columns.items() if (row, at) in grid.cells}
        if texts or (row, 1) in grid.cells or any((row, at) in grid.formulas for at in columns.values()):
            rows[row] = texts
    made = ReturnedTable(grid.name, name, (), columns)
    read = []
    for row, texts in rows.items():
        bad = {key for key, at in columns.items() if (row, at) in grid.formulas or (row, at) in flawed}
        troubles += [
            _said(
                made.place(row, key), "这一格是公式，没有采用。", "请把公式改成文字：复制这一格，再“选择性粘贴”为数值。"
            )
            for key in sorted(bad, key=columns.__getitem__)
        ]
        read.append(ReturnedRow(grid.cells.get((row, 1), ""), row, texts, frozenset(bad)))
    return ReturnedTable(grid.name, name, tuple(read), columns), troubles


def _said(place: Place, message: str, hint: str) -> Trouble:
    return Trouble(Kind.WRONG_VALUE, place, message, hint)
