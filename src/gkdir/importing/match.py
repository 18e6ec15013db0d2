"""The rows of a county's table and the national items → for each row its item and how it was found, or a doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from gkdir.importing.likeness import Likenesses, exact, likeness, normal
from gkdir.model.item import Item

CERTAIN = 0.85
"""The least similarity at which the name alone decides."""
LIKELY = 0.6
"""The least similarity at which name and number together decide; without the number the row is in doubt."""
LEAD = 0.1
"""The least lead in similarity of the best candidate over the next."""
MIN_LISTED = 0.3
"""The least similarity at which further candidates are listed."""
NAMESAKE_LEAD = 0.3
"""By how much one of several items of the same name must match better in first level and number."""


class MatchedBy(Enum):
    """How a row was recognised, as the report words it."""

    NUMBER_AND_NAME = "编号和名称相同"
    NAME = "名称相同"
    NORMAL_NAME = "名称略去书名号、括号和末尾的申领、申请、办理后相同"
    NUMBER = "编号相同，名称相近"
    LIKENESS = "名称相近"


class Candidate(Struct, frozen=True):
    """A national item that a row may be, with the similarity of their names (0 to 1); ``taken`` by another row."""

    item: Item
    similarity: float
    taken: bool = False


class Match(Struct, frozen=True):
    """The result for a row: a national item, a third level below it (``below``), or an item of the county's own.

    ``national`` is ``None`` for the county's own items and for rows in doubt; those have ``candidates``, the most
    similar first. ``similarity`` is 1 if the names are equal.
    """

    item: Item
    national: Item | None = None
    matched_by: MatchedBy | None = None
    similarity: float = 1.0
    below: bool = False
    candidates: tuple[Candidate, ...] = ()


def match_rows(rows: Sequence[Item], nationals: Sequence[Item]) -> tuple[Match, ...]:
    """One match for each row, in order; no national item matches two rows.

    Equal names come first, then names that are equal but for brackets and final verbs, then numbers (if the table
    numbers like the national directory) with similar names, then similarity alone. A row that is similar but not
    enough, or similar to an item that another row has taken, is in doubt and never decided here. An equal name counts
    at whatever level the table has it.
    """
    rows = levelled(rows, nationals)
    every = _Ranking(nationals)
    found = {at: _below(row, every) for at, row in enumerate(rows) if row.level3}
    found |= _by_name(_left(rows, found), nationals)
    found |= _by_normal_name(_left(rows, found), _free(nationals, found))
    trusted = _trusted_numbers(found.values())
    found |= _by_likeness(_left(rows, found), every, _Ranking(_free(nationals, found)), trusted)
    return tuple(found.get(at) or Match(row) for at, row in enumerate(rows))


def _left(rows: Sequence[Item], found: Mapping[int, Match]) -> dict[int, Item]:
    return {at: row for at, row in enumerate(rows) if at not in found}


def _free(nationals: Iterable[Item], found: Mapping[int, Match]) -> list[Item]:
    taken = {match.national.id for match in found.values() if match.national is not None and not match.below}
    return [item for item in nationals if item.id not in taken]


def _below(row: Item, nationals: _Ranking) -> Match:
    """The match of a third-level row below the national item that its second level is; many rows may share it."""
    for agree, matched_by in ((exact, MatchedBy.NAME), (normal, MatchedBy.NORMAL_NAME)):
        same = [item for item in nationals.items if agree(item.level2) == agree(row.level2)]
        if same:
            best, *others = sorted(same, key=lambda item: _agreement(row, item), reverse=True)
            if others and _agreement(row, best) - _agreement(row, others[0]) < NAMESAKE_LEAD:
                return Match(row, candidates=(Candidate(best, 1.0), Candidate(others[0], 1.0)))
            return Match(row, best, matched_by, below=True)
    ranked = nationals.of(row)
    if ranked and ranked[0].similarity >= LIKELY:
        return Match(row, candidates=ranked[:2])
    return Match(row)


def _by_name(rows: Mapping[int, Item], nationals: Sequence[Item]) -> dict[int, Match]:
    """Rows whose second level has the name of a national item; the best matches in other respects come first."""
    called: dict[str, list[Item]] = {}
    for item in nationals:
        called.setdefault(exact(item.level2), []).append(item)
    pairs = [
        (_agreement(row, item), at, item) for at, row in rows.items() for item in called.get(exact(row.level2), ())
    ]
    found: dict[int, Match] = {}
    taken: dict[str, int] = {}
    for _, at, item in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if at not in found and item.id not in taken:
            matched_by = MatchedBy.NUMBER_AND_NAME if rows[at].number == item.number else MatchedBy.NAME
            found[at] = Match(rows[at], item, matched_by)
            taken[item.id] = at
    for _, at, item in pairs:
        if at not in found:  # a further row of the same name
            found[at] = Match(rows[at], candidates=(Candidate(item, 1.0, True),))
    return _without_ties(found, pairs)


def _without_ties(found: dict[int, Match], pairs: Sequence[tuple[float, int, Item]]) -> dict[int, Match]:
    """A row that matches two items of the same name equally well is in doubt."""
    of_row: dict[int, list[tuple[float, Item]]] = {}
    for agreement, at, item in pairs:
        of_row.setdefault(at, []).append((agreement, item))
    decided = {}
    for at, match in found.items():
        ranked = sorted(of_row[at], key=lambda pair: -pair[0])
        if match.national is not None and len(ranked) > 1 and ranked[0][0] - ranked[1][0] < NAMESAKE_LEAD:
            candidates = tuple(Candidate(item, 1.0) for _, item in ranked[:2])
            decided[at] = Match(match.item, candidates=candidates)
        else:
            decided[at] = match
    return decided


def _by_normal_name(rows: Mapping[int, Item], nationals: Sequence[Item]) -> dict[int, Match]:
    """Pairs of row and item with equal normal forms of their names, if no other row or item has that form."""
    row_names = Counter(normal(row.level2) for row in rows.values())
    items: dict[str, list[Item]] = {}
    for item in nationals:
        items.setdefault(normal(item.level2), []).append(item)
    found = {}
    for at, row in rows.items():
        name = normal(row.level2)
        if row_names[name] == 1 and len(items.get(name, ())) == 1:
            item = items[name][0]
            found[at] = Match(row, item, MatchedBy.NORMAL_NAME)
    return found


def _trusted_numbers(matches: Iterable[Match]) -> Callable[[Item], bool]:
    """A test whether a row's number can be used: its first level is numbered as in the national directory."""
    agree: dict[str, bool] = {}
    for match in matches:
        if match.national is not None and not match.below and match.item.number:
            first = match.item.number.partition(".")[0]
            agree[first] = agree.get(first, True) and match.item.number == match.national.number
    any_agrees = any(agree.values())
    return lambda row: bool(row.number) and any_agrees and agree.get((row.number or "").partition(".")[0], True)


def _by_likeness(
    rows: Mapping[int, Item], every: _Ranking, free: _Ranking, trusted: Callable[[Item], bool]
) -> dict[int, Match]:
    """Matches by similarity, by the thresholds above; rows that are less similar are in doubt."""
    ranked = {at: free.of(row) for at, row in rows.items() if free.items and (row.number or free.has_similar(row))}
    similarities: dict[str, list[float]] = {}
    for ours in ranked.values():
        similarities.setdefault(ours[0].item.id, []).append(ours[0].similarity)
    highest = {item: [*sorted(of, reverse=True)[:2], 0.0] for item, of in similarities.items()}
    found: dict[int, Match] = {}
    for at, ours in ranked.items():
        row, best = rows[at], ours[0]
        first, second, *_ = highest[best.item.id]
        rival = second if best.similarity == first else first  # the next best row for the same item
        leads = best.similarity - max([rival, *(one.similarity for one in ours[1:2])]) >= LEAD
        numbered = next((one for one in ours if trusted(row) and one.item.number == row.number), None)
        if numbered == best and best.similarity >= LIKELY and leads:
            found[at] = Match(row, best.item, MatchedBy.NUMBER, best.similarity)
        elif numbered is None and best.similarity >= CERTAIN and leads:
            found[at] = Match(row, best.item, MatchedBy.LIKENESS, best.similarity)
        elif numbered is not None or best.similarity >= LIKELY:
            found[at] = Match(row, candidates=_two(row, numbered or best, every, free))
    return found


def _two(row: Item, first: Candidate, every: _Ranking, free: _Ranking) -> tuple[Candidate, ...]:
    """The candidate, and the next most similar of all items, whether taken or not."""
    others = [one for one in every.of(row) if one.item != first.item]
    return first, *(replace(one, taken=one.item not in free.items) for one in others[:1])


def shown_candidates(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates to show to a person: the first, and others that are similar enough."""
    return tuple(one for place, one in enumerate(candidates) if not place or one.similarity >= MIN_LISTED)


class _Ranking:
    """Ranks items by the similarity of their names to a row's name."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._likenesses = Likenesses(item.level2 for item in items)

    def has_similar(self, row: Item) -> bool:
        """Whether some item is similar enough to the row to influence a decision."""
        return bool(self._likenesses.of(row.level2, LIKELY - LEAD))

    def of(self, row: Item) -> tuple[Candidate, ...]:
        """All the items, the most similar first."""
        similarities = self._likenesses.of(row.level2, 0.0)
        candidates = [Candidate(item, similarities.get(item.level2, 0.0)) for item in self.items]
        return tuple(sorted(candidates, key=lambda one: (-one.similarity, -_agreement(row, one.item))))


def _agreement(row: Item, item: Item) -> float:
    """How well row and item agree apart from the name: similarity of first levels, plus 0.5 for equal numbers."""
    return _first_level(row.level1, item.level1) + (0.5 if row.number and row.number == item.number else 0.0)


@lru_cache(maxsize=1 << 12)  # the same few names are compared again and again
def _first_level(one: str, other: str) -> float:
    return likeness(one, other)


_MIN_SHARE = 1 / 3
"""The least share of the third levels below a first level that must have names of national items."""


def levelled(rows: Sequence[Item], nationals: Sequence[Item]) -> tuple[Item, ...]:
    """The rows with their levels corrected: a third level named like a national second level becomes a second level.

    If the second level itself has the name of a national item, the row lies below that item and stays as it is, unless
    both names are equal. The same holds below a first level that has the name of a national item.
    """
    firsts = {exact(item.level1) for item in nationals}
    above = {exact(item.level2): item.level1 for item in nationals if exact(item.level2) not in firsts}
    seconds = {exact(item.level2) for item in nationals if not item.level3}
    groups: dict[str, list[Item]] = {}
    for row in rows:
        if row.level3:
            groups.setdefault(exact(row.level1), []).append(row)
    lowered = {name for name, group in groups.items() if _is_lowered(group, seconds)}
    raised = (_raised(row) if _belongs_higher(row, seconds, lowered) else row for row in rows)
    return tuple(
        _lowered(row, above[exact(row.level1)]) if _belongs_lower(row, seconds, above) else row for row in raised
    )


def _is_lowered(group: Sequence[Item], seconds: Collection[str]) -> bool:
    """Whether all third levels below one first level are really second levels."""
    below = sum(exact(row.level2) in seconds for row in group)
    called = sum(exact(row.level3 or "") in seconds for row in group)
    return called > below and called >= _MIN_SHARE * len(group)


def _belongs_higher(row: Item, seconds: Collection[str], lowered: Collection[str]) -> bool:
    if not row.level3:
        return False
    name, above = exact(row.level3), exact(row.level2)
    if above in seconds:
        return name == above
    return name in seconds or exact(row.level1) in lowered


def _belongs_lower(row: Item, seconds: Collection[str], above: Collection[str]) -> bool:
    return not row.level3 and exact(row.level1) in above and exact(row.level2) not in seconds


def _lowered(row: Item, level1: str) -> Item:
    written = {key: text for key, text in row.written.items() if key not in ("level1", "level2")}
    for key, higher in (("level2", "level1"), ("level3", "level2")):
        if higher in row.written:
            written[key] = row.written[higher]
    return replace(row, level1=level1, level2=row.level1, level3=row.level2, written=written)


def _raised(row: Item) -> Item:
    written = dict(row.written)
    for key, lower in (("level1", "level2"), ("level2", "level3")):
        if lower in written:
            written[key] = written[lower]
    written.pop("level3", None)
    if exact(row.level2) == exact(row.level3 or ""):  # the name was repeated: the first level is right already
        written |= {"level1": row.written["level1"]} if "level1" in row.written else {}
        return replace(row, level2=row.level3 or "", level3=None, written=written)
    return replace(row, level1=row.level2, level2=row.level3 or "", level3=None, written=written)
