"""The Excel form as values: tables of rows of texts, the type of each column, changes to a row."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from gkdir.finding import Place

VERSION = "2"
READABLE = (("1",), (VERSION,))
"""The versions of the form that can be imported; the first lacks some sheets and columns, whose values are kept."""


CHECKED = "@checked"
"""The key of the column with findings; it is exported on request and never read back."""
FIRST_ROW = 5
"""The row number of the first data row. Above it: title, explanation, groups, headings."""


class Takes(Enum):
    """The type of the texts in a column."""

    TEXT = "text"
    LINES = "lines"  # one sentence or name a line
    ELEMENTS = "elements"  # one element of 公开内容 a line
    ITEMS = "items"  # names of things that have an id, one a line
    NAMED = "named"  # a name and a text a line
    DATED = "dated"  # a day and a text a line
    MONEY = "money"  # yuan
    BASES = "bases"  # one law or document a line
    CHANNELS = "channels"  # channels that are not national choices, one a line
    LIMIT = "limit"  # a time limit
    PHONE = "phone"
    HOURS = "hours"
    DAY = "day"
    TICK = "tick"


class TableColumn(Struct, frozen=True):
    """A column: key and label (unique in a table), the heading above, the type of its values.

    ``choices`` are offered as a dropdown; with ``only`` nothing else is allowed. ``keys`` maps full names in its lines
    to short names or ids. ``count``: a bare number is a valid value. ``must``: required. ``instead``: advice for who
    changes it in a row where it is locked; without it, the advice follows from the table.
    """

    key: str
    label: str
    takes: Takes = Takes.TEXT
    width: int = 16
    group: str = ""
    choices: tuple[str, ...] = ()
    only: bool = False
    prompt: str = ""
    keys: Mapping[str, str] | None = None
    count: bool = False
    must: bool = False
    instead: str = ""


class TableRow(Struct, frozen=True):
    """A row: its id (stable as long as the thing exists), its name, its texts by column key.

    ``locked`` columns must not be changed in this row; in ``own`` columns the county differs from the directory above.
    """

    id: str
    name: str
    texts: Mapping[str, str]
    locked: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Choices for this row only, by column."""
    marked: frozenset[str] = frozenset()
    """Columns with findings."""

    def with_texts(self, texts: Mapping[str, str]) -> TableRow:
        """The row with ``texts`` in place of its own."""
        return replace(self, texts={**self.texts, **texts})


class Table(Struct, frozen=True):
    """One sheet. ``spare``: how many blank rows at its end are for new entries; ``about``: the text above it.

    ``identity`` are the columns by which a person identifies a row: if they contradict its hidden id, the row or the id
    has been moved.
    """

    key: str
    title: str
    about: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...] = ()
    identity: tuple[str, ...] = ()
    spare: int = 0
    frozen: int = 2
    by_id: Mapping[str, TableRow] = field(default_factory=dict)
    """``rows`` by id, set on creation."""

    def __post_init__(self) -> None:
        force_setattr(self, "by_id", {row.id: row for row in self.rows})

    def column(self, key: str) -> TableColumn:
        """The column with that key, which must exist."""
        return next(column for column in self.columns if column.key == key)


def listed(text: str) -> tuple[str, ...]:
    """The lines of a cell that has one element a line."""
    return tuple(text.split("\n")) if text else ()


class RowChange(Struct, frozen=True):
    """A change to one row: ``texts`` by column key have changed, or it was ``removed``, or (with a blank ``row``)
    added.

    ``place`` and ``places`` are those of the row and its cells in the workbook. ``settles`` is the id of the row in
    doubt that this change comes from and that it removes.
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
        """The row with the changed texts."""
        return self.row.with_texts(self.texts)
