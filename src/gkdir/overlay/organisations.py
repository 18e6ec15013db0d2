"""Laid directories whose publishers are keys of 机构 → the same with the organisations' full names."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.model.county import Entry, LaidDirectory, Organisation, Step
from gkdir.model.item import Item


def with_full_names(
    directories: Mapping[str, LaidDirectory], organisations: Mapping[str, Organisation]
) -> dict[str, LaidDirectory]:
    """The directories with each publisher that is an organisation's key replaced by its full name."""
    naming = _Naming({key: organisation.name for key, organisation in organisations.items()})
    return {
        domain: replace(directory, entries=tuple(naming.entry(entry) for entry in directory.entries))
        for domain, directory in directories.items()
    }


class _Naming(Struct):
    names: Mapping[str, str]
    named: dict[int, Item] = field(default_factory=dict)  # by identity: one layer's result is the next one's input

    def entry(self, entry: Entry) -> Entry:
        if not entry.steps:
            item = self.item(entry.item)
            return entry if item is entry.item else replace(entry, item=item)
        return replace(entry, item=self.item(entry.item), steps=tuple(self.step(step) for step in entry.steps))

    def step(self, step: Step) -> Step:
        before = None if step.before is None else self.item(step.before)
        return Step(step.layer, step.place, self.item(step.after), before, step.changes, step.ground)

    def item(self, item: Item) -> Item:
        known = self.named.get(id(item))
        if known is None:
            known = self.named[id(item)] = self.renamed(item)
        return known

    def renamed(self, item: Item) -> Item:
        if self.names.keys().isdisjoint(item.publisher):
            return item
        return replace(item, publisher=tuple(dict.fromkeys(self.names.get(word, word) for word in item.publisher)))
