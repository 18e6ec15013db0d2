"""The form before, the form after, and the changes between → the first place where they are not what was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gkdir.clerk.change import Change
from gkdir.clerk.directory import DELETE
from gkdir.clerk.form import Form
from gkdir.clerk.guides import FIRST, GUIDES, ITEM, guide_of
from gkdir.clerk.questions import QUESTIONS
from gkdir.clerk.table import Row, Table


def differing(before: Form, after: Form, changes: Sequence[Change]) -> str:
    """What differs, in words; empty where ``after`` is ``before`` with ``changes`` and nothing else."""
    guides = before.table(GUIDES)
    items = {row.texts[ITEM]: row.id for row in guides.rows} if guides else {}
    for table in before.tables:
        now = after.table(table.key)
        own = [change for change in changes if change.table.key == table.key]
        found = _listed(table, now, own, items) if table.key in FIRST else _by_row(table, now, own)
        for odd in found if now is not None else (table.title,):
            return odd
    return ""


def _by_row(table: Table, after: Table | None, changes: Sequence[Change]) -> Iterator[str]:
    assert after is not None
    of = {change.row.id: change for change in changes if not change.new}
    for row in table.rows:
        change = of.get(row.id)
        now = after.by_id.get(row.id)
        if change is not None and change.removed:
            if now is not None:
                yield row.name
        elif now is None:
            if table.key != GUIDES or change is not None:  # an item that is taken away needs no row for a guide
                yield row.name
        else:
            given = change.texts if change else {}
            yield from _unlike(table, row.having(given), now, given if _follows(row, change, changes) else None)
    for change in changes:
        if change.new and table.key == QUESTIONS:  # its file's name was made for it
            made = [row for row in after.rows if row.id not in table.by_id and row.texts == change.texts]
            yield from () if made else (change.texts["title"],)
        elif change.new:
            id_ = change.texts.get("number") or change.texts.get("key") or ""
            now = after.by_id.get(id_)
            given = {key: text for key, text in change.texts.items() if text}
            yield from _unlike(table, change.after, now, given) if now else iter((id_,))


def _follows(row: Row, change: Change | None, changes: Sequence[Change]) -> bool:
    """Whether cells of the row may change that nobody touched: it hangs on another, or comes or goes."""
    if change is not None and "omitted" in change.texts:
        return True
    return any(row.id.startswith(f"{other.row.id}.") for other in changes if other.row.id)


def _unlike(table: Table, wanted: Row, now: Row, only: Mapping[str, str] | None) -> Iterator[str]:
    for column in table.columns:
        if column.key == ITEM or (only is not None and column.key not in only):
            continue
        if wanted.texts[column.key] != now.texts[column.key]:
            yield f"{column.label}：{now.texts[column.key] or '空的'}"


def _listed(table: Table, after: Table | None, changes: Sequence[Change], items: Mapping[str, str]) -> Iterator[str]:
    """Elements of guides have no number: held against each other in their order, guide by guide."""
    assert after is not None
    of = {change.row.id: change for change in changes if not change.new}
    wanted: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in table.rows:
        change = of.get(row.id)
        if change is None or not change.removed:
            wanted[guide_of(row)].append(_bare(row.having(change.texts if change else {}).texts))
    for change in changes:
        if change.new:
            wanted[items[change.texts[ITEM]]].append(_bare(change.texts))
    for row in after.rows:
        found[guide_of(row)].append(_bare(row.texts))
    for item in dict.fromkeys((*wanted, *found)):
        if wanted[item] != found[item]:
            yield f"{table.title}，{item}"


def _bare(texts: Mapping[str, str]) -> Mapping[str, str]:
    """What the element says, without how its item is called."""
    return {key: text for key, text in texts.items() if key not in (ITEM, DELETE)}
