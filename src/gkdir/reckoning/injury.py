"""Grade, wage and need of care → what is paid for an injury; year of the injury → what is paid for a death by it."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.reckoning import Amount, Care, Income, Injury
from gkdir.reckoning.money import share


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
