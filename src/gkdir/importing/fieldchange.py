"""Two values of a field → the smallest change that turns one into the other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gkdir.importing.likeness import exact
from gkdir.model.item import Item

UNORDERED = ("channels", "audience", "mode", "levels")
"""Fields made of ticked boxes, whose order is irrelevant."""


class FieldValue(Struct, frozen=True):
    """The value of a field: its texts in order, and the group given with 特定群体."""

    texts: tuple[str, ...]
    detail: str | None = None


class DraftChange(Struct, frozen=True):
    """A change to one field, by its column key: ``value`` is added to the value above, or replaces it."""

    key: str
    adds: bool
    value: FieldValue


def value_of(item: Item, key: str) -> FieldValue | None:
    """The item's value of the field, ``None`` if its cell is empty or its table has no such column.

    Repeated texts count once.
    """
    if key == "time_limit":
        texts: tuple[str, ...] = (item.time_limit.text,) if item.time_limit.text else ()
    elif key == "basis":
        texts = tuple(basis.text for basis in item.basis)
    else:
        texts = tuple(getattr(item, key) or ())
    if not texts:
        return None
    once: dict[str, str] = {}
    for text in texts:
        once.setdefault(exact(text), text)
    return FieldValue(tuple(once.values()), item.audience_detail if key == "audience" else None)


def same(key: str, one: FieldValue | None, other: FieldValue | None) -> bool:
    """Whether two values are equal, ignoring white space, widths of letters and the order of ticked boxes."""
    if one is None or other is None:
        return one is other
    ours, theirs = ([exact(text) for text in field.texts] for field in (one, other))
    if exact(one.detail or "") != exact(other.detail or ""):
        return False
    return set(ours) == set(theirs) if key in UNORDERED else ours == theirs


def applied(change: DraftChange | None, above: FieldValue | None) -> FieldValue | None:
    """The value of the field after the change."""
    if change is None:
        return above
    if not change.adds or above is None:
        return change.value
    return FieldValue((*above.texts, *missing(change.value, above)), change.value.detail or above.detail)


def smallest(key: str, above: FieldValue | None, wanted: FieldValue | None) -> DraftChange | None:
    """The smallest change from ``above`` to ``wanted``; ``None`` if nothing is wanted or nothing differs."""
    if wanted is None or same(key, above, wanted):
        return None
    if above is not None and key != "time_limit":
        more = missing(wanted, above)
        adding = DraftChange(key, True, FieldValue(more, wanted.detail))
        if more and same(key, applied(adding, above), wanted):
            return adding
    return DraftChange(key, False, wanted)


def missing(wanted: FieldValue, above: FieldValue) -> tuple[str, ...]:
    """The texts of ``wanted`` that ``above`` lacks, in order."""
    known = {exact(text) for text in above.texts}
    return tuple(text for text in wanted.texts if exact(text) not in known)


def cost(changes: Sequence[DraftChange | None]) -> int:
    """The length of the changes in a file, in characters, plus a constant for each."""
    line = 24  # fixed cost per entry, in characters
    return sum(line + sum(map(len, change.value.texts)) for change in changes if change is not None)
