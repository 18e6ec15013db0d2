"""Items, guides and the like, before and after → additions, changes by field, deletions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from gkdir.model.amendment import ITEM, Amended
from gkdir.model.columns import COLUMNS
from gkdir.model.item import Item
from gkdir.read.text import one_line

UNORDERED = frozenset(("channels", "audience", "mode", "levels"))
"""Columns of ticked boxes, whose order does not matter."""

OPTIONAL = ("number", "levels")
"""Columns that many tables lack; they are compared only if both sides have them."""


class DifferenceKind(StrEnum):
    """What happened to an item."""

    ADDED = "added"
    CHANGED = "changed"
    STOPPED = "stopped"


class FieldChange(Struct, frozen=True):
    """One column of an item, by its heading; ``old`` or ``new`` is empty if it was blank."""

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]


class Difference(Struct, frozen=True):
    """One item, guide, form or the like that has changed, by its name now (or its last one).

    ``subject`` says what it is (事项, 办事指南 …) and ``id`` which one. ``fields`` are those that differ; for an added
    item all that it has. ``reason`` is the county's for an item that it does not list, blank if it gives none.
    ``number`` and ``level1`` are an item's; anything else has ``None`` and its own name again.
    """

    kind: DifferenceKind
    number: str | None
    level1: str
    name: str
    fields: tuple[FieldChange, ...] = ()
    reason: str = ""
    subject: str = ITEM
    id: str = ""


class Described(Struct, frozen=True):
    """A guide, form, article or organisation: its name, and its elements by label."""

    name: str
    texts: Mapping[str, tuple[str, ...]]


def compare_described(
    subject: str, old: Mapping[str, Described], new: Mapping[str, Described]
) -> tuple[Difference, ...]:
    """The differences by id: first those in ``new``, in its order, then deletions."""
    return tuple(
        one
        for id_ in (*new, *(gone for gone in old if gone not in new))
        if (one := _described_difference(subject, id_, old.get(id_), new.get(id_))) is not None
    )


def _described_difference(subject: str, id_: str, old: Described | None, new: Described | None) -> Difference | None:
    named = new or old
    assert named is not None
    changes = tuple(_changes(old.texts if old else {}, new.texts if new else {}))
    kind = DifferenceKind.STOPPED if new is None else DifferenceKind.ADDED if old is None else DifferenceKind.CHANGED
    if kind is DifferenceKind.CHANGED and not changes:
        return None
    fields = () if kind is DifferenceKind.STOPPED else changes
    return Difference(kind, None, named.name, named.name, fields, subject=subject, id=id_)


def compare(old: Sequence[Item], new: Sequence[Item], reasons: Mapping[str, str]) -> tuple[Difference, ...]:
    """The differences: first those in ``new``, in its order, then deleted items in the order of ``old``.

    ``reasons``: the number of a deleted item → why. Items are matched by their names, else by number: an item whose row
    moved is the same one, and a new name is a change of an item.
    """
    partner = _pairs(old, new)
    gone = set(range(len(old))) - set(partner.values())
    found = [_difference(old[partner[at]] if at in partner else None, item) for at, item in enumerate(new)]
    stopped = (
        _named(DifferenceKind.STOPPED, old[at], reason=reasons.get(old[at].number or "", "")) for at in sorted(gone)
    )
    return (*(one for one in found if one is not None), *stopped)


def _pairs(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """Position in ``new`` → position in ``old``, matched by the most reliable sign first."""
    partner: dict[int, int] = {}
    signs: tuple[Callable[[Item], Hashable], ...] = (lambda i: (i.number, _names(i)), _names, lambda i: i.number)
    for sign in signs:
        free = defaultdict(list)
        for at in sorted(set(range(len(old))) - set(partner.values()), reverse=True):
            free[sign(old[at])].append(at)
        for at, item in enumerate(new):
            signature = sign(item)
            if at not in partner and signature is not None and free.get(signature):
                partner[at] = free[signature].pop()
    return partner


def _names(item: Item) -> tuple[str, str, str | None]:
    return item.level1, item.level2, item.level3


def _difference(old: Item | None, new: Item) -> Difference | None:
    after = _texts(new)
    if old is None:
        return _named(DifferenceKind.ADDED, new, tuple(_changes({}, after)))
    before = _texts(old)
    lacking = [key for key in OPTIONAL if getattr(old, key) is None or getattr(new, key) is None]
    changes = tuple(_changes(*({key: side[key] for key in side if key not in lacking} for side in (before, after))))
    return _named(DifferenceKind.CHANGED, new, changes) if changes else None


def _changes(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> Iterator[FieldChange]:
    labels = {column.key: column.label for column in COLUMNS}
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, ()), after.get(key, ())
        same = set(old) == set(new) if key in UNORDERED else old == new
        if not same:
            yield FieldChange(labels.get(key, key), old, new)


def _named(kind: DifferenceKind, item: Item, fields: tuple[FieldChange, ...] = (), reason: str = "") -> Difference:
    return Difference(kind, item.number, item.level1, item.name, fields, reason, id=item.id)


def _texts(item: Item) -> dict[str, tuple[str, ...]]:
    """Column key, or heading of an additional column → its text, element by element."""
    detail = item.audience_detail
    audience = tuple(f"{each}：{detail}" if detail and each == "特定群体" else each for each in item.audience)
    said: dict[str, tuple[str | None, ...]] = {
        "number": (item.number,),
        "level1": (item.level1,),
        "level2": (item.level2,),
        "level3": (item.level3,),
        "content": item.content,
        "basis": tuple(basis.text for basis in item.basis),
        "time_limit": (item.time_limit.text,),
        "publisher": item.publisher,
        "channels": item.channels,
        "audience": audience,
        "mode": item.mode,
        "levels": item.levels or (),
        **{heading: (text,) for heading, text in item.extra.items()},
    }
    return {key: tuple(text for text in texts if text) for key, texts in said.items()}


def amended(change: FieldChange) -> Amended:
    """The change as texts. A list that was only reordered is shown completely."""
    old, new = (tuple(one_line(text) for text in texts) for texts in (change.old, change.new))
    removed = tuple(text for text in old if text not in new)
    added = tuple(text for text in new if text not in old)
    if (len(old) <= 1 and len(new) <= 1) or not (removed or added):
        return Amended(change.label, _whole(old), _whole(new))
    return Amended(change.label, removed=removed, added=added)


def _whole(texts: Sequence[str]) -> str | None:
    return "；".join(texts) or None
