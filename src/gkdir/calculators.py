"""A person's figures and the rules → what is paid (injury at work, pension, unemployment), and when they may retire.

Pure functions, exact: whole months, whole 分."""

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
    """The ``divisor``-th part of ``amount``, to the 分, half up (四舍五入). Neither is negative."""
    return (2 * amount + divisor) // (2 * divisor)


def share(amount: int, percent: int) -> int:
    """``percent`` of ``amount``, to the 分, half up."""
    return part(amount * percent, HUNDRED)


def yuan(amount: int) -> str:
    """``12,345.60``, ``1234`` where no 分 are left over: as GB/T 15835 has it, a comma only from five digits on."""
    whole, rest = divmod(amount, HUNDRED)
    text = f"{whole:,}" if whole >= FIVE_DIGITS else str(whole)
    return f"{text}.{rest:02}" if rest else text


class Injured(Struct, frozen=True):
    """A ``grade`` from 1 on, the ``wage`` (分 a month), and the care that is needed."""

    grade: int
    wage: int
    care: Care | None = None


class Compensation(Struct, frozen=True):
    """``wage`` is the one that counts; ``raised`` or ``lowered`` says why it is not one's own.

    ``lump`` is paid once, ``allowance`` and ``care`` each month (分); ``topped`` says that the allowance is the
    minimum wage. ``None``: not paid, or not known here.
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
    """What the injured are paid, as far as the average and the minimum wage are known."""
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
    """``account`` from one's own account, ``basic`` from the state, ``extra`` for long paying, and the sum (分).

    ``None``: the place has not said how much; the account's part is known all the same.
    """

    account: int
    basic: int | None = None
    extra: int | None = None
    total: int | None = None


def monthly(balance: int, years: int, rules: Pension, basic: Amount | None = None) -> Monthly:
    """The monthly pension for that ``balance`` (分) and that number of full ``years`` of paying."""
    account = part(balance, rules.divisor)
    if basic is None:
        return Monthly(account)
    beyond = max(0, years - rules.years)
    extra = basic.extra * beyond if basic.extra and beyond else None
    return Monthly(account, basic.monthly, extra, account + basic.monthly + (extra or 0))


class Drawing(Struct, frozen=True):
    """``months`` at most; ``monthly`` at first, ``later`` from the 13th month on; ``total`` of all of it (分)."""

    months: int
    monthly: int | None = None
    later: int | None = None
    total: int | None = None


def drawing(paid: int, left: int, rules: Unemployment, benefit: Amount | None = None) -> Drawing:
    """The benefit of somebody who has ``paid`` for that number of months since the last spell.

    ``left`` are the months of that spell that were not drawn: they come on top, even for those who have not paid
    long enough for a new one. Without a ``benefit`` only the months are known.
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
    """The months of the highest tier that is reached; none below the lowest."""
    return max((tier.drawn for tier in tiers if paid >= tier.paid), default=0)


class Retiring(Struct, frozen=True):
    """``delay`` in months; ``age_years`` and ``age_months`` at retiring; ``least_…`` is the least time of paying.

    ``earliest`` is ``None`` if early retirement is not possible; ``latest`` needs the employer's consent.
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
    """What retiring in ``year`` requires; all is empty where no year was given.

    ``early`` or ``late`` say on which side of the statutory year it lies; ``beyond``, that nobody may go then, so that
    no least time is known.
    """

    year: int | None = None
    early: bool = False
    late: bool = False
    beyond: bool = False
    least_years: int | None = None
    least_months: int | None = None


def retiring(birth: Month, career: Career, rules: BenefitRules) -> Retiring:
    """When somebody of that ``career`` who was born in ``birth`` retires."""
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
    """What somebody who may retire as ``found`` must have paid to go in ``year``."""
    if year is None:
        return Planned()
    due, first = found.date.year, (found.earliest or found.date).year
    if not first <= year <= found.latest.year:
        return Planned(year, beyond=True)
    least_years, least_months = divmod(least_months_for(due, year, rules.minimum), MONTHS)
    return Planned(year, year < due, year > due, least_years=least_years, least_months=least_months)


def delay(birth: Month, career: Career) -> int:
    """By how many months retirement is put off."""
    since = birth.ordinal - career.first.ordinal
    return 0 if since < 0 else min(career.cap, since // career.step + 1)


def least_months_for(due: int, retiring: int, minimum: MinimumYears) -> int:
    """The least months of paying for those who reach the statutory age in the year ``due`` and go in ``retiring``.

    Who goes early needs what holds in the year of going; who stays on needs no more than in the year ``due``.
    """
    return least(min(due, retiring), minimum)


def least(year: int, minimum: MinimumYears) -> int:
    """The least months of paying that hold in ``year``."""
    return min(minimum.cap, minimum.months + minimum.step * max(0, year - minimum.rising + 1))


def last_birth(career: Career) -> Month:
    """The first month of birth from which the delay no longer grows."""
    return career.first.plus((career.cap - 1) * career.step)
