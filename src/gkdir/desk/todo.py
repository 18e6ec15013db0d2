"""A county's draft and a day → the to-do list: what to correct, what is due, what is blank, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from gkdir.due import Deadline, DueSubject, deadlines
from gkdir.excel_form.blanks import blank_table, still_blank
from gkdir.excel_form.doubts import identified
from gkdir.excel_form.formplaces import with_form_places
from gkdir.finding import Finding, Severity, apart
from gkdir.preview.draft import CountyDraft
from gkdir.report.worklist import Job, worklist
from gkdir.rules import check
from gkdir.service.address import HOME, article_path, item_path, town_path

SOON = 30
"""How many days ahead due dates are listed."""


class Todo(Struct, frozen=True):
    """What there is to do in a county: ``jobs``, the most severe first; ``errors`` among them prevent publishing."""

    findings: tuple[Finding, ...]
    jobs: tuple[Job, ...]
    due: tuple[Deadline, ...]
    blanks: int
    doubts: int

    @property
    def errors(self) -> int:
        """How many jobs must be done before anything can be published."""
        return sum(job.first.severity is Severity.ERROR for job in self.jobs)


def todo(draft: CountyDraft, today: date) -> Todo:
    """The whole list, as of ``today``."""
    project, county, catalog = draft.project, draft.county, draft.catalog
    findings = apart(with_form_places(project, county, check(project, county, catalog, today), catalog))
    subject = DueSubject(county, catalog, project.reference, today)
    blanks = still_blank(blank_table(catalog, county))
    doubts = sum(not doubt.reason for doubt in identified(county.overlay.doubts).values())
    return Todo(findings, worklist(findings, today).jobs, tuple(deadlines(subject, SOON)), len(blanks), doubts)


def on_page(findings: Iterable[Finding], path: str, folder: str) -> Sequence[Finding]:
    """The findings about the page at ``path`` in the county's folder; the first page has those about no page."""
    return [each for each in findings if page_of(each, folder) == path]


def page_of(finding: Finding, folder: str) -> str:
    """The path of the page that shows what a finding is about; the first page if none does."""
    if finding.item and "/" in finding.item:
        return item_path(*finding.item.split("/", 1))
    parts = finding.place.file.partition(f"{folder}/")[2].split("/")
    name = parts[-1].rpartition(".")[0]
    if len(parts) == 3 and parts[0] == "guides":
        return item_path(parts[1], name)
    if len(parts) == 3 and parts[0] == "pages":
        return article_path(parts[1], name)
    if len(parts) >= 2 and parts[0] == "towns":
        return town_path(parts[1].partition(".")[0])
    return HOME
