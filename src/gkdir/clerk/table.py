"""A clerk's form as values: tables of rows of texts, and what each column takes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

VERSION = "1"
"""Of the form: a workbook of another version is not read."""


class Takes(Enum):
    """What a column takes."""

    TEXT = "text"
    LINES = "lines"  # one sentence or name a line
    ELEMENTS = "elements"  # one element of 公开内容 a line
    ITEMS = "items"  # ids of items, one a line
    BASES = "bases"  # one law or document a line
    CHANNELS = "channels"  # channels of the county's own, one a line
    LIMIT = "limit"  # a time limit
    PHONE = "phone"
    HOURS = "hours"
    DAY = "day"
    TICK = "tick"


class Column(Struct, frozen=True):
    """A column: its key and heading (each once in a table), the heading above, what it takes.

    ``choices`` are offered as a list; with ``only`` nothing else may stand there. ``keys`` are the short names that
    full names in its lines are brought to. ``count``: a bare number says enough there.
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


class Row(Struct, frozen=True):
    """A row: its id (never changes while what it stands for is there), what it is called, its texts by column key.

    ``locked`` are columns that must not be changed in this row; ``own`` those where the county says something else
    than the directory above it.
    """

    id: str
    name: str
    texts: Mapping[str, str]
    locked: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is offered in this row alone, by column."""

    def having(self, texts: Mapping[str, str]) -> Row:
        """The row with some of its texts changed."""
        return replace(self, texts={**self.texts, **texts})


class Table(Struct, frozen=True):
    """One sheet: ``spare`` blank rows at its end take new entries; ``about`` is said above it.

    ``identity`` are the columns by which a person knows a row: where they say another row than its hidden id does,
    the row has been moved, or its id has.
    """

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    identity: tuple[str, ...] = ()
    spare: int = 0
    frozen: int = 2
    by_id: Mapping[str, Row] = field(default_factory=dict)
    """Made of ``rows``."""

    def __post_init__(self) -> None:
        force_setattr(self, "by_id", {row.id: row for row in self.rows})

    def column(self, key: str) -> Column:
        """The column of that key, which must be there."""
        return next(column for column in self.columns if column.key == key)


def listed(text: str) -> tuple[str, ...]:
    """The elements of a cell that has one a line."""
    return tuple(text.split("\n")) if text else ()
