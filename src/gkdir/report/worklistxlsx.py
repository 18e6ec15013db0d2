"""A Worklist → the bytes of a workbook: a sheet with one cause a row to fill in, and a sheet with every place."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.export.archive import workbook_bytes
from gkdir.export.cells import clean, looks_like_formula
from gkdir.export.workbook import lines_in
from gkdir.finding import Finding
from gkdir.harmless import shown_lines
from gkdir.report.text import WORDS, summary
from gkdir.report.worklist import Job, Worklist

_JOBS = {
    "序号": 6, "检查怎么说": 14, "轻重": 7, "规则": 8, "县": 12, "问题": 38, "处数": 7, "第一处": 30, "依据": 26,
    "怎么改": 38, "责任人": 12, "期限": 12, "改好了": 9, "备注": 16,
}  # fmt: skip
_PLACES = {"清单序号": 9, "规则": 8, "县": 12, "在哪里": 44, "问题": 60, "怎么改": 50}
"""Headings and the widths of their columns."""
_HEADING_ROW = 3
_DONE = ("改好了", "正在改", "不用改（已写明理由）")
_LINE, _TALLEST, _LONGEST = 14.0, 300.0, 30_000


def workbook(found: Worklist) -> bytes:
    """The workbook, the same bytes for the same findings on the same day."""
    book = Workbook()
    jobs = book.active
    assert isinstance(jobs, Worksheet)
    jobs.title = "整改清单"
    rows = [_job(job) for job in found.jobs]
    _fill(jobs, f"整改清单（按 {found.day} 核对）", tuple(_JOBS.items()), rows)
    _offer(jobs, len(rows))
    places = book.create_sheet("每一处")
    each = [_place(job, finding) for job in found.jobs for finding in job.findings]
    _fill(places, "每一处", tuple(_PLACES.items()), each)
    jobs.cell(2, 1).value = summary([finding for job in found.jobs for finding in job.findings])
    places.cell(2, 1).value = "“清单序号”是前一张表里的序号。"
    return workbook_bytes(book, found.day)


def _job(job: Job) -> Sequence[str | int]:
    first = job.first
    called = (job.number, job.reason, WORDS[first.severity], first.rule, first.county or "")
    asked = (first.cite, first.hint, "、".join(job.owners), job.by, "", "")
    return (*called, job.problem, len(job.findings), str(first.place), *asked)


def _place(job: Job, finding: Finding) -> Sequence[str | int]:
    said = (str(finding.place), finding.message, finding.hint)
    return (job.number, finding.rule, finding.county or "", *said)


def _fill(
    sheet: Worksheet, title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | int]]
) -> None:
    side = Side("thin", color="B7B7B7")
    border = Border(left=side, right=side, top=side, bottom=side)
    wrapped = Alignment(vertical="center", wrap_text=True)
    grey = PatternFill("solid", fgColor="E7E7E7")
    sheet.cell(1, 1).value = title
    sheet.cell(1, 1).font = Font("宋体", 16, bold=True)
    for number, (name, width) in enumerate(columns, 1):
        cell = sheet.cell(_HEADING_ROW, number)
        cell.value, cell.font, cell.fill = name, Font("宋体", 10.5, bold=True), grey
        cell.border, cell.alignment = border, wrapped
        sheet.column_dimensions[get_column_letter(number)].width = width
    font = Font("宋体", 10)
    for at, row in enumerate(rows, _HEADING_ROW + 1):
        tallest = 1
        for number, (value, (_, width)) in enumerate(zip(row, columns, strict=True), 1):
            cell = sheet.cell(at, number)
            cell.font, cell.border, cell.alignment = font, border, wrapped
            if isinstance(value, int):
                cell.value = value
            elif value:
                cell.value, cell.data_type = clean(shown_lines(value))[:_LONGEST], "s"
                cell.quotePrefix = looks_like_formula(value)
                tallest = max(tallest, lines_in(value, width))
        sheet.row_dimensions[at].height = min(_TALLEST, tallest * _LINE + 6)
    _set_page(sheet, len(columns), len(rows))


def _set_page(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{get_column_letter(columns)}{_HEADING_ROW + rows}"
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:  # typed Optional; never None
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"


def _offer(sheet: Worksheet, rows: int) -> None:
    """What can be chosen in 改好了."""
    if rows:
        letter = get_column_letter(list(_JOBS).index("改好了") + 1)
        choice = DataValidation("list", formula1=f'"{",".join(_DONE)}"', allow_blank=True)
        choice.add(f"{letter}{_HEADING_ROW + 1}:{letter}{_HEADING_ROW + rows}")
        sheet.add_data_validation(choice)
