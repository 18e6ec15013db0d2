"""The published counties → the page of all counties, with a search over places and items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from gkdir.model.county import Website
from gkdir.model.domain import facts_of
from gkdir.model.item import Directory
from gkdir.model.project import Project
from gkdir.service.address import LOST
from gkdir.site.county import CountyView
from gkdir.site.page import Page


class Published(Struct, frozen=True):
    """A published county: its folder, name and code, the ids of national items that it omits."""

    slug: str
    name: str
    code: str
    example: bool = False
    updated: date | None = None
    omitted: tuple[str, ...] = ()


class DomainCount(Struct, frozen=True):
    """A national directory and how many items it has."""

    label: str
    count: int


class RootView(Struct, frozen=True):
    """The page of all counties, in the order of their codes."""

    counties: tuple[Published, ...]
    domains: tuple[DomainCount, ...]

    @property
    def example(self) -> str:
        """An example of a search: a place and a matter."""
        return f"{self.counties[0].name}失业金" if self.counties else "失业金"


def root_page(counties: Sequence[Published], national: Mapping[str, Directory]) -> Page:
    """``index.html`` next to the counties' folders."""
    ordered = tuple(sorted(counties, key=lambda county: (county.code, county.slug)))
    domains = tuple(DomainCount(directory.label, len(directory.items)) for directory in national.values())
    return Page(
        "index.html",
        {},
        RootView(ordered, domains),
        title="基层政务公开标准目录",
        description=f"各县的{'、'.join(domain.label for domain in domains)}公开事项和办事指南，可以按地区和事项搜索。",
    )


def lost_page(root: Page) -> Page:
    """``404.html``, which a server shows for unknown addresses, with the content of ``root``."""
    return Page(LOST, {}, root.view, title="这个网址没有网页")


def root_view(counties: Sequence[Published], project: Project, version: str, base: str | None) -> CountyView:
    """The header and footer of the page of all counties."""
    return CountyView(
        slug="",
        name="",
        example=all(county.example for county in counties) and bool(counties),
        website=Website(),
        domains=(),
        office=None,
        updated=max((county.updated for county in counties if county.updated), default=None),
        version=version,
        facts=tuple(facts_of(key, each.label, project.domains) for key, each in project.national.items()),
        base=base,
    )
