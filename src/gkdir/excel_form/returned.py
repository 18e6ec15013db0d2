"""A returned workbook → the rows of its sheets, the record of its export, and troubles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.excel_form.form import OTHER_SHEETS, RECORD, ExcelForm
from gkdir.excel_form.record import COUNTY, HEAD, MARK, ROW, SUM, TABLE, stamp, total
from gkdir.excel_form.sheetback import EXPORT_AGAIN, ReturnedTable, heading_rows, returned_table
from gkdir.excel_form.table import READABLE
from gkdir.finding import Gathered, Place, Trouble, Unreadable, wrong_value
from gkdir.read.grid import Grid
from gkdir.read.sheet import read_grids

_Marked = Sequence[tuple[Grid, Mapping[str, int]]]
"""The sheets, each with the keys of the tables that its hidden marks name."""


class FormRecord(Struct, frozen=True):
    """The content of the hidden sheet: the county and, by table, the title and the digests by row id and column."""

    slug: str
    code: str
    name: str
    titles: Mapping[str, str]
    cells: Mapping[str, Mapping[str, Mapping[str, str]]]
    stamps: Mapping[str, str] = field(default_factory=dict)
    """The stamp of each table's sheet; older forms have none."""
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The keys of each table's columns."""


class Returned(Struct, frozen=True):
    """A returned workbook: its record, its tables, troubles."""

    record: FormRecord
    tables: Mapping[str, ReturnedTable]
    troubles: tuple[Trouble, ...]


def read_record(path: Path, name: str) -> tuple[FormRecord, tuple[Grid, ...]]:
    """The record of the export, and the sheets.

    :raises Unreadable: not a workbook, not a form, another version of it, or a damaged hidden sheet
    """
    grids = read_grids(path, name)
    hidden = next((grid for grid in grids if grid.name == RECORD), None)
    lines = _lines(hidden) if hidden else []
    if not lines or lines[0][:1] != (HEAD,):
        hint = "如果是县里原有的目录表格，请用 gkdir import；否则" + EXPORT_AGAIN
        raise Unreadable(Place(name), "这不是 gkdir form export 导出的表，没有导入。", hint)
    if lines[0][1:] not in READABLE:
        other = "".join(lines[0][1:])[:20]
        raise Unreadable(Place(name), f"这份表是另一个版本的 gkdir 导出的（第 {other} 版），没有导入。", EXPORT_AGAIN)
    try:
        if lines[2] == (SUM, total(lines[3:])):
            return _record(lines), grids
    except (IndexError, KeyError, ValueError):  # lines that gkdir does not write
        pass
    raise Unreadable(Place(name, sheet=RECORD), "表里隐藏的记录被改动过，或者不完整，没有导入。", EXPORT_AGAIN)


def _lines(grid: Grid) -> list[tuple[str, ...]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in grid.cells.items():
        rows.setdefault(row, {})[column] = text
    return [tuple(cells.get(column, "") for column in range(1, max(cells) + 1)) for _, cells in sorted(rows.items())]


def _record(lines: list[tuple[str, ...]]) -> FormRecord:
    if lines[1][0] != COUNTY:
        raise ValueError(lines[1][0])
    _, slug, code, name = lines[1]
    titles: dict[str, str] = {}
    keys: dict[str, list[str]] = {}
    cells: dict[str, dict[str, dict[str, str]]] = {}
    for line in lines[3:]:
        if line[0] == TABLE:
            titles[line[1]], keys[line[1]], cells[line[1]] = line[2], line[3].split(), {}
        elif line[0] == ROW:
            cells[line[1]][line[2]] = dict(zip(keys[line[1]], line[3].split(), strict=True))
    rows = {key: [line for line in lines[3:] if line[:2] == (ROW, key)] for key in titles}
    return FormRecord(slug, code, name, titles, cells, {key: stamp(code, each) for key, each in rows.items()}, keys)


def returned(record: FormRecord, grids: tuple[Grid, ...], name: str, form: ExcelForm) -> Returned:
    """The tables of ``form`` as they are in the workbook, with the columns that they had at export."""
    troubles = Gathered()
    tables: dict[str, ReturnedTable] = {}
    marked = [(grid, heading_rows(grid)) for grid in grids]
    for key in record.titles:
        table = form.table(key)
        if table is None:
            title = record.titles[key]
            troubles.append(
                wrong_value(Place(name, sheet=title), f"项目里已经没有“{title}”这张表的领域，没有读它。", EXPORT_AGAIN)
            )
            continue
        chosen = troubles.taken_from(_chosen(record, key, marked, name))
        if chosen is not None:
            asked = tuple(column for column in table.columns if column.key in record.columns[key])
            tables[key] = troubles.taken_from(returned_table(replace(table, columns=asked), *chosen, name))
    troubles += _foreign(record, marked, name)
    return Returned(record, tables, tuple(troubles))


def _chosen(record: FormRecord, key: str, grids: _Marked, name: str) -> tuple[tuple[Grid, int] | None, list[Trouble]]:
    """The sheet of the table ``key`` and the number of its heading row; troubles about it and its copies."""
    title, stamped = record.titles[key], record.stamps.get(key)
    found = [(grid, rows[key]) for grid, rows in grids if key in rows]
    ours = [each for each in found if _is_stamped(*each, stamped)]
    found.sort(key=lambda each: (each not in ours, each[0].name != title))
    if not found:
        message = f"工作表“{title}”不见了，或者栏目名称一行被改了。这张表没有读，里面的内容一处也没有改。"
        return None, [wrong_value(Place(name, sheet=title), message, "如果是误删，" + EXPORT_AGAIN)]
    grid, _ = found[0]
    place = Place(name, sheet=grid.name)
    if not ours:
        message = f"工作表“{grid.name}”是从另一份导出的表里移来的，和这份表里的记录对不上，没有读。"
        return None, [wrong_value(place, message, "请导入它原来所在的那份表。")]
    troubles = []
    if grid.name != title:
        troubles.append(wrong_value(place, f"工作表“{title}”改名成了“{grid.name}”，已照样读取。", f"请改回“{title}”。"))
    for extra, _ in found[1:]:
        message = f"工作表“{extra.name}”是“{grid.name}”的副本，没有读。"
        troubles.append(wrong_value(Place(name, sheet=extra.name), message, "请把改动写进原来的那张表，删去副本。"))
    return found[0], troubles


def _is_stamped(grid: Grid, heading: int, stamped: str | None) -> bool:
    """Whether the sheet has the stamp of this export; ``True`` without a stamp: an older form, or its rows moved."""
    above = (text for (row, column), text in grid.cells.items() if column == 1 and row < heading)
    found = next((text for text in above if text.startswith(MARK)), None)
    return not stamped or found is None or found == MARK + stamped


def _foreign(record: FormRecord, grids: _Marked, name: str) -> Iterator[Trouble]:
    """A trouble for each sheet with content that is not part of the form."""
    for grid, rows in grids:
        ours = grid.name in OTHER_SHEETS or any(key in rows for key in record.titles)
        if grid.cells and not ours and grid.name not in record.titles.values():
            message = f"工作表“{grid.name}”不是这份表里原有的，没有读。"
            yield wrong_value(Place(name, sheet=grid.name), message, "请把里面有用的内容写进原有的表，再删去它。")
