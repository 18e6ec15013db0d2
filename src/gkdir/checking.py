"""A project → the findings of its counties, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from gkdir.buildoptions import BuildOptions
from gkdir.finding import Finding, Place, Unreadable, of_counties
from gkdir.model.county import County
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.remembered import Remembered, WithSources, each_value
from gkdir.rules import check
from gkdir.rules.bounds import fault_of_ours
from gkdir.rules.reading import finding
from gkdir.workers import Workforce

Findings = tuple[Finding, ...]


def memory_of(options: BuildOptions) -> Remembered[Findings]:
    """The results of the last check of the project; to be made before anything is read."""
    return Remembered("checked", Findings, options)


def check_counties(
    project: Project, options: BuildOptions, memory: Remembered[Findings] | None = None
) -> Iterator[Finding]:
    """The findings of each county in ``options``, in order, as of the day ``options.today``."""
    assert options.today is not None
    slugs = tuple(dict.fromkeys(options.counties)) or project.counties
    work = partial(_check_county, project, options.today)
    every: Iterator[Findings] = each_value(work, slugs, Workforce(options.jobs), memory)
    return chain.from_iterable(every)


def _check_county(project: Project, today: date, slug: str) -> WithSources[Findings]:
    # Heavy, and not needed by a build, which imports only ``failed``.
    from gkdir.excel_form.formplaces import with_form_places
    from gkdir.read.project import read_county

    try:
        county = read_county(project, slug)
        laid = lay(project, county)
        found = with_form_places(project, county, check(project, county, laid, today), laid)
        return found, sources_of(project.folder, county)
    except Exception as error:  # the other counties are still checked
        return (failed(error, project, slug),), None


def failed(error: Exception, project: Project, slug: str) -> Finding:
    """The finding for an exception that ended the work on one county: an unreadable file, or a bug of gkdir."""
    if isinstance(error, Unreadable):
        return finding(error.trouble, slug)
    from gkdir.faultlog import note_fault  # rarely needed

    note_fault(error)
    return fault_of_ours(error, slug, Place(f"{of_counties(project.folder)}{slug}"))


def sources_of(project: Path, county: County) -> tuple[str, ...]:
    """The folders below ``counties`` that the county is made from: its own, and those of layers above in others."""
    prefix = of_counties(project)
    files = (layer.place.file for layer in county.above)
    above = {file.removeprefix(prefix).partition("/")[0] for file in files if file.startswith(prefix)}
    return (county.slug, *sorted(above - {county.slug}))
