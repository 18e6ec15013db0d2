"""Catalog → a county's home: search, moments of life, the directories with their categories, towns, phones."""

from __future__ import annotations

from dataclasses import dataclass

from gkdir.model.county import Catalog
from gkdir.pages.address import town_path
from gkdir.pages.article import ColumnView
from gkdir.pages.changes import ChangeDay, ChangeLine
from gkdir.pages.county import Link
from gkdir.pages.domain import DomainView
from gkdir.pages.events import EVENTS, QUESTIONS
from gkdir.pages.meta import site_tags
from gkdir.pages.page import Page
from gkdir.pages.reckon import Calculator
from gkdir.pages.row import Row

TEMPLATE = "{county}/index.html"
NEWEST = 5
"""Changes that the home shows."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of life and the pages that help."""

    name: str
    line: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A township and the villages below it."""

    link: Link
    villages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home shows."""

    questions: tuple[Link, ...]
    moments: tuple[Moment, ...]
    domains: tuple[DomainView, ...]
    places: tuple[Place, ...]
    columns: tuple[ColumnView, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    """The newest changes."""
    calculators: tuple[Calculator, ...] = ()


def home_page(
    catalog: Catalog,
    domains: tuple[DomainView, ...],
    columns: tuple[ColumnView, ...],
    changes: tuple[ChangeDay, ...] = (),
    offered: tuple[Calculator, ...] = (),
) -> Page:
    """The county's home."""
    name = catalog.overlay.name
    labels = "、".join(domain.label for domain in domains)
    rows = {row.item.id: row for domain in domains for group in domain.groups for row in group.rows}
    return Page(
        TEMPLATE,
        {"county": catalog.slug},
        HomeView(
            questions=tuple(Link(words, rows[item].path) for words, item in QUESTIONS if item in rows),
            moments=_moments(rows),
            domains=domains,
            places=places(catalog),
            columns=columns,
            changes=tuple(line for day in changes for line in day.lines)[:NEWEST],
            calculators=offered,
        ),
        title=f"{name}基层政务公开标准目录",
        description=f"{name}{labels}领域的公开事项、办事指南和表格，可以搜索、查阅和下载。",
        meta=site_tags(catalog.overlay.website),
    )


def places(catalog: Catalog) -> tuple[Place, ...]:
    """The townships with their villages; a village whose township is not known stands alone."""
    slugs = {town.slug for town in catalog.towns}
    below: dict[str, list[Link]] = {}
    tops: list[Catalog] = []
    for town in catalog.towns:
        if town.overlay.parent in slugs:
            below.setdefault(str(town.overlay.parent), []).append(_link(town))
        else:
            tops.append(town)
    return tuple(Place(_link(town), tuple(below.get(town.slug, ()))) for town in tops)


def _moments(rows: dict[str, Row]) -> tuple[Moment, ...]:
    found = (Moment(e.name, e.line, tuple(rows[item] for item in e.items if item in rows)) for e in EVENTS)
    return tuple(moment for moment in found if moment.rows)


def _link(town: Catalog) -> Link:
    return Link(town.overlay.name, town_path(town.slug))
