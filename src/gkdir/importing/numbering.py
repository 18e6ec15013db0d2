"""Items of a county's own → their numbers: their own where it fits, else the next that is free."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gkdir.importing.likeness import exact
from gkdir.model.item import Item

_NUMBER = re.compile(r"[1-9]\d*(\.[1-9]\d*){1,2}")


class Numbers:
    """The numbers that are taken in one domain; ``assign`` takes one more."""

    def __init__(self, nationals: Iterable[Item]) -> None:
        self._taken: set[str] = set()
        self._firsts: dict[str, str] = {}
        self._seconds: dict[tuple[str, str], str] = {}
        for item in nationals:
            if item.number:
                self._take(item, item.number)

    def assign(self, item: Item, parent: Item | None = None) -> str:
        """A free number for the item: its own if it fits where the item stands, else the next free one there.

        ``parent`` is the national item that a third level lies below.
        """
        above = self._above(item, parent)
        own = item.number or ""
        fits = _NUMBER.fullmatch(own) and own not in self._taken and own.rpartition(".")[0] == above
        number = own if fits else next(n for n in self._counted(above) if n not in self._taken)
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
            own = (item.number or "").rpartition(".")[0]
            fits = own.partition(".")[0] == first and own.count(".") == 1 and own not in self._taken
            self._seconds[name] = own if fits else next(n for n in self._counted(first) if n not in self._taken)
            self._taken.add(self._seconds[name])
        return self._seconds[name]

    def _first(self, item: Item) -> str:
        name = exact(item.level1)
        if name not in self._firsts:
            used = set(self._firsts.values())
            own = (item.number or "").partition(".")[0]
            counted = (str(count) for count in range(1, len(used) + 2))
            self._firsts[name] = (
                own if own.isdecimal() and own not in used else next(n for n in counted if n not in used)
            )
        return self._firsts[name]

    def _take(self, item: Item, number: str) -> None:
        self._taken.add(number)
        self._firsts.setdefault(exact(item.level1), number.partition(".")[0])
        if not item.level3:
            self._seconds.setdefault((exact(item.level1), exact(item.level2)), number)

    @staticmethod
    def _counted(above: str) -> Iterable[str]:
        return (f"{above}.{count}" for count in range(1, 10_000))
