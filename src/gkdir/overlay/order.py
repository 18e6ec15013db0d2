"""Item numbers → their sort order, and the position of an added item."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gkdir.model.county import Entry
from gkdir.model.item import Item

_LAST = 10**9


@lru_cache(maxsize=1 << 13)
def order(number: str | None) -> tuple[int, ...]:
    """The key that sorts numbers as people do: 4.1 < 4.1.1 < 4.2 < 4.10."""
    return tuple(int(part) if part.isdecimal() else _LAST for part in (number or "").split("."))


def parent(number: str) -> str:
    """The number above: 4.1 of 4.1.1, and nothing of 4."""
    return number.rpartition(".")[0]


def position(entries: Sequence[Entry], item: Item) -> int:
    """The index at which ``item`` goes: in number order within its 一级事项, a new 一级事项 after those before it."""
    key = order(item.number)
    first = None
    for index in range(len(entries) - 1, -1, -1):  # from the end: what comes in order goes there
        other = entries[index].item
        if other.level1 == item.level1:
            if order(other.number) < key:
                return index + 1
            first = index
    if first is not None:
        return first
    smaller = [index for index, entry in enumerate(entries) if order(entry.item.number) < key]
    if not smaller:
        return 0
    neighbour = entries[smaller[-1]].item.level1
    return max(index for index, entry in enumerate(entries) if entry.item.level1 == neighbour) + 1
