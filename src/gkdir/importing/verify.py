"""The imported table and the laid overlay → the rows that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gkdir.importing.domain import fields
from gkdir.importing.draft import Report, ReportRow, RowOutcome
from gkdir.importing.fieldchange import same
from gkdir.model.columns import COLUMN
from gkdir.model.county import LaidDirectory
from gkdir.model.item import Item


def differing(report: Report, directories: Mapping[str, LaidDirectory]) -> Iterator[tuple[ReportRow, tuple[str, ...]]]:
    """Each decided row that differs from the laid directories, with the labels of the columns.

    Empty cells of the table are ignored. There should be no such rows; this is a safety check.
    """
    laid = {(domain, entry.item.number): entry.item for domain, each in directories.items() for entry in each.entries}
    for row in report.rows:
        if row.outcome is RowOutcome.DOUBTFUL:
            continue
        differ = tuple(_differing(row.match.item, laid.get((row.domain or "", row.number))))
        if differ:
            yield row, differ


def _differing(item: Item, laid: Item | None) -> Iterator[str]:
    back = fields(laid)
    for key, said in fields(item).items():
        if said is not None and not same(key, said, back[key]):
            yield COLUMN[key].label
