"""Laid directories → the bytes of one .xlsx workbook in the national layout, a sheet each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from gkdir.export.cells import sheet_name
from gkdir.export.layout import SheetBody, grid
from gkdir.export.spreadsheet import DrawnRow, DrawnSheet, Paper, letter, spreadsheet
from gkdir.export.styles import Look
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import LaidDirectory

_TITLE, _HEADING, _BODY, _MARK = range(4)
_LINE = "000000"
_LOOKS = (
    Look(18, bold=True, across="center", name="目录标题"),
    Look(10.5, bold=True, fill="F2F2F2", frame=_LINE, across="center", name="目录表头"),
    Look(frame=_LINE, name="目录正文"),
    Look(frame=_LINE, across="center", name="目录勾选"),
)
_FIRST_BODY_ROW = 4
_LINE_HEIGHT, _ROW_MARGIN, _MAX_ROW_HEIGHT = 14.0, 6.0, 409.0  # points; 409 is the tallest row Excel knows
_HEADING_HEIGHTS = (36, 28, 28)
_PAPER = Paper(8, margins=(0.4, 0.5), centred=True, footer="第 &P 页，共 &N 页", rows="2:3")


def workbook(directories: Sequence[LaidDirectory], place: str, dated: date | None = None) -> bytes:
    """The workbook of ``place`` (its full name, which begins each title), the same bytes for the same input.

    ``dated`` is the file's date; without it, the newest review date of the directories, else the date of the notice.
    """
    names: list[str] = []
    for directory in directories:
        names.append(sheet_name(directory.title, names))
    reviewed = [directory.reviewed for directory in directories if directory.reviewed]
    sheets = [
        _sheet(name, title(directory, place), grid(directory))
        for name, directory in zip(names, directories, strict=True)
    ]
    return spreadsheet(sheets, _LOOKS, dated or max(reviewed, default=NOTICE_DATE))


def title(directory: LaidDirectory, place: str) -> str:
    """The title above the table: 清源县就业领域基层政务公开标准目录."""
    return directory.title if directory.title.startswith(place) else place + directory.title


def lines_in(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width."""
    # In GBK a character has as many bytes as it takes columns; the cell's padding takes one more.
    return sum(max(1, -(-len(line.encode("gbk", "replace")) // (width - 1))) for line in text.split("\n"))


def _sheet(name: str, heading: str, body: SheetBody) -> DrawnSheet:
    width = len(body.columns)
    fixed = 1 + sum(column.heading == body.columns[1].heading for column in body.columns)
    spans = (
        f"{at}{each.first + _FIRST_BODY_ROW}:{at}{each.last + _FIRST_BODY_ROW}"
        for each in body.spans
        for at in (letter(each.column + 1),)
    )
    return DrawnSheet(
        name,
        tuple(_rows(heading, body)),
        [column.width for column in body.columns],
        merged=(f"A1:{letter(width)}1", *_merged_headings(body), *spans),
        frozen=(fixed, _FIRST_BODY_ROW - 1),
        paper=_PAPER,
    )


def _merged_headings(body: SheetBody) -> Iterator[str]:
    for grouped, run in _runs(body):
        first, last = letter(run[0] + 1), letter(run[-1] + 1)
        yield f"{first}2:{last}{2 if grouped else 3}"


def _runs(body: SheetBody) -> Iterator[tuple[bool, list[int]]]:
    """The columns under each heading, and whether they have their own headings."""
    numbered = enumerate(body.columns)
    for (_, grouped), run in groupby(numbered, lambda pair: (pair[1].heading, pair[1].sub_heading is not None)):
        yield grouped, [number for number, _ in run]


def _rows(heading: str, body: SheetBody) -> Iterator[DrawnRow]:
    firsts = {run[0] for _, run in _runs(body)}
    upper = [column.heading if number in firsts else "" for number, column in enumerate(body.columns)]
    lower = [column.sub_heading or "" for column in body.columns]
    headings = zip(([heading], upper, lower), (_TITLE, _HEADING, _HEADING), _HEADING_HEIGHTS, strict=True)
    for line, look, height in headings:
        yield DrawnRow([(text, look) for text in line], height)
    below_first = {(row, span.column) for span in body.spans for row in range(span.first + 1, span.last + 1)}
    looks = [_MARK if column.centred else _BODY for column in body.columns]
    for row, texts in enumerate(body.rows):
        shown = ["" if (row, column) in below_first else text for column, text in enumerate(texts)]
        cells = zip(shown[1:], looks[1:], strict=True)
        yield DrawnRow([(row + 1, looks[0]), *cells], _height(texts, body))


def _height(texts: Sequence[str], body: SheetBody) -> float:
    lines = max(lines_in(text, column.width) for text, column in zip(texts, body.columns, strict=True))
    return min(_MAX_ROW_HEIGHT, lines * _LINE_HEIGHT + _ROW_MARGIN)
