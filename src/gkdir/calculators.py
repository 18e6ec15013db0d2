"""A person's data and the national rules → benefits (work injury, pension, unemployment) and the retirement date.

Pure functions with integers only: months, and 分 (a hundredth of a yuan)."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.benefits import (
    MONTHS,
    Amount,
    BenefitRules,
    Care,
    Career,
    Income,
    Injury,
    MinimumYears,
    Month,
    Pension,
    Tier,
    Unemployment,
)

HUNDRED = 100
FIVE_DIGITS = 10_000


def part(amount: int, divisor: int) -> int:
    """``amount`` divided by ``divisor``, rounded half up (四舍五入) to a whole 分. Neither is negative."""
    return (2 * amount + divisor) // (2 * divisor)


def share(amount: int, percent: int) -> int:
    """``percent`` of ``amount``, rounded half up to a whole 分."""
    return part(amount * percent, HUNDRED)


def yuan(amount: int) -> str:
    """An amount in 分 as text in yuan, ``12,345.60`` or ``1234``: by GB/T 15835 a comma only from five digits on."""
    whole, rest = divmod(amount, HUNDRED)
    text = f"{whole:,}" if whole >= FIVE_DIGITS else str(whole)
    return f"{text}.{rest:02}" if rest else text


class Injured(Struct, frozen=True):
    """An injured worker: ``grade`` 1 to 10, ``wage`` in 分 a month, the degree of care that is needed."""

    grade: int
    wage: int
    care: Care | None = None


class Compensation(Struct, frozen=True):
    """The benefits of an injured worker, all in 分; ``None``: not paid, or unknown here.

    ``wage``: the wage they are based on, ``raised`` or ``lowered`` to the bounds. ``lump`` is paid once, ``months``
    times that wage; ``allowance`` and ``care`` each month. ``topped``: the allowance was raised to the minimum wage.
    """

    months: int
    wage: int
    raised: bool
    lowered: bool
    lump: int
    percent: int | None
    allowance: int | None
    topped: bool
    care_percent: int | None
    care: int | None


def compensation(
    injured: Injured, rules: Injury, average: Amount | None = None, minimum: Amount | None = None
) -> Compensation:
    """The benefits of an injured worker, as far as they can be computed without ``average`` or ``minimum`` wage."""
    grade, wage, care = injured.grade, injured.wage, injured.care
    counted = _counted(wage, rules, average)
    months = rules.lump[grade - 1]
    percent = rules.allowance[grade - 1] if grade <= len(rules.allowance) else None
    own = None if percent is None else share(counted, percent)
    topped = own is not None and minimum is not None and own < minimum.monthly
    return Compensation(
        months=months,
        wage=counted,
        raised=counted > wage,
        lowered=counted < wage,
        lump=counted * months,
        percent=percent,
        allowance=minimum.monthly if topped and minimum else own,
        topped=topped,
        care_percent=care.percent if care else None,
        care=share(average.monthly, care.percent) if care and average else None,
    )


def death_grant(income: Income, rules: Injury) -> int:
    """一次性工亡补助金 for a death by an injury in the year after that of ``income`` (分)."""
    return income.amount * rules.death


def funeral(average: Amount, rules: Injury) -> int:
    """丧葬补助金 (分)."""
    return average.monthly * rules.funeral


def _counted(wage: int, rules: Injury, average: Amount | None) -> int:
    if average is None:
        return wage
    return min(max(wage, share(average.monthly, rules.floor)), share(average.monthly, rules.ceiling))


class Monthly(Struct, frozen=True):
    """A monthly pension in 分: from the own ``account``, ``basic`` from the state, ``extra`` for long contributions.

    ``None``: the place has not given the amount.
    """

    account: int
    basic: int | None = None
    extra: int | None = None
    total: int | None = None


def monthly(balance: int, years: int, rules: Pension, basic: Amount | None = None) -> Monthly:
    """The monthly pension for a ``balance`` (分) of the account and full ``years`` of contributions."""
    account = part(balance, rules.divisor)
    if basic is None:
        return Monthly(account)
    beyond = max(0, years - rules.years)
    extra = basic.extra * beyond if basic.extra and beyond else None
    return Monthly(account, basic.monthly, extra, account + basic.monthly + (extra or 0))


class Drawing(Struct, frozen=True):
    """An unemployment benefit (分) for at most ``months``: ``monthly``, ``later`` from the 13th month, in ``total``."""

    months: int
    monthly: int | None = None
    later: int | None = None
    total: int | None = None


def drawing(paid: int, left: int, rules: Unemployment, benefit: Amount | None = None) -> Drawing:
    """The benefit for ``paid`` months of contributions since the last unemployment.

    ``left``: the months not drawn then, which are added even if ``paid`` is too short for a new benefit. Without the
    amount ``benefit`` only the months are known.
    """
    own = months_for(paid, (benefit.tiers if benefit else ()) or rules.tiers)
    months = min(rules.together, own + left)
    if benefit is None or not months:
        return Drawing(months)
    later = benefit.later if benefit.later is not None and months > MONTHS else None
    first = months if later is None else MONTHS
    total = benefit.monthly * first + (later or 0) * (months - first)
    return Drawing(months, benefit.monthly, later, total)


def months_for(paid: int, tiers: tuple[Tier, ...]) -> int:
    """The months of the highest tier that ``paid`` reaches; 0 below the lowest."""
    return max((tier.drawn for tier in tiers if paid >= tier.paid), default=0)


class Retiring(Struct, frozen=True):
    """The statutory retirement: ``delay`` in months, age, and the least time of contributions (``least_…``).

    ``earliest``: ``None`` if early retirement is not possible. ``latest``: with the employer's consent.
    """

    date: Month
    delay: int
    age_years: int
    age_months: int
    earliest: Month | None
    latest: Month
    least_years: int
    least_months: int


class Planned(Struct, frozen=True):
    """The least time of contributions for retiring in ``year``; all is empty if no year was given.

    ``early`` or ``late``: the year is before or after the statutory one. ``beyond``: retiring then is not possible, so
    that there is no least time.
    """

    year: int | None = None
    early: bool = False
    late: bool = False
    beyond: bool = False
    least_years: int | None = None
    least_months: int | None = None


def retiring(birth: Month, career: Career, rules: BenefitRules) -> Retiring:
    """The statutory retirement of somebody of that ``career`` who was born in ``birth``."""
    late = delay(birth, career)
    original = birth.plus(career.age * MONTHS)
    date = original.plus(late)
    flexible = rules.retirement.flexible
    years, months = divmod(career.age * MONTHS + late, MONTHS)
    least_years, least_months = divmod(least_months_for(date.year, date.year, rules.minimum), MONTHS)
    return Retiring(
        date=date,
        delay=late,
        age_years=years,
        age_months=months,
        earliest=max(original, date.plus(-flexible)) if late else None,
        latest=date.plus(flexible),
        least_years=least_years,
        least_months=least_months,
    )


def planned(found: Retiring, year: int | None, rules: BenefitRules) -> Planned:
    """The requirements for retiring in ``year`` instead of the statutory date in ``found``."""
    if year is None:
        return Planned()
    due, first = found.date.year, (found.earliest or found.date).year
    if not first <= year <= found.latest.year:
        return Planned(year, beyond=True)
    least_years, least_months = divmod(least_months_for(due, year, rules.minimum), MONTHS)
    return Planned(year, year < due, year > due, least_years=least_years, least_months=least_months)


def delay(birth: Month, career: Career) -> int:
    """The months by which retirement is delayed."""
    since = birth.ordinal - career.first.ordinal
    return 0 if since < 0 else min(career.cap, since // career.step + 1)


def least_months_for(due: int, retiring: int, minimum: MinimumYears) -> int:
    """The least months of contributions for statutory age in the year ``due`` and retirement in ``retiring``.

    The earlier of both years counts.
    """
    return least(min(due, retiring), minimum)


def least(year: int, minimum: MinimumYears) -> int:
    """The least months of contributions in ``year``."""
    return min(minimum.cap, minimum.months + minimum.step * max(0, year - minimum.rising + 1))


def last_birth(career: Career) -> Month:
    """The first month of birth with the longest delay."""
    return career.first.plus((career.cap - 1) * career.step)
