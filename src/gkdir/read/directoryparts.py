"""The parts of a directory: rows that name their domain → one directory for each; a sheet without heading → one with.

A sheet without a heading goes on with the table of the sheet before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.model.item import Directory, Item
from gkdir.read.continuation import fitting
from gkdir.read.headings import Headings, find
from gkdir.read.sheet import Cell, Row, Sheet

_LABEL = re.compile("(?:所属|试点|公开|适用|所在)?(?:领域|业务领域)(?:名称)?")
DomainNamed = Callable[[str], str | None]


def by_domain(directory: Directory, named: DomainNamed) -> Iterator[Directory]:
    """The directory; or its parts, where a column calls its items those of several domains.

    Troubles and notes stay with the first.
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


_ABOVE = re.compile(r"[A-Z](?:0|-\d+)\Z")
"""A cell of the heading, reported already on its own sheet."""
_WIDE = 4
"""Cells that a row has at the least that says something for or against a heading."""
_FITS = 3
"""Columns of it that hold what they should under the heading."""


def going_on(sheet: Sheet, above: Sheet) -> Sheet | None:
    """The sheet below the last heading of the sheet ``above``, if most of its rows can stand under that."""
    headings, rows = _last_heading(above)
    wide = [row for row in sheet.rows if len(row.own) >= _WIDE]
    if headings is None or 2 * sum(fitting(row, headings) >= _FITS for row in wide) <= len(wide):
        return None
    return replace(sheet, rows=(*_moved(rows, headings.last), *sheet.rows))


def from_above(directory: Directory, above: Directory, sheet: Sheet) -> Directory:
    """What was read of such a sheet: a part of the directory ``above``, with a trouble that says so."""
    place = Place(directory.place.file, sheet=sheet.name, cell=sheet.rows[0].own[0].name if sheet.rows[0].own else None)
    message = f"工作表“{sheet.name}”没有表头，照前一张工作表的表头读了 {len(directory.items)} 个事项。"
    trouble = Trouble(TroubleKind.UNREAD_CELL, place, message, "请核对各栏有没有对齐；最好补上表头。")
    troubles = (one for one in directory.troubles if not _ABOVE.search(one.place.cell or ""))
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
