"""Navigation → a page for each life event and each audience: its items in order, one checklist for all, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.county import Catalog
from gkdir.model.navigation import Event
from gkdir.service.address import HOME, event_path
from gkdir.service.bundle import Bundle
from gkdir.service.county import Link
from gkdir.service.meta import WebsiteColumn, column_tags
from gkdir.service.navigation import AudienceView
from gkdir.service.site import Site
from gkdir.site.page import Crumb, Page

_AUDIENCE_PAGE = "{county}/audience/{audience}/index.html"


def audience_pages(site: Site) -> Iterator[Page]:
    """The pages of the audiences that use at least one item of the county."""
    return (_audience_page(view, site.catalog) for view in site.audiences)


def _audience_page(view: AudienceView, catalog: Catalog) -> Page:
    name = view.audience.name
    described = f"{catalog.overlay.name}{name}会用到的{view.count}个事项，按类别排列。"
    column = WebsiteColumn(f"{name}办事", described, f"{name},{catalog.subjects.replace('、', ',')}", "办事服务")
    return Page(
        _AUDIENCE_PAGE,
        {"county": catalog.slug, "audience": view.audience.slug},
        view,
        title=f"{name}办事",
        description=described,
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(name)),
        meta=column_tags(catalog.overlay.website, column),
    )


TEMPLATE = "{county}/events/{event}/index.html"


class EventView(Struct, frozen=True):
    """One life event. ``others`` are all of them, including this one."""

    event: Event
    bundle: Bundle
    others: tuple[Link, ...]


def event_pages(site: Site) -> Iterator[Page]:
    """The pages of the events for which the county has at least one item."""
    others = tuple(Link(event.name, event_path(event.slug)) for event, _ in site.events)
    return (_page(EventView(event, bundle, others), site.catalog) for event, bundle in site.events)


def _page(view: EventView, catalog: Catalog) -> Page:
    event = view.event
    names = "、".join(step.row.title for step in view.bundle.steps)
    described = f"{event.line or event.name}。{catalog.overlay.name}办这件事的先后、材料和电话：{names}。"
    column = WebsiteColumn(f"{event.name}一件事", described, ",".join([event.name, "一件事"]), "办事服务")
    return Page(
        TEMPLATE,
        {"county": catalog.slug, "event": event.slug},
        view,
        title=event.name,
        description=described,
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(event.name)),
        meta=column_tags(catalog.overlay.website, column),
    )
