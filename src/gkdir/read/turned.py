"""A sheet with an item in each column, its headings one below the other → the same with rows for columns, and back."""

from __future__ import annotations

import re

from msgspec.structs import replace

from gkdir.finding import Place, Trouble
from gkdir.model.item import Directory, Item, Written
from gkdir.read.grid import column_number, letters, position
from gkdir.read.labels import GROUP, known
from gkdir.read.sheet import Cell, Row, Sheet
from gkdir.read.text import line

_NAMES = frozenset((GROUP, "level1", "level2", "level3"))
_LABELS = 6
"""The columns that a directory names at the least, content and channels among them: the guide of a matter has fewer."""
_QUOTED = re.compile("(“[^“”]*”)")
_SAID = re.compile(r"第 (\d+) 行|(?<![A-Z])([A-Z]{1,3}) 列|(?<![A-Z])([A-Z]{1,3}\d{1,7})(?!\d)|(?<=这一)行")


def turned(sheet: Sheet) -> tuple[Sheet, tuple[Cell, ...]] | None:
    """The sheet with rows for columns, and the cells around the table; ``None`` if no column holds its headings."""
    labels: dict[int, dict[int, str]] = {}
    for row in sheet.rows:
        for cell in row.own:
            if (meaning := known(cell.text)) is not None:
                labels.setdefault(cell.column, {})[row.number] = meaning.key
    found = next((rows for _, rows in sorted(labels.items()) if _is_heading(set(rows.values()))), None)
    if found is None:
        return None
    first, last = min(found), max(found)
    inside = [row for row in sheet.rows if first <= row.number and (row.number <= last or len(row.own) > 1)]
    outside = tuple(cell for row in sheet.rows if row not in inside for cell in row.own)
    cells: dict[int, dict[int, Cell]] = {}
    struck: dict[int, set[int]] = {}
    for row in inside:
        for column, cell in row.cells.items():
            cells.setdefault(column, {})[row.number] = Cell(cell.text, cell.column, cell.row)
        for column in row.struck:
            struck.setdefault(column, set()).add(row.number)
    rows = (Row(at, cells.get(at, {}), frozenset(struck.get(at, ()))) for at in sorted({*cells, *struck}))
    title = " ".join(line(cell.text) for cell in outside if cell.row < first)
    return replace(sheet, rows=tuple(rows), title=title or sheet.title, troubles=()), outside


def _is_heading(keys: set[str]) -> bool:
    return len(keys) >= _LABELS and bool(keys & _NAMES) and {"content", "channels"} <= keys


def as_it_stands(directory: Directory) -> Directory:
    """What was read of a turned sheet, each place of it as it is in the sheet itself."""
    return replace(
        directory,
        place=_place(directory.place),
        items=tuple(map(_item, directory.items)),
        troubles=tuple(
            Trouble(one.kind, _place(one.place), _words(one.message), one.hint) for one in directory.troubles
        ),
        notes=tuple(map(_written, directory.notes)),
    )


def _item(item: Item) -> Item:
    written = {key: _written(one) for key, one in item.written.items()}
    rows = [position(one.place.cell or "")[0] for one in written.values()]
    return replace(item, written=written, rows=(min(rows, default=0), max(rows, default=0)))


def _written(one: Written) -> Written:
    return replace(one, place=_place(one.place))


def _place(place: Place) -> Place:
    return replace(place, cell=_cell(place.cell)) if place.cell else place


def _cell(name: str) -> str:
    row, column = position(name)
    return f"{letters(row)}{column}"


def _words(message: str) -> str:
    """The message with rows for columns; what it quotes stays as it is."""
    return "".join(part if part.startswith("“") else _SAID.sub(_other_way, part) for part in _QUOTED.split(message))


def _other_way(match: re.Match[str]) -> str:
    row, column, cell = match.groups()
    if row:
        return f"{letters(int(row))} 列"
    if column:
        return f"第 {column_number(column)} 行"
    return _cell(cell) if cell else "列"
