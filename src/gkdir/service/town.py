"""The Catalog of a township or village → the entries that it shows, and its own guides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from gkdir.model.columns import BOARD
from gkdir.model.county import Catalog, Entry, LaidDirectory
from gkdir.model.townguide import TownGuide
from gkdir.service.address import SCREEN, screen_path


def town_guides(town: Catalog, domain: str) -> Mapping[str, TownGuide]:
    """The town's own guides by item number; elements that a village lacks come from its township."""
    found: dict[str, TownGuide] = {}
    for layer in town.layers:
        part = layer.domains.get(domain)
        for item in part.items if part else ():
            if item.guide:
                above = found.get(item.number)
                found[item.number] = _over(item.guide, above) if above else item.guide
    return found


def _over(own: TownGuide, above: TownGuide) -> TownGuide:
    given = {name: getattr(own, name) for name in own.__struct_fields__ if getattr(own, name) is not None}
    return replace(above, **{**given, "written": {**above.written, **own.written}})


def shown_entries(directory: LaidDirectory, town: Catalog) -> tuple[Entry, ...]:
    """The entries that the town shows: those of its level, and those with a guide of its own."""
    own = {entry.item.number for entry in own_entries(directory.entries, town.overlay.kind)}
    own |= town_guides(town, directory.domain).keys()
    return tuple(entry for entry in directory.entries if entry.item.number in own)


def own_entries(entries: Iterable[Entry], kind: str) -> Iterable[Entry]:
    """The entries of the level ``kind``. The national column is 乡、村级, so towns and villages show the same."""
    levels = {"乡级", "村级"} if kind == "村级" else {kind}
    return (entry for entry in entries if entry.item.levels is None or levels & set(entry.item.levels))


def on_screen(place: Catalog, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries whose channels include screens; if there are none, those with a guide."""
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
