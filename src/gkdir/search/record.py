"""Items of a catalog, or of the national directories → search records: names, words, direct answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import LaidDirectory, Organisation
from gkdir.model.item import Directory, Item
from gkdir.model.synonyms import Names, Synonyms
from gkdir.service.address import domain_path, item_path
from gkdir.service.service import Service
from gkdir.service.site import Site

BETWEEN = "|"
"""Separates words in an index; no word contains it."""


def item_words(everyday: Synonyms, item_id: str, known: Iterable[str]) -> tuple[str, ...]:
    """The everyday words for an item, without those contained in its ``known`` names."""
    names = frozenset(known)
    return tuple(word.text for word in everyday.words.get(item_id, ()) if word.text not in names)


def texts(groups: Iterable[Names]) -> tuple[tuple[str, ...], ...]:
    """The texts of groups of words."""
    return tuple(tuple(word.text for word in group) for group in groups)


MAX_OFFICES = 2
"""The most offices in an answer; nobody would read through more."""


class SearchRecord(Struct, frozen=True):
    """One item in the search index.

    ``path`` is inside the county's folder; ``title`` is the item's everyday name, ``official`` the directory's. The
    rest is shown with the first result: ``now`` is what is urgent; ``bring`` what everybody brings, ``None`` if
    unknown, empty if nothing is needed; ``omitted`` is the reason why the county's directory does not have the item.
    """

    id: str
    path: str
    title: str
    official: str
    category: str
    words: tuple[str, ...]
    summary: str = ""
    now: str = ""
    bring: tuple[str, ...] | None = None
    offices: tuple[Organisation, ...] = ()
    consult: str = ""
    omitted: str = ""


def county_records(site: Site) -> tuple[SearchRecord, ...]:
    """The items of a county, followed by its omitted items."""
    directories, everyday = tuple(site.catalog.directories.values()), site.catalog.synonyms
    here = [
        _record(site.services[entry.item.id], directory.label, everyday)
        for directory in directories
        for entry in directory.entries
    ]
    gone = [record for directory in directories for record in _omitted(directory, everyday)]
    return (*here, *gone)


def national_records(national: Mapping[str, Directory], everyday: Synonyms) -> tuple[SearchRecord, ...]:
    """The items of the national directories; their paths are valid in every county that has them."""
    return tuple(
        _item(item, directory.label, None, everyday) for directory in national.values() for item in directory.items
    )


def _item(item: Item, label: str, alias: str | None, everyday: Synonyms) -> SearchRecord:
    official = item.name if item.level3 is None else f"{item.level2} {item.level3}"
    title = alias or item.name
    words = item_words(everyday, item.id, (title, official))
    path = item_path(item.domain, item.number or "")
    return SearchRecord(item.id, path, title, official, f"{label} · {item.level1}", words)


def _record(service: Service, label: str, everyday: Synonyms) -> SearchRecord:
    found = (office for office in service.handling_offices if office.address or office.phone)
    record = _item(service.item, label, service.entry.alias, everyday)
    record = replace(record, offices=tuple(found)[:MAX_OFFICES])
    if service.own is None or service.guide is None:
        return record
    return replace(
        record,
        summary=service.summary,
        now=service.now,
        bring=None if service.materials is None else tuple(view.material.name for view in service.guide.required),
        consult=service.own.consult or "",
    )


def _omitted(directory: LaidDirectory, everyday: Synonyms) -> Iterator[SearchRecord]:
    for omitted in directory.omitted:
        record = _item(omitted.item, directory.label, None, everyday)
        reason = omitted.omission.reason or "没有写明原因"
        yield replace(record, path=f"{domain_path(directory.domain)}#omitted", omitted=reason)
