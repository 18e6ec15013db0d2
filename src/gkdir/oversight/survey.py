"""A project, a day → the Survey: all counties' facts and scores, in the order of their folders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from gkdir.buildoptions import BuildOptions
from gkdir.finding import Severity
from gkdir.model.project import Project
from gkdir.model.scoring import Indicator, ScoreSheet
from gkdir.oversight.facts import CountyFacts, ItemFact, facts_of, lapsed
from gkdir.oversight.history import CountyLine, ReportData
from gkdir.remembered import Remembered, each_value
from gkdir.workers import Workforce

_MAX_SHOWN = 8


class IndicatorScore(Struct, frozen=True):
    """The points for one indicator: ``how`` they are calculated, and what is ``missing`` for full points."""

    indicator: Indicator
    points: float
    how: str
    missing: tuple[str, ...] = ()

    @property
    def lost(self) -> float:
        """How many points were not reached."""
        return round(self.indicator.points - self.points, 1)


class CountyScore(Struct, frozen=True):
    """The scores of one county by indicator, without any points if it could not be read."""

    indicators: tuple[IndicatorScore, ...]

    @property
    def points(self) -> float:
        """The sum of points."""
        return round(sum(each.points for each in self.indicators), 1)


def score(facts: CountyFacts, sheet: ScoreSheet) -> CountyScore:
    """The county's score by the sheet."""
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
    missing = tuple(f"{each.rule} {each.message}（{each.place}）" for each in found[:_MAX_SHOWN])
    return IndicatorScore(indicator, float(indicator.points - lost), how, missing)


def _tenth(points: Fraction) -> float:
    """Rounded down to a tenth, so that only a complete share gets full points."""
    return int(points * 10) / 10


def ranks(scores: Sequence[CountyScore]) -> tuple[int, ...]:
    """The rank of each score by points; equal points share a rank."""
    points = [each.points for each in scores]
    return tuple(1 + sum(other > mine for other in points) for mine in points)


GENERATOR = "gkdir report"


class CountyResult(Struct, frozen=True):
    """One county: its facts, score and rank, and its line in the last report.

    ``rescored``: that report was made with another score sheet.
    """

    facts: CountyFacts
    score: CountyScore
    line: CountyLine
    before: CountyLine | None = None
    rescored: bool = False

    @property
    def gained(self) -> float | None:
        """Points more than in the last report, if it had the same score sheet."""
        return round(self.line.points - self.before.points, 1) if self.before and not self.rescored else None


class Survey(Struct, frozen=True):
    """The whole report. ``last`` is the previous one, ``domains`` the national items by domain and number."""

    day: date
    sheet: ScoreSheet
    counties: tuple[CountyResult, ...]
    domains: Mapping[str, tuple[str, Mapping[str, str]]]
    last: ReportData | None = None

    def compared_with(self, last: ReportData) -> Survey:
        """The survey, compared with the ``last`` report."""
        lines, rescored = {line.county: line for line in last.counties}, not last.scored_as(self.data)
        counties = (replace(each, before=lines.get(each.facts.slug), rescored=rescored) for each in self.counties)
        return replace(self, counties=tuple(counties), last=last)

    @property
    def ranked(self) -> tuple[CountyResult, ...]:
        """The counties by points, then by folder."""
        return tuple(sorted(self.counties, key=lambda each: (each.line.rank, each.facts.slug)))

    @property
    def data(self) -> ReportData:
        """The content of report.json."""
        lines = tuple(each.line for each in self.counties)
        return ReportData(GENERATOR, self.day, self.sheet.name, self.sheet.points, lines)

    def items(self, domain: str) -> Mapping[str, Mapping[str, ItemFact]]:
        """The facts about a domain's items, by county and item id."""
        return {
            each.facts.slug: {item.id: item for item in each.facts.items if item.id.startswith(f"{domain}/")}
            for each in self.counties
        }


def survey(
    project: Project, sheet: ScoreSheet, options: BuildOptions, memory: Remembered[CountyFacts] | None = None
) -> Survey:
    """The survey of every county on ``options.today``; ``memory`` and ``jobs`` affect only the time it takes."""
    today = options.today
    assert today is not None
    found = list(each_value(partial(facts_of, project, today), project.counties, Workforce(options.jobs), memory))
    scores = [score(facts, sheet) for facts in found]
    counties = tuple(
        CountyResult(facts, points, _line(facts, points, place, today))
        for facts, points, place in zip(found, scores, ranks(scores), strict=True)
    )
    domains = {name: (one.label, {item.id: item.name for item in one.items}) for name, one in project.national.items()}
    return Survey(today, sheet, counties, domains)


def _line(facts: CountyFacts, points: CountyScore, place: int, today: date) -> CountyLine:
    states = facts.states()
    return CountyLine(
        county=facts.slug,
        name=facts.name,
        code=facts.code,
        rank=place,
        points=points.points,
        indicators={each.indicator.number: each.points for each in points.indicators},
        published=states["published"],
        omitted=states["omitted"],
        unexplained=states["unexplained"],
        added=states["added"],
        guides=_counted(facts.guides(), ("own", "checked", "national", "none")),
        shortened=facts.shortened,
        lapsed=sum(lapsed(day, today) for day in facts.reviewed.values()),
        errors=facts.count(Severity.ERROR),
        warnings=facts.count(Severity.WARNING),
        families=dict(sorted(facts.families().items())),
        late=len(facts.late),
        failed=facts.failed,
    )


def _counted(counts: Counter[str], keys: Sequence[str]) -> Mapping[str, int]:
    return {key: counts[key] for key in keys}
