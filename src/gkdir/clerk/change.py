"""A clerk's change to one row of a form, as a value."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gkdir.clerk.table import Table, TableRow
from gkdir.finding import Place


class RowChange(Struct, frozen=True):
    """A change to one row: ``texts`` by column key were changed, the row was deleted, or (``row`` is blank) added.

    ``places`` are the cells of the texts in the workbook; ``place`` is that of the row. ``settles`` is the id of the
    row in doubt that the change comes from, which it removes.
    """

    table: Table
    row: TableRow
    texts: Mapping[str, str]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)
    removed: bool = False
    settles: str = ""

    @property
    def new(self) -> bool:
        """Whether the row is new."""
        return not self.row.id

    @property
    def after(self) -> TableRow:
        """The row after the change."""
        return self.row.having(self.texts)
