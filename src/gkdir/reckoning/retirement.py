"""Month of birth and career → when one retires, at what age, and for how long one must have paid by then."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.reckoning import MONTHS, Career, MinimumYears, Month, Reckoning


class Retiring(Struct, frozen=True):
    """``delay`` in months; ``age_years`` and ``age_months`` at retiring; ``least_…`` is the least time of paying.

    ``earliest`` is ``None`` where nobody may go earlier; ``latest`` needs the employer's word.
    """

    date: Month
    delay: int
    age_years: int
    age_months: int
    earliest: Month | None
    latest: Month
    least_years: int
    least_months: int


def retiring(birth: Month, career: Career, rules: Reckoning) -> Retiring:
    """When somebody of that ``career`` who was born in ``birth`` retires."""
    late = delay(birth, career)
    original = birth.plus(career.age * MONTHS)
    date = original.plus(late)
    flexible = rules.retirement.flexible
    years, months = divmod(career.age * MONTHS + late, MONTHS)
    least_years, least_months = divmod(least(date.year, rules.minimum), MONTHS)
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


def delay(birth: Month, career: Career) -> int:
    """By how many months retirement is put off."""
    since = birth.ordinal - career.first.ordinal
    return 0 if since < 0 else min(career.cap, since // career.step + 1)


def least(year: int, minimum: MinimumYears) -> int:
    """The least months of paying for those who retire in ``year``."""
    return min(minimum.cap, minimum.months + minimum.step * max(0, year - minimum.rising + 1))


def last_birth(career: Career) -> Month:
    """The first month of birth from which the delay no longer grows."""
    return career.first.plus((career.cap - 1) * career.step)
