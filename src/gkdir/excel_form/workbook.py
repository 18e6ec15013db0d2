"""A form → the bytes of its workbook: a sheet for each table, the instructions, two hidden sheets for import."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.excel_form.form import FINDINGS, GUIDANCE, LISTS, RECORD, ExcelForm
from gkdir.excel_form.formfinding import FormFinding
from gkdir.excel_form.guidance import COLOURS, Colour, guidance
from gkdir.excel_form.record import MARK, record, rows_of, stamp
from gkdir.excel_form.table import FIRST_ROW, Table, TableColumn, TableRow, Takes
from gkdir.export.archive import workbook_bytes
from gkdir.export.cells import TICK, clean, looks_like_formula
from gkdir.export.workbook import lines_in
from gkdir.finding import WORDS
from gkdir.model.columns import NOTICE_DATE

HEADING_ROW = FIRST_ROW - 1
_AS_TEXT = (Takes.TEXT, Takes.LIMIT, Takes.PHONE, Takes.HOURS, Takes.ITEMS)
"""Columns formatted as text, so that no phone becomes a number and no time a fraction."""
_TITLE, _ABOUT, _HEADING = "表标题", "表说明", "栏目"
_LINE, _MARGIN, _TALLEST = 14.0, 6.0, 300.0


def workbook(form: ExcelForm) -> bytes:
    """The workbook, the same bytes for the same county."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    _write_guidance(book.create_sheet(GUIDANCE), form)
    if form.found is not None:
        _write_findings(book.create_sheet(FINDINGS), form.found)
    sheets = [(table, book.create_sheet(table.title)) for table in form.shown]
    lists = Dropdowns(book.create_sheet(LISTS))
    for table, sheet in sheets:
        _fill(sheet, table, lists, stamp(form.code, rows_of(table)))
    _write_record(book.create_sheet(RECORD), form)
    lists.sheet.sheet_state = "hidden"
    days = [text for table in form.tables for row in table.rows for text in _days(table, row)]
    return workbook_bytes(book, max(map(date.fromisoformat, days), default=NOTICE_DATE))


def _days(table: Table, row: TableRow) -> Iterator[str]:
    for column in table.columns:
        text = row.texts[column.key]
        if column.takes is Takes.DAY and _is_day(text):
            yield text


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _fill(sheet: Worksheet, table: Table, lists: Dropdowns, stamp: str) -> None:
    last = len(table.columns) + 1
    _write(sheet.cell(1, 2), table.title, _TITLE)
    _write(sheet.cell(2, 2), table.about, _ABOUT)
    _write_headings(sheet, table, stamp)
    spare = TableRow("", "", {column.key: "" for column in table.columns})
    for number, row in enumerate((*table.rows, *[spare] * table.spare), FIRST_ROW):
        _write_row(sheet, number, table, row)
    end = FIRST_ROW + len(table.rows) + table.spare - 1
    for number, column in enumerate(table.columns, 2):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        lists.offer(sheet, column, f"{letter}{FIRST_ROW}:{letter}{end}")
        for place, row in enumerate(table.rows, FIRST_ROW):
            if column.key in row.choices:
                own = replace(column, choices=row.choices[column.key])
                lists.offer(sheet, own, f"{letter}{place}")
    sheet.column_dimensions["A"].hidden = True
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(last)}{end}"
    _set_page(sheet, table, last)
    _protect(sheet)


def _write_headings(sheet: Worksheet, table: Table, stamp: str) -> None:
    _write(sheet.cell(HEADING_ROW, 1), MARK + table.key, _HEADING)
    _write(sheet.cell(HEADING_ROW - 1, 1), MARK + stamp, _HEADING)
    start = 2
    for number, column in enumerate(table.columns, 2):
        before = table.columns[number - 3].group if number > 2 else None
        start = start if column.group and column.group == before else number
        _write(sheet.cell(HEADING_ROW - 1, number), column.group if start == number else "", _HEADING)
        _write(sheet.cell(HEADING_ROW, number), column.label, _HEADING)
        after = table.columns[number - 1].group if number <= len(table.columns) else None
        if column.group and column.group != after and number > start:
            area = f"{get_column_letter(start)}{HEADING_ROW - 1}:{get_column_letter(number)}{HEADING_ROW - 1}"
            sheet.merge_cells(area)
    ticks = any(column.takes is Takes.TICK for column in table.columns)
    sheet.row_dimensions[HEADING_ROW].height = 120 if ticks else 28


def _write_row(sheet: Worksheet, number: int, table: Table, row: TableRow) -> None:
    _write(sheet.cell(number, 1), row.id, Colour.LOCKED.value)
    for place, column in enumerate(table.columns, 2):
        colour = Colour.OPEN if row.id else Colour.SPARE
        if column.key in row.locked:
            colour = Colour.LOCKED
        elif column.key in row.own:
            colour = Colour.OWN
        if column.key in row.marked and column.key not in row.locked:
            colour = Colour.MARKED
        style = colour.value + ("勾" if column.takes is Takes.TICK else "")
        text = row.texts[column.key]
        cell = sheet.cell(number, place)
        _write(cell, text, style)
        if column.takes is Takes.DAY:
            cell.number_format = "yyyy-mm-dd"
            if _is_day(text):
                cell.value = date.fromisoformat(text)
        elif column.takes in _AS_TEXT:
            cell.number_format = "@"
    if row.id:
        sheet.row_dimensions[number].height = _height(table.columns, row)


_STYLED: WeakKeyDictionary[Workbook, dict[str, StyleArray]] = WeakKeyDictionary()
"""What a named style is inside a workbook: openpyxl lists all names anew for every cell."""


def _write(cell: Cell | MergedCell, text: str, style: str) -> None:
    inside: Any = cell  # what openpyxl itself copies from cell to cell
    styled = _STYLED.setdefault(inside.parent.parent, {})
    if style in styled:
        inside._style = copy(styled[style])
    else:
        cell.style = style
        styled[style] = copy(inside._style)
    if text:
        cell.value = escaped(clean(text))
        cell.data_type = "s"  # openpyxl would make "=…" a formula and "#N/A" an error
        if looks_like_formula(text):
            cell.quotePrefix = True


def escaped(text: str) -> str:
    """The text escaped for a workbook: ``_x4E00_`` would be read as the character of that number."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _height(columns: Sequence[TableColumn], row: TableRow) -> float:
    lines = max(lines_in(row.texts[column.key], column.width) for column in columns if column.takes is not Takes.TICK)
    return min(_TALLEST, lines * _LINE + _MARGIN)


def _set_page(sheet: Worksheet, table: Table, last: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(table.frozen + 2)}{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADING_ROW - 1}:{HEADING_ROW}"
    sheet.print_title_cols = f"B:{get_column_letter(table.frozen + 1)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    if sheet.oddFooter is not None:  # typed Optional; never None
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 20
    for number in (1, 2):
        sheet.merge_cells(start_row=number, start_column=2, end_row=number, end_column=min(last, 10))


def _protect(sheet: Worksheet) -> None:
    """Protect locked cells, without a password; widths, heights and filters can be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False


def _write_findings(sheet: Worksheet, found: Sequence[FormFinding]) -> None:
    """What was found, one a row, with a link to its cell."""
    columns = {"轻重": 8, "在哪里": 44, "问题": 60, "怎么改": 60, "依据": 40}
    _write(sheet.cell(1, 1), f"核对出 {len(found)} 处" if found else "核对过，没有发现问题", _TITLE)
    sheet.row_dimensions[1].height = 30
    for place, (label, width) in enumerate(columns.items(), 1):
        _write(sheet.cell(2, place), label, _HEADING)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, each in enumerate(found, 3):
        one, at = each.finding, each.place
        where = str(at) if at else f"{one.place}（不在这份表里）"
        texts = (WORDS[one.severity], where, one.message, each.remedy, f"{one.cite}（{one.rule}）")
        for place, text in enumerate(texts, 1):
            _write(sheet.cell(number, place), text, _ABOUT)
        if at:
            sheet.cell(number, 2).hyperlink = Hyperlink(
                ref=f"B{number}", location=f"'{at.sheet}'!{at.cell or 'B1'}", display=where
            )
        lines = max(lines_in(text, width) for text, width in zip(texts, columns.values(), strict=True))
        sheet.row_dimensions[number].height = min(_TALLEST, lines * _LINE + _MARGIN)
    sheet.freeze_panes = "A3"
    _protect(sheet)


def _write_guidance(sheet: Worksheet, form: ExcelForm) -> None:
    for number, line in enumerate(guidance(form), 1):
        _write(sheet.cell(number, 1), line.mark, line.colour.value if line.colour else _ABOUT)
        _write(sheet.cell(number, 2), line.text, _TITLE if line.title else _ABOUT)
        rows = lines_in(line.text, 96)
        sheet.row_dimensions[number].height = 30 if line.title else rows * 18 + _MARGIN
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 96
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _protect(sheet)


def _write_record(sheet: Worksheet, form: ExcelForm) -> None:
    for number, line in enumerate(record(form), 1):
        for place, text in enumerate(line, 1):
            cell = sheet.cell(number, place)
            cell.value, cell.data_type = escaped(clean(text)), "s"
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _styles() -> Iterator[NamedStyle]:
    side = Side("thin", color="B7B7B7")
    border = Border(left=side, right=side, top=side, bottom=side)
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(vertical="center", wrap_text=True)
    yield NamedStyle(_TITLE, font=Font("宋体", 16, bold=True), alignment=Alignment(vertical="center"))
    yield NamedStyle(_ABOUT, font=Font("宋体", 11), alignment=left)
    grey = PatternFill("solid", fgColor="D9D9D9")
    yield NamedStyle(_HEADING, font=Font("宋体", 10.5, bold=True), alignment=centred, border=border, fill=grey)
    for colour, rgb in COLOURS.items():
        fill = PatternFill("solid", fgColor=rgb)
        lock = Protection(locked=colour is Colour.LOCKED)
        font = Font("宋体", 10, color="595959" if colour is Colour.LOCKED else "000000")
        for name, alignment in ((colour.value, left), (colour.value + "勾", centred)):
            yield NamedStyle(name, font=font, alignment=alignment, border=border, fill=fill, protection=lock)


_TITLE_LENGTH, _PROMPT_LENGTH = 32, 255
"""Excel's own limits."""


class Dropdowns:
    """The hidden sheet of choices, with a column for each list; equal lists share one."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._areas: dict[tuple[str, ...], str] = {}

    def offer(self, sheet: Worksheet, column: TableColumn, area: str) -> None:
        """Add the validation of ``column`` to its cells, which are ``area``."""
        validation = self._validation(column)
        if column.prompt:
            validation.promptTitle = column.label[:_TITLE_LENGTH]
            validation.prompt = column.prompt[:_PROMPT_LENGTH]
            validation.showInputMessage = True
        if validation.type is not None or column.prompt:
            sheet.add_data_validation(validation)
            validation.add(area)

    def _validation(self, column: TableColumn) -> DataValidation:
        if column.takes is Takes.TICK:
            return self._list(f'"{TICK}"', True, "这一格只打“√”或者空着。")
        if column.takes is Takes.DAY:
            validation = DataValidation(type="date", operator="between", formula1="36526", formula2="73050")
            validation.showErrorMessage, validation.errorTitle = True, "不是日期"
            validation.error = "请写成 2026-03-01 这样的日期。"
            return validation
        if column.choices:
            return self._list(self._area(column.choices), column.only, "请从下拉列表里选。")
        return DataValidation()

    def _list(self, formula: str, only: bool, said: str) -> DataValidation:
        validation = DataValidation(type="list", formula1=formula, allow_blank=True)
        validation.showErrorMessage, validation.errorTitle, validation.error = only, "不在可选的词里", said
        return validation

    def _area(self, choices: tuple[str, ...]) -> str:
        if choices not in self._areas:
            place = len(self._areas) + 1
            for number, choice in enumerate(choices, 1):
                cell = self.sheet.cell(number, place)
                cell.value, cell.data_type = clean(choice), "s"
            letter = get_column_letter(place)
            self._areas[choices] = f"'{self.sheet.title}'!${letter}$1:${letter}${len(choices)}"
        return self._areas[choices]
