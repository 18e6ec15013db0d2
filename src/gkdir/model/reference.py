"""Reference data for all counties: laws, vague wordings, working days, benefit parameters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct, field

from gkdir.model.reckoning import Reckoning
from gkdir.model.source import Confidence

LawState = Literal["现行", "已修改", "已被替代", "部分失效", "有期限", "废止", "已停用", "待核"]

SATURDAY = 5


class Law(Struct, frozen=True):
    """One law, document or term, and its status; ``until`` is the day it ends, if known.

    ``old`` are numbers that must no longer be cited, ``base`` is the number that needs ``number`` with it;
    ``terms`` are words in a text (not names in 《》) that the entry is about.
    """

    name: str
    state: LawState
    confidence: Confidence
    number: str | None = None
    old: tuple[str, ...] = ()
    base: str | None = None
    effective: date | None = None
    until: date | None = None
    replaced_by: str | None = None
    terms: tuple[str, ...] = ()
    action: str | None = None


class Words(Struct, frozen=True):
    """Wordings to avoid in guides and directories, and elements that a guide must have."""

    catch_all: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    extra_channels: tuple[str, ...] = ()
    spam: tuple[str, ...] = ()
    provinces: Mapping[str, str] = field(default_factory=dict)


class Workdays(Struct, frozen=True):
    """The days off and the weekend days worked in the ``years`` that are known; other years have only weekends."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def known(self, day: date) -> bool:
        """Whether the arrangement of that day's year has been read."""
        return day.year in self.years

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self.on or (day.weekday() < SATURDAY and day not in self.off)

    def after(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``; the day itself does not count."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def span(self, count: int) -> tuple[int, int]:
        """The fewest and the most calendar days that ``count`` working days took, over every start in known years.

        A start whose end lies beyond the known years is left out. Without known years, what weekends alone allow.
        """
        if not self.years:
            return count, count + 2 * (-(-count // 5) + 1)
        first, last = date(min(self.years), 1, 1), date(max(self.years), 12, 31)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        working = [day.toordinal() for day in days if self.works(day)]
        spans = [
            working[index + count - 1] - start
            for start in range(first.toordinal(), last.toordinal() + 1)
            if (index := bisect_right(working, start)) + count <= len(working)
        ]
        return (min(spans), max(spans)) if spans else (count, 2 * count)


class Reference(Struct, frozen=True):
    """The reference data of all rules."""

    laws: tuple[Law, ...] = ()
    words: Words = Words()
    workdays: Workdays = Workdays()
    reckoning: Reckoning | None = None
    """The parameters of the calculators; without them there are none."""


NO_REFERENCE = Reference()
"""Empty reference data."""
