"""The rows of a returned sheet and the record of the export → the rows that no longer match their hidden ids.

Sorting, cutting, pasting and inserting move the visible cells; the hidden ids may stay behind. Such a row would be
written to another row's place in the project, so it is not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from gkdir.excel_form.record import digest
from gkdir.excel_form.sheetback import ReturnedRow, ReturnedTable
from gkdir.excel_form.table import Table, Takes
from gkdir.excel_form.tidy import plain

FEW = 3
"""The most rows of a sheet that may contradict their ids; with more, the whole sheet is not read."""

CellDigests = Mapping[str, Mapping[str, str]]
"""By row id and column, the digests of what was exported."""


class MovedRow(Struct, frozen=True):
    """A row that contradicts its id: the column that shows it, and the id of the original row (or empty)."""

    row: ReturnedRow
    key: str
    was: str


def moved_rows(table: Table, sheet: ReturnedTable, digests: CellDigests) -> tuple[MovedRow, ...]:
    """The rows that contradict their ids, and those that have lost their ids."""
    called = {_called(table, cells): id_ for id_, cells in digests.items()}
    there = {row.id for row in sheet.rows}
    found = []
    for row in sheet.rows:
        other = called.get(_called(table, _digests(table, row)), "")
        if not row.struck and (row.id or other not in there):
            found.append(_moved(table, row, digests, other))
    return tuple(one for one in found if one is not None)


def _digests(table: Table, row: ReturnedRow) -> Mapping[str, str]:
    return {key: digest(plain(row.texts.get(key, ""))) for key in table.identity}


def _moved(table: Table, row: ReturnedRow, digests: CellDigests, other: str) -> MovedRow | None:
    """What shows that the row moved; ``other`` is the id of the row that had its name, empty if none had."""
    if not row.id:  # a new row, unless it has the name of a row whose id is missing
        return MovedRow(row, table.identity[0], other) if other else None
    now, base, known = _digests(table, row), digests.get(row.id), table.by_id.get(row.id)
    if base is None:
        return None
    differ = [key for key in table.identity if now[key] != base[key]]
    locked = next((key for key in differ if known is not None and key in known.locked), None)
    if locked is not None:
        return MovedRow(row, locked, row.id)
    return MovedRow(row, differ[0], row.id) if differ and other not in ("", row.id) else None


def _called(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells[key] for key in table.identity)


def shuffled(table: Table, sheet: ReturnedTable, digests: CellDigests) -> tuple[ReturnedRow, ...]:
    """Rows with cells from other rows that changed as well: some columns were sorted without the others.

    Only texts that were unique prove this; a text that the other row still has was copied.
    """
    rows = {row.id: row for row in sheet.rows if row.id in digests}
    hit: dict[str, ReturnedRow] = {}
    for column in table.columns:
        if column.takes in (Takes.TICK, Takes.DAY) or column.key in table.identity or column.key not in sheet.columns:
            continue
        counts = Counter(cells.get(column.key, "-") for cells in digests.values())
        owner = {cells[column.key]: id_ for id_, cells in digests.items() if counts[cells.get(column.key, "-")] == 1}
        changed = dict(_changed(column.key, rows, digests))
        for id_, now in changed.items():
            if owner.get(now, id_) != id_ and owner[now] in changed:
                hit[id_] = rows[id_]
    return tuple(sorted(hit.values(), key=lambda row: row.number))


def _changed(key: str, rows: Mapping[str, ReturnedRow], digests: CellDigests) -> Iterator[tuple[str, str]]:
    for id_, row in rows.items():
        text = plain(row.texts.get(key, ""))
        if text and key not in row.unusable and (now := digest(text)) != digests[id_].get(key):
            yield id_, now
