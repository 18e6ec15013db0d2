"""A county's website and a page's subject → the government meta tags (国办发〔2017〕47号, 政府网页设计规范).

The home page has the three site tags, a list seven, an article ten. A tag without a value from the county is left out,
never empty or invented; a rule asks for the value.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gkdir.model.county import Website

Tags = tuple[tuple[str, str], ...]


class WebsiteColumn(Struct, frozen=True):
    """A column (栏目) of the website: the values of the four ``Column…`` tags."""

    name: str
    description: str
    keywords: str
    kind: str  # ColumnType: 信息公开目录, 办事服务, 信息公开指南, 数据开放 …


def site_tags(website: Website) -> Tags:
    """The tags of every page: SiteName, SiteDomain, SiteIDCode."""
    return _given(("SiteName", website.name), ("SiteDomain", website.domain), ("SiteIDCode", website.code))


def column_tags(website: Website, column: WebsiteColumn) -> Tags:
    """The tags of a list: those of the site, and the column's."""
    return site_tags(website) + _given(
        ("ColumnName", column.name),
        ("ColumnDescription", column.description),
        ("ColumnKeywords", column.keywords),
        ("ColumnType", column.kind),
    )


class Publication(Struct, frozen=True):
    """The title of a page, its day of publication (if known), and its publisher."""

    title: str
    day: date | None
    source: str


def article_tags(website: Website, column: WebsiteColumn, published: Publication) -> Tags:
    """The tags of an article: those of its column, and title, date and source.

    ``PubDate`` requires a time; only the day is known, so it is midnight.
    """
    return column_tags(website, column) + _given(
        ("ArticleTitle", published.title),
        ("PubDate", f"{published.day.isoformat()} 00:00" if published.day else None),
        ("ContentSource", published.source),
    )


def _given(*tags: tuple[str, str | None]) -> Tags:
    return tuple((name, value) for name, value in tags if value)
