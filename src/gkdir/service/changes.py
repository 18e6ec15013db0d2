"""A county's 更新记录 → its days, the newest first, and what changed of an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from msgspec import Struct

from gkdir.model.amendment import ARTICLE, FORM, GUIDE, ITEM, Amendment
from gkdir.model.county import Catalog
from gkdir.service.address import article_path, entry_path, form_path, town_path

NEWEST = 3
"""How many changes an item's page shows; the page 更新记录 has all."""


class ChangeLine(Struct, frozen=True):
    """One entry: the page of its subject, if there is one, and the township or village that it applies to.

    ``key`` stays the same between builds as long as day, subject and position in the list do.
    """

    amendment: Amendment
    key: str
    path: str | None
    town: str | None

    @property
    def title(self) -> str:
        """The subject, in words: 失业登记的办事指南."""
        name = f"“{self.amendment.name}”" if self.amendment.subject in (FORM, ARTICLE) else self.amendment.name
        about = "的办事指南" if self.amendment.subject == GUIDE else ""
        before = self.amendment.subject if self.amendment.subject in (FORM, ARTICLE) else ""
        return f"{self.town or ''}{before}{name}{about}"

    @property
    def labels(self) -> str:
        """The elements that changed."""
        return "、".join(field.label for field in self.amendment.fields)

    @property
    def part(self) -> str:
        """The part of the item that changed, for the item's own page: 办事指南：承诺时限."""
        subject = self.amendment.subject
        about = f"表格“{self.amendment.name}”" if subject == FORM else "目录" if subject == ITEM else subject
        return "：".join(filter(None, (self.town, about, self.labels)))


class ChangeDay(Struct, frozen=True):
    """The changes of one day, in the order of the file."""

    day: date
    lines: tuple[ChangeLine, ...]


def change_days(catalog: Catalog) -> tuple[ChangeDay, ...]:
    """The county's changes, the newest day first."""
    lines = sorted(_lines(catalog), key=lambda line: line.amendment.day, reverse=True)
    days = groupby(lines, key=lambda line: line.amendment.day)
    return tuple(ChangeDay(day, tuple(of_day)) for day, of_day in days)


def changes_by_item(days: Iterable[ChangeDay], catalog: Catalog) -> Mapping[str, tuple[ChangeLine, ...]]:
    """Item id → the newest changes of the item, its guide, and the forms that its guide asks for."""
    wanted: dict[str, list[str]] = {}
    for guide in catalog.guides.values():
        for name in dict.fromkeys(material.form for material in guide.materials or () if material.form):
            wanted.setdefault(name, []).append(guide.id)
    found: dict[str, list[ChangeLine]] = {}
    for line in (line for day in days for line in day.lines):
        amendment = line.amendment
        ids = (
            [amendment.id]
            if amendment.subject in (ITEM, GUIDE)
            else wanted.get(amendment.id, [])
            if amendment.subject == FORM
            else []
        )
        for each in ids:
            found.setdefault(each, []).append(line)
    return {each: tuple(lines[:NEWEST]) for each, lines in found.items()}


def _lines(catalog: Catalog) -> Iterator[ChangeLine]:
    towns = {town.slug: town.overlay.name for town in catalog.towns}
    paths = _paths(catalog)
    seen: Counter[tuple[object, ...]] = Counter()
    for amendment in catalog.amendments:
        name = (amendment.day, *amendment.about)
        seen[name] += 1
        key = "/".join((amendment.day.isoformat(), *amendment.about, str(seen[name])))
        town = towns.get(amendment.town)
        path = town_path(amendment.town) if town else paths.get((amendment.subject, amendment.id))
        yield ChangeLine(amendment, key, path, town)


def _paths(catalog: Catalog) -> Mapping[tuple[str, str], str]:
    """Subject and id of a change → the page of that subject, if it still exists."""
    items = {entry.item.id: entry_path(entry) for entry in catalog.entries()}
    return {
        **{(ITEM, id_): path for id_, path in items.items()},
        **{(GUIDE, id_): path for id_, path in items.items() if id_ in catalog.guides},
        **{(FORM, name): form_path(name) for name in catalog.forms},
        **{(ARTICLE, f"{one.kind}/{one.slug}"): article_path(one.kind, one.slug) for one in catalog.articles},
    }
