"""The form before and after, and the changes → the differences that no change explains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.blanks import ANSWER, BLANKS
from gkdir.excel_form.directory import DELETE
from gkdir.excel_form.doubts import DOUBTS, VERDICT
from gkdir.excel_form.form import TEXT_ID_TABLES, ExcelForm
from gkdir.excel_form.guides import FIRST, GUIDES, ITEM, guide_of, is_own
from gkdir.excel_form.table import RowChange, Table, TableRow, Takes, listed


class Unexplained(Struct, frozen=True):
    """A text that reads back differently, in words, and the change that caused it, if one did."""

    words: str
    change: RowChange | None = None


def unexplained(before: ExcelForm, after: ExcelForm, changes: Sequence[RowChange]) -> Iterator[Unexplained]:
    """The differences; none if ``after`` is exactly ``before`` with ``changes``."""
    guides = before.table(GUIDES)
    items = {row.texts[ITEM]: row.id for row in guides.rows} if guides else {}
    for table in before.tables:
        now = after.table(table.key)
        own = [change for change in changes if change.table.key == table.key]
        gone = {change.settles: change for change in changes if change.settles} if table.key == DOUBTS else {}
        if now is None:
            yield Unexplained(table.title)
        elif table.key in FIRST:
            touched = {items[change.texts[ITEM]] if change.new else guide_of(change.row) for change in own}
            kept = partial(_kept, form=before, table=table.key, touched=touched)
            yield from _listed(replace(table, rows=kept(table.rows)), replace(now, rows=kept(now.rows)), own, items)
        elif table.key == BLANKS:  # answers for single items are compared in the table 指南
            for change in own:
                found = now.by_id[change.row.id].texts[ANSWER] if change.row.id in now.by_id else ""
                if found != change.texts[ANSWER]:
                    yield Unexplained(f"{change.row.name}：{found or '空的'}", change)
        elif table.key in TEXT_ID_TABLES:
            yield from _whole(table, now, own)
        else:
            left = replace(table, rows=tuple(row for row in table.rows if row.id not in gone))
            yield from (Unexplained(row.name, gone[row.id]) for row in now.rows if row.id in gone)
            yield from _by_row(left, now, own)
            yield from _new(table, now, own)


def _by_row(table: Table, after: Table, changes: Sequence[RowChange]) -> Iterator[Unexplained]:
    of = {change.row.id: change for change in changes if not change.new}
    for row in table.rows:
        change = of.get(row.id)
        now = after.by_id.get(row.id)
        if change is not None and change.removed:
            if now is not None:
                yield Unexplained(row.name, change)
        elif now is None:
            if table.key != GUIDES or change is not None:  # a removed item has no row in 指南
                yield Unexplained(row.name, change)
        else:
            given = change.texts if change else {}
            only = given if _follows(row, change, changes) else None
            for key, words in _unlike(table, row.with_texts(given), now, only):
                yield Unexplained(words, change if key in given else None)


def _whole(table: Table, after: Table, changes: Sequence[RowChange]) -> Iterator[Unexplained]:
    """Compares rows without ids in the file by all their texts, because a change may give them another row id."""
    left = [_kept_texts(after, row.texts) for row in after.rows]
    of = {change.row.id: change for change in changes if not change.new}
    for row in table.rows:
        change = of.get(row.id)
        if change is None or not change.removed:
            wanted = _kept_texts(table, row.with_texts(change.texts if change else {}).texts)
            if wanted in left:
                left.remove(wanted)
            else:
                yield Unexplained(row.name, change)
    for change in (each for each in changes if each.new):
        given = {key: text for key, text in _kept_texts(table, change.texts).items() if text}
        found = next((texts for texts in left if all(texts[key] == text for key, text in given.items())), None)
        if found is None:
            yield Unexplained(f"{table.title}：{next(iter(given.values()), '')}", change)
        else:
            left.remove(found)
    if left:
        yield Unexplained(f"{table.title}多了一行", None)


def _kept_texts(table: Table, texts: Mapping[str, str]) -> Mapping[str, str]:
    """The texts, with ids in place of the names of things: a thing may be renamed or removed."""
    ids = {column.key: column.keys or {} for column in table.columns if column.takes is Takes.ITEMS}
    return {
        key: "\n".join(ids[key].get(line, line) for line in listed(text)) if key in ids else text
        for key, text in texts.items()
        if key != DELETE
    }


def _new(table: Table, after: Table, changes: Sequence[RowChange]) -> Iterator[Unexplained]:
    for change in changes:
        if change.new:
            id_ = change.texts.get("number") or change.texts.get("key") or ""
            now = after.by_id.get(id_)
            given = {key: text for key, text in change.texts.items() if text}
            if now is None:
                yield Unexplained(id_, change)
            else:
                yield from (Unexplained(words, change) for _, words in _unlike(table, change.after, now, given))


def _follows(row: TableRow, change: RowChange | None, changes: Sequence[RowChange]) -> bool:
    """Whether untouched cells of the row may change: it is omitted or listed again, or is below a changed row."""
    if change is not None and "omitted" in change.texts:
        return True
    return any(row.id.startswith(f"{other.row.id}.") for other in changes if other.row.id)


def _unlike(table: Table, wanted: TableRow, now: TableRow, only: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    """The key of each column that differs, with its label and the text now."""
    for column in table.columns:
        if column.key in (ITEM, VERDICT) or (only is not None and column.key not in only):
            continue
        if wanted.texts[column.key] != now.texts[column.key]:
            yield column.key, f"{column.label}：{now.texts[column.key] or '空的'}"


def _kept(rows: Sequence[TableRow], form: ExcelForm, table: str, touched: set[str]) -> tuple[TableRow, ...]:
    """The rows of lists that the county has written or changes, without inherited ones, which follow its directory."""
    catalog = form.catalogs.catalog
    return tuple(row for row in rows if guide_of(row) in touched or is_own(catalog, guide_of(row), table))


def _listed(
    table: Table, after: Table, changes: Sequence[RowChange], items: Mapping[str, str]
) -> Iterator[Unexplained]:
    """Compares elements of guides, which have no ids in the file, in order, guide by guide."""
    of = {change.row.id: change for change in changes if not change.new}
    wanted: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    own: dict[str, list[RowChange]] = defaultdict(list)
    for row in table.rows:
        change = of.get(row.id)
        if change is None or not change.removed:
            wanted[guide_of(row)].append(_bare(row.with_texts(change.texts if change else {}).texts))
    for change in changes:
        own[items[change.texts[ITEM]] if change.new else guide_of(change.row)].append(change)
        if change.new:
            wanted[items[change.texts[ITEM]]].append(_bare(change.texts))
    for row in after.rows:
        found[guide_of(row)].append(_bare(row.texts))
    for item in dict.fromkeys((*wanted, *found)):
        if wanted[item] != found[item]:
            yield Unexplained(f"{table.title}，{item}", own[item][0] if len(own[item]) == 1 else None)


def _bare(texts: Mapping[str, str]) -> Mapping[str, str]:
    """The element's texts without the name of its item."""
    return {key: text for key, text in texts.items() if key not in (ITEM, DELETE)}
