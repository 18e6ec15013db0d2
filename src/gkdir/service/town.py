"""A township's or village's Catalog → the entries that it shows, and how it does them itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gkdir.model.county import Catalog, Entry, LaidDirectory
from gkdir.model.guide import TownGuide


def town_guides(town: Catalog, domain: str) -> Mapping[str, TownGuide]:
    """How the place itself does things, by the items' numbers."""
    said = town.overlay.domains.get(domain)
    return {item.number: item.guide for item in said.items if item.guide} if said else {}


def shown_entries(directory: LaidDirectory, town: Catalog) -> tuple[Entry, ...]:
    """What the place shows: the entries of its level, and those that it says how to do."""
    own = {entry.item.number for entry in own_entries(directory.entries, town.overlay.kind)}
    own |= town_guides(town, directory.domain).keys()
    return tuple(entry for entry in directory.entries if entry.item.number in own)


def own_entries(entries: Iterable[Entry], kind: str) -> Iterable[Entry]:
    """The entries of the place's level. The national column is 乡、村级: what a township shows, a village does too."""
    levels = {"乡级", "村级"} if kind == "村级" else {kind}
    return (entry for entry in entries if entry.item.levels is None or levels & set(entry.item.levels))
