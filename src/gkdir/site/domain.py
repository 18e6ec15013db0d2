"""LaidDirectory → the page with the directory as a table: rows in groups, omissions with reasons, downloads."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.model.county import Catalog, LaidDirectory
from gkdir.service.address import HOME
from gkdir.service.directory import DomainView, column
from gkdir.service.meta import column_tags
from gkdir.service.site import Site
from gkdir.site.item import item_pages
from gkdir.site.page import Crumb, Page

TEMPLATE = "{county}/{domain}/index.html"


def directory_pages(site: Site) -> Iterator[Page]:
    """The page of each domain's table, followed by those of its items."""
    for view in site.domains:
        yield _page(site.catalog.directories[view.domain], view, site.catalog)
        yield from item_pages(site, view)


def _page(directory: LaidDirectory, view: DomainView, catalog: Catalog) -> Page:
    return Page(
        TEMPLATE,
        {"county": catalog.slug, "domain": directory.domain},
        view,
        title=directory.title,
        description=f"{catalog.overlay.name}{directory.label}领域公开{view.count}个事项：内容、依据、时限、主体和渠道。",
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(view.label)),
        meta=column_tags(catalog.overlay.website, column(directory, "信息公开目录")),
        updated=directory.reviewed,
    )
