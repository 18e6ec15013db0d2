"""LaidDirectory → the whole directory on A3, in the national layout: columns, rows, runs of first levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gkdir.export.layout import Grid, grid
from gkdir.model.county import Catalog, LaidDirectory
from gkdir.pages.address import directory_sheet_path, domain_path
from gkdir.pages.page import Site
from gkdir.sheets.sheet import Sheet, Value, head

WIDTHS = {
    "序号": 10.0, "一级事项": 23.0, "二级事项": 27.0, "三级事项": 20.0, "公开内容（要素）": 50.0, "公开依据": 116.0,
    "公开时限": 27.0, "公开主体": 31.0, "公开渠道和载体": 58.0,
}  # fmt: skip
"""Shares of the line; a column that is ticked, or a county's own, takes ``NARROW`` or ``OWN``."""
NARROW, OWN = 9.5, 26.0
LISTED = ("公开内容（要素）", "公开渠道和载体")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, the one above it where several share one, its share of the line."""

    text: str
    above: str
    width: float
    centred: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One item. ``first`` and ``second`` say whether its first and second level begin with it."""

    cells: tuple[str, ...]
    first: bool
    second: bool


@dataclass(frozen=True, slots=True)
class DirectoryValue(Value):
    """What the sheet shows; after the running number, ``merged`` columns of names are shared by runs of rows."""

    label: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    merged: int
    listed: tuple[int, ...]
    """The columns whose lines are short and are set one after another."""


def directory_sheets(catalog: Catalog, site: Site) -> Iterator[Sheet]:
    """One sheet a domain."""
    for directory in catalog.directories.values():
        yield Sheet(
            directory_sheet_path(directory.domain),
            "directory.typ",
            _title(directory, catalog),
            _value(directory, catalog, site),
        )


def _title(directory: LaidDirectory, catalog: Catalog) -> str:
    title = directory.title
    return title if title.startswith(catalog.overlay.name) else f"{catalog.overlay.name}{title}"


def _value(directory: LaidDirectory, catalog: Catalog, site: Site) -> DirectoryValue:
    table = grid(directory)
    third = any(column.sub_heading == "三级事项" for column in table.columns)
    continued = {column: _continued(table, column) for column in (1, 2)}
    return DirectoryValue(
        head=head(catalog, site, domain_path(directory.domain), directory.reviewed),
        label=directory.label or directory.title,
        headings=tuple(
            Heading(
                column.sub_heading or column.heading,
                column.heading if column.sub_heading else "",
                _width(column.sub_heading or column.heading, column.centred),
                column.centred,
            )
            for column in table.columns
        ),
        rows=tuple(
            Row(cells, number not in continued[1], number not in continued[2])
            for number, cells in enumerate(table.rows)
        ),
        merged=2 if third else 1,
        listed=tuple(n for n, column in enumerate(table.columns) if column.heading in LISTED),
    )


def _width(heading: str, ticked: bool) -> float:
    return WIDTHS.get(heading, NARROW if ticked else OWN)


def _continued(table: Grid, column: int) -> set[int]:
    """The rows that a merged cell of ``column`` covers, but for the first of each."""
    return {row for span in table.spans if span.column == column for row in range(span.first + 1, span.last + 1)}
