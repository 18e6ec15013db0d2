"""Catalog → the dates in its data, and which of them are plausible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.article import ARTICLE_KINDS
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import Catalog

KNOWN = date(2026, 12, 31)
"""The last day for which this version knows the holidays; dates up to it are plausible."""

_ONE_YEAR = timedelta(days=366)
_TEN_YEARS = timedelta(days=3653)


class Dated(Struct, frozen=True):
    """``what`` happened on ``day``, according to ``place``."""

    day: date
    place: Place
    what: str
    item: str | None = None


def dated(catalog: Catalog) -> Iterator[Dated]:
    """All dates of the catalog and of its towns; those of the county occur again for each town."""
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
    """The newest plausible date; that of the notice if there is none.

    A build reads no clock. A date is plausible if it is at most a year after ``KNOWN`` or another plausible date: a
    typing error is isolated, years ahead. If all dates are after ``KNOWN``, the first counts within ten years of it.
    """
    ordered = sorted(days)
    last = NOTICE_DATE
    if ordered and KNOWN < ordered[0] <= KNOWN + _TEN_YEARS:  # all dates are later than this old version of gkdir
        last = ordered[0]
    for day in ordered:
        if not is_far_ahead(day, last):
            last = max(last, day)
    return last


def is_far_ahead(day: date, today: date) -> bool:
    """Whether the day is so far in the future that it must be a mistake."""
    return day > max(today, KNOWN) + _ONE_YEAR


def newest_date(catalog: Catalog) -> date:
    """The newest plausible date in ``catalog`` and its townships; the date of the notice if there is none."""
    return newest(each.day for each in dated(catalog))
