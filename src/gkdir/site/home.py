"""A Site → a county's home: search, navigation, the directories with their categories, towns, phones."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice

from msgspec import Struct

from gkdir.model.county import Catalog
from gkdir.service.address import AZ, HOME, WIZARD, audience_path, event_path, town_path
from gkdir.service.calculators import Calculator
from gkdir.service.changes import ChangeLine
from gkdir.service.columns import ColumnView
from gkdir.service.county import Link
from gkdir.service.directory import DomainView
from gkdir.service.meta import site_tags
from gkdir.service.site import Site
from gkdir.site.page import Page

TEMPLATE = "{county}/index.html"
NEWEST = 5
"""How many changes the home shows."""
QUESTIONS = 3
"""How many questions to show below the search box; a longer list takes too long to read."""


class HomeLink(Struct, frozen=True):
    """An entrance: its title, a short second line, its page and anchor."""

    title: str
    line: str
    path: str
    anchor: str = ""


FURTHER_ENTRANCES = (
    HomeLink("按拼音找", "知道事情叫什么，按首字母翻", AZ),
    HomeLink("按类别找", "翻公开目录，一类一类看", HOME, "directories"),
)
"""Entrances that are shown if their pages exist."""


class TownLinks(Struct, frozen=True):
    """A township and the villages below it."""

    link: Link
    villages: tuple[Link, ...]


class HomeView(Struct, frozen=True):
    """The content of the home page. ``doors`` are those of ``FURTHER_ENTRANCES`` whose pages exist."""

    questions: tuple[Link, ...]
    events: tuple[HomeLink, ...]
    audiences: tuple[HomeLink, ...]
    doors: tuple[HomeLink, ...]
    domains: tuple[DomainView, ...]
    places: tuple[TownLinks, ...]
    columns: tuple[ColumnView, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    """The newest changes."""
    calculators: tuple[Calculator, ...] = ()
    wizard: str | None = None
    """The first page of 我能办什么, if there is one."""


def home_pages(site: Site) -> Iterator[Page]:
    """The county's home."""
    catalog, navigation = site.catalog, site.catalog.navigation
    name = catalog.overlay.name
    labels = "、".join(domain.label for domain in site.domains)
    paths = {HOME, *(entrance.path for entrance in site.entrances)}
    events = (HomeLink(event.name, event.line, event_path(event.slug)) for event in navigation.events.values())
    audiences = (HomeLink(one.name, one.line, audience_path(one.slug)) for one in navigation.audiences.values())
    yield Page(
        TEMPLATE,
        {"county": catalog.slug},
        HomeView(
            questions=_questions(site),
            events=_existing(events, paths),
            audiences=_existing(audiences, paths),
            doors=_existing(FURTHER_ENTRANCES, paths),
            domains=site.domains,
            places=places(catalog),
            columns=site.columns,
            changes=tuple(line for day in site.changes for line in day.lines)[:NEWEST],
            calculators=site.calculators,
            wizard=WIZARD if WIZARD in paths else None,
        ),
        title=f"{name}基层政务公开标准目录",
        description=f"{name}{labels}领域的公开事项、办事指南和表格，可以搜索、查阅和下载。",
        meta=site_tags(catalog.overlay.website),
    )


def places(catalog: Catalog) -> tuple[TownLinks, ...]:
    """The townships with their villages; a village whose township is unknown is listed by itself."""
    slugs = {town.slug for town in catalog.towns}
    below: dict[str, list[Link]] = {}
    tops: list[Catalog] = []
    for town in catalog.towns:
        if town.overlay.parent in slugs:
            below.setdefault(str(town.overlay.parent), []).append(_link(town))
        else:
            tops.append(town)
    return tuple(TownLinks(_link(town), tuple(below.get(town.slug, ()))) for town in tops)


def _questions(site: Site) -> tuple[Link, ...]:
    asked = site.catalog.navigation.questions.items()
    links = (Link(words, site.rows[item.text].path) for words, item in asked if item.text in site.rows)
    return tuple(islice(links, QUESTIONS))


def _existing(doors: Iterable[HomeLink], paths: Container[str]) -> tuple[HomeLink, ...]:
    return tuple(door for door in doors if door.path in paths)


def _link(town: Catalog) -> Link:
    return Link(town.overlay.name, town_path(town.slug))
