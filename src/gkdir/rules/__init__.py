"""The rules, in one hand-written table, and the one function that asks them all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gkdir.finding import Finding, Severity, Unreadable
from gkdir.model.county import Catalog, County
from gkdir.model.reference import Reference
from gkdir.read.project import Project
from gkdir.read.reference import read_reference
from gkdir.resources import national_folder
from gkdir.rules import additions, allowances, cells, duties, openness, reading, times
from gkdir.rules.checking import findings
from gkdir.rules.rule import Context, Rule

__all__ = ["RULES", "check", "check_project", "reference_of"]

RULES: tuple[Rule, ...] = (
    reading.unreadable,
    reading.missing_file,
    reading.path_outside,
    reading.stray_file,
    reading.unread_row,
    reading.unknown_key,
    reading.duplicate_key,
    reading.missing_key,
    reading.wrong_value,
    allowances.bare_allowance,
    allowances.expired_allowance,
    allowances.needless_allowance,
    allowances.unknown_allowance,
    allowances.forbidden_allowance,
    duties.unknown_item,
    duties.omission_without_reason,
    additions.similar_name,
    additions.duplicate_name,
    duties.lost_item,
    additions.number_taken,
    additions.orphan_addition,
    duties.unknown_domain,
    duties.edit_of_omitted,
    duties.guide_of_omitted,
    cells.missing_cell,
    duties.guide_without_item,
    additions.unlawful_level,
    times.late_disclosure,
    times.incomparable_limit,
    times.vague_limit,
    times.promise_beyond_law,
    times.beyond_twenty_days,
    openness.channel_removed,
    openness.on_request_without_ground,
    openness.narrowed_audience,
    openness.unnamed_group,
    openness.misspelt_channel,
    cells.no_audience,
    cells.no_mode,
    cells.no_basis,
)
"""In the order of their ids, which are never reused."""


def check(
    project: Project, county: County, catalog: Catalog | None, today: date, *, reference: Reference | None = None
) -> tuple[Finding, ...]:
    """All findings of one county, allowances applied, in the order of places.

    ``catalog`` is ``None`` where the county could not be laid; ``today`` is the day that ages are counted from.
    ``reference`` may be read once for many counties: ``read_reference``.
    """
    context = Context(
        folder=project.folder,
        national=project.national,
        county=county,
        catalog=catalog,
        today=today,
        reference=reference or reference_of(project),
        rules=RULES,
    )
    return findings(context)


def check_project(project: Project) -> tuple[Finding, ...]:
    """What is wrong with the project itself, beside its counties: national workbooks, stray files, word lists."""
    troubles = list(project.troubles)
    try:
        reference_of(project)
    except Unreadable as error:
        troubles.append(error.trouble)
    found = (reading.finding(trouble, None) for trouble in troubles)
    return tuple(sorted(found, key=lambda one: (one.place.order, one.rule)))


def reference_of(project: Project) -> Reference:
    """The laws, words and working days of the project, ours where it has none. Raises ``Unreadable``."""
    return read_reference((project.folder / "national", national_folder()))
