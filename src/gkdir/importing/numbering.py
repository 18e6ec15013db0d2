"""A county's own items → their numbers: the one given if it fits, else the next free one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from gkdir.importing.likeness import exact
from gkdir.model.item import Item

_PART = re.compile(r"[1-9][0-9]{0,2}")


class Numbers:
    """The numbers used in one domain; ``assign`` adds one."""

    def __init__(self, nationals: Iterable[Item]) -> None:
        self._taken: set[str] = set()
        self._firsts: dict[str, str] = {}
        self._seconds: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        for item in nationals:
            if item.number:
                self._take(item, item.number)

    def assign(self, item: Item, parent: Item | None = None) -> str:
        """A free number for the item: its own if it fits where the item stands, else the next free one there.

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
        # Numbers are never freed: the next search can continue from here.
        for number in count(self._counts.get(above, 1)):
            if f"{above}.{number}" not in self._taken:
                self._counts[above] = number
                return f"{above}.{number}"
        raise AssertionError("numbers do not end")
