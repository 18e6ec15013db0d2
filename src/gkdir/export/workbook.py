"""Laid directories → the bytes of one .xlsx workbook in the national layout, a sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.export.archive import workbook_bytes
from gkdir.export.cells import clean, looks_like_formula, sheet_name
from gkdir.export.layout import SheetBody, grid
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import LaidDirectory

_TITLE, _HEADING, _BODY, _MARK = "目录标题", "目录表头", "目录正文", "目录勾选"
_A3 = 8
_FIRST_BODY_ROW = 4
_LINE_HEIGHT, _ROW_MARGIN, _TALLEST = 14.0, 6.0, 409.0  # points; 409 is the tallest row Excel knows


def workbook(directories: Sequence[LaidDirectory], place: str, dated: date | None = None) -> bytes:
    """The workbook of ``place`` (its full name, which begins each title), the same bytes for the same input.

    ``dated`` is the file's date; without it the newest review date of the directories, else that of the notice.
    Every cell is text (running numbers apart): nothing that a person wrote becomes a formula.
    """
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    for directory in directories:
        sheet = book.create_sheet(sheet_name(directory.title, book.sheetnames))
        _fill(sheet, title(directory, place), grid(directory))
    reviewed = [directory.reviewed for directory in directories if directory.reviewed]
    return workbook_bytes(book, dated or max(reviewed, default=NOTICE_DATE))


def title(directory: LaidDirectory, place: str) -> str:
    """The title above the table: 清源县就业领域基层政务公开标准目录."""
    return directory.title if directory.title.startswith(place) else place + directory.title


def _fill(sheet: Worksheet, heading: str, body: SheetBody) -> None:
    width = len(body.columns)
    _write(sheet.cell(1, 1), heading, _TITLE)
    _merge(sheet, rows=(1, 1), columns=(1, width))
    _write_headings(sheet, body)
    _write_body(sheet, body)
    _set_page(sheet, body)


def _write_headings(sheet: Worksheet, body: SheetBody) -> None:
    numbered = enumerate(body.columns, 1)
    for (name, grouped), run in groupby(numbered, lambda pair: (pair[1].heading, pair[1].sub_heading is not None)):
        columns = list(run)
        first, last = columns[0][0], columns[-1][0]
        for number, column in columns:
            _write(sheet.cell(2, number), name if number == first else "", _HEADING)
            _write(sheet.cell(3, number), column.sub_heading or "", _HEADING)
        _merge(sheet, rows=(2, 2 if grouped else 3), columns=(first, last))


def _write_body(sheet: Worksheet, body: SheetBody) -> None:
    below_first = {(row, span.column) for span in body.spans for row in range(span.first + 1, span.last + 1)}
    for row, texts in enumerate(body.rows):
        number = row + _FIRST_BODY_ROW
        for column, (text, of) in enumerate(zip(texts, body.columns, strict=True)):
            style = _MARK if of.centred else _BODY
            _write(sheet.cell(number, column + 1), "" if (row, column) in below_first else text, style)
        sheet.cell(number, 1).value = row + 1
        sheet.row_dimensions[number].height = _height(texts, body)
    for span in body.spans:
        rows = span.first + _FIRST_BODY_ROW, span.last + _FIRST_BODY_ROW
        _merge(sheet, rows, columns=(span.column + 1, span.column + 1))


def _merge(sheet: Worksheet, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    # Not sheet.merge_cells, which styles every cell again and takes a third of the total time.
    area = f"{get_column_letter(columns[0])}{rows[0]}:{get_column_letter(columns[1])}{rows[1]}"
    sheet.merged_cells.add(area)


def _write(cell: Cell | MergedCell, text: str, style: str) -> None:
    cell.style = style
    if not text:
        return
    cell.value = clean(text)
    cell.data_type = "s"  # openpyxl would make "=…" a formula and "#N/A" an error
    if looks_like_formula(text):
        cell.quotePrefix = True


def _set_page(sheet: Worksheet, body: SheetBody) -> None:
    sheet.freeze_panes = f"{get_column_letter(2 + _name_columns(body))}{_FIRST_BODY_ROW}"
    sheet.print_title_rows = "2:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    if sheet.oddFooter is not None:  # typed Optional; never None
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for number, column in enumerate(body.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[1].height = 36
    sheet.row_dimensions[2].height = sheet.row_dimensions[3].height = 28


def _name_columns(body: SheetBody) -> int:
    return sum(column.heading == body.columns[1].heading for column in body.columns)


def _height(texts: Sequence[str], body: SheetBody) -> float:
    lines = max(lines_in(text, column.width) for text, column in zip(texts, body.columns, strict=True))
    return min(_TALLEST, lines * _LINE_HEIGHT + _ROW_MARGIN)


def lines_in(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width."""
    # GBK spends two bytes on what takes two columns, one on what takes one; the cell's padding takes one more.
    return sum(max(1, -(-len(line.encode("gbk", "replace")) // (width - 1))) for line in text.split("\n"))


def _styles() -> list[NamedStyle]:
    line = Side("thin")
    border = Border(left=line, right=line, top=line, bottom=line)
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    grey = PatternFill("solid", fgColor="F2F2F2")
    return [
        NamedStyle(_TITLE, font=Font("宋体", 18, bold=True), alignment=centred),
        NamedStyle(_HEADING, font=Font("宋体", 10.5, bold=True), alignment=centred, border=border, fill=grey),
        NamedStyle(_BODY, font=Font("宋体", 10), alignment=Alignment(vertical="center", wrap_text=True), border=border),
        NamedStyle(_MARK, font=Font("宋体", 10), alignment=centred, border=border),
    ]
