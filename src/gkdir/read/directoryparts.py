"""Sheets in an unusual form → sheets in the usual form, and the directories read from them with the original places.

Formula errors are removed, transposed tables transposed back, a sheet without a heading continues the one before it,
and rows of several domains become a directory each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind, wrong_value
from gkdir.model.columns import NAME_KEYS
from gkdir.model.item import Directory, Item, Written
from gkdir.read.grid import column_number, letters, position
from gkdir.read.headings import Headings, find
from gkdir.read.labels import GROUP, known
from gkdir.read.remarks import fitting
from gkdir.read.sheet import Cell, Row, Sheet
from gkdir.read.text import line

_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|NUM!|NULL!|DIV/0!|N/A|SPILL!|CALC!|FIELD!)|(?:Err|错误)[:：]\d{3}")
_FORMULA_HINT = "请打开文件改好公式，或者把公式换成文字。"


def without_errors(sheet: Sheet, file: str) -> Sheet:
    """The sheet without cells that hold only an error; the same object if there are none."""
    found = {cell for row in sheet.rows for cell in row.own if _ERROR.fullmatch(cell.text.strip())}
    if not found:
        return sheet
    reported = {trouble.place.cell for trouble in sheet.troubles if trouble.kind is TroubleKind.WRONG_VALUE}
    unreported = sorted((cell for cell in found if cell.name not in reported), key=lambda cell: (cell.row, cell.column))
    return replace(
        sheet,
        rows=tuple(_rows_without(sheet, found)),
        troubles=(*sheet.troubles, *(_error_trouble(cell, sheet.name, file) for cell in unreported)),
    )


def _rows_without(sheet: Sheet, found: set[Cell]) -> Iterator[Row]:
    for row in sheet.rows:
        cells = {column: cell for column, cell in row.cells.items() if cell not in found}
        if cells or row.struck:
            yield replace(row, cells=cells)


def _error_trouble(cell: Cell, sheet: str, file: str) -> Trouble:
    message = f"单元格 {cell.name} 里是公式出错的结果（{cell.text.strip()}），没有读。"
    return wrong_value(Place(file, sheet=sheet, cell=cell.name), message, _FORMULA_HINT)


_NAMES = frozenset((GROUP, *NAME_KEYS))
_LEAST_COLUMNS = 6
"""The least number of columns of a directory, content and channels among them; the guide of a service has fewer."""
_QUOTED = re.compile("(“[^“”]*”)")
_PLACE_IN_MESSAGE = re.compile(r"第 (\d+) 行|(?<![A-Z])([A-Z]{1,3}) 列|(?<![A-Z])([A-Z]{1,3}\d{1,7})(?!\d)|(?<=这一)行")


def turned(sheet: Sheet) -> tuple[Sheet, tuple[Cell, ...]] | None:
    """The transposed sheet, and the cells around the table; ``None`` if no column holds its headings."""
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
    return len(keys) >= _LEAST_COLUMNS and bool(keys & _NAMES) and {"content", "channels"} <= keys


def with_original_places(directory: Directory) -> Directory:
    """The directory read from a transposed sheet, with the places of the original sheet."""
    return replace(
        directory,
        place=_transposed_place(directory.place),
        items=tuple(map(_transposed_item, directory.items)),
        troubles=tuple(
            Trouble(one.kind, _transposed_place(one.place), _transposed_message(one.message), one.hint)
            for one in directory.troubles
        ),
        notes=tuple(map(_transposed_written, directory.notes)),
    )


def _transposed_item(item: Item) -> Item:
    written = {key: _transposed_written(one) for key, one in item.written.items()}
    rows = [position(one.place.cell or "")[0] for one in written.values()]
    return replace(item, written=written, rows=(min(rows, default=0), max(rows, default=0)))


def _transposed_written(one: Written) -> Written:
    return replace(one, place=_transposed_place(one.place))


def _transposed_place(place: Place) -> Place:
    return replace(place, cell=_transposed_cell(place.cell)) if place.cell else place


def _transposed_cell(name: str) -> str:
    row, column = position(name)
    return f"{letters(row)}{column}"


def _transposed_message(message: str) -> str:
    """The message with rows and columns exchanged, except in what it quotes."""
    return "".join(
        part if part.startswith("“") else _PLACE_IN_MESSAGE.sub(_transposed_place_in_message, part)
        for part in _QUOTED.split(message)
    )


def _transposed_place_in_message(match: re.Match[str]) -> str:
    row, column, cell = match.groups()
    if row:
        return f"{letters(int(row))} 列"
    if column:
        return f"第 {column_number(column)} 行"
    return _transposed_cell(cell) if cell else "列"


_LABEL = re.compile("(?:所属|试点|公开|适用|所在)?(?:领域|业务领域)(?:名称)?")
DomainNamed = Callable[[str], str | None]


def by_domain(directory: Directory, named: DomainNamed) -> Iterator[Directory]:
    """The directory; or one for each domain, if a column names the domain of every item, and there are several.

    Troubles and notes go to the first.
    """
    domains = [_domain(item, named) for item in directory.items]
    found = list(dict.fromkeys(domain for domain in domains if domain))
    if len(found) < 2 or None in domains:
        yield directory
        return
    first = directory
    for domain in found:
        items = [item for item, own in zip(directory.items, domains, strict=True) if own == domain]
        yield replace(first, domain=domain, items=tuple(replace(item, domain=domain) for item in items))
        first = replace(directory, troubles=(), notes=())


def _domain(item: Item, named: DomainNamed) -> str | None:
    """The domain that the item's row names."""
    label = next((label for label in item.extra if _LABEL.fullmatch(label.rpartition("/")[2])), None)
    return named(item.extra[label]) if label else None


_HEADING_CELL = re.compile(r"[A-Z](?:0|-\d+)\Z")
"""A cell of the heading that ``continuing`` put above row 1; its troubles are reported on the sheet it is from."""
_WIDE = 4
"""The least number of cells of a row that can show whether a heading fits."""
_FITS = 3
"""The least number of cells of such a row that must fit the heading."""


def continuing(sheet: Sheet, above: Sheet) -> Sheet | None:
    """The sheet with the last heading of the sheet ``above`` on top, if most of its rows fit that heading."""
    headings, rows = _last_heading(above)
    wide = [row for row in sheet.rows if len(row.own) >= _WIDE]
    if headings is None or 2 * sum(fitting(row, headings) >= _FITS for row in wide) <= len(wide):
        return None
    return replace(sheet, rows=(*_moved(rows, headings.last), *sheet.rows))


def from_above(directory: Directory, above: Directory, sheet: Sheet) -> Directory:
    """The directory read from such a sheet, as a part of the directory ``above``, with a trouble that says so."""
    place = Place(directory.place.file, sheet=sheet.name, cell=sheet.rows[0].own[0].name if sheet.rows[0].own else None)
    message = f"工作表“{sheet.name}”没有表头，照前一张工作表的表头读了 {len(directory.items)} 个事项。"
    trouble = Trouble(TroubleKind.UNREAD_CELL, place, message, "请核对各栏有没有对齐；最好补上表头。")
    troubles = (one for one in directory.troubles if not _HEADING_CELL.search(one.place.cell or ""))
    items = tuple(replace(item, domain=above.domain or item.domain) for item in directory.items)
    return replace(
        directory,
        domain=above.domain,
        title=above.title,
        place=place,
        items=items,
        troubles=(trouble, *troubles),
    )


def _last_heading(sheet: Sheet) -> tuple[Headings | None, list[Row]]:
    for index in range(len(sheet.rows) - 1, -1, -1):
        if (found := find(sheet.rows, index)) is not None:
            start = index
            while start and (earlier := find(sheet.rows, start - 1)) is not None and earlier.last >= found.last:
                start, found = start - 1, earlier
            return found, [row for row in sheet.rows[start:] if row.number <= found.last]
    return None, []


def _moved(rows: list[Row], last: int) -> Iterator[Row]:
    """The rows of a heading, numbered so that they end right above the first row of a sheet."""
    for row in rows:
        cells = {column: Cell(cell.text, cell.row - last, cell.column) for column, cell in row.cells.items()}
        yield Row(row.number - last, cells)
