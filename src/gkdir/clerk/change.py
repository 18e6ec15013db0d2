"""What a clerk did to one row of a form, as a value."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gkdir.clerk.table import Row, Table
from gkdir.finding import Place


class Change(Struct, frozen=True):
    """What a clerk did to one row: changed ``texts`` by column key, took it away, or (``row`` is blank) wrote it.

    ``places`` says where each text stands in the workbook; ``place`` is that of the row. ``settles`` is the row in
    doubt, by its id, that the change comes from: it is taken away with it.
    """

    table: Table
    row: Row
    texts: Mapping[str, str]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)
    removed: bool = False
    settles: str = ""

    @property
    def new(self) -> bool:
        """Whether the row was not there before."""
        return not self.row.id

    @property
    def after(self) -> Row:
        """The row as it is to be."""
        return self.row.having(self.texts)
