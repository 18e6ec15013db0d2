"""Sheets of cells → the bytes of one .xlsx workbook, as ``spreadsheet`` makes it, but written by openpyxl.

For workbooks that are made rarely. It is too slow for what every build writes, and for the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from gkdir.export.cells import looks_like_formula
from gkdir.export.packing import packed
from gkdir.export.spreadsheet import BARE, DrawnSheet, Paper, letter, written_text
from gkdir.export.styles import Look


def openpyxl_workbook(sheets: Sequence[DrawnSheet], looks: Sequence[Look], dated: date) -> bytes:
    """The workbook, with ``dated`` as the day of creation and of the last change. Every text is written as text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    styles = [_style(look.name or f"样式{number}", look) for number, look in enumerate(looks, 1)]
    for style in styles:
        book.add_named_style(style)
    for sheet in sheets:
        _draw(book.create_sheet(sheet.name), sheet, [style.name for style in styles])
    book.properties.creator = "gkdir"
    book.properties.created = book.properties.modified = datetime(dated.year, dated.month, dated.day)
    loose = BytesIO()
    ExcelWriter(book, ZipFile(loose, "w")).save()
    with ZipFile(loose) as parts:  # openpyxl writes the time of day into each part, and the system's line ends
        return packed({name: parts.read(name).replace(b"\r\n", b"\n") for name in sorted(parts.namelist())})


def _style(name: str, look: Look) -> NamedStyle:
    side = Side("thin", color=look.frame) if look.frame else Side()
    return NamedStyle(
        name,
        font=Font("宋体", look.size, bold=look.bold, color=look.colour or None),
        fill=PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        border=Border(left=side, right=side, top=side, bottom=side),
        alignment=Alignment(horizontal=look.across or None, vertical=look.down, wrap_text=look.wraps),
        number_format=look.format or "General",
    )


def _draw(page: Worksheet, sheet: DrawnSheet, styles: Sequence[str]) -> None:
    for number, row in enumerate(sheet.rows, 1):
        if row.height is not None:
            page.row_dimensions[number].height = row.height
        for column, (value, look) in enumerate(row.cells, 1):
            cell = page.cell(number, column)
            text = written_text(value) if isinstance(value, str) else None
            cell.value = value if text is None else text or None
            if look != BARE:
                cell.style = styles[look]  # after the value: a date sets a format
            if text:
                cell.data_type = "s"  # else openpyxl makes "=…" a formula and "#N/A" an error
                cell.quotePrefix = looks_like_formula(text)
    for column, width in enumerate(sheet.widths, 1):
        page.column_dimensions[letter(column)].width = width
    columns, rows = sheet.frozen
    page.freeze_panes = f"{letter(columns + 1)}{rows + 1}" if columns or rows else None
    page.auto_filter.ref = sheet.filtered or None
    for offer in sheet.offers:
        choice = DataValidation("list", formula1=offer.formula, allow_blank=True)
        choice.add(offer.area)
        page.add_data_validation(choice)
    if sheet.paper:
        _set_paper(page, sheet.paper)


def _set_paper(page: Worksheet, paper: Paper) -> None:
    page.print_title_rows = paper.rows or None
    page.page_setup.orientation = "landscape" if paper.landscape else "portrait"
    page.page_setup.paperSize = paper.size
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if page.oddFooter is not None:  # typed Optional; never None
        page.oddFooter.center.text = paper.footer or None
