"""A laid directory and the next layer's part of it → the directory with its changes, omissions and additions."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from gkdir.model.county import (
    Addition,
    Change,
    DomainOverlay,
    Entry,
    ItemOverlay,
    LaidDirectory,
    Omitted,
    Overlay,
    Step,
    Unmatched,
)
from gkdir.model.item import Item, Written
from gkdir.read.text import nfkc


def changed(item: Item, changes: Sequence[Change]) -> Item:
    """``item`` after ``changes``, in order; each changed column records where the layer wrote it."""
    if not changes:
        return item
    values: dict[str, Any] = {}
    written = dict(item.written)
    for change in changes:
        above = values.get(change.field, getattr(item, change.field))
        values[change.field] = _combined(above, change)
        written[change.field] = Written("；".join(element.text for element in change.elements), change.place)
        if change.field == "audience" and (change.action == "replace" or change.detail):
            values["audience_detail"] = change.detail
    return replace(item, **values, written=written)


def effective(defaults: Sequence[Change], own: Sequence[Change]) -> tuple[Change, ...]:
    """The defaults that an item does not override, then its own changes."""
    if not own:
        return tuple(defaults)
    overruled = {change.field for change in own if change.action == "replace"}
    return tuple(change for change in defaults if change.field not in overruled) + tuple(own)


def _combined(above: Any, change: Change) -> Any:
    if change.action == "replace":
        return change.value
    assert isinstance(change.value, tuple)
    return tuple(dict.fromkeys((*(above or ()), *change.value)))


def add(directory: LaidDirectory, layer: Overlay, part: DomainOverlay) -> LaidDirectory:
    """``directory`` with the additions of ``part`` in number order; those with a ``_problem`` go to ``unmatched``."""
    entries = list(directory.entries)
    unmatched = list(directory.unmatched)
    index = _ItemIndex(directory)
    # In number order, so that a second-level item exists before its third-level items, wherever it was written.
    for addition in sorted(part.additions, key=lambda addition: order(addition.number)):
        problem = _problem(addition, index, directory, layer)
        if problem is not None:
            unmatched.append(problem)
            continue
        entry = _entry(addition, index, layer, part)
        entries.insert(position(entries, entry.item), entry)
        index.take(entry.item)
    return replace(directory, entries=tuple(entries), unmatched=tuple(unmatched))


class _ItemIndex:
    """The items of a directory by number (``items``), one below each number (``groups``), and the ``omitted`` ones."""

    def __init__(self, directory: LaidDirectory) -> None:
        self.items: dict[str | None, Item] = {}
        self.groups: dict[str, Item] = {}
        for entry in directory.entries:
            self.take(entry.item)
        self.omitted = {omitted.item.number: omitted.item for omitted in reversed(directory.omitted)}

    def take(self, item: Item) -> None:
        """Index the item; of several with the same number or group, the first is kept."""
        self.items.setdefault(item.number, item)
        self.groups.setdefault(parent(item.number or ""), item)

    def above(self, addition: Addition) -> Item | None:
        """The parent of a third-level item, or an item of the group that a second-level item joins."""
        above = parent(addition.number)
        return self.items.get(above) if addition.level3 is not None else self.groups.get(above) if above else None


def _problem(addition: Addition, index: _ItemIndex, directory: LaidDirectory, layer: Overlay) -> Unmatched | None:
    holder = index.items.get(addition.number) or index.omitted.get(addition.number)
    if holder is not None:
        shown = (holder.numbered_name,)
        return Unmatched(layer, directory.domain, addition.number, addition.place, shown, "taken")
    if index.above(addition) is None and (addition.level1 is None or addition.level2 is None):
        return Unmatched(layer, directory.domain, addition.number, addition.place, (), "orphan")
    return None


def _entry(addition: Addition, index: _ItemIndex, layer: Overlay, part: DomainOverlay) -> Entry:
    above = index.above(addition)
    if above is not None and addition.level3 is not None:
        base = replace(above, extra={}, written={**above.written, **addition.written}, rows=(0, 0))
        changes = addition.changes  # the item above already has the defaults
    else:
        base = Item(part.domain, None, above.level1 if above else "", "", written=addition.written)
        changes = effective(part.defaults, addition.changes)
    named = replace(
        base,
        number=addition.number,
        level1=addition.level1 or base.level1,
        level2=addition.level2 or base.level2,
        level3=addition.level3,
    )
    item = changed(named, changes)
    step = Step(layer, addition.place, item, None, changes, addition.ground)
    return Entry(item, steps=(step,), alias=addition.alias, note=addition.note)


_LAST = 10**9


@lru_cache(maxsize=1 << 13)
def order(number: str | None) -> tuple[int, ...]:
    """The key that sorts numbers as people do: 4.1 < 4.1.1 < 4.2 < 4.10."""
    return tuple(int(part) if part.isdecimal() else _LAST for part in (number or "").split("."))


def parent(number: str) -> str:
    """The number above: 4.1 for 4.1.1, empty for 4."""
    return number.rpartition(".")[0]


def position(entries: Sequence[Entry], item: Item) -> int:
    """The index at which to insert ``item``: in number order within its 一级事项; a new one after lower numbers."""
    key = order(item.number)
    first = None
    for index in range(len(entries) - 1, -1, -1):  # from the end, where most are inserted
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


def lay_layer(directory: LaidDirectory, layer: Overlay, part: DomainOverlay) -> LaidDirectory:
    """``directory`` with ``part`` of ``layer`` laid over it: changes and omissions first, then additions."""
    changes = {item.number: item for item in part.items}
    entries: list[Entry] = []
    omitted = list(directory.omitted)
    for entry in directory.entries:
        item = changes.get(entry.item.number or "")
        if item is not None and item.omission is not None:
            omitted.append(Omitted(entry.item, item.omission, layer))
        else:
            entries.append(_laid(entry, item, layer, part))
    known = {entry.item.number for entry in directory.entries}
    unmatched = [_unmatched(item, directory, layer) for item in part.items if item.number not in known]
    laid = replace(
        directory,
        entries=tuple(entries),
        omitted=tuple(omitted),
        unmatched=(*directory.unmatched, *unmatched),
        reviewed=part.reviewed or directory.reviewed,
    )
    return add(laid, layer, part)


def _laid(entry: Entry, item: ItemOverlay | None, layer: Overlay, part: DomainOverlay) -> Entry:
    changes = effective(part.defaults, item.changes if item else ())
    ground = item.ground if item else None
    if changes or ground:
        after = changed(entry.item, changes)
        place = item.place if item else changes[0].place
        step = Step(layer, place, after, entry.item, changes, ground)
        entry = replace(entry, item=after, steps=(*entry.steps, step))
    if item and (item.alias or item.note):
        entry = replace(entry, alias=item.alias or entry.alias, note=item.note or entry.note)
    return entry


def _unmatched(item: ItemOverlay, directory: LaidDirectory, layer: Overlay) -> Unmatched:
    gone = next((each.item for each in directory.omitted if each.item.number == item.number), None)
    if gone is not None:
        return Unmatched(layer, directory.domain, item.number, item.place, (gone.numbered_name,), "omitted")
    return Unmatched(layer, directory.domain, item.number, item.place, candidates(item.number, directory))


_MOST_CANDIDATES = 3


def candidates(text: str, directory: LaidDirectory) -> tuple[str, ...]:
    """At most three items (``4.1 失业登记``) that ``text`` may mean, the likeliest first: a number, a name or both."""
    text = nfkc(text).replace("。", ".").replace("、", ".").replace("-", ".").strip()
    spellings: dict[str, str] = {}
    for entry in directory.entries:
        shown = entry.item.numbered_name
        spellings |= {entry.item.name: shown, shown: shown, entry.item.number or "": shown}
    within = [shown for word, shown in spellings.items() if len(text) > 1 and text in word and not text.isdecimal()]
    near = [spellings[word] for word in difflib.get_close_matches(text, spellings, n=_MOST_CANDIDATES, cutoff=0.6)]
    exact = [spellings[text]] if text in spellings else []
    return tuple(dict.fromkeys([*exact, *near, *within]))[:_MOST_CANDIDATES]
