"""A laid directory → the grid of its sheet: columns under their headings, rows of text, and the cells to merge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from gkdir.export import cells
from gkdir.export.cells import TICK, clean, numbered_name
from gkdir.model.columns import AUDIENCES, COLUMN, LEVELS, MODES
from gkdir.model.county import LaidDirectory
from gkdir.model.item import Item


class GridColumn(Struct, frozen=True):
    """A column of the sheet: the heading above, its own heading if grouped, its width, and the text for an item."""

    heading: str
    text: Callable[[Item], str]
    sub_heading: str | None = None
    width: int = 8
    centred: bool = False


class RowSpan(Struct, frozen=True):
    """Rows of one column that are merged: zero-based, last row included."""

    column: int
    first: int
    last: int


class SheetBody(Struct, frozen=True):
    """The body of a sheet: one row for each item, the running number first; ``spans`` are merged cells."""

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    spans: tuple[RowSpan, ...]


def grid(directory: LaidDirectory) -> SheetBody:
    """The grid of the national layout; 三级事项, 公开层级 and 村级 are left out if no item has them."""
    items = [entry.item for entry in directory.entries]
    first, second = _runs(items, second=False), _runs(items, second=True)
    third = any(item.level3 for item in items)
    level1 = {row: _first_level_name(items[start : end + 1]) for start, end in first for row in range(start, end + 1)}
    level2 = {row: _second_level_name(items[start : end + 1]) for start, end in second for row in range(start, end + 1)}
    columns = tuple(_columns(items, third=third))
    rows = []
    for row, item in enumerate(items):
        names = [str(row + 1), level1[row], level2[row]]
        if third:
            names.append(numbered_name(item.number, item.level3) if item.level3 else "")
        rows.append((*map(clean, names), *(clean(column.text(item)) for column in columns[len(names) :])))
    spans = [RowSpan(1, start, end) for start, end in first if end > start]
    if third:
        spans += [RowSpan(2, start, end) for start, end in second if end > start]
    return SheetBody(columns, tuple(rows), tuple(spans))


def _columns(items: Sequence[Item], *, third: bool) -> Iterator[GridColumn]:
    names = COLUMN["level1"].group or ""
    yield GridColumn(COLUMN["number"].label, _blank, width=6, centred=True)
    yield GridColumn(names, _blank, COLUMN["level1"].label, width=14)
    yield GridColumn(names, _blank, COLUMN["level2"].label, width=18)
    if third:
        yield GridColumn(names, _blank, COLUMN["level3"].label, width=18)
    yield GridColumn("公开内容（要素）", cells.content, width=26)
    yield GridColumn(COLUMN["basis"].label, cells.basis, width=46)
    yield GridColumn(COLUMN["time_limit"].label, cells.time_limit, width=16)
    yield GridColumn(COLUMN["publisher"].label, cells.publisher, width=16)
    yield GridColumn(COLUMN["channels"].label, cells.channels, width=30)
    for audience in AUDIENCES:
        yield GridColumn(COLUMN["audience"].label, _audience(audience), audience, centred=True)
    for mode in MODES:
        yield GridColumn(COLUMN["mode"].label, _ticked("mode", mode), mode, centred=True)
    if any(item.levels is not None for item in items):
        for level in LEVELS:
            if level != LEVELS[-1] or any(level in (item.levels or ()) for item in items):
                yield GridColumn(COLUMN["levels"].label, _ticked("levels", level), level, centred=True)
    for heading in dict.fromkeys(heading for item in items for heading in item.extra):
        yield GridColumn(heading, _extra(heading), width=14)


def _blank(_: Item) -> str:
    return ""  # names and running numbers depend on neighbouring rows; ``grid`` fills them in


def _ticked(key: str, word: str) -> Callable[[Item], str]:
    return lambda item: TICK if word in (getattr(item, key) or ()) else ""


def _audience(word: str) -> Callable[[Item], str]:
    def text(item: Item) -> str:
        if word not in item.audience:
            return ""
        return f"{TICK}{item.audience_detail}" if word == AUDIENCES[1] and item.audience_detail else TICK

    return text


def _extra(heading: str) -> Callable[[Item], str]:
    return lambda item: item.extra.get(heading, "")


def _runs(items: Sequence[Item], *, second: bool) -> list[tuple[int, int]]:
    """First and last row of each run of items under one name; a second-level run is an item and its children."""
    starts = [0] if items else []
    for row, (above, item) in enumerate(pairwise(items), 1):
        parted = item.level1 != above.level1
        if second:
            parted = parted or item.level2 != above.level2 or item.level3 is None
        if parted:
            starts.append(row)
    return list(zip(starts, [start - 1 for start in [*starts[1:], len(items)]], strict=True))


def _first_level_name(run: Sequence[Item]) -> str:
    numbers = {item.number.partition(".")[0] if item.number else None for item in run}
    only = numbers.pop() if len(numbers) == 1 else None
    return numbered_name(f"{only}." if only else None, run[0].level1)


def _second_level_name(run: Sequence[Item]) -> str:
    numbers = {_second_level_number(item) for item in run}
    return numbered_name(numbers.pop() if len(numbers) == 1 else None, run[0].level2)


def _second_level_number(item: Item) -> str | None:
    if item.number is None or item.level3 is None:
        return item.number
    return item.number.rpartition(".")[0] or None if item.number.count(".") > 1 else None
