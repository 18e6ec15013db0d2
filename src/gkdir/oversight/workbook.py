"""A Survey → report.xlsx: counties, points, items, findings and what is late, a sheet each."""

from __future__ import annotations

from gkdir.export.plain import PlainSheet, plain_workbook
from gkdir.finding import WORDS
from gkdir.oversight.survey import Survey
from gkdir.oversight.tables import items_view
from gkdir.oversight.views import COUNTY_HEADINGS, LEGEND, county_cells
from gkdir.report.worklist import worklist

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
    """A figure as a number, so that a spreadsheet can reckon with it."""
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell
