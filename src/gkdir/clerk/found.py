"""A finding and its place in the county's form, as values."""

from __future__ import annotations

from msgspec import Struct

from gkdir.clerk.spoken import in_form_words
from gkdir.finding import Finding


class FormPlace(Struct, frozen=True):
    """A sheet of the form, and as far as it is known the row, the column and the cell.

    ``keys`` are those of table, row and column.
    """

    sheet: str
    row: str = ""
    column: str = ""
    cell: str = ""
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = " ".join(filter(None, (self.sheet, self.row, self.column)))
        return f"{named}（{self.cell} 格）" if self.cell else named


class FoundInForm(Struct, frozen=True):
    """A finding, and its place in the form, ``None`` if the form has none."""

    finding: Finding
    place: FormPlace | None

    @property
    def remedy(self) -> str:
        """What to do, in the words of the form where that is where it is done."""
        return in_form_words(self.finding.hint) if self.place else self.finding.hint
