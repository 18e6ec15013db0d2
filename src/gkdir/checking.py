"""A project → the findings of its counties, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Finding, Place, Unreadable, holds_back
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.rules import check
from gkdir.rules.bounds import fault_of_ours, own_fault
from gkdir.rules.reading import finding
from gkdir.workers import each_county


def check_counties(project: Project, slugs: Sequence[str], today: date, jobs: int = 0) -> Iterator[Finding]:
    """The findings of ``slugs`` in their order; ``jobs`` 0 means as many processes as help."""
    return chain.from_iterable(each_county(partial(_check_counties, project, today), slugs, jobs))


def holds_all_back(findings: Iterable[Finding], project: Path, strict: bool = False) -> bool:
    """Whether a finding about the project concerns every county; a stray folder in ``counties`` concerns none."""
    counties = _counties(project)
    return holds_back((one for one in findings if not one.place.file.startswith(counties)), strict)


def told_once(findings: Iterable[Finding], project: Path) -> list[Finding]:
    """The findings; one about a file that several counties share comes once, and belongs to no county."""
    counties = _counties(project)
    kept: dict[object, Finding] = {}
    for found in findings:
        own = found.county is None or found.place.file.startswith(counties)
        key = found if own else (found.rule, found.place)
        kept[key] = found if key not in kept else replace(found, county=None)
    return list(kept.values())


def _counties(project: Path) -> str:
    """The common beginning of the paths of all counties' files."""
    return f"{project.as_posix()}/counties/".removeprefix("./")


def _check_counties(project: Project, today: date, slugs: Sequence[str]) -> Sequence[tuple[Finding, ...]]:
    return [_check_county(project, slug, today) for slug in slugs]


def _check_county(project: Project, slug: str, today: date) -> tuple[Finding, ...]:
    from gkdir.read.project import read_county  # heavy, and a build that only needs holds_all_back does not load it

    try:
        county = read_county(project, slug)
        return check(project, county, lay(project, county), today)
    except Exception as error:  # whatever it is, the other counties go on
        return (failed(error, project, slug),)


def failed(error: Exception, project: Project, slug: str) -> Finding:
    """An exception that ended the work on one county, as a finding: an unreadable file, or a bug of ours."""
    if isinstance(error, Unreadable):
        return finding(error.trouble, slug)
    from gkdir.faultlog import note_fault  # only a fault of ours needs it

    note_fault(error)
    return fault_of_ours(error, slug, Place(f"{_counties(project.folder)}{slug}"))


def is_our_fault(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is a bug of the program."""
    return any(found.rule == own_fault.id for found in findings)
