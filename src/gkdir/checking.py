"""A project → the findings of its counties, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from gkdir.finding import Finding
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.project import read_county
from gkdir.rules import check, reference_of
from gkdir.workers import each_county


def check_counties(project: Project, slugs: Sequence[str], today: date, jobs: int = 0) -> Iterator[Finding]:
    """The findings of ``slugs`` in their order; ``jobs`` 0 means as many processes as help."""
    return chain.from_iterable(each_county(partial(_check_counties, project, today), slugs, jobs))


def _check_counties(project: Project, today: date, slugs: Sequence[str]) -> Sequence[tuple[Finding, ...]]:
    reference = reference_of(project.folder)
    counties = (read_county(project, slug) for slug in slugs)
    return [check(project, county, lay(project.national, county), today, reference=reference) for county in counties]
