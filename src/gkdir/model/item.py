"""A directory as values: items, their time limits and bases, and where each value was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from msgspec import Struct, field

from gkdir.finding import Place, Trouble


class Placed(Struct, frozen=True, eq=False):
    """Values with equal content are equal, wherever it was written: ``not_compared`` names fields to ignore."""

    not_compared: ClassVar[frozenset[str]] = frozenset({"written"})

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in self.not_compared)


LimitKind = Literal["within", "immediate", "standing", "periodic", "vague", "compound", "unknown"]
Unit = Literal["workday", "day", "month", "hour"]


class TimeLimit(Struct, frozen=True):
    """A parsed 公开时限 or 办理时限; the grammar is in docs/time-limits.md.

    ``kind`` ``within`` carries ``count`` and ``unit``, and ``anchor``, the event the clock starts at (信息形成或变更);
    ``periodic`` carries ``period`` (``year``, ``half-year``, ``quarter``, ``month``, ``week``, ``day``) and ``by``
    (``01-31``, ``10``) if given; ``compound`` carries its ``parts``. ``statutory`` is the legal limit that a promise
    has in brackets. ``text`` is the original, white space folded. ``rest``: the words of this clause that the grammar
    did not understand; ``left``: those of all clauses.
    """

    text: str
    kind: LimitKind
    count: int | None = None
    unit: Unit | None = None
    anchor: str | None = None
    period: str | None = None
    by: str | None = None
    statutory: TimeLimit | None = None
    parts: tuple[TimeLimit, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def left(self) -> tuple[str, ...]:
        """The words that were not understood, in all clauses and the limit in brackets."""
        inner = (*self.parts, *((self.statutory,) if self.statutory else ()))
        return (*(word for one in inner for word in one.left), *self.rest)


NO_LIMIT = TimeLimit("", "unknown")


class Basis(Struct, frozen=True):
    """A law or document of 公开依据: ``text`` as written, ``name`` inside 《》, ``number`` such as 国务院令第711号."""

    text: str
    name: str | None = None
    number: str | None = None


class Written(Struct, frozen=True):
    """An original text, and its place."""

    text: str
    place: Place


class Item(Placed, frozen=True):
    """One row of a directory: content, basis, time limit, publisher, channels, audience.

    ``number`` is the item's own number (``4.1``), ``None`` where the sheet has none; names carry no number and no
    broken lines. ``levels`` is ``None`` where the table has no such columns. ``extra`` holds further columns by
    their heading. ``written`` keeps, by column key (or the heading of an extra column), what was written and where.
    ``rows`` are the rows of the sheet that the item was read from (first and last, counted from 1).
    """

    not_compared: ClassVar[frozenset[str]] = frozenset({"written", "rows"})

    domain: str
    number: str | None
    level1: str
    level2: str
    level3: str | None = None
    content: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    time_limit: TimeLimit = NO_LIMIT
    publisher: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    audience_detail: str | None = None
    mode: tuple[str, ...] = ()
    levels: tuple[str, ...] | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Written] = field(default_factory=dict)
    rows: tuple[int, int] = (0, 0)

    @property
    def id(self) -> str:
        """The item's name in findings, URLs and data: ``employment/4.1``."""
        return f"{self.domain}/{self.number}"

    @property
    def name(self) -> str:
        """The name of the item: that of its lowest level."""
        return self.level3 or self.level2

    @property
    def numbered_name(self) -> str:
        """``4.1 失业登记``: number and name, to find it in the table."""
        return f"{self.number} {self.name}"

    def place(self, key: str) -> Place | None:
        """The place of the column ``key``, else of the item."""
        written = self.written.get(key) or self.written.get("level3") or self.written.get("level2")
        return written.place if written else None


class Directory(Struct, frozen=True):
    """One table: a domain's directory, national or a county's.

    ``domain`` is the stem of the national workbook (``employment``) or ``None`` if unknown;
    ``columns`` are the headings as found, joined with their group's (``公开对象/全社会``).
    """

    domain: str | None
    title: str
    place: Place
    columns: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[Written, ...] = ()
    """Lines around the table that are no rows: 附件, 备注, 填报单位."""

    @property
    def label(self) -> str:
        """The domain in Chinese, taken from the title: 就业, 社会保险."""
        return self.title.partition("领域")[0]

    def first_levels(self) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """The items grouped by 一级事项, in the order of the sheet."""
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(item.level1, []).append(item)
        for name, items in groups.items():
            yield name, tuple(items)
