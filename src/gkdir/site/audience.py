"""Audiences → a page for each: its items, by category."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.model.county import Catalog
from gkdir.service.address import HOME
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.navigation import AudienceView
from gkdir.service.site import Site
from gkdir.site.page import Crumb, Page

TEMPLATE = "{county}/audience/{audience}/index.html"


def audience_pages(site: Site) -> Iterator[Page]:
    """The pages of the audiences that use at least one item of the county."""
    return (_page(view, site.catalog) for view in site.audiences)


def _page(view: AudienceView, catalog: Catalog) -> Page:
    name = view.audience.name
    described = f"{catalog.overlay.name}{name}会用到的{view.count}个事项，按类别排列。"
    column = WebsiteColumn(f"{name}办事", described, f"{name},就业,社会保险", "办事服务")
    return Page(
        TEMPLATE,
        {"county": catalog.slug, "audience": view.audience.slug},
        view,
        title=f"{name}办事",
        description=described,
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(name)),
        meta=column_tags(catalog.overlay.website, column),
    )
