"""A project → the findings of its counties, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from gkdir.faultlog import note_fault
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
    """Whether what is wrong with the project concerns every county: a folder that is no county concerns none."""
    counties = _counties(project)
    return holds_back((one for one in findings if not one.place.file.startswith(counties)), strict)


def told_once(findings: Iterable[Finding], project: Path) -> list[Finding]:
    """The findings, what stands in a file above the counties once for all of them and as none's."""
    counties = _counties(project)
    kept: dict[object, Finding] = {}
    for found in findings:
        own = found.county is None or found.place.file.startswith(counties)
        key = found if own else (found.rule, found.place)
        kept[key] = found if key not in kept else replace(found, county=None)
    return list(kept.values())


def _counties(project: Path) -> str:
    """What the places of all files of counties begin with."""
    return f"{project.as_posix()}/counties/".removeprefix("./")


def _check_counties(project: Project, today: date, slugs: Sequence[str]) -> Sequence[tuple[Finding, ...]]:
    return [_check_county(project, slug, today) for slug in slugs]


def _check_county(project: Project, slug: str, today: date) -> tuple[Finding, ...]:
    from gkdir.read.project import read_county  # heavy: a build that asks what holds all back need not load it

    try:
        county = read_county(project, slug)
        return check(project, county, lay(project, county), today)
    except Exception as error:  # whatever it is, it is one county's
        return (failed(error, project, slug),)


def failed(error: Exception, project: Project, slug: str) -> Finding:
    """What an error comes to that ended the work on one county: its files make no sense, or we do not."""
    if isinstance(error, Unreadable):
        return finding(error.trouble, slug)
    note_fault(error)
    return fault_of_ours(error, slug, Place(f"{_counties(project.folder)}{slug}"))


def is_our_fault(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is a fault of the program."""
    return any(found.rule == own_fault.id for found in findings)
