"""A county's 紧急通知 and 待遇标准 → two tables; changes to their rows → the text of county.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.table import RowChange, Table, TableColumn
from gkdir.excel_form.tablewriter import as_element, with_cells
from gkdir.excel_form.tidy import row
from gkdir.model.article import Urgent
from gkdir.model.benefits import ONLY_OF, Amount, Standards
from gkdir.model.county import County
from gkdir.model.declared import key_names
from gkdir.yaml.edit import Order, at, put
from gkdir.yaml.nodes import Branch, Step
from gkdir.yaml.spans import tree

URGENT, STANDARDS = "@urgent", "@standards"
"""Keys of tables, which no domain can have."""
WHAT = "what"
CELLS: Mapping[str, tuple[FormCell, ...]] = {URGENT: tuple(cells(Urgent)), STANDARDS: tuple(cells(Amount))}
"""Table → the values that its columns edit."""
_URGENT, _STANDARDS = Urgent.called, Standards.called


def urgent_table(county: County) -> Table:
    """One row, whether there is a notice or not."""
    about = "突发的事，在每一页的最上面显示，到“截止”那天为止。没有的空着；提早不用了的，三格都清空。"
    return _table(URGENT, _URGENT, about, {_URGENT: county.overlay.urgent})


def standards_table(county: County) -> Table:
    """One row for every amount there can be, so that a clerk sees what is missing."""
    about = "“算一算”的页面用的本地数额，一行一种。没有的空着，页面请群众打电话问；来源、日期缺一个，页面就不用这个数。"
    own = county.overlay.standards
    return _table(STANDARDS, _STANDARDS, about, {name: getattr(own, key) for key, name in key_names(Standards).items()})


def _table(key: str, title: str, about: str, records: Mapping[str, Struct | None]) -> Table:
    what = TableColumn(WHAT, "哪一种", width=16)
    columns = (what, *(cell.column(Choices()) for cell in CELLS[key]))
    rows = tuple(
        row(
            columns,
            name,
            f"{title} {name}" if name != title else title,
            {WHAT: name, **{cell.key: cell.text(record) for cell in CELLS[key]}},
            locked=frozenset((WHAT, *_unused(key, name))),
        )
        for name, record in records.items()
    )
    return Table(key, title, about, columns, rows, (WHAT,), frozen=1)


def _unused(table: str, name: str) -> Iterator[str]:
    """The columns that do not apply to the amount ``name``."""
    if table == STANDARDS:
        yield from (field for belongs, field in ONLY_OF.values() if belongs != name)


def record_path(table: str, name: str) -> tuple[Step, ...]:
    """The path of the record in county.yaml."""
    return (_URGENT,) if table == URGENT else (_STANDARDS, name)


def record_text(text: str, change: RowChange, order: Order) -> str:
    """county.yaml after the change; a record without any value left is removed."""
    path = record_path(change.table.key, change.row.id)
    own = {cell.key: cell for cell in CELLS[change.table.key]}
    if isinstance(at(tree(text), path), Branch):
        return with_cells(text, path, change, own)
    whole = as_element(RowChange(change.table, change.row, change.after.texts, change.place), own)
    return put(text, path, whole, order) if whole else text  # not there yet, or only a number
