"""A form → the lines of its hidden sheet, by which an import identifies the county, every row and each cell's value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from gkdir.excel_form.form import ExcelForm
from gkdir.excel_form.table import VERSION, Table, TableRow

MARK = "gkdir:"
"""The prefix of the table's key, in the hidden first column of the heading row."""
HEAD, COUNTY, SUM, TABLE, ROW = "gkdir-form", "county", "sum", "table", "row"


def record(form: ExcelForm) -> Iterator[tuple[str, ...]]:
    """The lines: format, county, checksum of the rest, then tables and rows with the digests of their cells."""
    lines = list(_tables(form))
    yield HEAD, VERSION
    yield COUNTY, form.slug, form.code, form.name
    yield SUM, total(lines)
    yield from lines


def _tables(form: ExcelForm) -> Iterator[tuple[str, ...]]:
    for table in form.shown:
        yield TABLE, table.key, table.title, " ".join(column.key for column in table.columns)
        yield from rows_of(table)


def rows_of(table: Table) -> Iterator[tuple[str, ...]]:
    """The lines of the table's rows."""
    for row in table.rows:
        yield ROW, table.key, row.id, digests(table, row)


def stamp(code: str, rows: Iterable[Sequence[str]]) -> str:
    """A stamp that marks a sheet as exported with these rows; sheets of other counties or contents have another.

    ``code`` is the county's.
    """
    return total([(code,), *rows])[:16]


def digests(table: Table, row: TableRow) -> str:
    """The digests of the row's cells, in the order of the columns, as one text."""
    return " ".join(digest(row.texts[column.key]) for column in table.columns)


def digest(text: str) -> str:
    """A short digest of a cell; ``-`` for a blank one."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12] if text else "-"


def total(lines: Sequence[Sequence[str]]) -> str:
    """The checksum of the lines, by which damage to the hidden sheet is detected."""
    return hashlib.sha256("\n".join("\t".join(line) for line in lines).encode("utf-8", "replace")).hexdigest()
