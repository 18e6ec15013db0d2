"""The rows of one item → its fields: what stands in each column, and what tick columns say."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.columns import AUDIENCES, LEVELS, MODES
from gkdir.model.item import Written
from gkdir.read.grid import letters
from gkdir.read.headings import Heading
from gkdir.read.rows import Group
from gkdir.read.sheet import Cell
from gkdir.read.words import audience, group, levels, mode, tick

_CHOICES = {"audience": AUDIENCES, "mode": MODES, "levels": LEVELS}


class Field(Struct, frozen=True):
    """One column of one item: the distinct cells its rows show, all their text, and the column's heading.

    ``cell`` names the first of them; in a blank column, the cell that nothing was written in.
    """

    heading: Heading
    cells: tuple[Cell, ...]
    text: str
    cell: str

    def written(self, file: str, sheet: str) -> Written:
        """What was written, and where."""
        return Written(self.text, Place(file, sheet=sheet, cell=self.cell))


def fields(rows: Group) -> dict[str, list[Field]]:
    """The fields of the item by the key of their column, in the order of the headings.

    A text in a column without heading is an extra one, called after the column's letters.
    """
    found: dict[tuple[str, str, int], tuple[Heading, int, dict[Cell, None]]] = {}
    for row, headings in rows.rows:
        known = headings.at
        for column, heading in known.items():
            _, _, cells = found.setdefault((heading.key, heading.label, column), (heading, row.number, {}))
            if column in row.cells:
                cells[row.cells[column]] = None
        for column, cell in row.cells.items():
            if column not in known and cell.column not in known:
                heading = Heading(column, "extra", f"{letters(column)}列")
                found.setdefault(("extra", heading.label, column), (heading, row.number, {}))[2][cell] = None
    by_key: dict[str, list[Field]] = {}
    for heading, number, distinct in found.values():
        cells_ = tuple(distinct)
        text = cells_[0].text if len(cells_) == 1 else "\n".join(cell.text for cell in cells_)
        name = cells_[0].name if cells_ else f"{letters(heading.column)}{number}"
        by_key.setdefault(heading.key, []).append(Field(heading, cells_, text, name))
    return by_key


def ticked(key: str, columns: list[Field]) -> tuple[tuple[str, ...], str | None]:
    """What 公开对象, 公开方式 or 公开层级 says, in columns to tick or in words; and the group it names.

    A cell merged over several tick columns is ticked for all of them if it is a mark, and read if it is words.
    """
    chosen: set[str] = set()
    details: dict[str, None] = {}
    for one in columns:
        if not one.cells:
            continue
        marked = tick(one.text)
        shared = marked is None and sum(other.cells == one.cells for other in columns) > 1
        if one.heading.option is None or shared:
            said, detail = _worded(key, one.text)
            chosen.update(said)
        else:
            chosen |= set() if marked is False else {one.heading.option}
            detail = group(one.text) if marked is not False and one.heading.option == AUDIENCES[1] else None
        if detail:
            details[detail] = None
    return tuple(option for option in _CHOICES[key] if option in chosen), "、".join(details) or None


def _worded(key: str, text: str) -> tuple[tuple[str, ...], str | None]:
    if key == "audience":
        return audience(text)
    return (mode(text) if key == "mode" else levels(text)), None
