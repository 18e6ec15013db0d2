"""Ways in and calculators → what a search offers beside the items: moments of life, 算一算, 我能办什么."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.county import Catalog
from gkdir.model.reckoning import Reckoning
from gkdir.model.ways import Ways
from gkdir.service.address import WIZARD, event_path
from gkdir.service.calculators import calculators
from gkdir.service.questions import TITLE, offered


class Entrance(Struct, frozen=True):
    """A page about several items: ``items`` are the ids of those that the county has; none where it is about any."""

    title: str
    path: str
    note: str
    items: tuple[str, ...] = ()


def entrances(catalog: Catalog, ways: Ways, rules: Reckoning | None) -> Iterator[Entrance]:
    """The moments of life and the calculators that the county has a page of; then the questions."""
    there = {entry.item.id for entry in catalog.entries()}
    for event in ways.events.values():
        items = tuple(use.item for use in event.uses if use.item in there)
        if event.slug and items:
            yield Entrance(event.name, event_path(event.slug), "，".join(filter(None, ("一件事", event.line))), items)
    for one in calculators(catalog, rules):
        yield Entrance(one.title, one.path, f"算一算，{one.line}", tuple(item for item in one.items if item in there))
    if ways.wizard and offered(ways.wizard, there):
        yield Entrance(TITLE, WIZARD, "不知道办哪一件，答几个问题")
