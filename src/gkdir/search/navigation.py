"""Navigation and calculators → search results other than items: life events, 算一算, 我能办什么."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.service.address import WIZARD, event_path
from gkdir.service.navigation import WIZARD_TITLE
from gkdir.service.site import Site


class Entrance(Struct, frozen=True):
    """A page about several items: ``items`` are the ids of those that the county has; empty if it is about all."""

    title: str
    path: str
    note: str
    items: tuple[str, ...] = ()


def entrances(site: Site) -> Iterator[Entrance]:
    """The life events and the calculators that have a page in the county; then the questions."""
    there = site.rows.keys()
    for event, _ in site.events:
        items = tuple(use.item for use in event.uses if use.item in there)
        yield Entrance(event.name, event_path(event.slug), "，".join(filter(None, ("一件事", event.line))), items)
    for one in site.calculators:
        yield Entrance(one.title, one.path, f"算一算，{one.line}", tuple(item for item in one.items if item in there))
    if site.first_question:
        yield Entrance(WIZARD_TITLE, WIZARD, "不知道办哪一件，答几个问题")
