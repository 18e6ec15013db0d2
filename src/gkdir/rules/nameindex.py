"""Catalog → an index of the names of its items and groups, to find names similar to an addition's.

Names are found by shared bigrams, the rarest first, so that few of thousands of names are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from math import ceil

from msgspec import Struct

from gkdir.model.county import Catalog, Entry
from gkdir.model.item import Item
from gkdir.rules.names import ALIKE, compared, plain

_ORIGINAL = -1
"""The rank of items and groups that existed before any addition."""


class _NamedThing(Struct, frozen=True):
    """An item or group with a name.

    Only additions with a higher ``rank`` are compared with it: of two similar additions the later one is at fault.
    """

    at: int
    rank: int
    label: str
    entry: Entry | None


class NameIndex:
    """The names of one catalog, indexed on first use."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def same(self, name: str, entry: Entry, parents: set[str]) -> str | None:
        """The label of an item or group before ``entry`` with the same name, apart from punctuation and endings."""
        return None if plain(name) in parents else self._label(plain(name), entry)

    def like(self, name: str, entry: Entry, parents: set[str], most: int) -> list[str]:
        """The labels of at most ``most`` items and groups with a similar name that existed before ``entry``."""
        found: list[str] = []
        own = compared(plain(name))
        rank = self._ranks[entry.steps[0].place.order]
        earlier = {word for word in self._candidates(plain(name)) if self._earliest[word] < rank} - parents
        for word in sorted(earlier, key=self._order.__getitem__):
            if own.like(compared(word)) and (label := self._label(word, entry)):
                found.append(label)
                if len(found) == most:
                    break
        return found

    @cached_property
    def groups(self) -> dict[str, dict[str, str]]:
        """Domain → number → name of the 一级事项 that existed before any addition."""
        return {
            domain: {
                (entry.item.number or "").partition(".")[0]: entry.item.level1
                for entry in directory.entries
                if not entry.local
            }
            for domain, directory in self._catalog.directories.items()
        }

    @cached_property
    def group_names(self) -> dict[str, set[str]]:
        """Domain → the names of these 一级事项."""
        return {
            domain: {entry.item.level1 for entry in directory.entries if not entry.local}
            for domain, directory in self._catalog.directories.items()
        }

    @cached_property
    def second_levels(self) -> dict[str, set[str | None]]:
        """Domain → the names of the items at the second level."""
        return {
            domain: {entry.item.level2 for entry in directory.entries if entry.item.level3 is None}
            for domain, directory in self._catalog.directories.items()
        }

    def _label(self, word: str, entry: Entry) -> str | None:
        rank = self._ranks[entry.steps[0].place.order]
        found = self._named.get(word, [])
        return next((one.label for one in found if one.rank < rank and one.entry is not entry), None)

    def _candidates(self, word: str) -> set[str]:
        """Names that may be similar to ``word``: one contains the other, or they share two of their rarest pairs."""
        ranked = self._rarest_first(word)
        found = set(self._by_pair.get(ranked[0], ())) if ranked else set()
        rare = ranked[: _rarest_needed(len(ranked))]
        shared = Counter(chain.from_iterable(self._by_rare_pair.get(pair, ()) for pair in rare))
        found.update(other for other, many in shared.items() if many > 1)
        for pair in ranked:
            found.update(self._by_rarest_pair.get(pair, ()))
        return found

    def _rarest_first(self, word: str) -> list[str]:
        return sorted(compared(word).pairs, key=lambda pair: (self._counts[pair], pair))

    @cached_property
    def _ranks(self) -> dict[tuple[object, ...], int]:
        places = {entry.steps[0].place.order for entry in self._catalog.entries() if entry.local}
        return {order: rank for rank, order in enumerate(sorted(places))}

    @cached_property
    def _named(self) -> dict[str, list[_NamedThing]]:
        """All entries by plain name, in the order of the directories."""
        named: dict[str, list[_NamedThing]] = defaultdict(list)
        for at, (item, entry) in enumerate(self._items()):
            rank = self._ranks[entry.steps[0].place.order] if entry and entry.local else _ORIGINAL
            for label, name in ((item.numbered_name, item.name), (f"一级事项 {item.level1}", item.level1)):
                named[plain(name)].append(_NamedThing(at, rank, label, entry))
        return dict(named)

    @cached_property
    def _order(self) -> dict[str, int]:
        """Name → its position in the order of the directories."""
        return {word: named[0].at for word, named in self._named.items()}

    @cached_property
    def _earliest(self) -> dict[str, int]:
        """The lowest rank of each name."""
        return {word: min(one.rank for one in named) for word, named in self._named.items()}

    def _items(self) -> Iterator[tuple[Item, Entry | None]]:
        for directory in self._catalog.directories.values():
            yield from ((entry.item, entry) for entry in directory.entries)
            yield from ((omitted.item, None) for omitted in directory.omitted)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(pair for word in self._named for pair in compared(word).pairs)

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        by_pair: dict[str, list[str]] = defaultdict(list)
        for word in self._named:
            for pair in compared(word).pairs:
                by_pair[pair].append(word)
        return dict(by_pair)

    @cached_property
    def _by_rare_pair(self) -> dict[str, list[str]]:
        """Pair → the names that have it among their rarest pairs, at least two of which every similar name has too."""
        by_rare: dict[str, list[str]] = defaultdict(list)
        for word in self._named:
            ranked = self._rarest_first(word)
            for pair in ranked[: _rarest_needed(len(ranked))]:
                by_rare[pair].append(word)
        return dict(by_rare)

    @cached_property
    def _by_rarest_pair(self) -> dict[str, list[str]]:
        """Pair → the names whose rarest pair it is: a name within another has its rarest pair there."""
        by_rarest: dict[str, list[str]] = defaultdict(list)
        for word in self._named:
            for pair in self._rarest_first(word)[:1]:
                by_rarest[pair].append(word)
        return dict(by_rarest)


def _rarest_needed(many: int) -> int:
    """How many of a name's ``many`` pairs, the rarest first, always include two that a similar name shares.

    A name with a single pair is similar only to itself, and found by that pair.
    """
    return many - ceil(ALIKE * many) + 2
