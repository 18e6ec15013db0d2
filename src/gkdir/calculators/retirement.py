"""Month of birth and career → the month of retirement, and the least time of paying."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.benefits import MONTHS, BenefitRules, Career, MinimumYears, Month


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
    """What retiring in ``year`` asks for; all is empty where no year was given.

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
