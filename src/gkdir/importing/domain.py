"""One domain's national directory and the county's rows → the draft of its overlay, and a report line for each row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.importing.draft import (
    AdditionDraft,
    DomainDraft,
    DoubtDraft,
    FieldDifference,
    ItemDraft,
    ReportRow,
    RowOutcome,
)
from gkdir.importing.fieldchange import DraftChange, FieldValue, applied, cost, smallest, value_of
from gkdir.importing.likeness import exact, likeness
from gkdir.importing.match import LIKELY, Candidate, Match, match_rows, shown_candidates
from gkdir.model.columns import COLUMN, FIELDS
from gkdir.model.item import Directory, Item

Fields = Mapping[str, FieldValue | None]


class DomainPlan(Struct, frozen=True):
    """The plan of one domain: its draft, a report line for each row, and the national items that no row is about.

    No row is one of these or lies below it: ``pending`` are those that a row in doubt may turn out to be, ``omitted``
    the others.
    """

    draft: DomainDraft
    rows: tuple[ReportRow, ...]
    omitted: tuple[Item, ...]
    pending: tuple[Item, ...]


def plan_domain(national: Directory, rows: Sequence[Item]) -> DomainPlan:
    """The plan for the rows, in their order; ``national`` has a domain and numbered items."""
    matches = match_rows(rows, national.items)
    taken = {match.national.id: match for match in matches if match.national is not None and not match.below}
    parents = {match.national.id for match in matches if match.national is not None and match.below}
    doubted = {one.item.id for match in matches for one in match.candidates if _may_be(one, match)}
    unsaid = [item for item in national.items if item.id not in taken and item.id not in parents]
    omitted = tuple(item for item in unsaid if item.id not in doubted)
    pending = tuple(item for item in unsaid if item.id in doubted)
    defaults = _defaults(matches)
    additions = _additions(national, matches, defaults)
    draft = DomainDraft(
        domain=national.domain or "",
        label=national.label,
        defaults=tuple(change for change in defaults.values() if change is not None),
        items=tuple(_item(taken[item.id], defaults) for item in national.items if item.id in taken),
        omitted=tuple(ItemDraft(item.number or "", item.name) for item in omitted),
        additions=tuple(additions[at] for at, match in enumerate(matches) if at in additions and not match.candidates),
        doubts=tuple(
            doubt(match.item, national.domain, additions[at], match.candidates)
            for at, match in enumerate(matches)
            if match.candidates
        ),
    )
    lines = tuple(_row(match, additions.get(at), national.domain) for at, match in enumerate(matches))
    return DomainPlan(draft, lines, omitted, pending)


def _may_be(candidate: Candidate, match: Match) -> bool:
    """Whether a clerk may decide that the row, which is in doubt, is this national item."""
    return candidate == match.candidates[0] or candidate.similarity >= LIKELY


def fields(item: Item | None) -> Fields:
    """The item's fields by column key."""
    return {key: value_of(item, key) if item else None for key in FIELDS}


def _wanted(match: Match) -> Fields:
    """The values that the laid item must have: an empty cell keeps the national value."""
    above, own = fields(match.national), fields(match.item)
    return {key: own[key] or above[key] for key in FIELDS}


def _is_item(match: Match) -> bool:
    return match.national is not None and not match.below


def _defaults(matches: Sequence[Match]) -> dict[str, DraftChange | None]:
    items = [(fields(match.national), _wanted(match)) for match in matches if _is_item(match)]
    own = [(fields(None), fields(match.item)) for match in matches if match.national is None and not match.candidates]
    return {key: default(key, _pairs(key, items), _pairs(key, own)) for key in FIELDS}


def _pairs(key: str, sides: Sequence[tuple[Fields, Fields]]) -> list[Pair]:
    return [Pair(above[key], wanted[key]) for above, wanted in sides]


def _changes(above: Fields, wanted: Fields) -> tuple[DraftChange, ...]:
    return tuple(change for key in FIELDS if (change := smallest(key, above[key], wanted[key])) is not None)


def _above(item: Item | None, defaults: Mapping[str, DraftChange | None]) -> Fields:
    return {key: applied(defaults[key], field) for key, field in fields(item).items()}


def _item(match: Match, defaults: Mapping[str, DraftChange | None]) -> ItemDraft:
    national = match.national
    assert national is not None
    changes = _changes(_above(national, defaults), _wanted(match))
    return ItemDraft(national.number or "", national.name, changes, _name_notes(match))


def _additions(
    national: Directory, matches: Sequence[Match], defaults: Mapping[str, DraftChange | None]
) -> dict[int, AdditionDraft]:
    """The county's own items by row index; a row in doubt is drafted as one too."""
    numbers = Numbers(national.items)
    firsts = _first_levels(matches)
    laid: dict[str, Fields] = {item.number or "": _above(item, defaults) for item in national.items}
    laid |= {match.national.number or "": _wanted(match) for match in matches if match.national and _is_item(match)}
    found = {}
    own = [(at, match) for at, match in enumerate(matches) if not _is_item(match)]
    for at, match in sorted(own, key=lambda one: (bool(one[1].candidates), one[1].item.level3 is not None, one[0])):
        item = replace(match.item, level1=firsts.get(exact(match.item.level1), match.item.level1))
        number = numbers.assign(item, match.national)
        parent = number.rpartition(".")[0]
        inherits = item.level3 is not None and parent in laid
        base = laid[parent] if inherits else _above(None, defaults)
        laid[number] = {key: field or base[key] for key, field in fields(item).items()}
        found[at] = AdditionDraft(
            number,
            None if inherits else item.level1,
            None if inherits else item.level2,
            item.level3,
            _changes(base, fields(item)),
            _addition_notes(match, number, item.level1),
        )
    return found


def _first_levels(matches: Iterable[Match]) -> dict[str, str]:
    """The county's name of each first level → the national name, inferred from the items below it."""
    votes: dict[str, Counter[str]] = {}
    for match in matches:
        if match.national is not None:
            votes.setdefault(exact(match.item.level1), Counter())[match.national.level1] += 1
    likely = {name: counted.most_common(1)[0][0] for name, counted in votes.items()}
    return {name: national for name, national in likely.items() if likeness(name, national) >= LIKELY}


def doubt(
    item: Item, domain: str | None = None, addition: AdditionDraft | None = None, candidates: Sequence[Candidate] = ()
) -> DoubtDraft:
    """A row in doubt with all its values, because its differences are unknown until a clerk decides."""
    numbered = addition or AdditionDraft("", item.level1, item.level2, item.level3)
    whole = replace(numbered, changes=_changes(fields(None), fields(item)), notes=())
    free = tuple(one for one in shown_candidates(candidates) if not one.taken)
    return DoubtDraft(source(place(item)), domain, free, whole)


def source(where: Place) -> str:
    """The place as text, without the folders of the file, which differ between machines."""
    return str(replace(where, file=where.file.replace("\\", "/").rpartition("/")[2]))


def _row(match: Match, addition: AdditionDraft | None, domain: str | None) -> ReportRow:
    item, national = match.item, match.national
    changes: tuple[FieldDifference, ...] = ()
    if match.candidates:
        outcome, number = RowOutcome.DOUBTFUL, None
    elif national is None or match.below:
        outcome, number = RowOutcome.ADDED, addition.number if addition else None
    else:
        above = fields(national)
        changes = tuple(FieldDifference(above[change.key], change) for change in _changes(above, fields(item)))
        renamed = bool(_name_notes(match))
        outcome, number = RowOutcome.CHANGED if changes or renamed else RowOutcome.SAME, national.number
    notes = (*_name_notes(match), *(addition.notes if addition and not match.candidates else ()), *_blank_notes(match))
    return ReportRow(place(item), item.name, outcome, match, domain, number, changes, notes)


def place(item: Item) -> Place:
    """The place of the row: the cell of its name."""
    return item.place("level3" if item.level3 else "level2") or Place("")


def _name_notes(match: Match) -> tuple[str, ...]:
    national = match.national
    if national is None or match.below:
        return ()
    pairs = ("level1", match.item.level1, national.level1), ("level2", match.item.level2, national.level2)
    return tuple(
        f"{COLUMN[key].label}在表里写作“{value}”，国家目录是“{above}”：事项名称按国家目录"
        for key, value, above in pairs
        if exact(value) != exact(above)
    )


def _addition_notes(match: Match, number: str, level1: str) -> tuple[str, ...]:
    notes = []
    if match.item.number and match.item.number != number:
        notes.append(f"表里编号是 {match.item.number}，与国家目录的编号不合，改编为 {number}")
    if exact(level1) != exact(match.item.level1):
        notes.append(f"表里的一级事项“{match.item.level1}”就是国家目录的“{level1}”")
    return tuple(notes)


def _blank_notes(match: Match) -> tuple[str, ...]:
    has_levels = match.item.levels is not None  # without the column, the cell is not blank but missing
    keys = [key for key in FIELDS if key != "levels" or has_levels]
    blank = [COLUMN[key].label for key in keys if value_of(match.item, key) is None]
    after = "，按国家目录" if _is_item(match) else "，按上一级事项" if match.below else "，请补写"
    return (f"{'、'.join(blank)}没有填写{after}",) if blank else ()


class Pair(Struct, frozen=True):
    """One field of one item: the value above, and the value wanted."""

    above: FieldValue | None
    wanted: FieldValue | None


def default(key: str, items: Sequence[Pair], own: Sequence[Pair]) -> DraftChange | None:
    """The default for the field that makes the overlay shortest; ``None`` if it is shortest without one.

    Only ``items``, those of the directory above, count in favour of a default: otherwise a county's few own items
    could fix values of the national directory. A default also applies to ``own`` items. If any item must not have the
    field at all there is no default, since an overlay could not remove the field again.
    """
    if any(pair.wanted is None for pair in (*items, *own)):
        return None
    plain = [smallest(key, pair.above, pair.wanted) for pair in items]
    best, least = None, cost(plain)
    for candidate in _candidates(plain, items):
        rest = [smallest(key, applied(candidate, pair.above), pair.wanted) for pair in items]
        if (whole := cost([candidate, *rest])) < least:
            best, least = candidate, whole
    return best


def _candidates(plain: Sequence[DraftChange | None], items: Sequence[Pair]) -> Iterator[DraftChange]:
    """The changes that items need, each once, as additions and as replacements."""
    needed = [
        (change, pair.wanted) for change, pair in zip(plain, items, strict=True) if change is not None and pair.wanted
    ]
    replacing = [DraftChange(change.key, False, wanted) for change, wanted in needed if wanted]
    yield from dict.fromkeys([*(change for change, _ in needed), *replacing])


_PART = re.compile(r"[1-9][0-9]{0,2}")


class Numbers:
    """The numbers in use in one domain; ``assign`` gives an item one of its own."""

    def __init__(self, nationals: Iterable[Item]) -> None:
        self._taken: set[str] = set()
        self._firsts: dict[str, str] = {}
        self._seconds: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        for item in nationals:
            if item.number:
                self._take(item, item.number)

    def assign(self, item: Item, parent: Item | None = None) -> str:
        """A free number for the item: the one in its table if it fits the levels above, else the next free one there.

        ``parent`` is the national item that a third level lies below.
        """
        above = self._above(item, parent)
        number = self._own_or_free(item.number or "", above)
        self._take(item, number)
        return number

    def _above(self, item: Item, parent: Item | None) -> str:
        first = self._first(item)
        if not item.level3:
            return first
        if parent is not None and parent.number:
            return parent.number
        name = exact(item.level1), exact(item.level2)
        if name not in self._seconds:
            self._seconds[name] = self._own_or_free((item.number or "").rpartition(".")[0], first)
            self._taken.add(self._seconds[name])
        return self._seconds[name]

    def _first(self, item: Item) -> str:
        name = exact(item.level1)
        if name not in self._firsts:
            used = set(self._firsts.values())
            own = (item.number or "").partition(".")[0]
            counted = (str(number) for number in count(1))
            free = next(number for number in counted if number not in used)
            self._firsts[name] = own if _PART.fullmatch(own) and own not in used else free
        return self._firsts[name]

    def _take(self, item: Item, number: str) -> None:
        self._taken.add(number)
        self._firsts.setdefault(exact(item.level1), number.partition(".")[0])
        if not item.level3:
            self._seconds.setdefault((exact(item.level1), exact(item.level2)), number)

    def _own_or_free(self, own: str, above: str) -> str:
        before, _, last = own.rpartition(".")
        if before == above and _PART.fullmatch(last) and own not in self._taken:
            return own
        # Numbers are never freed, so the next search can continue here.
        for number in count(self._counts.get(above, 1)):
            if f"{above}.{number}" not in self._taken:
                self._counts[above] = number
                return f"{above}.{number}"
        raise AssertionError("numbers do not end")
