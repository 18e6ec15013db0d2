"""The rows of one item → its fields, by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.columns import FIELDS
from gkdir.model.item import Written
from gkdir.read.grid import letters
from gkdir.read.headings import Heading, Headings
from gkdir.read.rows import RowGroup
from gkdir.read.sheet import Cell, Row

_BODY = frozenset((*FIELDS, "extra"))
"""The keys of columns without names; a name may be merged over the columns of several levels."""


class Field(Struct, frozen=True):
    """One column of one item: the distinct cells of its rows, all their text, and the column's heading.

    ``cell`` is the name of the first of them; in a blank column, of the blank cell.
    """

    heading: Heading
    cells: tuple[Cell, ...]
    text: str
    cell: str

    def written(self, file: str, sheet: str) -> Written:
        """The text and its place."""
        return Written(self.text, Place(file, sheet=sheet, cell=self.cell))


def merged_over_kinds(rows: RowGroup) -> Iterator[tuple[Cell, Heading]]:
    """The cells merged over columns of different kinds, each with the first column that has no text for that reason."""
    found: dict[Cell, Heading] = {}
    for row, headings in rows.rows:
        for heading in headings.columns:
            cell = row.cells.get(heading.column)
            if cell is None or cell.column == heading.column:
                continue
            if _is_from_another_kind(cell, heading, headings.at):
                found.setdefault(cell, heading)
    yield from found.items()


def _is_from_another_kind(cell: Cell, heading: Heading, known: Mapping[int, Heading]) -> bool:
    """Whether the cell is only in this column because it is merged from a column of another kind."""
    if cell.column == heading.column or heading.key not in _BODY:
        return False
    own = known.get(cell.column)
    return own is not None and own.key != heading.key


def _of_row(row: Row, headings: Headings) -> dict[str, list[Field]]:
    """The fields of an item in one row without texts outside the headings, the usual case."""
    by_key: dict[str, list[Field]] = {}
    for column, heading in headings.at.items():
        cell = row.cells.get(column)
        if cell is None or (cell.column != column and _is_from_another_kind(cell, heading, headings.at)):
            field = Field(heading, (), "", f"{letters(column)}{row.number}")
        else:
            field = Field(heading, (cell,), cell.text, cell.name)
        by_key.setdefault(heading.key, []).append(field)
    return by_key


def fields(rows: RowGroup) -> dict[str, list[Field]]:
    """The fields of the item by the key of their column, in the order of the headings.

    A text in a column without heading becomes an extra field, named with the column's letters.
    """
    if len(rows.rows) == 1:
        row, headings = rows.rows[0]
        if row.cells.keys() <= headings.at.keys():
            return _of_row(row, headings)
    found: dict[tuple[str, str, int], tuple[Heading, int, dict[Cell, None]]] = {}
    for row, headings in rows.rows:
        known = headings.at
        for column, heading in known.items():
            key = heading.key, heading.label, column
            kept = found.get(key)
            if kept is None:
                kept = found[key] = heading, row.number, {}
            cell = row.cells.get(column)
            if cell is not None and (cell.column == column or not _is_from_another_kind(cell, heading, known)):
                kept[2][cell] = None
        for column, cell in row.cells.items():
            if column not in known and cell.column not in known:
                heading = Heading(column, "extra", f"{letters(column)}列")
                found.setdefault(("extra", heading.label, column), (heading, row.number, {}))[2][cell] = None
    by_key: dict[str, list[Field]] = {}
    for heading, number, distinct in found.values():
        cells_ = tuple(distinct)
        text = cells_[0].text if len(cells_) == 1 else "\n".join(dict.fromkeys(cell.text for cell in cells_))
        name = cells_[0].name if cells_ else f"{letters(heading.column)}{number}"
        by_key.setdefault(heading.key, []).append(Field(heading, cells_, text, name))
    return by_key
