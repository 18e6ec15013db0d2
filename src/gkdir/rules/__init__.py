"""The families of rules → RULES, the table of all rules, and what they find in a county or a project."""

from __future__ import annotations

from datetime import date

from gkdir.finding import Finding, Place
from gkdir.model.allowance import Allowance
from gkdir.model.county import Catalog, County, Overlay
from gkdir.model.project import Project
from gkdir.rules import (
    additions,
    addresses,
    allowances,
    attached,
    bases,
    basiswords,
    bounds,
    cells,
    cellwords,
    changes,
    channels,
    columns,
    completeness,
    consistency,
    contents,
    currency,
    dates,
    doubts,
    forms,
    grounds,
    guides,
    inherited,
    interpretations,
    limitwords,
    markup,
    navigation,
    numbers,
    omissions,
    openness,
    phones,
    privacy,
    promises,
    publication,
    publishers,
    reading,
    regions,
    reviews,
    site,
    spelling,
    standards,
    terms,
    times,
    towns,
    values,
    wording,
    words,
)
from gkdir.rules.checking import Judged
from gkdir.rules.rule import Context, Rule

__all__ = ["RULES", "check", "check_project", "judge", "judge_project"]

_FAMILIES = (
    additions, addresses, allowances, attached, bases, basiswords, bounds, cells, cellwords, changes, channels,
    columns, completeness, consistency, contents, currency, dates, doubts, forms, grounds, guides, inherited,
    interpretations, limitwords, markup, navigation, numbers, omissions, openness, phones, privacy,
    promises, publication, publishers, reading, regions, reviews, site, spelling, standards, terms, times, towns,
    values, wording, words,
)  # fmt: skip
"""The modules with rules."""

_FOUND = dict.fromkeys(each for family in _FAMILIES for each in vars(family).values() if isinstance(each, Rule))
RULES: tuple[Rule, ...] = tuple(sorted(_FOUND, key=lambda each: each.id))
"""All rules in the order of their ids, which are never reused."""


def judge(project: Project, county: County, catalog: Catalog | None, today: date) -> Judged:
    """What the rules find in one county's sources; ages are counted up to ``today``.

    ``catalog`` is ``None`` if the county could not be laid.
    """
    return Judged.of(Context(project, county, catalog, today, RULES))


def check(project: Project, county: County, catalog: Catalog | None, today: date) -> tuple[Finding, ...]:
    """All findings about the sources of one county, allowances applied, in the order of places."""
    return judge(project, county, catalog, today).with_files({})


def judge_project(project: Project, today: date | None = None) -> Judged:
    """What the rules find in what all counties share: national workbooks, stray files, word lists, templates.

    The project is judged like a county that has only allowances. ``today`` is ``None`` if the day is not known; then no
    allowance has expired.
    """
    overlay = Overlay("", Place(privacy.ALLOWANCES), name="", code="", allowances=project.allowances)
    county = County("", "", overlay, troubles=project.troubles)
    context = Context(project, county, None, today or date.min, RULES)
    found = [reading.finding(trouble, None) for trouble in project.troubles]
    found += [rule.finding(fault, None) for rule, fault in privacy.project_faults(project)]
    found += [rule.finding(fault, None) for rule, fault in spelling.project_faults(project)]
    answers = (each for each in RULES if Allowance in each.on)
    found += [
        each.finding(fault, None)
        for each in answers
        for one in project.allowances
        for fault in each.judge(one, context)
    ]
    return Judged(context, tuple(found))


def check_project(project: Project, today: date | None = None) -> tuple[Finding, ...]:
    """Findings about what all counties share, allowances applied."""
    return judge_project(project, today).with_files({})
