"""Catalog → the columns of articles that are not empty, and the articles that are about an item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.county import Catalog
from gkdir.service.address import article_path, column_path
from gkdir.service.meta import WebsiteColumn

COLUMNS: Mapping[str, WebsiteColumn] = {
    "policies": WebsiteColumn("政策文件", "公开法律法规和政策文件", "法律法规,政策文件", "政策文件"),
    "notices": WebsiteColumn("通知公告", "发布与办事有关的通知和公告", "通知,公告", "工作动态"),
    "interpretations": WebsiteColumn(
        "政策解读", "讲清政策的目的、作用、要求和与切身利益的关系", "政策,解读", "政策解读"
    ),
    "faq": WebsiteColumn("常见问题", "解答办事中常见的问题", "常见问题,解答,咨询", "回应关切"),
    "responses": WebsiteColumn("回应关切", "回应群众关心的热点和难点问题", "回应,关切,热点", "回应关切"),
    "consultations": WebsiteColumn("意见征集", "征集意见，公布征集的结果", "征集,意见,调查,结果", "征集调查"),
}
"""Kind of article → the values of the government meta tags; ``ColumnType`` is a term of 政府网页设计规范."""


class ArticleLine(Struct, frozen=True):
    """One article in a list: its page, its publisher, whether it has expired or its consultation is over."""

    article: Article
    path: str
    column: str
    source: str
    expired: bool
    closed: bool


class ColumnView(Struct, frozen=True):
    """One column: its articles, valid ones first, then by date, newest first."""

    kind: str
    name: str
    path: str
    description: str
    lines: tuple[ArticleLine, ...]


def column_views(catalog: Catalog, today: date) -> tuple[ColumnView, ...]:
    """The columns that are not empty, in the order of the notice."""
    views = []
    for kind in ARTICLE_KINDS:
        lines = [_line(article, catalog, today) for article in catalog.articles if article.kind == kind]
        if lines:
            lines.sort(key=lambda line: (line.expired, -line.article.published.toordinal(), line.article.slug))
            column = COLUMNS[kind]
            views.append(ColumnView(kind, column.name, column_path(kind), column.description, tuple(lines)))
    return tuple(views)


def articles_by_item(columns: tuple[ColumnView, ...]) -> Mapping[str, tuple[ArticleLine, ...]]:
    """The id of an item → the articles that are about it, in the order of the columns."""
    found: dict[str, list[ArticleLine]] = {}
    for column in columns:
        for line in column.lines:
            for item in dict.fromkeys(line.article.items):
                found.setdefault(item, []).append(line)
    return {item: tuple(lines) for item, lines in found.items()}


def _line(article: Article, catalog: Catalog, today: date) -> ArticleLine:
    return ArticleLine(
        article=article,
        path=article_path(article.kind, article.slug),
        column=ARTICLE_KINDS[article.kind],
        source=full_name(article.source, catalog) or catalog.overlay.website.organiser or catalog.overlay.name,
        expired=article.expired(today) or any(new.published <= today for new in successors(article, catalog)),
        closed=article.kind == "consultations" and article.closed(today),
    )


def successors(article: Article, catalog: Catalog) -> tuple[Article, ...]:
    """The articles that replace it."""
    return tuple(other for other in catalog.articles if other.id != article.id and other.supersedes(article))


def full_name(text: str | None, catalog: Catalog) -> str | None:
    """The full name of an organisation, or the text itself if it is not a key."""
    office = catalog.organisation(text) if text else None
    return office.name if office else text
