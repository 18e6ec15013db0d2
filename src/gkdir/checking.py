"""A project → the findings of its counties, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from gkdir.finding import Finding, Place, Unreadable, of_counties
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.rules import check
from gkdir.rules.bounds import fault_of_ours
from gkdir.rules.reading import finding
from gkdir.workers import Crew, each_county


def check_counties(project: Project, slugs: Sequence[str], today: date, jobs: int = 0) -> Iterator[Finding]:
    """The findings of ``slugs`` in their order; ``jobs`` 0 means as many processes as help."""
    return chain.from_iterable(each_county(partial(_checker, project, today), slugs, Crew(jobs)))


def _checker(project: Project, today: date) -> Callable[[str], tuple[Finding, ...]]:
    return partial(_check_county, project, today)


def _check_county(project: Project, today: date, slug: str) -> tuple[Finding, ...]:
    from gkdir.excel_form.formplaces import (
        with_form_places,  # heavy, and a build that only needs failed does not load it
    )
    from gkdir.read.project import read_county

    try:
        county = read_county(project, slug)
        laid = lay(project, county)
        return with_form_places(project, county, check(project, county, laid, today), laid)
    except Exception as error:  # whatever it is, the other counties go on
        return (failed(error, project, slug),)


def failed(error: Exception, project: Project, slug: str) -> Finding:
    """An exception that ended the work on one county, as a finding: an unreadable file, or a bug of ours."""
    if isinstance(error, Unreadable):
        return finding(error.trouble, slug)
    from gkdir.faultlog import note_fault  # only a fault of ours needs it

    note_fault(error)
    return fault_of_ours(error, slug, Place(f"{of_counties(project.folder)}{slug}"))
