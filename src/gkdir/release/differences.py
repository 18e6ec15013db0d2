"""National directories and a county's → how they differ, as sections, and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gkdir.diffing.compare import DifferenceKind, compare
from gkdir.diffing.sections import DiffSection
from gkdir.diffing.words import WORDS
from gkdir.export.openpyxl_writer import openpyxl_workbook
from gkdir.export.spreadsheet import DrawnRow, DrawnSheet, Paper
from gkdir.export.styles import Look
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
    widths = [width for _, width in COLUMNS]
    lines = [tuple(heading for heading, _ in COLUMNS), *(line for section in found for line in _lines(section))]
    rows = []
    for number, line in enumerate(lines):
        tallest = max(map(lines_in, line, widths))
        rows.append(DrawnRow([(text, min(number, 1)) for text in line], min(409.0, tallest * 14.0 + 6.0)))
    sheet = DrawnSheet(
        "与国家目录的差别", rows, widths, frozen=(3, 1), filtered=f"A1:H{len(lines)}", paper=Paper(rows="1:1")
    )
    return openpyxl_workbook([sheet], (Look(bold=True, fill="F2F2F2", frame="000000"), Look(frame="000000")), dated)


def _lines(section: DiffSection) -> Iterator[Line]:
    for one in section.differences:
        head = (section.label, one.number or "", one.name, WORDS[one.kind])
        if one.kind is DifferenceKind.STOPPED:
            yield (*head, "", "", "不列入", one.reason)
        for change in one.fields:
            yield (*head, change.label, _listed(change.old), _listed(change.new), one.reason)


def _listed(texts: Sequence[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)
