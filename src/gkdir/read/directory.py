"""A file → the directories in it: every body row of a table an item, part of one, or a trouble that names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Kind, Place, Trouble, Unreadable
from gkdir.model.item import Directory, Written
from gkdir.read.characters import ordinary_sheet
from gkdir.read.domains import LABELS, domain_of, domain_of_items
from gkdir.read.items import ItemReader
from gkdir.read.rows import group
from gkdir.read.sheet import Cell, Row, Sheet, read_sheets
from gkdir.read.tables import Table, tables
from gkdir.read.text import line
from gkdir.read.ticks import ticks

_NOT_A_ROW = "请核对这一行：补上事项名称；如果它是上一个事项的内容，请写进上一行的单元格；多余的请删除。"


def read_directories(
    path: Path, *, name: str, domain: str | None = None, labels: Mapping[str, str] = LABELS
) -> tuple[Directory, ...]:
    """The tables of the file in the order of its sheets.

    :param name: how the file is called in places
    :param domain: the domain of all its tables, where the caller knows it
    :param labels: the domains that titles may name: stem of the national workbook → label (``就业``)
    :raises Unreadable: the file cannot be read, or no table in it has the headings of a directory
    """
    sheets = read_sheets(path, name)
    found = tuple(directory for sheet in sheets for directory in directories(sheet, name, domain, labels))
    if not found:
        raise Unreadable(
            Place(name),
            "没有找到公开目录的表格。",
            "表头中至少要有“公开事项”（或“一级事项”“二级事项”“事项名称”）和“公开内容”“公开依据”“公开时限”“公开主体”等栏目名称。",
        )
    return found


def directories(
    sheet: Sheet, file: str, domain: str | None = None, labels: Mapping[str, str] = LABELS
) -> tuple[Directory, ...]:
    """The tables of one sheet. Troubles of the sheet itself go with its first table."""
    sheet = ordinary_sheet(sheet)
    told = partial(domain_of, labels=labels)
    found = [_directory(table, sheet, file, domain or told(table.title)) for table in tables(sheet, told)]
    if found and sheet.troubles:
        found[0] = replace(found[0], troubles=sheet.troubles + found[0].troubles)
    only = len(found) == 1
    return tuple(_with_domain(one, _told_otherwise(one, sheet, file, told if only else None)) for one in found)


def _told_otherwise(
    directory: Directory, sheet: Sheet, file: str, told: Callable[[str], str | None] | None
) -> str | None:
    """The domain of a directory whose title names none: from the names of sheet, file and items."""
    if directory.domain is not None or "领域" in directory.title:
        return directory.domain
    named = (told(sheet.name) or told(Path(file).stem)) if told else None
    return named or domain_of_items([item.level1 + item.level2 for item in directory.items])


def _directory(table: Table, sheet: Sheet, file: str, domain: str | None) -> Directory:
    grouped = group(table.sections)
    reader = ItemReader(file, sheet.name, domain or "", ticks(_tick_cells(table)))
    items = tuple(item for rows in grouped.groups for item in reader.read(rows))
    lost = tuple(_lost(row, reason, file, sheet.name) for row, reason in grouped.lost)
    notes = tuple(_written(cell, file, sheet.name) for cell in (*table.notes, *grouped.notes))
    first = table.sections[0].headings
    labels = tuple(dict.fromkeys(label for section in table.sections for label in section.headings.labels))
    place = Place(file, sheet=sheet.name, cell=f"A{first.first}")
    title = table.title or ("" if sheet.name.lower().startswith("sheet") else sheet.name)
    return Directory(domain, title, place, labels, items, (*lost, *reader.troubles), notes)


def _tick_cells(table: Table) -> Iterator[str]:
    """The texts of the cells in columns to tick."""
    for section in table.sections:
        columns = {heading.column for heading in section.headings.columns if heading.option is not None}
        for row in section.rows:
            yield from (row.cells[column].text for column in columns & row.cells.keys())


def _with_domain(directory: Directory, domain: str | None) -> Directory:
    if domain is None:
        return directory
    return replace(directory, domain=domain, items=tuple(replace(item, domain=domain) for item in directory.items))


def _lost(row: Row, reason: str, file: str, sheet: str) -> Trouble:
    said = "；".join(line(cell.text)[:20] for cell in row.own[:3])
    place = Place(file, sheet=sheet, cell=row.own[0].name)
    return Trouble(
        Kind.NOT_A_ROW, place, f"第 {row.number} 行没有认作事项：{reason}（这一行写着“{said}”）。", _NOT_A_ROW
    )


def _written(cell: Cell, file: str, sheet: str) -> Written:
    return Written(cell.text, Place(file, sheet=sheet, cell=cell.name))
