"""The calculators' data: national parameters, each with its source, and the amounts of a place.

Money is whole 分 (a hundredth of a yuan) everywhere; shares are whole percents; times are months.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.source import Source

MONTHS = 12


class Month(Struct, frozen=True, order=True):
    """A month of a year; ``month`` counts from 1."""

    year: int
    month: int

    @property
    def ordinal(self) -> int:
        """Months since the year 0: differences of these are months."""
        return self.year * MONTHS + self.month - 1

    def plus(self, months: int) -> Month:
        """The month that many months later, or earlier."""
        year, month = divmod(self.ordinal + months, MONTHS)
        return Month(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


class Career(Struct, frozen=True):
    """Those who retired at the same ``age`` (years) before 2025.

    The first to be delayed were born in ``first``; every ``step`` months of birth add a month, up to ``cap``.
    """

    key: str
    name: str
    note: str
    age: int
    first: Month
    step: int
    cap: int


class Retirement(Struct, frozen=True):
    """延迟退休: ``flexible`` is how many months earlier or later one may go of one's own will."""

    source: Source
    careers: tuple[Career, ...]
    flexible: int


class MinimumYears(Struct, frozen=True):
    """最低缴费年限: ``months`` until the year ``rising``, then ``step`` more each year, up to ``cap``.

    ``chosen`` is where it comes from which year counts for those who go early or late.
    """

    source: Source
    chosen: Source
    months: int
    rising: int
    step: int
    cap: int


class Tier(Struct, frozen=True):
    """Who has paid for ``paid`` months at least may draw for ``drawn`` months at most."""

    paid: int
    drawn: int


class Unemployment(Struct, frozen=True):
    """失业保险金: the tiers from the shortest up, and the most that two spells may come to together."""

    source: Source
    tiers: tuple[Tier, ...]
    together: int


class Care(Struct, frozen=True):
    """One degree of needing care, and the share of the average wage that is paid for it."""

    key: str
    name: str
    percent: int


class Kin(Struct, frozen=True):
    """One kind of dependant, and the share of the dead worker's wage that is paid each month."""

    name: str
    percent: int


class Injury(Struct, frozen=True):
    """工伤: by grade from 1 on, ``lump`` in months of one's own wage and ``allowance`` in percent of it.

    The wage counts as no less than ``floor`` and no more than ``ceiling`` percent of the average wage; ``funeral``
    is in months of the average wage; ``death`` is how many times the income of the year before the injury is paid
    for a death by it.
    ``support`` is where ``care``, ``funeral`` and ``kin`` come from, ``grant`` where ``death`` does.
    """

    source: Source
    lump: tuple[int, ...]
    allowance: tuple[int, ...]
    care: tuple[Care, ...]
    floor: int
    ceiling: int
    funeral: int
    death: int
    kin: tuple[Kin, ...]
    support: Source
    grant: Source


class Income(Struct, frozen=True):
    """全国城镇居民人均可支配收入 of one year."""

    year: int
    amount: int
    source: Source


class Floor(Struct, frozen=True):
    """The least 基础养老金 of the country, a month, since ``source.since``."""

    amount: int
    source: Source


class Pension(Struct, frozen=True):
    """居民养老金: the account is paid out in ``divisor`` parts; ``years`` of paying are the least."""

    source: Source
    divisor: int
    years: int
    floors: tuple[Floor, ...]


class Reckoning(Struct, frozen=True):
    """All parameters of the country."""

    retirement: Retirement
    minimum: MinimumYears
    unemployment: Unemployment
    injury: Injury
    incomes: tuple[Income, ...]
    pension: Pension


class Amount(Struct, frozen=True):
    """An amount that a place sets, a month, with the document that sets it and the day from which it holds.

    Without source or day it is not shown to anybody. ``checked`` is the day on which somebody last looked whether
    it still holds; ``later`` is what is paid from the 13th month on, ``extra`` what each year of paying beyond the
    least adds, ``tiers`` the months that may be drawn here: each only where it has a meaning.
    """

    monthly: int
    place: Place
    source: str | None = None
    since: date | None = None
    checked: date | None = None
    later: int | None = None
    extra: int | None = None
    tiers: tuple[Tier, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it says where it comes from and since when it holds."""
        return bool(self.source) and self.since is not None


class Standards(Struct, frozen=True):
    """待遇标准: what one layer sets, or several laid over each other."""

    benefit: Amount | None = None  # 失业保险金
    minimum_wage: Amount | None = None  # 最低工资
    relief: Amount | None = None  # 城市低保
    average_wage: Amount | None = None  # 职工月平均工资
    basic_pension: Amount | None = None  # 基础养老金

    def over(self, above: Standards) -> Standards:
        """These laid over those ``above``: what is set here counts here."""
        return Standards(*(getattr(self, name) or getattr(above, name) for name in self.__struct_fields__))

    def sound(self) -> Standards:
        """Only those that say where they come from and since when they hold."""
        kept = (getattr(self, name) for name in self.__struct_fields__)
        return Standards(*(amount if amount and amount.sound else None for amount in kept))


NO_STANDARDS = Standards()


def laid(layers: Iterable[Standards]) -> Standards:
    """The layers from the top down, laid over each other."""
    lowest = NO_STANDARDS
    for layer in layers:
        lowest = layer.over(lowest)
    return lowest
