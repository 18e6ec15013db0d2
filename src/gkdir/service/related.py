"""An item → the items that people mostly need as well, for the end of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gkdir.model.guide import Guide
from gkdir.service.row import ServiceRow

MOST = 6
"""A longer list would have to be searched itself."""


def related(
    item: str, guides: Mapping[str, Guide], rows: Mapping[str, ServiceRow], moments: Iterable[Sequence[str]]
) -> tuple[ServiceRow, ...]:
    """The items that its guide names, those whose guides name it, then those of the same life event.

    Where there is no guide, the items of the same 二级事项 that have one come first: they help soonest.

    ``moments`` are the ids of the items of each life event; items that are not in ``rows``, by id, are left out.
    """
    found = dict.fromkeys((*_guided_beside(item, guides, rows), *_named(item, guides, moments)))
    return tuple(rows[other] for other in found if other != item and other in rows)[:MOST]


def _guided_beside(item: str, guides: Mapping[str, Guide], rows: Mapping[str, ServiceRow]) -> Iterator[str]:
    if item not in guides and item in rows:
        own = rows[item].item
        yield from (
            other
            for other, row in rows.items()
            if other in guides and (row.item.domain, row.item.level2) == (own.domain, own.level2)
        )


def _named(item: str, guides: Mapping[str, Guide], moments: Iterable[Sequence[str]]) -> Iterator[str]:
    if item in guides:
        yield from guides[item].related
    yield from (other for other, guide in guides.items() if item in guide.related)
    for items in moments:
        if item in items:
            yield from items
