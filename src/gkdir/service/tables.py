"""National parameters and a county's amounts → the tables on the pages of 算一算, with every answer computed."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct

from gkdir.calculators import (
    Compensation,
    Drawing,
    Injured,
    Monthly,
    Retiring,
    compensation,
    death_grant,
    drawing,
    funeral,
    last_birth,
    least,
    least_months_for,
    monthly,
    retiring,
    share,
)
from gkdir.model.benefits import (
    MONTHS,
    BenefitRules,
    Career,
    Income,
    Kin,
    Month,
    Standards,
)

GRADES = ("一级", "二级", "三级", "四级", "五级", "六级", "七级", "八级", "九级", "十级")

EXAMPLE_WAGE = 500_000
"""5000 yuan: the wage of the printed examples."""

BALANCES = tuple(yuan * 100 for yuan in (3_000, 5_000, 10_000, 20_000, 30_000, 50_000, 80_000, 100_000))
"""Account balances for the printed examples."""


class BirthLine(Struct, frozen=True):
    """One month of birth, with the answer as text, because hundreds of these are rendered."""

    birth: Month
    date: str
    age: str


class BirthYear(Struct, frozen=True):
    """The months of one year of birth."""

    year: int
    lines: tuple[BirthLine, ...]


class CareerTable(Struct, frozen=True):
    """The months of birth up to ``last``, from which on the answer is always ``final``."""

    career: Career
    years: tuple[BirthYear, ...]
    last: Month
    final: Retiring


class LeastYears(Struct, frozen=True):
    """The least years of contributions if ``year`` is that of retirement or of the statutory age, the earlier one."""

    year: int
    years: int
    months: int


class ChosenYears(Struct, frozen=True):
    """For statutory age in ``due``: the least months of contributions if one retires in ``late`` or ``early``."""

    due: int
    late: int
    late_months: int
    early: int
    early_months: int


class RetirementTables(Struct, frozen=True):
    """Tables by career and by year; the first year also holds for all before it, the last for all after it."""

    careers: tuple[CareerTable, ...]
    least: tuple[LeastYears, ...]
    example: ChosenYears


class PaidTier(Struct, frozen=True):
    """Those who have paid ``paid`` months or more, but fewer than ``below`` (``None``: no upper bound)."""

    paid: int
    below: int | None
    drawing: Drawing


class Grade(Struct, frozen=True):
    """One grade of 劳动能力鉴定, with the amounts for the example wage."""

    name: str
    paid: Compensation


class CareLine(Struct, frozen=True):
    """One degree of needing care; ``amount`` in 分 a month, ``None`` if the local average wage is unknown."""

    name: str
    percent: int
    amount: int | None


class DeathLine(Struct, frozen=True):
    """The benefit for a death by an injury that happened in ``year``, in 分."""

    year: int
    income: Income
    amount: int


class InjuryTables(Struct, frozen=True):
    """By grade, by need of care, and for a death."""

    wage: int
    grades: tuple[Grade, ...]
    care: tuple[CareLine, ...]
    deaths: tuple[DeathLine, ...]
    funeral: int | None
    kin: tuple[Kin, ...]


class AccountLine(Struct, frozen=True):
    """The pension from an account of that balance."""

    balance: int
    paid: Monthly


def retirement_tables(rules: BenefitRules, _standards: Standards) -> RetirementTables:
    """The answer for every month of birth, and the least years of contributions."""
    years = range(rules.minimum.rising - 1, rules.minimum.rising + _rises(rules))
    return RetirementTables(
        careers=tuple(_career_table(career, rules) for career in rules.retirement.careers),
        least=tuple(LeastYears(year, *divmod(least(year, rules.minimum), MONTHS)) for year in years),
        example=_chosen_years(rules),
    )


def unemployment_tables(rules: BenefitRules, standards: Standards) -> tuple[PaidTier, ...]:
    """The answer for every tier."""
    benefit = standards.benefit
    paid = sorted(tier.paid for tier in (benefit.tiers if benefit else ()) or rules.unemployment.tiers)
    return tuple(
        PaidTier(months, below, drawing(months, 0, rules.unemployment, benefit))
        for months, below in zip(paid, [*paid[1:], None], strict=True)
    )


def injury_tables(rules: BenefitRules, standards: Standards) -> InjuryTables:
    """The answer for every grade at an example wage, and the benefits that do not depend on a wage."""
    injury, average = rules.injury, standards.average_wage
    return InjuryTables(
        wage=EXAMPLE_WAGE,
        grades=tuple(
            Grade(name, compensation(Injured(number, EXAMPLE_WAGE), injury, average, standards.minimum_wage))
            for number, name in enumerate(GRADES[: len(injury.lump)], 1)
        ),
        care=tuple(
            CareLine(care.name, care.percent, share(average.monthly, care.percent) if average else None)
            for care in injury.care
        ),
        deaths=tuple(DeathLine(income.year + 1, income, death_grant(income, injury)) for income in rules.incomes),
        funeral=funeral(average, injury) if average else None,
        kin=injury.kin,
    )


def pension_tables(rules: BenefitRules, standards: Standards) -> tuple[AccountLine, ...]:
    """The answer for some account balances, with the least years of contributions."""
    return tuple(
        AccountLine(balance, monthly(balance, rules.pension.years, rules.pension, standards.basic_pension))
        for balance in BALANCES
    )


def _career_table(career: Career, rules: BenefitRules) -> CareerTable:
    last = last_birth(career)
    births = (career.first.plus(months) for months in range(last.ordinal - career.first.ordinal + 1))
    years = tuple(
        BirthYear(year, tuple(_birth_line(birth, retiring(birth, career, rules)) for birth in months))
        for year, months in groupby(births, lambda birth: birth.year)
    )
    return CareerTable(career, years, last, retiring(last, career, rules))


def _birth_line(birth: Month, found: Retiring) -> BirthLine:
    months = f"{found.age_months}个月" if found.age_months else ""
    return BirthLine(birth, f"{found.date.year}年{found.date.month}月", f"{found.age_years}岁{months}")


def _chosen_years(rules: BenefitRules) -> ChosenYears:
    """The example of the page: due in the second year of the rise, retiring three years later or two years earlier."""
    due = rules.minimum.rising + 1
    late, early = due + rules.retirement.flexible // MONTHS, due - 2
    late_months, early_months = (least_months_for(due, year, rules.minimum) for year in (late, early))
    return ChosenYears(due, late, late_months, early, early_months)


def _rises(rules: BenefitRules) -> int:
    """The number of years in which the least time of contributions rises."""
    least_years = rules.minimum
    return -(-(least_years.cap - least_years.months) // least_years.step)
