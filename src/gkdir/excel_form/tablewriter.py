"""A changed row of a table with files of its own → which file changes, and how the cells are written there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from gkdir.excel_form.directory import DELETE, DELETED
from gkdir.excel_form.formcell import FormCell
from gkdir.excel_form.table import RowChange, TableColumn
from gkdir.model.county import County
from gkdir.yaml.edit import Order, at, put, rank, remove
from gkdir.yaml.emit import Value
from gkdir.yaml.nodes import Scalar, Step
from gkdir.yaml.spans import tree

ItemNames = Mapping[str, str]
"""An item's full name, as every sheet shows it → its id."""
Cells = Mapping[str, FormCell]
"""Column key → the value that it edits."""

REMOVAL = TableColumn(DELETE, DELETED, width=7, choices=(DELETED,), only=True, prompt="不要了的，从列表里选“删去”。")


class TableWriter(Struct, frozen=True):
    """Writes back tables that share their files.

    ``files`` sorts changes by path below the county's folder. ``text`` gives a file's new text.
    """

    tables: tuple[str, ...]
    files: Callable[[County, Sequence[RowChange]], Mapping[str, Sequence[RowChange]]]
    text: Callable[[str, Sequence[RowChange]], str]


class RowIds:
    """Makes row ids of texts; the second row with the same text gets （2）."""

    def __init__(self) -> None:
        self._seen = Counter[str]()

    def of(self, said: str) -> str:
        """The id of the next row with that text."""
        self._seen[said] += 1
        return said if self._seen[said] == 1 else f"{said}（{self._seen[said]}）"


def all_in(file: str) -> Callable[[County, Sequence[RowChange]], Mapping[str, Sequence[RowChange]]]:
    """``TableWriter.files`` for tables that are all in one file."""

    return lambda _county, changes: {file: changes} if changes else {}


def ordered(keys: Sequence[str]) -> Order:
    """New keys go in the order of ``keys``, any other key last."""

    return lambda _path, key: rank(keys, key)


def with_cells(text: str, path: tuple[Step, ...], change: RowChange, cells: Cells) -> str:
    """The text with the changed cells of the row at ``path``."""
    order = ordered([cell.path[-1] for cell in cells.values()])
    for key, cell_text in change.texts.items():
        if key not in cells:
            continue
        cell = cells[key]
        place = (*path, *cell.path)
        there = at(tree(text), place)
        if cell_text:
            value = cell.value(change.table.column(key), cell_text)
            if isinstance(value, list) and len(value) == 1 and isinstance(there, Scalar):
                value = value[0]  # a single value stays without brackets
            text = put(text, place, value, order)
        elif there is not None:
            text = remove(text, place)
    return text


def as_element(change: RowChange, cells: Cells) -> dict[str, Value]:
    """A new row as a mapping for the file."""
    given = ((key, cell, change.texts.get(key)) for key, cell in cells.items())
    return {cell.path[-1]: cell.value(change.table.column(key), text) for key, cell, text in given if text}


def with_row(text: str, path: tuple[Step, ...], change: RowChange, cells: Cells) -> str:
    """The text with the change of one row, which is kept at ``path``."""
    return remove(text, path) if change.removed else with_cells(text, path, change, cells)


def index_of(change: RowChange, *group: str) -> int:
    """The position of the changed row, and of its element in the file, among those with its texts in ``group``."""
    own = [change.row.texts[key] for key in group]
    same = [row.id for row in change.table.rows if [row.texts[key] for key in group] == own]
    return same.index(change.row.id)


def in_turn(changes: Sequence[RowChange]) -> list[RowChange]:
    """The changes in an order that keeps positions valid: changed rows, removed rows from the last up, new rows."""
    places = {row.id: number for change in changes for number, row in enumerate(change.table.rows)}
    removed = sorted((each for each in changes if each.removed), key=lambda each: -places[each.row.id])
    kept = [each for each in changes if not each.removed]
    return [*(each for each in kept if not each.new), *removed, *(each for each in kept if each.new)]
