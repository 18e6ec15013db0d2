"""Headings and rows → the bytes of a workbook of simple lists: wrapped, bordered, filtered, fit to the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from gkdir.export.cells import sheet_name
from gkdir.export.openpyxl_writer import openpyxl_workbook
from gkdir.export.spreadsheet import DrawnRow, DrawnSheet, Offer, Paper, letter
from gkdir.export.styles import Look
from gkdir.export.workbook import lines_in
from gkdir.harmless import shown_lines

HEADING_ROW = 3
_LINE, _MAX_ROW_HEIGHT, _MAX_CHARS = 14.0, 300.0, 30_000
_BORDER = "B7B7B7"
_TITLE, _ABOUT, _HEADING, _BODY = range(4)
_LOOKS = (
    Look(16, bold=True, wraps=False),
    Look(11, wraps=False),
    Look(10.5, bold=True, fill="E7E7E7", frame=_BORDER),
    Look(frame=_BORDER, name="清单正文"),
)
_PAPER = Paper(footer="&A　第 &P 页，共 &N 页", rows=f"{HEADING_ROW}:{HEADING_ROW}")


class PlainSheet(Struct, frozen=True):
    """One sheet: ``columns`` are headings with their widths; ``choices`` are the dropdown of a column."""

    name: str
    title: str
    about: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[str | int | float]]
    choices: Mapping[str, Sequence[str]] = {}


def plain_workbook(sheets: Sequence[PlainSheet], dated: date) -> bytes:
    """The workbook, the same bytes for the same sheets and day."""
    names: list[str] = []
    for each in sheets:
        names.append(sheet_name(each.name, names))
    return openpyxl_workbook([_drawn(*pair) for pair in zip(names, sheets, strict=True)], _LOOKS, dated)


def _drawn(name: str, each: PlainSheet) -> DrawnSheet:
    last = HEADING_ROW + len(each.rows)
    head = (
        DrawnRow([(each.title, _TITLE)]),
        DrawnRow([(each.about, _ABOUT)]),
        DrawnRow([(heading, _HEADING) for heading in each.columns]),
    )
    widths = tuple(each.columns.values())
    return DrawnSheet(
        name,
        (*head, *(_row(row, widths) for row in each.rows)),
        widths,
        frozen=(0, HEADING_ROW),
        filtered=f"A{HEADING_ROW}:{letter(len(widths))}{last}",
        offers=tuple(_offer(each, *choice) for choice in each.choices.items() if each.rows),
        paper=_PAPER,
    )


def _row(row: Sequence[str | int | float], widths: Sequence[int]) -> DrawnRow:
    values = [shown_lines(value)[:_MAX_CHARS] if isinstance(value, str) else value for value in row]
    texts = zip(values, widths, strict=True)
    tallest = max((lines_in(text, width) for text, width in texts if isinstance(text, str)), default=1)
    return DrawnRow([(value, _BODY) for value in values], min(_MAX_ROW_HEIGHT, tallest * _LINE + 6))


def _offer(each: PlainSheet, name: str, choices: Sequence[str]) -> Offer:
    column = letter(list(each.columns).index(name) + 1)
    first = HEADING_ROW + 1
    return Offer(f"{column}{first}:{column}{HEADING_ROW + len(each.rows)}", f'"{",".join(choices)}"')
