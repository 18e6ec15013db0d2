"""The result of an import, as values: the overlay to write, and the outcome of every row."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from gkdir.finding import Place
from gkdir.importing.fieldchange import DraftChange, FieldValue
from gkdir.importing.match import Candidate, Match
from gkdir.importing.organisations import Publisher
from gkdir.model.item import Item


class ItemDraft(Struct, frozen=True):
    """A national item and the county's changes to it; ``notes`` become comments in the file."""

    number: str
    name: str
    changes: tuple[DraftChange, ...] = ()
    notes: tuple[str, ...] = ()


class AdditionDraft(Struct, frozen=True):
    """An item of the county's own; ``level1`` and ``level2`` are ``None`` if they are those of the item above."""

    number: str
    level1: str | None
    level2: str | None
    level3: str | None
    changes: tuple[DraftChange, ...] = ()
    notes: tuple[str, ...] = ()


class DoubtDraft(Struct, frozen=True):
    """A row that a clerk must decide: its place, the candidates, and its values as an item of the county's own.

    ``domain`` is ``None`` if it is unknown, ``addition`` if the row could not be read.
    """

    source: str
    domain: str | None = None
    candidates: tuple[Candidate, ...] = ()
    addition: AdditionDraft | None = None


class DomainDraft(Struct, frozen=True):
    """One domain: defaults, changed items, items left out (number and name), additions, rows in doubt."""

    domain: str
    label: str
    defaults: tuple[DraftChange, ...] = ()
    items: tuple[ItemDraft, ...] = ()
    omitted: tuple[ItemDraft, ...] = ()
    additions: tuple[AdditionDraft, ...] = ()
    doubts: tuple[DoubtDraft, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the county does not differ from the national directory."""
        return not (self.defaults or self.omitted or self.additions or any(item.changes for item in self.items))

    def changes(self) -> Iterator[DraftChange]:
        """All field changes of the domain, including those of rows in doubt."""
        yield from self.defaults
        for item in self.items:
            yield from item.changes
        for addition in (*self.additions, *(doubt.addition for doubt in self.doubts)):
            yield from addition.changes if addition else ()


class Draft(Struct, frozen=True):
    """The overlay to write."""

    name: str
    code: str
    publishers: tuple[Publisher, ...] = ()
    domains: tuple[DomainDraft, ...] = ()
    unassigned: tuple[DoubtDraft, ...] = ()
    """Rows of no known domain, and rows that could not be read."""


class RowOutcome(Enum):
    """The outcome for a row, or for a national item without a row."""

    SAME = "一致"
    CHANGED = "改动"
    ADDED = "新增"
    OMITTED = "未列入"
    DOUBTFUL = "存疑"


class FieldDifference(Struct, frozen=True):
    """One field in which a row differs from the national directory: the national value, and the change."""

    above: FieldValue | None
    change: DraftChange


class ReportRow(Struct, frozen=True):
    """One row in the report: its place, the outcome, the national item, the differences."""

    place: Place
    name: str
    outcome: RowOutcome
    match: Match
    domain: str | None = None
    number: str | None = None  # in the laid directory
    changes: tuple[FieldDifference, ...] = ()
    notes: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """The outcome of every row of the tables, and the national items without a row."""

    rows: tuple[ReportRow, ...] = ()
    omitted: tuple[Item, ...] = ()
    pending: tuple[Item, ...] = ()  # a row in doubt may be one of these
    unread: tuple[str, ...] = ()  # rows and tables that could not be read, each with its place
    notes: tuple[str, ...] = ()

    def count(self, outcome: RowOutcome) -> int:
        """The number of rows, or national items, with that outcome."""
        if outcome is RowOutcome.OMITTED:
            return len(self.omitted)
        return sum(row.outcome is outcome for row in self.rows)
