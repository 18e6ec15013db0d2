"""A county's rows in doubt → each beside the national items that it may be, and what can be decided."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.excel_form.doubts import DOUBTS, IS, NEW, VERDICT
from gkdir.excel_form.form import ExcelForm
from gkdir.importing.fieldchange import FieldValue, same, value_of
from gkdir.model.columns import COLUMNS
from gkdir.model.county import Doubt
from gkdir.model.item import Directory, Item
from gkdir.model.project import Project
from gkdir.overlay.layer import changed

MOST_CANDIDATES = 2
"""National items beside a row; that it is another one can be said in the form."""


class ComparedColumn(Struct, frozen=True):
    """One column: what the row says, what each candidate says, and whether it says the same."""

    label: str
    value: str
    candidates: tuple[tuple[str, bool], ...]

    @property
    def same(self) -> bool:
        """Whether every candidate says the same."""
        return bool(self.candidates) and all(same for _, same in self.candidates)


class UnsettledRow(Struct, frozen=True):
    """A row in doubt. ``verdicts`` are the decisions that fit ``candidates``; ``new``: it can be the county's own."""

    id: str
    source: str
    name: str
    candidates: tuple[str, ...]
    verdicts: tuple[str, ...]
    columns: tuple[ComparedColumn, ...]
    new: str = ""


def unsettled(project: Project, form: ExcelForm) -> Iterator[UnsettledRow]:
    """The rows that wait for a decision, in their order."""
    table = form.table(DOUBTS)
    for row in table.rows if table else ():
        doubt = form.doubts[row.id]
        if doubt.reason:
            continue
        choices = row.choices.get(VERDICT, ())
        near = tuple(each for each in doubt.candidates if IS + each in choices)[:MOST_CANDIDATES]
        yield UnsettledRow(
            row.id,
            doubt.source,
            row.texts["name"],
            near,
            tuple(IS + each for each in near),
            tuple(_columns(doubt, [_national(project.national.get(doubt.domain or ""), each) for each in near])),
            NEW if NEW in choices else "",
        )


def _national(directory: Directory | None, called: str) -> Item | None:
    number = called.partition(" ")[0]
    return next((item for item in directory.items if item.number == number), None) if directory else None


def _columns(doubt: Doubt, nationals: list[Item | None]) -> Iterator[ComparedColumn]:
    if doubt.item is None:
        return
    names = {key: getattr(doubt.item, key) or "" for key in ("level1", "level2", "level3")}
    row = changed(Item(doubt.domain or "", doubt.item.number, names["level1"], names["level2"]), doubt.item.changes)
    for key, text in names.items():
        others = [(getattr(each, key) or "") if each else "" for each in nationals]
        if text or any(others):
            label = next(column.label for column in COLUMNS if column.key == key)
            yield ComparedColumn(label, text, tuple((other, other == text) for other in others))
    for column in COLUMNS:
        if column.key in ("number", *names):
            continue
        value = value_of(row, column.key)
        theirs = [value_of(each, column.key) if each else None for each in nationals]
        if value or any(theirs):
            compared = ((_text(each), same(column.key, value, each)) for each in theirs)
            yield ComparedColumn(column.label, _text(value), tuple(compared))


def _text(value: FieldValue | None) -> str:
    return "\n".join(value.texts) if value else ""
