"""Laid directories whose publishers are keys of 机构 → the same with the organisations' full names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gkdir.model.county import Entry, LaidDirectory, Organisation, Step
from gkdir.model.item import Item

Names = Mapping[str, str]


def with_full_names(
    directories: Mapping[str, LaidDirectory], organisations: Mapping[str, Organisation]
) -> dict[str, LaidDirectory]:
    """The directories, each publisher that is an organisation's key replaced by its name; other texts stay."""
    names = {key: organisation.name for key, organisation in organisations.items()}
    return {
        domain: replace(directory, entries=tuple(_entry(entry, names) for entry in directory.entries))
        for domain, directory in directories.items()
    }


def _entry(entry: Entry, names: Names) -> Entry:
    item = _item(entry.item, names)
    steps = tuple(_step(step, names) for step in entry.steps)
    return entry if item is entry.item and steps == entry.steps else replace(entry, item=item, steps=steps)


def _step(step: Step, names: Names) -> Step:
    return replace(step, after=_item(step.after, names), before=_item(step.before, names) if step.before else None)


def _item(item: Item, names: Names) -> Item:
    if names.keys().isdisjoint(item.publisher):
        return item
    return replace(item, publisher=tuple(dict.fromkeys(names.get(word, word) for word in item.publisher)))
