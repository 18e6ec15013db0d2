"""Articles → a list page for each column that is not empty, and a page for each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from gkdir.model.article import Article
from gkdir.model.county import Catalog
from gkdir.service.address import HOME, article_path, entry_path
from gkdir.service.columns import COLUMNS, ArticleLine, ColumnView, full_name, successors
from gkdir.service.coredata import CoreData
from gkdir.service.county import Link
from gkdir.service.meta import Publication, article_tags, column_tags
from gkdir.service.site import Site
from gkdir.service.structured import Data, faq_data
from gkdir.site.page import Crumb, Page

LIST = "{county}/{column}/index.html"
TEMPLATE = "{county}/{column}/{article}/index.html"


class ArticleView(Struct, frozen=True):
    """The page of one article; ``items`` are the items of the directory that it is about."""

    line: ArticleLine
    column: ColumnView
    answered_by: str | None
    items: tuple[Link, ...]
    joined: tuple[ArticleLine, ...] = ()
    """The policies that an interpretation explains, or the interpretations of a policy."""
    outdated: bool = False
    """Whether all policies that an interpretation explains have expired."""
    core: CoreData | None = None
    """Its metadata: index number, publisher, dates."""
    replaces: tuple[Link, ...] = ()
    replaced_by: tuple[Link, ...] = ()
    structured: Data | None = None
    """The JSON-LD of a question and its answer."""


def article_pages(site: Site) -> Iterator[Page]:
    """The list of each column, and the page of each of its articles."""
    catalog = site.catalog
    for column in site.columns:
        yield Page(
            LIST,
            {"county": catalog.slug, "column": column.kind},
            column,
            title=column.name,
            description=f"{catalog.overlay.name}{column.name}：{column.description}。",
            breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(column.name)),
            meta=column_tags(catalog.overlay.website, COLUMNS[column.kind]),
            updated=max(line.article.published for line in column.lines),
        )
        yield from (_page(line, column, site) for line in column.lines)


def _page(line: ArticleLine, column: ColumnView, site: Site) -> Page:
    article, catalog = line.article, site.catalog
    website = catalog.overlay.website
    answered_by = full_name(article.answered_by, catalog)
    lines = (other for each in site.columns for other in each.lines)
    joined = tuple(other for other in lines if article.joined(other.article))
    view = ArticleView(
        line,
        column,
        answered_by,
        tuple(_items(article, catalog)),
        joined,
        article.kind == "interpretations" and bool(joined) and all(other.expired for other in joined),
        core=site.core_data[article.id],
        replaces=_links(other for other in catalog.articles if article.supersedes(other) and other.id != article.id),
        replaced_by=_links(successors(article, catalog)),
        structured=faq_data(article) if article.kind == "faq" else None,
    )
    return Page(
        TEMPLATE,
        {"county": catalog.slug, "column": article.kind, "article": article.slug},
        view,
        title=article.title,
        description=article.summary or f"{column.name}：{article.title}",
        breadcrumbs=(Crumb(catalog.overlay.name, HOME), Crumb(column.name, column.path), Crumb(article.title)),
        meta=article_tags(website, COLUMNS[article.kind], Publication(article.title, article.published, line.source)),
        updated=article.published,
    )


def _links(articles: Iterable[Article]) -> tuple[Link, ...]:
    return tuple(Link(other.title, article_path(other.kind, other.slug)) for other in articles)


def _items(article: Article, catalog: Catalog) -> Iterator[Link]:
    for item in dict.fromkeys(article.items):
        entry = catalog.entry(item)
        if entry is not None:
            yield Link(entry.title, entry_path(entry))
