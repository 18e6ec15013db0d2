"""A project → the findings of its counties, in this process or in several; the same findings in the same order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial

from gkdir.finding import Finding
from gkdir.overlay import lay
from gkdir.read.project import Project, read_county
from gkdir.rules import check, reference_of

FEW = 10
"""Below so many counties a second process costs more than it brings."""

CHUNK = 16
"""Counties that one process is handed at a time."""


def check_counties(project: Project, slugs: Sequence[str], today: date, jobs: int = 0) -> Iterator[Finding]:
    """The findings of ``slugs`` in their order; ``jobs`` 0 means as many processes as help."""
    jobs = jobs or (os.cpu_count() or 1 if len(slugs) >= FEW else 1)
    if jobs == 1:
        yield from _check_chunk(project, today, slugs)
        return
    chunks = [slugs[start : start + CHUNK] for start in range(0, len(slugs), CHUNK)]
    with ProcessPoolExecutor(jobs) as pool:
        for found in pool.map(partial(_check_chunk, project, today), chunks):
            yield from found


def _check_chunk(project: Project, today: date, slugs: Sequence[str]) -> tuple[Finding, ...]:
    reference = reference_of(project)
    found: list[Finding] = []
    for slug in slugs:
        county = read_county(project, slug)
        found += check(project, county, lay(project.national, county), today, reference=reference)
    return tuple(found)
