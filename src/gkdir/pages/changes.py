"""A county's 更新记录 → its page by day, the newest first, and what other pages and the feed show of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from msgspec import Struct

from gkdir.model.amendment import ARTICLE, FORM, GUIDE, ITEM, Amendment
from gkdir.model.county import Catalog
from gkdir.pages.address import HOME, article_path, form_path, item_path, town_path
from gkdir.pages.meta import Column, column_tags
from gkdir.pages.page import Crumb, Page

TEMPLATE = "{county}/changes/index.html"


class ChangeLine(Struct, frozen=True):
    """One entry where it is shown: the page that it is about, if there is one, and the place that it holds for.

    ``key`` is the same in every build as long as the entry keeps its day, its subject and its place in the list.
    """

    amendment: Amendment
    key: str
    path: str | None
    town: str | None

    @property
    def title(self) -> str:
        """What it is about, in words: 失业登记的办事指南."""
        name = f"“{self.amendment.name}”" if self.amendment.subject in (FORM, ARTICLE) else self.amendment.name
        about = "的办事指南" if self.amendment.subject == GUIDE else ""
        before = self.amendment.subject if self.amendment.subject in (FORM, ARTICLE) else ""
        return f"{self.town or ''}{before}{name}{about}"

    @property
    def labels(self) -> str:
        """The elements that changed."""
        return "、".join(field.label for field in self.amendment.fields)


class ChangeDay(Struct, frozen=True):
    """What changed on one day, in the order of the list."""

    day: date
    lines: tuple[ChangeLine, ...]


class ChangesView(Struct, frozen=True):
    """What the page shows."""

    days: tuple[ChangeDay, ...]


def change_days(catalog: Catalog) -> tuple[ChangeDay, ...]:
    """The county's changes, the newest day first."""
    lines = sorted(_lines(catalog), key=lambda line: line.amendment.day, reverse=True)
    days = groupby(lines, key=lambda line: line.amendment.day)
    return tuple(ChangeDay(day, tuple(of_day)) for day, of_day in days)


def changes_page(days: tuple[ChangeDay, ...], catalog: Catalog) -> Iterator[Page]:
    """更新记录; no page where nothing is recorded."""
    if days:
        column = Column("更新记录", "目录、办事指南和表格改了什么、为什么改", "更新,修改,新增,停用", "信息公开目录")
        yield Page(
            TEMPLATE,
            {"county": catalog.slug},
            ChangesView(days),
            title=column.name,
            description=f"{catalog.overlay.name}{column.description}，最新的在前。",
            breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(column.name)),
            meta=column_tags(catalog.overlay.website, column),
            updated=days[0].day,
        )


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
    """The pages of what a change can be about; what is no longer there has none."""
    items = {entry.item.id: item_path(entry.item.domain, entry.item.number or "") for entry in catalog.entries()}
    return {
        **{(ITEM, id_): path for id_, path in items.items()},
        **{(GUIDE, id_): path for id_, path in items.items() if id_ in catalog.guides},
        **{(FORM, name): form_path(name) for name in catalog.forms},
        **{(ARTICLE, f"{one.kind}/{one.slug}"): article_path(one.kind, one.slug) for one in catalog.articles},
    }
