"""Rows → a page of all items by first letter, under their everyday and their official names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from gkdir.service.address import AZ, HOME
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.pinyin import OTHER, by_sound, letter
from gkdir.service.row import ServiceRow
from gkdir.service.site import Site
from gkdir.service.texts import AZ_TITLE
from gkdir.site.page import Crumb, Page

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class IndexName(Struct, frozen=True):
    """An item under one of its names; ``beside``: its other name, or its 一级事项 if other items share the name."""

    name: str
    row: ServiceRow
    beside: str = ""


class LetterGroup(Struct, frozen=True):
    """The names under one letter; ``anchor`` is its place on the page."""

    letter: str
    anchor: str
    names: tuple[IndexName, ...]


class AzView(Struct, frozen=True):
    """All names by letter; ``anchors`` has every letter of the alphabet, with the anchor of its names if it has any."""

    groups: tuple[LetterGroup, ...]
    anchors: tuple[tuple[str, str], ...]
    count: int


def az_pages(site: Site) -> Iterator[Page]:
    """The page of all items in pinyin order."""
    catalog, rows = site.catalog, tuple(site.rows.values())
    groups = tuple(_groups(rows))
    anchors = {group.letter: group.anchor for group in groups}
    letters = (*LETTERS, OTHER) if OTHER in anchors else tuple(LETTERS)
    described = f"{catalog.overlay.name}{len(rows)}个事项，按名称的拼音首字母排列，俗称和正式名称都有。"
    yield Page(
        f"{{county}}/{AZ}",
        {"county": catalog.slug},
        AzView(groups, tuple((one, anchors.get(one, "")) for one in letters), len(rows)),
        title=AZ_TITLE,
        description=described,
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(AZ_TITLE)),
        meta=column_tags(catalog.overlay.website, WebsiteColumn(AZ_TITLE, described, "拼音,音序,事项", "信息公开目录")),
    )


def _groups(rows: tuple[ServiceRow, ...]) -> Iterator[LetterGroup]:
    names: dict[str, list[IndexName]] = {}
    for named in _names(rows):
        names.setdefault(named.name, []).append(named)
    groups: dict[str, list[IndexName]] = {}
    for name in by_sound(names):
        groups.setdefault(letter(name), []).extend(names[name])
    for one, found in groups.items():
        yield LetterGroup(one, f"l-{one.lower()}" if one != OTHER else "l-other", tuple(found))


def _names(rows: tuple[ServiceRow, ...]) -> Iterator[IndexName]:
    twice = Counter(row.official for row in rows)
    for row in rows:
        category = row.item.level1 if twice[row.official] > 1 else ""
        if row.title != row.official:
            yield IndexName(row.title, row, row.official)
        yield IndexName(row.official, row, category)
