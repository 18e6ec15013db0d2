"""Catalog → the script that the search box loads on first use: items with their words, answers, places, policies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gkdir.model.county import Catalog, Entry, Organisation
from gkdir.model.everyday import Everyday
from gkdir.model.item import Directory, Item
from gkdir.pages.address import domain_path, town_path
from gkdir.search.answers import answer
from gkdir.search.lines import policies, questions
from gkdir.search.sounds import rare_sounds
from gkdir.search.words import BETWEEN, groups, item_words

PATH = "assets/search-index.js"

Address = Callable[[str, str], str]
"""Domain and number of an item → the path of its page."""

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """A county that can be searched for: its folder, its name, the ids of national items that it does not have."""

    slug: str
    name: str
    omitted: tuple[str, ...] = ()


def county_index(catalog: Catalog, everyday: Everyday, address: Address) -> bytes:
    """The index of one county; docs/search.md says what each key holds. ``everyday`` are the words that hold here."""
    offices: dict[Organisation, int] = {}
    items = [
        _item(entry.item, directory.label, entry.alias, everyday, address) | _answer(entry, catalog, offices)
        for directory in catalog.directories.values()
        for entry in directory.entries
    ]
    items += [
        _item(omitted.item, directory.label, None, everyday, address)
        | {"path": domain_path(directory.domain) + "#omitted", "omitted": omitted.omission.reason or "没有写明原因"}
        for directory in catalog.directories.values()
        for omitted in directory.omitted
    ]
    numbers = {item["id"]: number for number, item in enumerate(items)}
    towns = [[town_path(town.slug), town.overlay.name] for town in catalog.towns]
    return _script(
        {
            "county": catalog.overlay.name,
            "items": items,
            "offices": [_office(office) for office in offices],
            "groups": groups(everyday),
            "places": [["", catalog.overlay.name], *towns],
            "questions": [[q.title, numbers[q.item], q.anchor] for q in questions(catalog)],
            "policies": [[p.name, numbers[p.items[0]], len(p.items), p.number or ""] for p in policies(catalog)],
        }
    )


def root_index(
    places: Iterable[SearchPlace], national: Mapping[str, Directory], everyday: Everyday, address: Address
) -> bytes:
    """The index of all counties: the national items once, and for each place what it is called and does not have."""
    items = [
        _item(item, directory.label, None, everyday, address)
        for directory in national.values()
        for item in directory.items
    ]
    numbers = {item["id"]: number for number, item in enumerate(items)}
    listed = [
        [place.slug, place.name, [numbers[item] for item in place.omitted if item in numbers]] for place in places
    ]
    return _script({"items": items, "groups": groups(everyday), "places": listed})


def _item(item: Item, label: str, alias: str | None, everyday: Everyday, address: Address) -> Record:
    official = item.name if item.level3 is None else f"{item.level2} {item.level3}"
    title = alias or item.name
    record: Record = {"id": item.id, "path": address(item.domain, item.number or ""), "title": title}
    if official != title:
        record["official"] = official
    record["category"] = f"{label} · {item.level1}"
    words = item_words(everyday, item.id, (title, official))
    return record | ({"words": BETWEEN.join(words)} if words else {})


def _answer(entry: Entry, catalog: Catalog, offices: dict[Organisation, int]) -> Record:
    found = answer(entry, catalog)
    guide = catalog.guides.get(entry.item.id)
    record: Record = {"offices": [offices.setdefault(office, len(offices)) for office in found.offices]}
    if found.bring is not None:
        record["bring"] = list(found.bring)
    if found.consult:
        record["consult"] = found.consult
    if guide and guide.summary:
        record["summary"] = guide.summary
    return record


def _office(office: Organisation) -> list[str]:
    return [office.name, office.address or "", office.phone or "", office.hours or ""]


def _script(index: Record) -> bytes:
    """A classic script, which runs from disk, where a browser refuses to fetch data."""
    sounds = rare_sounds(_texts(index))
    if sounds:
        index["sounds"] = sounds
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    # Two characters that JSON allows inside a text and older scripts do not; and no tag, wherever it may be put.
    for character in "\u2028\u2029<":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"window.gkdirIndex={text};\n".encode("utf-8", "replace")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
