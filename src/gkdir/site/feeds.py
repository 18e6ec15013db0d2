"""A Site and its pages → ``sitemap.xml`` and ``feed.xml``."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from gkdir.model.amendment import ADDED, Amendment
from gkdir.model.amendment import ARTICLE as ARTICLE_SUBJECT
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import Catalog
from gkdir.service.address import CHANGES, ENGLISH, HANT, SCREENS, article_path, has_twin
from gkdir.service.changes import ChangeDay
from gkdir.service.site import Site
from gkdir.site.article import TEMPLATE as ARTICLE
from gkdir.site.item import DIRECTORY_PAGE as DOMAIN
from gkdir.site.page import Page

MOST = 100
"""The most entries of the feed."""


class Address(Struct, frozen=True):
    """One page in ``sitemap.xml``; ``path`` in the county's folder."""

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
    """The feed: its id, the day of its newest entry, its entries from the newest on."""

    id: str
    updated: date
    entries: tuple[News, ...]


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


def _id(catalog: Catalog, path: str) -> str:
    """An id that stays the same if the county's folder is moved."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"gkdir:{catalog.overlay.code}/{path}").urn
