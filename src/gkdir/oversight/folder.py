"""A project → its report in a folder: pages, their stylesheet and script, report.json, report.xlsx, earlier reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import jinja2
from msgspec import Struct
from msgspec.structs import replace

from gkdir.buildoptions import BuildOptions
from gkdir.finding import Unreadable
from gkdir.model.project import Project
from gkdir.oversight.facts import CountyFacts
from gkdir.oversight.history import ReportData, as_json, kept, past, path_of
from gkdir.oversight.survey import Survey, survey
from gkdir.oversight.tables import findings_view, items_view, late_view, scores_view
from gkdir.oversight.views import index_view, sheet_view
from gkdir.oversight.workbook import report_workbook
from gkdir.publish.filters import chinese_date
from gkdir.publish.lean import lean
from gkdir.publish.manifest import KIND, read_manifest
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.shared import Shared, publish_files
from gkdir.publish.swap import alone
from gkdir.read.declaredfiles import read_score_sheet
from gkdir.remembered import Remembered
from gkdir.resources import national_folder, template_folder

REPORT = "report"
"""The ``kind`` in the manifest of a report's folder."""


def make_report(project: Project, options: BuildOptions, memory: Remembered[CountyFacts] | None = None) -> Survey:
    """Write the report of all counties into ``options.out``; earlier ones there stay, and are compared with.

    Raises Unreadable and writes nothing if something is in the way or 评分.yaml cannot be read.
    """
    sheet = read_score_sheet((project.folder / "national", national_folder()))
    found, out = survey(project, sheet, options, memory), options.out
    out.mkdir(parents=True, exist_ok=True)
    with alone(out):
        manifest = read_manifest(out)
        listed = tuple(manifest.files) if manifest and manifest.about.get(KIND) == REPORT else ()
        earlier = past(out, listed, found.day)
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


_FOLDER = "_report"
_ASSETS = ("report.css", "sort.js")


class ReportPage(Struct, frozen=True):
    """One page: its path, template, title and what it shows."""

    path: str
    template: str
    title: str
    view: object


def report_files(found: Survey, past: Sequence[ReportData] = ()) -> Mapping[str, bytes]:
    """Every file of the report by path; ``past`` are earlier reports, the newest first."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    pages = tuple(_pages(found, past))
    places = [("各县", "index.html"), *((page.title, page.path) for page in pages[1:] if "counties/" not in page.path)]
    shared = {"places": places, "day": chinese_date(found.day), "sheet": f"“{found.sheet.name}”"}
    files = {}
    for page in pages:
        template = environment.get_template(f"{_FOLDER}/{page.template}")
        up = "../" * page.path.count("/")
        text = template.render(view=page.view, title=page.title, here=page.path, up=up, **shared)
        files[page.path] = text.encode("utf-8", "replace")
    for name in _ASSETS:
        files[f"assets/{name}"] = lean(template_folder() / _FOLDER / name)
    files["report.json"] = files[path_of(found.day)] = as_json(found.data)
    files["report.xlsx"] = report_workbook(found)
    return files


def _pages(found: Survey, past: Sequence[ReportData]) -> Iterator[ReportPage]:
    yield ReportPage("index.html", "index.html", "基层政务公开督导报告", index_view(found))
    for domain, (label, _) in found.domains.items():
        yield ReportPage(f"items/{domain}.html", "domain.html", f"{label}事项", items_view(found, domain))
    yield ReportPage("findings.html", "table.html", "问题", findings_view(found))
    yield ReportPage("late.html", "table.html", "谁逾期了", late_view(found))
    yield ReportPage("scores.html", "table.html", "评分", scores_view(found))
    for each in found.counties:
        view = sheet_view(found, each, past)
        yield ReportPage(f"counties/{each.facts.slug}.html", "county.html", each.facts.name, view)
