"""The origins of an item's elements → text for people, or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from unicodedata import east_asian_width

from gkdir.harmless import shown
from gkdir.model.county import Catalog, Entry
from gkdir.origins import SHOWN, Origin
from gkdir.read.text import shortened


def text(catalog: Catalog, entry: Entry, found: Sequence[Origin]) -> str:
    """One line for each element: its name, the layer, the place, and the beginning of its text."""
    return "\n".join(_lines(catalog, entry, found)) + "\n"


def as_json(catalog: Catalog, entry: Entry, found: Sequence[Origin]) -> str:
    """The same as JSON, with whole texts."""
    entries = [
        {"part": each.part, "element": each.element, "value": each.value, "layer": each.layer, "place": str(each.place)}
        for each in found
    ]
    whole = {"county": catalog.slug, "item": entry.item.id, "name": entry.item.name, "origins": entries}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Catalog, Entry, Sequence[Origin]], str]] = {"text": text, "json": as_json}


def _lines(catalog: Catalog, entry: Entry, found: Sequence[Origin]) -> Iterator[str]:
    yield f"{catalog.overlay.name} {entry.item.id} {shown(entry.item.name)}"
    widest = max((_width(each.element) for each in found), default=0)
    layers = max((_width(each.layer) for each in found), default=0)
    part = ""
    for each in found:
        if each.part != part:
            part = each.part
            yield f"\n{part}"
        value = shortened(each.value, SHOWN)
        yield f"  {_padded(each.element, widest)}  {_padded(each.layer, layers)}  {each.place}  {shown(value)}"


def _width(words: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in words)


def _padded(words: str, width: int) -> str:
    return words + " " * (width - _width(words))
