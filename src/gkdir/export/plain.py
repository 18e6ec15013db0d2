"""Headings and rows → the bytes of a workbook of plain lists: wrapped, framed, filtered, fit to the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.export.archive import workbook_bytes
from gkdir.export.cells import clean, looks_like_formula
from gkdir.export.workbook import lines_in
from gkdir.harmless import shown_lines

HEADING_ROW = 3
_LINE, _TALLEST, _LONGEST = 14.0, 300.0, 30_000
_BODY = "清单正文"


class PlainSheet(Struct, frozen=True):
    """One sheet: ``columns`` are headings with their widths; ``choices`` can be chosen in a column's cells."""

    name: str
    title: str
    about: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[str | int | float]]
    choices: Mapping[str, Sequence[str]] = {}


def plain_workbook(sheets: Sequence[PlainSheet], dated: date) -> bytes:
    """The workbook, the same bytes for the same sheets and day."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    book.add_named_style(NamedStyle(_BODY, font=Font("宋体", 10), border=_BORDER, alignment=_WRAPPED))
    for each in sheets:
        sheet = book.create_sheet(each.name)
        _head(sheet, each)
        for number, row in enumerate(each.rows, HEADING_ROW + 1):
            _write(sheet, number, row, tuple(each.columns.values()))
        _offer(sheet, each)
        _set_page(sheet, len(each.columns), len(each.rows))
    return workbook_bytes(book, dated)


def _look() -> tuple[Border, Alignment]:
    side = Side("thin", color="B7B7B7")
    return Border(left=side, right=side, top=side, bottom=side), Alignment(vertical="center", wrap_text=True)


_BORDER, _WRAPPED = _look()


def _head(sheet: Worksheet, each: PlainSheet) -> None:
    sheet.cell(1, 1).value = each.title
    sheet.cell(1, 1).font = Font("宋体", 16, bold=True)
    sheet.cell(2, 1).value = each.about
    grey = PatternFill("solid", fgColor="E7E7E7")
    for number, (name, width) in enumerate(each.columns.items(), 1):
        cell = sheet.cell(HEADING_ROW, number)
        cell.value, cell.font, cell.fill = name, Font("宋体", 10.5, bold=True), grey
        cell.border, cell.alignment = _BORDER, _WRAPPED
        sheet.column_dimensions[get_column_letter(number)].width = width


def _write(sheet: Worksheet, at: int, row: Sequence[str | int | float], widths: Sequence[int]) -> None:
    """Texts as texts: nothing that a person wrote becomes a formula."""
    tallest = 1
    for number, (value, width) in enumerate(zip(row, widths, strict=True), 1):
        cell = sheet.cell(at, number)
        cell.style = _BODY
        if not isinstance(value, str):
            cell.value = value
        elif value:
            cell.value, cell.data_type = clean(shown_lines(value))[:_LONGEST], "s"
            cell.quotePrefix = looks_like_formula(value)
            tallest = max(tallest, lines_in(value, width))
    sheet.row_dimensions[at].height = min(_TALLEST, tallest * _LINE + 6)


def _set_page(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(columns)}{HEADING_ROW + rows}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:  # typed Optional; never None
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"


def _offer(sheet: Worksheet, each: PlainSheet) -> None:
    for name, choices in each.choices.items():
        if each.rows:
            letter = get_column_letter(list(each.columns).index(name) + 1)
            choice = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            choice.add(f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + len(each.rows)}")
            sheet.add_data_validation(choice)
