"""A Site → the pages about the directory itself (下载, 说明, 网站地图), ``sitemap.xml`` and ``feed.xml``."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from gkdir.model.amendment import ADDED, Amendment
from gkdir.model.amendment import ARTICLE as ARTICLE_SUBJECT
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import Catalog
from gkdir.service.address import (
    CHANGES,
    ENGLISH,
    HANT,
    HOME,
    INDEX,
    LLMS,
    PACKAGE,
    SCREENS,
    SERVICES,
    article_path,
    form_path,
    has_twin,
)
from gkdir.service.calculators import Calculator
from gkdir.service.changes import ChangeDay
from gkdir.service.columns import ColumnView
from gkdir.service.county import Link
from gkdir.service.directory import DomainView
from gkdir.service.guide import File
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.site import Site
from gkdir.site.article import TEMPLATE as ARTICLE
from gkdir.site.home import TownLinks, places
from gkdir.site.item import DIRECTORY_PAGE as DOMAIN
from gkdir.site.page import Crumb, Page

MOST = 100
"""The most entries of the feed."""


class DataView(Struct, frozen=True):
    """下载: the directories' files and all forms; ``index`` is the size of the list of everything, if there is one."""

    domains: tuple[DomainView, ...]
    forms: tuple[Link, ...]
    index: int | None = None
    machine: tuple[File, ...] = ()
    """What only programs read."""


class AboutView(Struct, frozen=True):
    """说明: the number of items and where they come from; ``layers`` are the names of the layers, top down."""

    domains: tuple[DomainView, ...]
    layers: tuple[str, ...]


class MapView(Struct, frozen=True):
    """网站地图: all pages, in order; of 我能办什么 only the first."""

    entrances: tuple[Link, ...]
    domains: tuple[DomainView, ...]
    places: tuple[TownLinks, ...]
    forms: tuple[Link, ...]
    columns: tuple[ColumnView, ...]
    calculators: tuple[Calculator, ...] = ()


class Address(Struct, frozen=True):
    """One page in ``sitemap.xml``."""

    path: str
    updated: date | None


class News(Struct, frozen=True):
    """One entry of ``feed.xml``: a change, or a page that was published or checked on that day."""

    id: str
    title: str
    summary: str
    path: str
    day: date


class FeedView(Struct, frozen=True):
    """The feed: its own id, the newest day, its entries from the newest on."""

    id: str
    updated: date
    entries: tuple[News, ...]


_DATA = WebsiteColumn("目录下载", "下载本县目录的工作簿、表格和数据，以及办事表格", "下载,目录,表格,数据", "数据开放")
_MACHINES = {
    PACKAGE: "csv 的说明（Data Package）",
    SERVICES: "公共服务的关联数据（CPSV-AP，JSON-LD）",
    LLMS: "给读文字的程序的说明（llms.txt）",
}
"""What only programs read, by its path."""
_ABOUT = WebsiteColumn("目录说明", "这个目录是什么、依据什么、怎样编制和更新", "说明,指南,依据,监督", "信息公开指南")
_MAP = WebsiteColumn("网站地图", "全部页面", "网站地图", "信息公开目录")


def data_pages(site: Site) -> Iterator[Page]:
    """下载."""
    machine = tuple(File(path, name, size=site.files[path]) for path, name in _MACHINES.items() if path in site.files)
    view = DataView(site.domains, forms(site.catalog), site.files.get(INDEX), machine)
    yield _page("{county}/data/index.html", _DATA, view, site.catalog)


def about_pages(site: Site) -> Iterator[Page]:
    """说明."""
    view = AboutView(site.domains, tuple(layer.name for layer in site.catalog.layers))
    yield _page("{county}/about/index.html", _ABOUT, view, site.catalog)


def map_pages(site: Site) -> Iterator[Page]:
    """网站地图."""
    catalog = site.catalog
    view = MapView(site.entrances, site.domains, places(catalog), forms(catalog), site.columns, site.calculators)
    yield _page("{county}/sitemap/index.html", _MAP, view, catalog)


def sitemap_file(site: Site, pages: tuple[Page, ...]) -> Page:
    """``sitemap.xml`` of the given pages except the screens, and of their copies in Traditional script."""
    listed = (page for page in pages if not page.inner.removeprefix(ENGLISH).startswith(SCREENS))
    view = tuple(Address(page.inner, page.updated) for page in listed)
    if site.hant:
        view += tuple(Address(HANT + each.path, each.updated) for each in view if has_twin(each.path))
    return Page("{county}/sitemap.xml", {"county": site.catalog.slug}, view, title="sitemap")


def feed_file(site: Site, pages: tuple[Page, ...]) -> Page:
    """``feed.xml``: changes and articles, the newest first.

    If no changes are recorded, directories and guides are listed by the day they were last checked.
    """
    catalog, changes = site.catalog, site.changes
    news = [*_changes(catalog, changes), *_articles(catalog, pages)] if changes else [*_checked(catalog, pages)]
    entries = tuple(sorted(news, key=lambda entry: entry.day, reverse=True)[:MOST])
    view = FeedView(_id(catalog, ""), entries[0].day if entries else site.date, entries)
    return Page("{county}/feed.xml", {"county": catalog.slug}, view, title=f"{catalog.overlay.name}目录更新")


def _changes(catalog: Catalog, days: tuple[ChangeDay, ...]) -> Iterator[News]:
    for line in (line for day in days for line in day.lines):
        amendment = line.amendment
        summary = "。".join(part for part in (line.labels, amendment.reason, amendment.basis) if part)
        title = f"{amendment.kind}：{line.title}"
        yield News(_id(catalog, f"changes/{line.key}"), title, summary, line.path or CHANGES, amendment.day)


def _articles(catalog: Catalog, pages: tuple[Page, ...]) -> Iterator[News]:
    """The articles whose publication is not yet recorded as a change."""
    new = {article_path(*each.id.split("/", 1)) for each in catalog.amendments if _is_new_article(each)}
    yield from (_news(catalog, page) for page in pages if page.template == ARTICLE and page.inner not in new)


def _is_new_article(amendment: Amendment) -> bool:
    return amendment.subject == ARTICLE_SUBJECT and amendment.kind == ADDED and "/" in amendment.id


def _checked(catalog: Catalog, pages: tuple[Page, ...]) -> Iterator[News]:
    for page in pages:
        if (
            page.updated
            and page.chinese is None
            and (page.template in (DOMAIN, ARTICLE) or page.item in catalog.guides)
        ):
            yield _news(catalog, page)


def _news(catalog: Catalog, page: Page) -> News:
    return News(_id(catalog, page.inner), page.title, page.description, page.inner, page.updated or NOTICE_DATE)


def forms(catalog: Catalog) -> tuple[Link, ...]:
    """All forms, by title."""
    return tuple(Link(form.title, form_path(form.name)) for form in catalog.forms.values())


def _page(template: str, column: WebsiteColumn, view: object, catalog: Catalog) -> Page:
    title = "下载" if column is _DATA else column.name  # what stands in the menu
    return Page(
        template,
        {"county": catalog.slug},
        view,
        title=title,
        description=column.description,
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(title)),
        meta=column_tags(catalog.overlay.website, column),
    )


def _id(catalog: Catalog, path: str) -> str:
    """An id that stays the same if the county's folder is moved."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"gkdir:{catalog.overlay.code}/{path}").urn
