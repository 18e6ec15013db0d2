"""A project → its report in a folder: pages, their stylesheet and script, report.json, report.xlsx, earlier reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import jinja2
from msgspec import Struct

from gkdir.buildoptions import BuildOptions
from gkdir.export.plain import PlainSheet, plain_workbook
from gkdir.finding import WORDS, Unreadable
from gkdir.model.project import Project
from gkdir.model.scoring import ScoreSheet
from gkdir.oversight.facts import CountyFacts
from gkdir.oversight.history import ReportData, as_json, kept, past, path_of
from gkdir.oversight.survey import Survey, survey
from gkdir.oversight.tables import findings_view, items_view, late_view, scores_view
from gkdir.oversight.views import COUNTY_HEADINGS, LEGEND, county_cells, index_view, sheet_view
from gkdir.publish.manifest import KIND, read_manifest
from gkdir.publish.minify import minified
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.shared import Shared, publish_files
from gkdir.publish.swap import locked_folder
from gkdir.read.declaredfiles import read_score_sheet
from gkdir.read.text import chinese_date
from gkdir.remembered import Remembered
from gkdir.report.worklist import worklist
from gkdir.resources import national_folder, template_folder
from gkdir.rules import RULES

_NARROW, _WIDE = 8, 40


def report_workbook(found: Survey) -> bytes:
    """The workbook, the same bytes for the same report."""
    sheets = [_counties(found), _points(found)]
    sheets += [_items(found, domain) for domain in found.domains]
    return plain_workbook([*sheets, _findings(found), _late(found)], found.day)


def _counties(found: Survey) -> PlainSheet:
    columns = dict.fromkeys(COUNTY_HEADINGS, _NARROW) | {"县": 16}
    rows = [tuple(map(_number, county_cells(each))) for each in found.ranked]
    about = f"按 {found.day} 核对；{found.sheet.name}，满分 {found.sheet.points} 分。"
    return PlainSheet("各县", "基层政务公开督导报告", about, columns, rows)


def _points(found: Survey) -> PlainSheet:
    indicators = found.sheet.indicators
    columns = {"县": 16, "合计": _NARROW, **{f"{each.number} {each.name}": 12 for each in indicators}}
    rows: list[tuple[str | int | float, ...]] = []
    for each in found.ranked:
        rows.append((each.facts.name, each.line.points, *(one.points for one in each.score.indicators)))
    return PlainSheet("逐项得分", "逐项得分", "每一项怎么算，见网页“评分”。", columns, rows)


def _items(found: Survey, domain: str) -> PlainSheet:
    view = items_view(found, domain)
    columns = {"县": 16, **{f"{item.number} {item.name}": _NARROW for item in view.items}}
    rows = [(row.name, *row.marks) for row in view.matrix]
    return PlainSheet(f"{view.label}事项", f"{view.label}：各县各事项", LEGEND, columns, rows)


def _findings(found: Survey) -> PlainSheet:
    columns = {"县": 16, "轻重": _NARROW, "规则": _NARROW, "问题": 50, "处数": _NARROW, "第一处": _WIDE, "怎么改": 50}
    rows = []
    for each in found.ranked:
        for job in worklist(each.facts.findings, found.day).jobs:
            first = job.first
            cells = (each.facts.name, WORDS[first.severity], first.rule, job.problem, len(job.findings))
            rows.append((*cells, str(first.place), first.hint))
    return PlainSheet("问题", "各县的问题", "同一个原因一行，检查时最先会扣的在前。", columns, rows)


def _late(found: Survey) -> PlainSheet:
    columns = {"县": 16, "期限": 12, "种类": 16, "什么": 60, "在哪里": _WIDE}
    rows = [
        (each.facts.name, one.day.isoformat(), one.kind, one.what, one.place)
        for each in found.ranked
        for one in each.facts.late
    ]
    return PlainSheet("逾期", "逾期没办的", f"到 {found.day} 已经过了期限。", columns, rows)


def _number(cell: str) -> str | int | float:
    """The cell as a number if it is one, so that a spreadsheet can calculate with it."""
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell


REPORT = "report"
"""The ``kind`` in the manifest of a report's folder."""


def make_report(project: Project, options: BuildOptions, memory: Remembered[CountyFacts] | None = None) -> Survey:
    """Write the report of all counties into ``options.out``, compared with the last one; earlier ones are kept there.

    :raises Unreadable: something is in the way, or 评分.yaml cannot be read; nothing was written
    """
    sheet = _of_known_rules(read_score_sheet((project.folder / "national", national_folder())))
    found, out = survey(project, sheet, options, memory), options.out
    out.mkdir(parents=True, exist_ok=True)
    with locked_folder(out):
        manifest = read_manifest(out)
        listed = tuple(manifest.files) if manifest and manifest.about.get(KIND) == REPORT else ()
        earlier = past(out, listed, found.day)
        if earlier:
            found = found.compared_with(earlier[0])
        data = found.data
        alike = [each for each in earlier if each.scored_as(data)]
        files = {**kept(out, listed), **report_files(found, alike)}
        try:
            publish_files(Shared(out, {KIND: REPORT}, "报告没有写"), sorted(files.items()))
        except Obstacle as way:
            trouble = way.trouble
            raise Unreadable(trouble.place, trouble.message, trouble.hint) from None
    return found


def _of_known_rules(sheet: ScoreSheet) -> ScoreSheet:
    """The sheet, if all its rules exist.

    :raises Unreadable: one does not, and every county would get full points for it
    """
    for each in sheet.indicators:
        for start in each.rules:
            if not any(rule.id.startswith(start) for rule in RULES):
                raise Unreadable(each.place, f"指标“{each.name}”：没有规则 {start}。", "gkdir rules 列出所有的规则。")
    return sheet


_FOLDER = "_report"
_ASSETS = ("report.css", "sort.js")


class ReportPage(Struct, frozen=True):
    """One page: its path, template, title and view."""

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
        files[f"assets/{name}"] = minified(template_folder() / _FOLDER / name)
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
