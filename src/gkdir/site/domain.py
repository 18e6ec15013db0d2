"""LaidDirectory → the directory as a table: its groups of rows, what it leaves out and why, its downloads."""

from __future__ import annotations

from gkdir.model.county import Catalog, LaidDirectory
from gkdir.service.address import HOME
from gkdir.service.directory import DomainView, column
from gkdir.service.meta import column_tags
from gkdir.site.page import Crumb, Page

TEMPLATE = "{county}/{domain}/index.html"


def domain_page(directory: LaidDirectory, view: DomainView, catalog: Catalog) -> Page:
    """The page of one domain's table."""
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
