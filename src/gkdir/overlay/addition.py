"""A laid directory and a layer's additions → the directory with the additions in their places."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gkdir.model.county import Addition, DomainOverlay, Entry, LaidDirectory, Overlay, Step, Unmatched
from gkdir.model.item import Item
from gkdir.overlay.change import changed, effective
from gkdir.overlay.order import order, parent, position


def add(directory: LaidDirectory, layer: Overlay, part: DomainOverlay) -> LaidDirectory:
    """``directory`` with every addition of ``part`` once, in number order; those without a place are ``unmatched``."""
    entries = list(directory.entries)
    unmatched = list(directory.unmatched)
    # By number, so that a third level finds a second level that was written after it.
    for addition in sorted(part.additions, key=lambda addition: order(addition.number)):
        problem = _problem(addition, entries, directory, layer)
        if problem is not None:
            unmatched.append(problem)
            continue
        entry = _entry(addition, entries, layer, part)
        entries.insert(position(entries, entry.item), entry)
    return replace(directory, entries=tuple(entries), unmatched=tuple(unmatched))


def _problem(
    addition: Addition, entries: Sequence[Entry], directory: LaidDirectory, layer: Overlay
) -> Unmatched | None:
    items = [entry.item for entry in entries] + [omitted.item for omitted in directory.omitted]
    holder = next((item for item in items if item.number == addition.number), None)
    if holder is not None:
        shown = (f"{holder.number} {holder.name}",)
        return Unmatched(layer, directory.domain, addition.number, addition.place, shown, "taken")
    if _above(addition, entries) is None and (addition.level1 is None or addition.level2 is None):
        return Unmatched(layer, directory.domain, addition.number, addition.place, (), "orphan")
    return None


def _above(addition: Addition, entries: Sequence[Entry]) -> Item | None:
    """The item that a third level lies under, or any item of the group that a second level joins."""
    above = parent(addition.number)
    if addition.level3 is not None:
        return next((entry.item for entry in entries if entry.item.number == above), None)
    return next((entry.item for entry in entries if above and parent(entry.item.number or "") == above), None)


def _entry(addition: Addition, entries: Sequence[Entry], layer: Overlay, part: DomainOverlay) -> Entry:
    above = _above(addition, entries)
    if above is not None and addition.level3 is not None:
        base = replace(above, extra={}, written={**above.written, **addition.written}, rows=(0, 0))
        changes = addition.changes  # the item above has the defaults already
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
