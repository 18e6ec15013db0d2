"""A laid Catalog → the newest date that its data carry: what pages are dated with when no date is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import Catalog


def newest_date(catalog: Catalog) -> date:
    """The newest date of ``catalog`` and of its townships; that of the notice where there is none."""
    return max(_dates(catalog), default=NOTICE_DATE)


def _dates(catalog: Catalog) -> Iterator[date]:
    for directory in catalog.directories.values():
        if directory.reviewed:
            yield directory.reviewed
        yield from (omitted.omission.on for omitted in directory.omitted if omitted.omission.on)
    yield from (guide.checked for guide in catalog.guides.values() if guide.checked)
    yield from (article.published for article in catalog.articles)
    yield from (amendment.day for amendment in catalog.amendments)
    for town in catalog.towns:
        yield from _dates(town)
