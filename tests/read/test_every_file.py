"""Any word in a file of any format, in cells or around its table, is in the result or in a trouble.

The sheets of ``test_every_word`` are written as files, with lines around the table in formats that have these.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws import SLOW

from gkdir.finding import Unreadable
from gkdir.read.directory import directories, read_directories
from gkdir.read.grid import Grid, Span, letters
from gkdir.read.sheet import sheet_of
from gkdir.read.text import fold

from .test_every_word import kept, strewn
from .test_ods import cell as ods_cell
from .test_ods import content as ods

Lines = tuple[str, ...]
Rows = list[list[str]]


def _rows(grid: Grid) -> Rows:
    bottom, right = max(row for row, _ in grid.cells), max(column for _, column in grid.cells)
    return [[grid.cells.get((r, c), "") for c in range(1, right + 1)] for r in range(1, bottom + 1)]


def _alone(grid: Grid) -> tuple[Span, ...]:
    """The merged areas that hide no text and share no cell."""
    found: list[Span] = []
    taken: set[tuple[int, int]] = set()
    for span in grid.merges:
        area = {(r, c) for r in range(span.top, span.bottom + 1) for c in range(span.left, span.right + 1)}
        if area & grid.cells.keys() == {(span.top, span.left)} and len(area) > 1 and not area & taken:
            found.append(span)
            taken |= area
    return tuple(found)


def _xlsx(folder: Path, grid: Grid, _: Lines, __: Lines) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = grid.name
    for (row, column), text in grid.cells.items():
        page.cell(row, column, text).data_type = "s"
    for span in _alone(grid):
        page.merge_cells(f"{letters(span.left)}{span.top}:{letters(span.right)}{span.bottom}")
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def _csv(encoding: str) -> Callable[[Path, Grid, Lines, Lines], Path]:
    def write(folder: Path, grid: Grid, _: Lines, __: Lines) -> Path:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(_rows(grid))
        (folder / "a.csv").write_bytes(text.getvalue().encode(encoding))
        return folder / "a.csv"

    return write


def _ods(folder: Path, grid: Grid, _: Lines, __: Lines) -> Path:
    def paragraphs(text: str) -> str | None:
        return "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.split("\n")) if text else None

    rows = "".join(
        f"<table:table-row>{''.join(ods_cell(paragraphs(text)) for text in row)}</table:table-row>"
        for row in _rows(grid)
    )
    return ods(folder, rows)


def _docx(folder: Path, grid: Grid, above: Lines, below: Lines) -> Path:
    document = docx.Document()
    rows = _rows(grid)
    for line in above:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for span in _alone(grid):
        if span.bottom <= len(rows) and span.right <= len(rows[0]):
            table.cell(span.top - 1, span.left - 1).merge(table.cell(span.bottom - 1, span.right - 1))
    for line in below:
        document.add_paragraph(line)
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def _html(folder: Path, grid: Grid, above: Lines, below: Lines) -> Path:
    spans = {(span.top, span.left): span for span in _alone(grid)}
    covered = {
        (r, c)
        for span in spans.values()
        for r in range(span.top, span.bottom + 1)
        for c in range(span.left, span.right + 1)
    } - spans.keys()
    rows = []
    for number, row in enumerate(_rows(grid), 1):
        cells = ""
        for column, text in enumerate(row, 1):
            if (number, column) not in covered:
                span = spans.get((number, column), Span(number, column, number, column))
                size = f"colspan={span.right - span.left + 1} rowspan={span.bottom - span.top + 1}"
                cells += f"<td {size}>{html.escape(text).replace(chr(10), '<br>')}</td>"
        rows.append(f"<tr>{cells}</tr>")
    around = ["".join(f"<p>{line}</p>" for line in lines) for lines in (above, below)]
    page = f"<html><body>{around[0]}<table>{''.join(rows)}</table>{around[1]}</body></html>"
    (folder / "a.html").write_text(page, "utf-8")
    return folder / "a.html"


WRITERS = {
    "xlsx": _xlsx, "csv": _csv("utf-8"), "gb18030": _csv("gb18030"), "ods": _ods, "docx": _docx, "html": _html,
}  # fmt: skip
BESIDE = ("注：{}已停办", "{}", "本表由{}解释。", "附件1：{}", "填报人：{}", "{}领域目录", "1.{}", "■{}")
LINES = st.lists(st.sampled_from(BESIDE), max_size=3)


@pytest.mark.parametrize("kind", WRITERS)
@SLOW
@given(strewn(), LINES, LINES)
def test_no_word_of_a_file_is_lost(
    kind: str, sheet: tuple[Grid, list[str]], above: list[str], below: list[str]
) -> None:
    grid, words = sheet
    around = [f"驫{chr(0x9E00 + number)}骉" for number in range(len(above) + len(below))]
    over = tuple(line.format(word) for line, word in zip(above, around, strict=False))
    under = tuple(line.format(word) for line, word in zip(below, around[len(above) :], strict=True))
    written = fold("".join(grid.cells.values()))
    words = [word for word in words if word in written] + (around if kind in ("docx", "html") else [])
    with TemporaryDirectory() as folder:
        path = WRITERS[kind](Path(folder), grid, over, under)
        try:
            said = kept(read_directories(path, name="a"))
        except Unreadable:  # a word in the heading may make the table unrecognisable, in every format alike
            assert not directories(sheet_of(grid, "a"), "a")
            return
    assert [word for word in words if word not in said] == []
