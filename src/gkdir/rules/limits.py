"""Two time limits → whether the first is within the second, is looser, or cannot be compared."""

from __future__ import annotations

from enum import Enum

from msgspec.structs import replace

from gkdir.model.item import TimeLimit
from gkdir.model.reference import Workdays
from gkdir.read.limitpatterns import INFORMATION, MADE

MONTH = (28, 31)
"""The fewest and the most days of a month."""

PERIODS = {"day": 1, "week": 7, "month": 28, "quarter": 90, "half-year": 181, "year": 365}
"""Period → its fewest days."""


class Verdict(Enum):
    """The result of comparing a limit with its minimum."""

    KEPT = "kept"
    LOOSER = "looser"
    UNCLEAR = "unclear"


def compare(limit: TimeLimit, minimum: TimeLimit, workdays: Workdays) -> Verdict:
    """The verdict on ``limit``; UNCLEAR if only a person can tell.

    That is so for other starting points, for most pairs of different kinds (每年公开, 20个工作日内), and for different
    units if the one limit may be longer or shorter than the other.
    """
    if limit.text == minimum.text or limit.kind == "immediate" or minimum.kind in ("vague", "unknown"):
        return Verdict.KEPT
    if limit.kind == "compound":
        # how long it stays public (长期公开) does not say how soon it is published
        timed = [part for part in limit.parts if part.kind != "standing"] or limit.parts
        # a part after 其中 starts at an event of its own; the first part is for all others
        parts = [timed[0], *(replace(part, anchor=None) for part in timed[1:])]
        return _worst([compare(part, minimum, workdays) for part in parts])
    if minimum.kind == "compound":
        verdicts = {compare(limit, part, workdays) for part in minimum.parts}
        return verdicts.pop() if len(verdicts) == 1 else Verdict.UNCLEAR
    if limit.kind == "within" and minimum.kind == "within":
        return _within(limit, minimum, workdays)
    if limit.kind == "periodic" and minimum.kind == "periodic":
        return _periodic(limit, minimum)
    if limit.kind == "periodic" and minimum.kind == "within":
        # 每年公开: information formed the day after waits the whole period; a day in it (3月底前) is left to a person
        period_days = PERIODS.get(limit.period or "", 0) if limit.by is None else 0
        if limit.period in ("day", "week") and period_days <= _days(minimum, workdays)[0]:
            return Verdict.KEPT  # in a longer period, information formed at its beginning waits too long
        return Verdict.LOOSER if period_days > _days(minimum, workdays)[1] else Verdict.UNCLEAR
    if limit.kind == minimum.kind == "standing":
        return Verdict.KEPT
    if minimum.kind == "immediate":
        return Verdict.LOOSER if limit.kind == "within" else Verdict.UNCLEAR
    return Verdict.UNCLEAR


def _within(limit: TimeLimit, minimum: TimeLimit, workdays: Workdays) -> Verdict:
    if not _same_start(limit.anchor, minimum.anchor):
        return Verdict.UNCLEAR
    if limit.unit == minimum.unit and limit.count is not None and minimum.count is not None:
        return Verdict.KEPT if limit.count <= minimum.count else Verdict.LOOSER
    own, least = _days(limit, workdays), _days(minimum, workdays)
    if own[1] <= least[0]:
        return Verdict.KEPT
    return Verdict.LOOSER if own[0] > least[1] else Verdict.UNCLEAR


def _days(limit: TimeLimit, workdays: Workdays) -> tuple[float, float]:
    """The fewest and the most calendar days of a limit."""
    count = limit.count or 0
    if limit.unit == "workday":
        return workdays.span(count) if count else (0, 0)
    if limit.unit == "month":
        return MONTH[0] * count, MONTH[1] * count
    days = count / 24 if limit.unit == "hour" else count
    return days, days


def _same_start(one: str | None, other: str | None) -> bool:
    # a limit without a start keeps that of the one above
    return one is None or other is None or _event(one) == _event(other)


def _event(anchor: str) -> str:
    """The event, normalised: 制作完成, 生成, 形成 and 变更 are the same event."""
    return "信息形成或变更" if INFORMATION.fullmatch(anchor) and MADE.search(anchor) else anchor


def _periodic(limit: TimeLimit, minimum: TimeLimit) -> Verdict:
    if limit.period not in PERIODS or minimum.period not in PERIODS:
        return Verdict.UNCLEAR
    own, least = PERIODS[limit.period], PERIODS[minimum.period]
    if own != least:
        return Verdict.KEPT if own < least else Verdict.LOOSER
    if limit.by is None or minimum.by is None:
        return Verdict.KEPT if minimum.by is None else Verdict.UNCLEAR
    return Verdict.KEPT if limit.by.zfill(2) <= minimum.by.zfill(2) else Verdict.LOOSER


def _worst(verdicts: list[Verdict]) -> Verdict:
    for verdict in (Verdict.LOOSER, Verdict.UNCLEAR):
        if verdict in verdicts:
            return verdict
    return Verdict.KEPT
