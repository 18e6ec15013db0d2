"""A filled-in form or a decision → what it would change, in words, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from gkdir.excel_form.apply import Exchange, Rewritten, Versions, applied
from gkdir.excel_form.doubts import DOUBTS, REASON, VERDICT
from gkdir.excel_form.form import ExcelForm, blocking_troubles, form
from gkdir.excel_form.plan import Plan, returned_changes, settled_rows
from gkdir.excel_form.returned import read_record
from gkdir.excel_form.table import RowChange
from gkdir.finding import Place, Trouble, Unreadable
from gkdir.importing.draft import Report
from gkdir.preview.draft import CountyDraft


class Proposal(Struct, frozen=True):
    """A change to the files of the county ``slug``, ready to be written: each file's content before and after.

    ``title`` says what it is; ``changes`` are the changed rows, ``troubles`` what was not accepted. For an imported
    table, ``report`` says what became of its rows, and ``lines`` how the file differs from the one before.
    """

    slug: str
    title: str
    files: Mapping[str, Versions]
    changes: tuple[RowChange, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    report: Report | None = None
    lines: tuple[str, ...] = ()


def readable_form(draft: CountyDraft) -> ExcelForm:
    """The county's form.

    :raises Unreadable: the files that it is made from cannot be read
    """
    troubles = blocking_troubles(draft.county)
    if troubles:
        first = troubles[0]
        raise Unreadable(first.place, first.message, first.hint)
    return form(draft.project, draft.county)


def filled_form(draft: CountyDraft, path: Path, name: str) -> Proposal:
    """What the filled-in form at ``path`` would change.

    :raises Unreadable: not a form, or another county's
    """
    record, grids = read_record(path, name)
    overlay = draft.county.overlay
    if (record.slug, record.code) != (draft.county.slug, overlay.code):
        message = f"这份表是 {record.name}（{record.slug}）的，不是 {overlay.name}的，一处也没有读。"
        raise Unreadable(Place(name), message, f"请到 {record.name}那一页交，或者换一份表。")
    exchange = Exchange(draft.project, draft.county, readable_form(draft))
    return _proposed(exchange, returned_changes(exchange.form, record, grids, name), f"填好的表“{name}”")


def decision(draft: CountyDraft, id_: str, verdict: str, reason: str) -> Proposal:
    """What a decision on the row in doubt ``id_`` would change, as if made in the form."""
    exchange = Exchange(draft.project, draft.county, readable_form(draft))
    table = exchange.form.table(DOUBTS)
    row = table.by_id.get(id_) if table else None
    if table is None or row is None:
        raise Unreadable(Place(id_), "这一行已经不在存疑里了。", "多半已经定下来了，请回到上一页看看。")
    if not verdict:
        raise Unreadable(Place(id_), "没有说怎么定。", "请点其中一个按钮。")
    place = Place(draft.county.overlay.place.file)
    change = RowChange(table, row, {VERDICT: verdict, REASON: reason}, place)
    return _proposed(exchange, settled_rows(exchange.form, [change]), f"存疑的“{row.name.removeprefix('存疑 ')}”")


def _proposed(desk: Exchange, planned: Plan, title: str) -> Proposal:
    done: Rewritten = applied(desk, planned)
    return Proposal(desk.county.slug, title, done.files, done.changes, done.troubles)
