"""A laid Catalog → the days on which its data were reviewed, checked and published, and which of them can be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.article import ARTICLE_KINDS
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import Catalog

KNOWN = date(2026, 12, 31)
"""The last day of which this version knows for certain that it has been or is near: its holidays are arranged."""

_FAR = timedelta(days=366)
_GENERATION = timedelta(days=3653)


class Dated(Struct, frozen=True):
    """``what`` was done, or is said to have been done, on ``day``; written at ``place``."""

    day: date
    place: Place
    what: str
    item: str | None = None


def dated(catalog: Catalog) -> Iterator[Dated]:
    """Every such day of the catalog and of its towns, those of the county once for each town too."""
    for domain, directory in catalog.directories.items():
        parts = [layer.domains[domain] for layer in catalog.layers if domain in layer.domains]
        reviewed = next((part for part in reversed(parts) if part.reviewed), None)
        if reviewed is not None and reviewed.reviewed is not None:
            place = reviewed.reviewed_place or reviewed.place
            yield Dated(reviewed.reviewed, place, f"{directory.label}领域目录的审核日期")
        for omitted in directory.omitted:
            if omitted.omission.on:
                what = f"“{omitted.item.name}”不列入的日期"
                yield Dated(omitted.omission.on, omitted.omission.place, what, omitted.item.id)
    for guide in catalog.guides.values():
        if guide.checked:
            written = guide.written.get("核对.日期") or guide.written.get("核对")
            yield Dated(guide.checked, written.place if written else guide.place, "办事指南的核对日期", guide.id)
    for article in catalog.articles:
        place = article.written["日期"].place if "日期" in article.written else article.place
        yield Dated(article.published, place, f"{ARTICLE_KINDS[article.kind]}《{article.title}》的日期")
    for amendment in catalog.amendments:
        yield Dated(amendment.day, amendment.written["日期"].place, f"更新记录“{amendment.name}”的日期")
    for town in catalog.towns:
        yield from dated(town)


def newest(days: Iterable[date]) -> date:
    """The newest of the days that can be true; that of the notice where there is none.

    Nothing that is published looks at a clock. So a day counts when this version knows of its year, or when it lies
    no further than a year after another one that counts: a slip of the pen stands alone, decades ahead.
    """
    ordered = sorted(days)
    last = NOTICE_DATE
    if ordered and KNOWN < ordered[0] <= KNOWN + _GENERATION:  # a county of later years, and an old version of ours
        last = ordered[0]
    for day in ordered:
        if not is_far_ahead(day, last):
            last = max(last, day)
    return last


def is_far_ahead(day: date, today: date) -> bool:
    """Whether the day lies so far ahead that nobody can have meant it."""
    return day > max(today, KNOWN) + _FAR
