"""A county's 更新记录 → its page, by day, the newest first."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.service.address import HOME
from gkdir.service.changes import ChangeDay
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.site import Site
from gkdir.site.page import Crumb, Page

TEMPLATE = "{county}/changes/index.html"


class ChangesView(Struct, frozen=True):
    """What the page shows."""

    days: tuple[ChangeDay, ...]


def changes_pages(site: Site) -> Iterator[Page]:
    """The page 更新记录; none if nothing is recorded."""
    catalog, days = site.catalog, site.changes
    if days:
        column = WebsiteColumn(
            "更新记录", "目录、办事指南和表格改了什么、为什么改", "更新,修改,新增,停用", "信息公开目录"
        )
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
