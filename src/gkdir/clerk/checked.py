"""A form and what was found in its county → the form with each finding beside its cell, and a list of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from gkdir.clerk.form import ExcelForm
from gkdir.clerk.found import FoundInForm
from gkdir.clerk.table import CHECKED, Table, TableColumn, TableRow
from gkdir.clerk.whereabouts import FormPlaces
from gkdir.finding import Finding, apart

_COLUMN = TableColumn(CHECKED, "核对", width=60, prompt="核对出来的问题，改好以后再导出一份就没有了。写在这里的不读。")


def checked(form: ExcelForm, findings: Iterable[Finding], places: FormPlaces) -> ExcelForm:
    """The form with a last column 核对 in every table, the cells in question marked."""
    found = tuple(FoundInForm(each, places.of(each)) for each in apart(findings))
    said: dict[tuple[str, ...], list[str]] = defaultdict(list)
    marked: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for each in found:
        if each.place and len(each.place.keys) > 1:
            row = each.place.keys[:2]
            label = f"“{each.place.column}”：" if each.place.column else ""
            said[row].append(f"{label}{each.finding.message}{each.remedy}（{each.finding.rule}）")
            marked[row].update(each.place.keys[2:])

    def noted(table: Table, row: TableRow) -> TableRow:
        where = (table.key, row.id)
        texts = {CHECKED: "\n".join(dict.fromkeys(said[where]))}
        return replace(row.having(texts), locked=row.locked | {CHECKED}, marked=frozenset(marked[where]))

    tables = (
        replace(table, columns=(*table.columns, _COLUMN), rows=tuple(noted(table, row) for row in table.rows))
        for table in form.tables
    )
    return replace(form, tables=tuple(tables), found=found)


def as_exported(form: ExcelForm, checked_tables: Iterable[str]) -> ExcelForm:
    """The form as it is now, with a blank column 核对 where the exported one has one."""
    keys = frozenset(checked_tables)

    def blank(row: TableRow) -> TableRow:
        return replace(row.having({CHECKED: ""}), locked=row.locked | {CHECKED})

    tables = (
        replace(table, columns=(*table.columns, _COLUMN), rows=tuple(map(blank, table.rows)))
        if table.key in keys
        else table
        for table in form.tables
    )
    return replace(form, tables=tuple(tables))
