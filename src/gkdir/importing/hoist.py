"""What a county says of many items alike → the defaults that say it once, where that is shorter and as exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from gkdir.importing.wish import Field, Wish, granted, smallest, weight


class Pair(Struct, frozen=True):
    """One field of one item: what the directory above says, and what it must say in the end."""

    above: Field | None
    wanted: Field | None


def default(key: str, items: Sequence[Pair], own: Sequence[Pair]) -> Wish | None:
    """The default for the field that leaves the least to write, ``None`` where none is shorter than no default.

    ``items`` are those of the directory above, and only they speak for a default: else a county's few items of its
    own could pin down what the national directory says. A default touches ``own`` items too, and every item: where
    one must not have the field at all nothing is hoisted, for no overlay could take it away again.
    """
    if any(pair.wanted is None for pair in (*items, *own)):
        return None
    plain = [smallest(key, pair.above, pair.wanted) for pair in items]
    best, least = None, weight(plain)
    for candidate in _candidates(plain, items):
        rest = [smallest(key, granted(candidate, pair.above), pair.wanted) for pair in items]
        if (cost := weight([candidate, *rest])) < least:
            best, least = candidate, cost
    return best


def _candidates(plain: Sequence[Wish | None], items: Sequence[Pair]) -> Iterator[Wish]:
    """Every change that some item needs, once, as it is and as a replacement."""
    needed = [(wish, pair.wanted) for wish, pair in zip(plain, items, strict=True) if wish is not None and pair.wanted]
    replacing = [Wish(wish.key, False, wanted) for wish, wanted in needed if wanted]
    yield from dict.fromkeys([*(wish for wish, _ in needed), *replacing])
