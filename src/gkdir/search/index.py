"""Catalog → the script that the search box loads on first use: the names of all items and what is near them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gkdir.model.county import Catalog
from gkdir.model.item import Directory, Item

PATH = "assets/search-index.js"

Address = Callable[[str, str], str]
"""Domain and number of an item → the path of its page."""


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """A county that can be searched for: its folder, its name, the ids of national items that it does not have."""

    slug: str
    name: str
    omitted: tuple[str, ...] = ()


def county_index(catalog: Catalog, address: Address) -> bytes:
    """The index of one county. An item is ``[id, path, title, official name, category, words]``."""
    items = []
    for directory in catalog.directories.values():
        for entry in directory.entries:
            guide = catalog.guides.get(entry.item.id)
            words = guide.summary if guide and guide.summary else ""
            items.append(_record(entry.item, directory.label, entry.alias, words, address))
    return _script({"items": items, "places": []})


def root_index(places: Iterable[SearchPlace], national: Mapping[str, Directory], address: Address) -> bytes:
    """The index of all counties: the national items once, and the places ``[slug, name, omitted ids]``."""
    items = [
        _record(item, directory.label, None, "", address) for directory in national.values() for item in directory.items
    ]
    return _script({"items": items, "places": [[place.slug, place.name, place.omitted] for place in places]})


def _record(item: Item, label: str, alias: str | None, words: str, address: Address) -> tuple[str, ...]:
    official = item.name if item.level3 is None else f"{item.level2} {item.level3}"
    path = address(item.domain, item.number or "")
    return item.id, path, alias or item.name, official, f"{label}，{item.level1}", words


def _script(index: dict[str, object]) -> bytes:
    # A classic script runs from disk, where a browser refuses to fetch data.
    return f"window.gkdirIndex={json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n".encode()
