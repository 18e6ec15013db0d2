"""A laid directory and a layer's additions → the directory with the additions in their places."""

from __future__ import annotations

from msgspec.structs import replace

from gkdir.model.county import Addition, DomainOverlay, Entry, LaidDirectory, Overlay, Step, Unmatched
from gkdir.model.item import Item
from gkdir.overlay.change import changed, effective
from gkdir.overlay.order import order, parent, position


def add(directory: LaidDirectory, layer: Overlay, part: DomainOverlay) -> LaidDirectory:
    """``directory`` with every addition of ``part`` once, in number order; those without a place are ``unmatched``."""
    entries = list(directory.entries)
    unmatched = list(directory.unmatched)
    there = _There(directory)
    # By number, so that a third level finds a second level that was written after it.
    for addition in sorted(part.additions, key=lambda addition: order(addition.number)):
        problem = _problem(addition, there, directory, layer)
        if problem is not None:
            unmatched.append(problem)
            continue
        entry = _entry(addition, there, layer, part)
        entries.insert(position(entries, entry.item), entry)
        there.take(entry.item)
    return replace(directory, entries=tuple(entries), unmatched=tuple(unmatched))


class _There:
    """The existing items, by number and by the number above; and the omitted ones."""

    def __init__(self, directory: LaidDirectory) -> None:
        self.items: dict[str | None, Item] = {}
        self.groups: dict[str, Item] = {}
        for entry in directory.entries:
            self.take(entry.item)
        self.omitted = {omitted.item.number: omitted.item for omitted in reversed(directory.omitted)}

    def take(self, item: Item) -> None:
        """Index one more item; of several with the same number or group, the first is kept."""
        self.items.setdefault(item.number, item)
        self.groups.setdefault(parent(item.number or ""), item)

    def above(self, addition: Addition) -> Item | None:
        """The parent of a third-level item, or an item of the group that a second-level item joins."""
        above = parent(addition.number)
        return self.items.get(above) if addition.level3 is not None else self.groups.get(above) if above else None


def _problem(addition: Addition, there: _There, directory: LaidDirectory, layer: Overlay) -> Unmatched | None:
    holder = there.items.get(addition.number) or there.omitted.get(addition.number)
    if holder is not None:
        shown = (f"{holder.number} {holder.name}",)
        return Unmatched(layer, directory.domain, addition.number, addition.place, shown, "taken")
    if there.above(addition) is None and (addition.level1 is None or addition.level2 is None):
        return Unmatched(layer, directory.domain, addition.number, addition.place, (), "orphan")
    return None


def _entry(addition: Addition, there: _There, layer: Overlay, part: DomainOverlay) -> Entry:
    above = there.above(addition)
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
