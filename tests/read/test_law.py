"""No row is lost: each row of a sheet is a heading, an item, part of one, a note, or in a trouble."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.laws import law

from gkdir.model.item import Directory
from gkdir.read.directory import directories
from gkdir.read.grid import Grid, Span
from gkdir.read.sheet import Sheet, sheet_of
from gkdir.read.words import fold

from .books import BODY, HEADER

SAID = [
    "√",
    "1",
    "1.1",
    "一、",
    "同上",
    "1.就业服务",
    "1.1求职登记",
    "求职登记",
    "1.2甲1.3乙",
    "一、就业服务",
    "备注：试行。",
    "第1页",
    "说明",
    "县级",
    "《甲》（1号）",
    "20个工作日",
    "■政府网站",
    "县人社局",
    "公开事项",
    "序号",
    "清源县就业领域基层政务公开标准目录",
    "社会保险领域基层政务公开标准目录（续）",
]
WORDS: st.SearchStrategy[str | None] = st.none() | st.sampled_from([*SAID, "1.甲\n2.乙"])
WIDTH = len(BODY)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Arbitrary rows among headings and valid rows, with merged cells anywhere."""
    row = st.one_of(
        st.lists(WORDS, max_size=WIDTH + 1), st.just(list(BODY)), st.tuples(WORDS).map(list), st.just([None]),
        st.lists(WORDS, min_size=3, max_size=3).map(lambda names: [*names, *BODY[3:]]),
    )  # fmt: skip
    body = draw(st.lists(st.one_of(row, row, row, st.just("heading")), max_size=14))
    rows: list[list[str | None]] = [[title] for title in draw(st.lists(WORDS, max_size=2))]
    top = len(rows) + len(HEADER) + 1
    for one in ["heading", *body]:
        rows += [list(line) for line in HEADER] if isinstance(one, str) else [[*one]]
    cells = {(r, c): text for r, line in enumerate(rows, 1) for c, text in enumerate(line, 1) if text}
    place = st.tuples(
        st.integers(top, max(top, len(rows))), st.integers(1, WIDTH), st.integers(0, 4), st.integers(0, WIDTH)
    )
    spans = draw(st.lists(place, max_size=6))
    return Grid("就业", cells, tuple(Span(r, c, r + down, c + right) for r, c, down, right in spans))


@law(40)
@given(grids())
def test_every_row_is_accounted_for(grid: Grid) -> None:
    sheet = sheet_of(grid, "a.xlsx")
    found = directories(sheet, "a.xlsx")
    assert found
    assert _rows(sheet) <= {row for directory in found for row in _accounted(directory, sheet)}


def _rows(sheet: Sheet) -> set[int]:
    return {row.number for row in sheet.rows if row.own}


def _accounted(directory: Directory, sheet: Sheet) -> set[int]:
    rows = {row for item in directory.items for row in range(item.rows[0], item.rows[1] + 1)}
    rows |= {written.place.order[4] for item in directory.items for written in item.written.values()}
    rows |= {note.place.order[4] for note in directory.notes}
    rows |= {trouble.place.order[4] for trouble in directory.troubles}
    title = fold(directory.title)
    for row in sheet.rows:
        words = [fold(cell.text) for cell in row.own]
        is_title = len(words) == 1 and (words[0] in title or fold("目录") in words[0])
        is_heading = sum(fold(label) in words for label in ("序号", "公开事项", "公开依据", "一级事项", "全社会")) >= 1
        if is_title or is_heading:
            rows.add(row.number)
    return rows
