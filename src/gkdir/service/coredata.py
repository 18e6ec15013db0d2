"""A county's items and articles → the core metadata of each: index number, title, publisher, dates, validity.

Article 12 of the regulation (条例) requires index, name, summary and date of creation of everything published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from gkdir.model.county import Catalog, Entry
from gkdir.service.columns import ArticleLine, ColumnView
from gkdir.service.service import Service

VALID, EXPIRED = "有效", "已失效"


class CoreData(Struct, frozen=True):
    """The metadata of one item or article; ``day`` is the day of publishing, or of an item's last check."""

    index: str
    title: str
    column: str
    outline: str
    publisher: str
    path: str
    number: str | None = None
    formed: date | None = None
    day: date | None = None
    until: date | None = None
    expired: bool = False

    @property
    def state(self) -> str:
        """In words, whether it is in force."""
        return EXPIRED if self.expired else VALID


def core_data(
    catalog: Catalog, services: Mapping[str, Service], columns: tuple[ColumnView, ...]
) -> Mapping[str, CoreData]:
    """The metadata by the ids of items (``employment/4.1``) and of articles (``policies/rules``)."""
    code = catalog.overlay.code
    found = dict(_items(catalog, services))
    found |= {line.article.id: _article(line, code) for column in columns for line in column.lines}
    return found


def index_number(code: str, known: str) -> str:
    """``990101/employment/4.1``: it stays the same as long as the item has its number, or the article its file."""
    return f"{code}/{known}"


def _items(catalog: Catalog, services: Mapping[str, Service]) -> Iterator[tuple[str, CoreData]]:
    for directory in catalog.directories.values():
        for entry in directory.entries:
            service = services[entry.item.id]
            yield entry.item.id, _item(entry, service, catalog, directory.reviewed)


def _item(entry: Entry, service: Service, catalog: Catalog, reviewed: date | None) -> CoreData:
    item = entry.item
    return CoreData(
        index=index_number(catalog.overlay.code, item.id),
        title=item.name,
        column=catalog.directories[item.domain].title,
        outline=service.summary or "、".join(item.content),
        publisher="、".join(item.publisher) or catalog.overlay.website.organiser or catalog.overlay.name,
        path=service.path,
        day=service.checked or reviewed,
    )


def _article(line: ArticleLine, code: str) -> CoreData:
    article = line.article
    return CoreData(
        index=article.index or index_number(code, article.id),
        title=article.title,
        column=line.column,
        outline=article.summary or "",
        publisher=line.source,
        path=line.path,
        number=article.number,
        formed=article.formed,
        day=article.published,
        until=article.until,
        expired=line.expired,
    )
