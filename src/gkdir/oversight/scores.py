"""A county's facts and the sheet → its score: the points of each indicator, how they came about, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from gkdir.model.scoring import Indicator, ScoreSheet
from gkdir.oversight.facts import CountyFacts

_SHOWN = 8


class IndicatorScore(Struct, frozen=True):
    """The points of one indicator; ``how`` is the reckoning in words, ``missing`` what the rest is lost for."""

    indicator: Indicator
    points: float
    how: str
    missing: tuple[str, ...] = ()

    @property
    def lost(self) -> float:
        """The points that were not reached."""
        return round(self.indicator.points - self.points, 1)


class CountyScore(Struct, frozen=True):
    """All indicators of one county; nothing where it could not be read."""

    indicators: tuple[IndicatorScore, ...]

    @property
    def points(self) -> float:
        """Their sum."""
        return round(sum(each.points for each in self.indicators), 1)


def score(facts: CountyFacts, sheet: ScoreSheet) -> CountyScore:
    """The county by the sheet."""
    if facts.failed:
        return CountyScore(tuple(IndicatorScore(each, 0.0, "县的文件读不出来") for each in sheet.indicators))
    return CountyScore(tuple(_indicator(facts, each) for each in sheet.indicators))


def _indicator(facts: CountyFacts, indicator: Indicator) -> IndicatorScore:
    if indicator.measure is None:
        return _by_rules(facts, indicator)
    share = facts.shares[indicator.measure]
    most = Fraction(share.done * 100, share.of * indicator.full) if share.of else Fraction(1)
    points = _tenth(indicator.points * min(most, Fraction(1)))
    line = f"，到 {indicator.full}% 给满" if indicator.full < 100 else ""
    how = f"{share.done}/{share.of}（{share.percent:.0f}%）{line}" if share.of else "没有要看的，给满"
    return IndicatorScore(indicator, points, how, share.missing if points < indicator.points else ())


def _by_rules(facts: CountyFacts, indicator: Indicator) -> IndicatorScore:
    found = [each for each in facts.findings if each.rule.startswith(indicator.rules) and each.severity != "info"]
    lost = min(len(found) * indicator.each, indicator.points)
    how = f"{len(found)} 处，每处扣 {indicator.each} 分" if found else "没有问题"
    missing = tuple(f"{each.rule} {each.message}（{each.place}）" for each in found[:_SHOWN])
    return IndicatorScore(indicator, float(indicator.points - lost), how, missing)


def _tenth(points: Fraction) -> float:
    """Rounded down to a tenth: who has not all of it does not get all points."""
    return int(points * 10) / 10


def ranks(scores: Sequence[CountyScore]) -> tuple[int, ...]:
    """The place of each by its points; equal points share a place."""
    points = [each.points for each in scores]
    return tuple(1 + sum(other > mine for other in points) for mine in points)
