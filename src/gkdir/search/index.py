"""Catalog → the script that the search box loads on first use: the names of all items and what is near them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from gkdir.model.county import Catalog
from gkdir.model.item import Directory, Item
from gkdir.pages.address import item_path
from gkdir.pages.root import Published

PATH = "assets/search-index.js"


def county_index(catalog: Catalog) -> bytes:
    """The index of one county. An item is ``[id, path, title, official name, category, words]``."""
    items = []
    for directory in catalog.directories.values():
        for entry in directory.entries:
            guide = catalog.guides.get(entry.item.id)
            words = guide.summary if guide and guide.summary else ""
            items.append(_record(entry.item, directory.label, entry.alias, words))
    return _script({"items": items, "places": []})


def root_index(counties: Iterable[Published], national: Mapping[str, Directory]) -> bytes:
    """The index of all counties: the national items once, and the places ``[slug, name, omitted ids]``."""
    items = [_record(item, directory.label, None, "") for directory in national.values() for item in directory.items]
    places = [[county.slug, county.name, list(county.omitted)] for county in counties]
    return _script({"items": items, "places": places})


def _record(item: Item, label: str, alias: str | None, words: str) -> list[str]:
    return [
        item.id,
        item_path(item.domain, item.number or ""),
        alias or item.name,
        item.name if item.level3 is None else f"{item.level2} {item.level3}",
        f"{label}，{item.level1}",
        words,
    ]


def _script(index: dict[str, object]) -> bytes:
    # A classic script runs from disk, where a browser refuses to fetch data.
    return f"window.gkdirIndex={json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n".encode()
