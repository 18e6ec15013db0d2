"""Values that many items share → defaults that state them once, where that is shorter and equivalent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from gkdir.importing.fieldchange import DraftChange, FieldValue, applied, cost, smallest


class Pair(Struct, frozen=True):
    """One field of one item: the value above, and the value wanted."""

    above: FieldValue | None
    wanted: FieldValue | None


def default(key: str, items: Sequence[Pair], own: Sequence[Pair]) -> DraftChange | None:
    """The default for the field that needs the least text, ``None`` if no default is shorter.

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
    """Every change that some item needs, once, also as a replacement."""
    needed = [(wish, pair.wanted) for wish, pair in zip(plain, items, strict=True) if wish is not None and pair.wanted]
    replacing = [DraftChange(wish.key, False, wanted) for wish, wanted in needed if wanted]
    yield from dict.fromkeys([*(wish for wish, _ in needed), *replacing])
