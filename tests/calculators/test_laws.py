"""Properties for all inputs: nobody born later retires earlier, nothing exceeds its cap, no 分 is lost."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdir.calculators import (
    Injured,
    compensation,
    delay,
    drawing,
    last_birth,
    least,
    least_months_for,
    monthly,
    part,
    planned,
    retiring,
    share,
    yuan,
)
from gkdir.model.benefits import MONTHS, BenefitRules, Career, Month

from .vectors import STANDARDS, rules

RULES: BenefitRules = rules()
FULL = STANDARDS["全"]

births = st.builds(Month, st.integers(1930, 2015), st.integers(1, 12))
careers = st.sampled_from(RULES.retirement.careers)
amounts = st.integers(0, 10**9)
wages = st.integers(1, 10**8)
grades = st.integers(1, 10)
paid = st.integers(0, 720)


@given(births, careers)
def test_one_more_month_of_birth_is_never_an_earlier_retirement(birth: Month, career: Career) -> None:
    now, then = retiring(birth, career, RULES), retiring(birth.plus(1), career, RULES)
    assert now.date < then.date
    assert 0 <= now.delay <= then.delay <= career.cap
    assert then.delay - now.delay in (0, 1)


@given(births, careers)
def test_the_age_is_the_one_at_the_date_and_choice_stays_in_its_bounds(birth: Month, career: Career) -> None:
    found = retiring(birth, career, RULES)
    assert birth.plus(found.age_years * MONTHS + found.age_months) == found.date
    assert found.latest.ordinal - found.date.ordinal == RULES.retirement.flexible
    if found.earliest is None:
        assert found.delay == 0
    else:
        assert birth.plus(career.age * MONTHS) <= found.earliest < found.date
        assert found.date.ordinal - found.earliest.ordinal <= RULES.retirement.flexible


@given(careers)
def test_the_delay_begins_and_ends_where_the_law_says(career: Career) -> None:
    assert delay(career.first.plus(-1), career) == 0
    assert delay(career.first, career) == 1
    assert delay(last_birth(career).plus(-1), career) == career.cap - 1
    assert delay(last_birth(career), career) == career.cap


@given(st.integers(1990, 2100))
def test_the_least_years_only_grow_from_fifteen_to_twenty(year: int) -> None:
    assert 15 * MONTHS <= least(year, RULES.minimum) <= least(year + 1, RULES.minimum) <= 20 * MONTHS


@pytest.mark.parametrize(("due", "going", "months"), [(2031, 2034, 192), (2031, 2029, 180), (2031, 2031, 192)])
def test_the_year_that_counts_is_that_of_going_but_never_a_later_one(due: int, going: int, months: int) -> None:
    assert least_months_for(due, going, RULES.minimum) == months


@given(births, careers, st.integers(2000, 2090))
def test_staying_on_never_asks_for_more_and_going_early_never_for_more_either(
    birth: Month, career: Career, year: int
) -> None:
    found = retiring(birth, career, RULES)
    plan = planned(found, year, RULES)
    first = found.earliest or found.date
    assert plan.beyond == (not first.year <= year <= found.latest.year)
    if plan.beyond:
        assert (plan.least_years, plan.early, plan.late) == (None, False, False)
        return
    asked = (plan.least_years or 0) * MONTHS + (plan.least_months or 0)
    due = found.least_years * MONTHS + found.least_months
    assert asked == (least(year, RULES.minimum) if plan.early else due)
    assert asked <= due


@given(paid, st.integers(0, 24))
def test_longer_paying_never_gives_less(months: int, left: int) -> None:
    now, then = (drawing(each, left, RULES.unemployment, FULL.benefit) for each in (months, months + 1))
    assert now.months <= then.months <= RULES.unemployment.together
    assert (now.total or 0) <= (then.total or 0)
    alone = drawing(months, left, RULES.unemployment)
    assert (alone.months, alone.total) == (now.months, None)


@given(grades, wages)
def test_a_lower_grade_is_never_paid_more(grade: int, wage: int) -> None:
    found = compensation(Injured(grade, wage), RULES.injury)
    assert found.lump == found.months * wage
    if grade > 1:
        worse = compensation(Injured(grade - 1, wage), RULES.injury)
        assert worse.lump > found.lump
        assert (worse.allowance or 0) >= (found.allowance or 0)


@given(grades, wages)
def test_the_wage_that_counts_lies_between_its_bounds(grade: int, wage: int) -> None:
    average = FULL.average_wage
    assert average is not None
    found = compensation(Injured(grade, wage), RULES.injury, average, FULL.minimum_wage)
    assert share(average.monthly, RULES.injury.floor) <= found.wage <= share(average.monthly, RULES.injury.ceiling)
    assert found.raised == (found.wage > wage)
    assert found.lowered == (found.wage < wage)
    assert found.allowance is None or FULL.minimum_wage is None or found.allowance >= FULL.minimum_wage.monthly


@given(amounts, st.integers(0, 60))
def test_a_pension_is_the_sum_of_its_parts(balance: int, years: int) -> None:
    found = monthly(balance, years, RULES.pension, FULL.basic_pension)
    assert found.basic is not None
    assert found.total == found.account + found.basic + (found.extra or 0)
    assert monthly(balance, years, RULES.pension).account == found.account


@given(amounts, st.integers(1, 400))
def test_parts_are_rounded_half_up(amount: int, divisor: int) -> None:
    exact = (Decimal(amount) / divisor).quantize(Decimal(1), ROUND_HALF_UP)
    assert part(amount, divisor) == int(exact)


@given(amounts)
def test_an_amount_reads_back_as_itself(amount: int) -> None:
    assert Decimal(yuan(amount).replace(",", "")) * 100 == amount
