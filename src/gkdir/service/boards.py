"""Entries of a place → those shown on its screens (电子屏)."""

from __future__ import annotations

from collections.abc import Iterable

from gkdir.model.columns import BOARD
from gkdir.model.county import Catalog, Entry
from gkdir.service.address import SCREEN, screen_path
from gkdir.service.town import own_entries


def on_screen(place: Catalog, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The items whose channels include screens; if none does, those that have a guide."""
    every = tuple(entries)
    claimed = tuple(entry for entry in every if BOARD in entry.item.channels)
    return claimed or tuple(entry for entry in every if entry.item.id in place.guides)


def screens(catalog: Catalog) -> tuple[tuple[str, Catalog, tuple[Entry, ...]], ...]:
    """The screens with something to show, the county's first: page, place, entries."""
    places = [(SCREEN, catalog, tuple(catalog.entries()))]
    places += [
        (screen_path(town.slug), town, tuple(own_entries(tuple(town.entries()), town.overlay.kind)))
        for town in catalog.towns
    ]
    shown = ((path, place, on_screen(place, entries)) for path, place, entries in places)
    return tuple(screen for screen in shown if screen[2])
