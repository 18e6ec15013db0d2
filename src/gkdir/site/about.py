"""A Site → the pages about the directory itself: 下载, 说明, 网站地图."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.county import Catalog
from gkdir.service.address import HOME, INDEX, LLMS, PACKAGE, SERVICES, form_path
from gkdir.service.calculators import Calculator
from gkdir.service.columns import ColumnView
from gkdir.service.county import Link
from gkdir.service.directory import DomainView
from gkdir.service.guide import File
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.site import Site
from gkdir.site.home import TownLinks, places
from gkdir.site.page import Crumb, Page


class DataView(Struct, frozen=True):
    """The page 下载. ``index``: bytes of the list of everything that is published, ``None`` if there is none."""

    domains: tuple[DomainView, ...]
    forms: tuple[Link, ...]
    index: int | None = None
    machine: tuple[File, ...] = ()
    """Files that only programs read."""


class AboutView(Struct, frozen=True):
    """The page 目录说明; ``layers``: the names of the layers from the top down."""

    domains: tuple[DomainView, ...]
    layers: tuple[str, ...]


class MapView(Struct, frozen=True):
    """The page 网站地图: all pages in order, but only the first of 我能办什么."""

    entrances: tuple[Link, ...]
    domains: tuple[DomainView, ...]
    places: tuple[TownLinks, ...]
    forms: tuple[Link, ...]
    columns: tuple[ColumnView, ...]
    calculators: tuple[Calculator, ...] = ()


_DATA = WebsiteColumn("目录下载", "下载本县目录的工作簿、表格和数据，以及办事表格", "下载,目录,表格,数据", "数据开放")
_FOR_PROGRAMS = {
    PACKAGE: "csv 的说明（Data Package）",
    SERVICES: "公共服务的关联数据（CPSV-AP，JSON-LD）",
    LLMS: "给读文字的程序的说明（llms.txt）",
}
"""Path → name of the files that only programs read."""
_ABOUT = WebsiteColumn("目录说明", "这个目录是什么、依据什么、怎样编制和更新", "说明,指南,依据,监督", "信息公开指南")
_MAP = WebsiteColumn("网站地图", "全部页面", "网站地图", "信息公开目录")


def data_pages(site: Site) -> Iterator[Page]:
    """The page 下载."""
    machine = tuple(
        File(path, name, size=site.files[path]) for path, name in _FOR_PROGRAMS.items() if path in site.files
    )
    view = DataView(site.domains, forms(site.catalog), site.files.get(INDEX), machine)
    yield _page("{county}/data/index.html", _DATA, view, site.catalog)


def about_pages(site: Site) -> Iterator[Page]:
    """The page 目录说明."""
    view = AboutView(site.domains, tuple(layer.name for layer in site.catalog.layers))
    yield _page("{county}/about/index.html", _ABOUT, view, site.catalog)


def map_pages(site: Site) -> Iterator[Page]:
    """The page 网站地图."""
    catalog = site.catalog
    view = MapView(site.entrances, site.domains, places(catalog), forms(catalog), site.columns, site.calculators)
    yield _page("{county}/sitemap/index.html", _MAP, view, catalog)


def forms(catalog: Catalog) -> tuple[Link, ...]:
    """Links to the pages of all forms."""
    return tuple(Link(form.title, form_path(form.name)) for form in catalog.forms.values())


def _page(template: str, column: WebsiteColumn, view: object, catalog: Catalog) -> Page:
    title = "下载" if column is _DATA else column.name  # as in the menu
    return Page(
        template,
        {"county": catalog.slug},
        view,
        title=title,
        description=column.description,
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(title)),
        meta=column_tags(catalog.overlay.website, column),
    )
