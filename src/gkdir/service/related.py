"""An item → the items that people who do it mostly also need, for the end of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gkdir.model.guide import Guide
from gkdir.service.row import Row

MOST = 6
"""More would be a list to search in turn."""


def related(
    item: str, guides: Mapping[str, Guide], rows: Mapping[str, Row], moments: Iterable[Sequence[str]]
) -> tuple[Row, ...]:
    """Those that its guide names, those whose guides name it, then those of the same moment of life.

    ``moments`` are the items of each moment, by id; ``rows`` are the place's items, by id: others are left out.
    """
    found = dict.fromkeys(_named(item, guides, moments))
    return tuple(rows[other] for other in found if other != item and other in rows)[:MOST]


def _named(item: str, guides: Mapping[str, Guide], moments: Iterable[Sequence[str]]) -> Iterator[str]:
    if item in guides:
        yield from guides[item].related
    yield from (other for other, guide in guides.items() if item in guide.related)
    for items in moments:
        if item in items:
            yield from items
