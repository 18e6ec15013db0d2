"""A clerk's form as values: tables of rows of texts, what each column takes, changes to a row."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from gkdir.finding import Place

VERSION = "2"
READABLE = (("1",), (VERSION,))
"""The versions of the form that are read: those of the first have fewer sheets and columns, which stay as they are."""


CHECKED = "@checked"
"""Column of what was found in a row, in a form that was exported with it; nothing is read from it."""
FIRST_ROW = 5
"""Of a sheet: title, what it is about, groups, headings; then the rows."""


class Takes(Enum):
    """What a column takes."""

    TEXT = "text"
    LINES = "lines"  # one sentence or name a line
    ELEMENTS = "elements"  # one element of 公开内容 a line
    ITEMS = "items"  # what has an id, by its name, one a line
    NAMED = "named"  # a name and a text, one a line
    DATED = "dated"  # a day and a text, one a line
    MONEY = "money"  # yuan
    BASES = "bases"  # one law or document a line
    CHANNELS = "channels"  # channels of the county's own, one a line
    LIMIT = "limit"  # a time limit
    PHONE = "phone"
    HOURS = "hours"
    DAY = "day"
    TICK = "tick"


class TableColumn(Struct, frozen=True):
    """A column: key and label (unique in a table), the heading above, the type of its values.

    ``choices`` are offered as a list; with ``only`` nothing else is allowed. ``keys`` maps full names in its lines to
    short ones, or to ids. ``count``: a bare number is a valid value. ``must``: a row has it.
    ``instead``: where to write what somebody wrote into it in a row that locks it, if the table does not tell.
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

    ``locked`` are columns that must not be changed in this row; ``own`` those in which the county differs from the
    directory above.
    """

    id: str
    name: str
    texts: Mapping[str, str]
    locked: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Choices for this row only, by column."""
    marked: frozenset[str] = frozenset()
    """Columns in which something was found."""

    def having(self, texts: Mapping[str, str]) -> TableRow:
        """The row with some of its texts changed."""
        return replace(self, texts={**self.texts, **texts})


class Table(Struct, frozen=True):
    """One sheet: ``spare`` blank rows at its end are for new entries; ``about`` is the text above it.

    ``identity`` are the columns by which a person identifies a row: if they contradict its hidden id, the row or the
    id has been moved.
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
    """Made of ``rows``."""

    def __post_init__(self) -> None:
        force_setattr(self, "by_id", {row.id: row for row in self.rows})

    def column(self, key: str) -> TableColumn:
        """The column with that key, which must exist."""
        return next(column for column in self.columns if column.key == key)


def listed(text: str) -> tuple[str, ...]:
    """The elements of a cell with one element a line."""
    return tuple(text.split("\n")) if text else ()


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
