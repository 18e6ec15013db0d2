"""LaidDirectory → the whole directory on A3, in the national layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.export.cells import clean
from gkdir.export.layout import SheetBody, grid
from gkdir.model.columns import COLUMN
from gkdir.model.county import Catalog, LaidDirectory
from gkdir.service.address import directory_sheet_path, domain_path, town_directory_path, town_path
from gkdir.service.site import Site
from gkdir.service.town import shown_entries
from gkdir.sheets.sheet import Head, PrintedSheet, Value, head

WIDTHS = {
    "序号": 10.0, "一级事项": 23.0, "二级事项": 27.0, "三级事项": 20.0, "公开内容（要素）": 62.0, "公开依据": 84.0,
    "公开时限": 27.0, "公开主体": 31.0, "公开渠道和载体": 74.0,
}  # fmt: skip
"""Relative column widths; boxes to tick take ``NARROW``, a county's own columns ``OWN``."""
NARROW, OWN = 11.5, 26.0
LISTED = ("公开内容（要素）", "公开渠道和载体")


class PrintedColumn(Struct, frozen=True):
    """A column: its heading, the shared heading above it if any, its relative width."""

    text: str
    above: str
    width: float
    centred: bool


class PrintedRow(Struct, frozen=True):
    """One item. ``first`` and ``second`` say whether it is the first row of its first and second level."""

    cells: tuple[str, ...]
    first: bool
    second: bool


class DirectoryValue(Value, frozen=True):
    """The content of the sheet; after the running number, ``merged`` columns of names are merged over rows."""

    label: str
    headings: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    laws: tuple[tuple[str, str], ...]
    """The short names used in 公开依据, each with the full text."""
    merged: int
    listed: tuple[int, ...]
    """Indexes of the columns whose lines are joined to one paragraph."""


def directory_sheets(site: Site) -> Iterator[PrintedSheet]:
    """One sheet for each domain, and one for each township and village."""
    catalog = site.catalog
    county = catalog.overlay.name
    for directory in catalog.directories.values():
        domain = directory.domain
        value = _value(directory, head(site, domain_path(domain), directory.reviewed))
        yield PrintedSheet(directory_sheet_path(domain), "directory.typ", _title(directory, county, county), value)
    for town in catalog.towns:
        name = full_name(town, catalog)
        for directory in town.directories.values():
            path, shown = town_directory_path(town.slug, directory.domain), shown_entries(directory, town)
            if shown:
                value = _value(replace(directory, entries=shown), head(site, town_path(town.slug), directory.reviewed))
                yield PrintedSheet(path, "directory.typ", _title(directory, county, name), value, dots=None)


def full_name(town: Catalog, county: Catalog) -> str:
    """清源县白石镇柳树村."""
    parent = next((other.overlay.name for other in county.towns if other.slug == town.overlay.parent), "")
    return f"{county.overlay.name}{parent}{town.overlay.name}"


def _title(directory: LaidDirectory, county: str, name: str) -> str:
    return f"{name}{directory.title.removeprefix(county)}"


def _value(directory: LaidDirectory, head: Head) -> DirectoryValue:
    table = grid(directory)
    third = any(column.sub_heading == "三级事项" for column in table.columns)
    continued = {column: _continued(table, column) for column in (1, 2)}
    names = short_names(directory)
    basis = [column.heading for column in table.columns].index(COLUMN["basis"].label)
    rows = ((*row[:basis], shortened(row[basis], names), *row[basis + 1 :]) for row in table.rows)
    return DirectoryValue(
        head=head,
        label=directory.label or directory.title,
        headings=tuple(
            PrintedColumn(
                column.sub_heading or column.heading,
                column.heading if column.sub_heading else "",
                _width(column.sub_heading or column.heading, column.centred),
                column.centred,
            )
            for column in table.columns
        ),
        rows=tuple(
            PrintedRow(cells, number not in continued[1], number not in continued[2])
            for number, cells in enumerate(rows)
        ),
        laws=tuple((name, text) for text, name in names.items()),
        merged=2 if third else 1,
        listed=tuple(n for n, column in enumerate(table.columns) if column.heading in LISTED),
    )


def _width(heading: str, ticked: bool) -> float:
    return WIDTHS.get(heading, NARROW if ticked else OWN)


def _continued(table: SheetBody, column: int) -> set[int]:
    """The rows covered by merged cells of ``column``, without the first of each."""
    return {row for span in table.spans if span.column == column for row in range(span.first + 1, span.last + 1)}


COUNTRY = "中华人民共和国"
MIN_USES, MIN_SAVED = 3, 15
"""A law gets a short name if it is cited this often, and if the name saves this many characters each time."""


def short_names(directory: LaidDirectory) -> Mapping[str, str]:
    """Full text → short name, in the order of the directory.

    If several texts would have the same short name, only the most frequent one gets it.
    """
    bases = [basis for entry in directory.entries for basis in entry.item.basis if basis.name]
    times = Counter(clean(basis.text) for basis in bases)
    short = {clean(basis.text): f"《{(basis.name or '').removeprefix(COUNTRY)}》" for basis in bases}
    owner = {short[text]: text for text, _ in reversed(times.most_common())}
    return {
        text: name
        for text, name in short.items()
        if owner[name] == text and times[text] >= MIN_USES and len(text) - len(name) >= MIN_SAVED
    }


def shortened(cell: str, names: Mapping[str, str]) -> str:
    """A cell of 公开依据 with the short names; the longest text first, since one may begin another."""
    for text in sorted(names, key=len, reverse=True):
        cell = cell.replace(text, names[text])
    return cell
