"""National directories and a county's → how they differ, as sections, and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

from gkdir.diffing.compare import DifferenceKind, compare
from gkdir.diffing.sections import DiffSection
from gkdir.diffing.words import WORDS
from gkdir.export.archive import workbook_bytes
from gkdir.export.cells import clean, looks_like_formula
from gkdir.export.workbook import lines_in
from gkdir.model.county import Catalog
from gkdir.model.item import Directory

COLUMNS = (
    ("领域", 10),
    ("编号", 8),
    ("事项", 24),
    ("变化", 8),
    ("栏目", 14),
    ("国家目录", 50),
    ("本县", 50),
    ("理由", 30),
)
"""Headings of the sheet and their widths."""

Line = tuple[str, ...]


def differences(national: Mapping[str, Directory], catalog: Catalog) -> tuple[DiffSection, ...]:
    """By domain, what the county added, changed and left out; a domain that is the national one is not there."""
    found = []
    for domain, laid in catalog.directories.items():
        items = tuple(entry.item for entry in laid.entries)
        reasons = {each.item.number or "": each.omission.reason for each in laid.omitted}
        several = compare(national[domain].items, items, reasons)
        if several:
            found.append(DiffSection(catalog.slug, "", domain, catalog.overlay.name, laid.label, several))
    return tuple(found)


def table(found: Sequence[DiffSection], dated: date) -> bytes:
    """The differences as a workbook: a row a column that differs, to be filtered and printed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "与国家目录的差别"
    side = Side("thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    lines = [tuple(heading for heading, _ in COLUMNS), *(line for section in found for line in _lines(section))]
    for number, line in enumerate(lines, 1):
        tallest = max(lines_in(text, width) for text, (_, width) in zip(line, COLUMNS, strict=True))
        sheet.row_dimensions[number].height = min(409.0, tallest * 14.0 + 6.0)
        for place, text in enumerate(line, 1):
            cell = sheet.cell(number, place)
            cell.border, cell.font = border, Font("宋体", 10, bold=number == 1)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if number == 1:
                cell.fill = PatternFill("solid", fgColor="F2F2F2")
            if text:
                cell.value, cell.data_type = clean(text), "s"
                cell.quotePrefix = looks_like_formula(text)
    for place, (_, width) in enumerate(COLUMNS):
        sheet.column_dimensions["ABCDEFGH"[place]].width = width
    sheet.freeze_panes, sheet.print_title_rows = "D2", "1:1"
    sheet.auto_filter.ref = f"A1:H{len(lines)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return workbook_bytes(book, dated)


def _lines(section: DiffSection) -> Iterator[Line]:
    for one in section.differences:
        head = (section.label, one.number or "", one.name, WORDS[one.kind])
        if one.kind is DifferenceKind.STOPPED:
            yield (*head, "", "", "不列入", one.reason)
        for change in one.fields:
            yield (*head, change.label, _listed(change.old), _listed(change.new), one.reason)


def _listed(texts: Sequence[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)
