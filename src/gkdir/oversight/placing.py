"""A project → its report in a folder, with the earlier reports that lie there; the way the command goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Unreadable
from gkdir.model.project import Project
from gkdir.oversight.history import kept, past
from gkdir.oversight.pages import report_files
from gkdir.oversight.survey import Survey, survey
from gkdir.publish.manifest import KIND, read_manifest
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.shared import Shared, publish_files
from gkdir.publish.swap import alone
from gkdir.read.declaredfiles import read_score_sheet
from gkdir.resources import national_folder

REPORT = "report"
"""The ``kind`` in the manifest of a report's folder."""


def make_report(project: Project, out: Path, today: date, jobs: int = 0) -> Survey:
    """Write the report of all counties into ``out``; earlier ones there stay, and are compared with.

    Raises Unreadable and writes nothing if something is in the way or 评分.yaml cannot be read.
    """
    sheet = read_score_sheet((project.folder / "national", national_folder()))
    found = survey(project, sheet, today, jobs)
    out.mkdir(parents=True, exist_ok=True)
    with alone(out):
        manifest = read_manifest(out)
        listed = tuple(manifest.files) if manifest and manifest.about.get(KIND) == REPORT else ()
        earlier = past(out, listed, today)
        if earlier:
            last = earlier[0]
            counties = tuple(replace(each, before=last.line(each.facts.slug)) for each in found.counties)
            found = replace(found, counties=counties, last=last)
        files = {**kept(out, listed), **report_files(found, earlier)}
        try:
            publish_files(Shared(out, {KIND: REPORT}, "报告没有写"), sorted(files.items()))
        except Obstacle as way:
            trouble = way.trouble
            raise Unreadable(trouble.place, trouble.message, trouble.hint) from None
    return found
