"""A county's tables and the national directories → the draft of its overlay, and the report of every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gkdir.finding import TroubleKind
from gkdir.importing.domain import DomainPlan, doubt, fields, place, plan_domain, source
from gkdir.importing.draft import DoubtDraft, Draft, Report, ReportRow, RowOutcome
from gkdir.importing.fieldchange import same
from gkdir.importing.likeness import exact
from gkdir.importing.match import Match
from gkdir.importing.organisations import publishers
from gkdir.model.columns import COLUMN
from gkdir.model.county import LaidDirectory
from gkdir.model.item import Directory, Item

_MIN_SHARE = 1 / 3
"""The least share of a table's names that must be names of a domain's items."""


def plan(tables: Sequence[Directory], national: Mapping[str, Directory], name: str, code: str) -> tuple[Draft, Report]:
    """The draft and the report. Tables of one domain are joined; all rows of tables without a domain are in doubt.

    ``name`` and ``code`` are the county's.
    """
    rows: dict[str, list[Item]] = {}
    foreign: list[ReportRow] = []
    for table in tables:
        domain = domain_of(table, national)
        if domain is None:
            note = "看不出是哪个领域，国家目录里没有可对照的事项"
            foreign += [_foreign(item, note) for item in table.items]
        else:
            rows.setdefault(domain, []).extend(table.items)
    plans = [plan_domain(national[domain], rows[domain]) for domain in national if domain in rows]
    every = [item for items in rows.values() for item in items]
    nationals = {
        publisher for directory in national.values() for item in directory.items for publisher in item.publisher
    }
    names = [each for each in _publishers(plans) if each not in nationals]
    unassigned = [doubt(row.match.item) for row in foreign]
    unassigned += [
        DoubtDraft(source(each.place))
        for table in tables
        for each in table.troubles
        if each.kind is TroubleKind.NOT_A_ROW
    ]
    draft = Draft(name, code, publishers(names, name, every), tuple(plan.draft for plan in plans), tuple(unassigned))
    report = Report(
        rows=tuple(row for plan in plans for row in plan.rows) + tuple(foreign),
        omitted=tuple(item for plan in plans for item in plan.omitted),
        pending=tuple(item for plan in plans for item in plan.pending),
        unread=tuple(f"{trouble.place}：{trouble.message}" for table in tables for trouble in table.troubles),
        notes=(*_absent(national, rows), *_extra_notes(draft, every)),
    )
    return draft, report


def domain_of(table: Directory, national: Mapping[str, Directory]) -> str | None:
    """The domain of the table: the one it was read with, else the one that shares most names; ``None`` if unknown."""
    if table.domain in national:
        return table.domain
    names = {exact(item.level2) for item in table.items}
    shared = {
        domain: len(names & {exact(item.level2) for item in directory.items}) for domain, directory in national.items()
    }
    best = max(shared, key=lambda domain: shared[domain], default=None)
    return best if best is not None and names and shared[best] >= _MIN_SHARE * len(names) else None


def _foreign(item: Item, note: str) -> ReportRow:
    return ReportRow(place(item), item.name, RowOutcome.DOUBTFUL, Match(item), notes=(note,))


def _publishers(plans: Iterable[DomainPlan]) -> Iterator[str]:
    for plan in plans:
        for change in plan.draft.changes():
            if change.key == "publisher":
                yield from change.value.texts


def _absent(national: Mapping[str, Directory], rows: Mapping[str, object]) -> Iterator[str]:
    for domain, directory in national.items():
        if domain not in rows:
            yield f"文件里没有{directory.label}领域的目录：{directory.label}领域先按国家目录，以后可以再改"


def _extra_notes(draft: Draft, rows: Sequence[Item]) -> Iterator[str]:
    """Notes on what was done with extra columns."""
    taken = {phone for publisher in draft.publishers for phone in (publisher.phone, publisher.complaint_phone) if phone}
    for heading in dict.fromkeys(heading for row in rows for heading in row.extra):
        texts = {row.extra[heading].strip() for row in rows if row.extra.get(heading, "").strip()}
        if not texts:
            continue
        if texts <= taken:
            yield f"栏目“{heading}”已写进“机构”的电话"
        else:
            shown = "、".join(sorted(texts)[:3]) + ("等" if len(texts) > 3 else "")
            yield f"栏目“{heading}”不是国家目录的栏目，没有写入（{shown}）"


def differing(report: Report, directories: Mapping[str, LaidDirectory]) -> Iterator[tuple[ReportRow, tuple[str, ...]]]:
    """The decided rows that differ from the laid directories, each with the labels of the columns that differ.

    Empty cells are ignored. There should be no such rows: it is a check of the written overlay.
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
    for key, value in fields(item).items():
        if value is not None and not same(key, value, back[key]):
            yield COLUMN[key].label
