"""Any word in a cell of a sheet is read, kept or reported: no text is lost.

Unknown words are added to a valid sheet: in cells, beside them, as rows, columns, headings, titles. Each must be in an
item, a note, a heading, a title or a trouble.
"""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from tests.laws import law

from gkdir.export.data import item_json
from gkdir.model.columns import CHANNELS
from gkdir.model.item import Directory
from gkdir.read.directory import directories
from gkdir.read.grid import Grid, Span
from gkdir.read.sheet import sheet_of
from gkdir.read.text import fold

from .books import BODY, HEADER

TITLE = "清源县就业领域基层政务公开标准目录"
WIDE = ("政府公报", "政府网站", "抖音号", "其他")
FIRST, SECOND = ("公开对象", None), ("全社会", "特定群体")


def _layouts() -> list[tuple[list[list[str | None]], list[str | None]]]:
    """Headings and a valid row below: national, reworded, with levels, with a column for each channel."""
    national = [list(row) for row in HEADER], list(BODY)
    labels = ["序号", "一级事项", "二级事项", *HEADER[0][3:8], "公开对象", "公开方式", "公开层级", "备注"]
    worded: list[str | None] = [*BODY[:8], "全社会", "主动公开", "县级、乡级", None]
    levels = (
        [[*HEADER[0], "公开层级", None, None], [*HEADER[1], "县级", "乡级", "村级"]],
        [*BODY, "√", None, "√"],
    )
    wide = (
        [[*HEADER[0][:8], None, None, None, *HEADER[0][8:]], [*HEADER[1][:7], *WIDE, *HEADER[1][8:]]],
        [*BODY[:7], "√", None, None, "12333热线", *BODY[8:]],
    )
    return [national, ([list(labels)], worded), levels, wide]


LAYOUTS = _layouts()
AROUND = ("{1}", "{}{}", "{}；{}", "{}\n{}", "{}（{}）", "{}、{}", "{} {}", "{}：{}")
AFFIX = (
    "{}",
    "不{}",
    "县{}",
    "{}局",
    "{}级",
    "公开{}",
    "《{}》",
    "（{}）",
    "{}除外",
    "暂{}",
    "{}法",
    "主动{}",
    "√{}",
    "□{}",
    "同上{}",
)
ROWS = (
    "填报人：{}",
    "合计{}",
    "注：{}",
    "{}",
    "{}目录",
    "{}领域",
    "第{}页",
    "附件：{}",
    "1.{}",
    "一、{}",
    "{}。",
    "1.1{}",
    "■{}",
)


class _Words:
    """Unknown words, each different."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def next(self) -> str:
        word = "骉" + chr(0x9F00 + len(self.used)) + "驫"
        self.used.append(word)
        return word


@st.composite
def strewn(draw: st.DrawFn) -> tuple[Grid, list[str]]:
    """A sheet with unknown words in it, and these words."""
    heads, honest = draw(st.sampled_from(LAYOUTS))
    words = _Words()
    rows: list[list[str | None]] = [[TITLE], *([*row] for row in heads)]
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, 1)), [draw(st.sampled_from(ROWS)).format(words.next())])
    if draw(st.booleans()):
        _heading(draw, rows, words)
    top = len(rows) + 1
    for number in range(draw(st.integers(1, 4))):
        rows += _body(draw, honest, number, words)
        if draw(st.integers(0, 4)) == 0:  # repeated as on the next printed page
            above: list[str | None] = [draw(st.sampled_from(ROWS)).format(words.next())]
            rows += [above] * draw(st.booleans())
            rows += [[*row] for row in heads]
    cells = {(r, c): text for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text}
    place = st.tuples(st.integers(top, len(rows)), st.integers(1, len(honest)), st.integers(0, 2), st.integers(0, 3))
    spans = tuple(Span(r, c, r + down, c + right) for r, c, down, right in draw(st.lists(place, max_size=2)))
    return Grid("就业", cells, spans), words.used


def _heading(draw: st.DrawFn, rows: list[list[str | None]], words: _Words) -> None:
    """Add a word to a cell of the headings, or as a column of its own."""
    row = rows[-draw(st.integers(1, len(rows) - 1))]
    at = draw(st.integers(0, len(row)))
    label = row[at] if at < len(row) else None
    text = f"{label or ''}{draw(st.sampled_from(('{}', '（{}）'))).format(words.next())}"
    row[at : at + 1] = [text]


def _body(draw: st.DrawFn, honest: list[str | None], number: int, words: _Words) -> Iterator[list[str | None]]:
    """A valid row with unknown words in it, perhaps followed by a row of unknown words."""
    row = [*honest]
    row[0], row[2] = str(number + 1), f"1.{number + 1}岗位信息发布"
    for at in draw(st.lists(st.integers(0, len(row)), max_size=3, unique=True)):
        word = draw(st.sampled_from(AFFIX)).format(words.next())
        cell = row[at] if at < len(row) else None
        row[at : at + 1] = [draw(st.sampled_from(AROUND)).format(cell, word) if cell else word]
    yield row
    if draw(st.booleans()):
        strange = st.none() | st.sampled_from(ROWS + AFFIX)
        cells = draw(st.lists(strange, min_size=1, max_size=len(honest) + 1))
        yield [one and one.format(words.next()) for one in cells]


def kept(found: tuple[Directory, ...]) -> str:
    """Everything that the result says."""
    said: list[str] = []
    for directory in found:
        said += [directory.title, *directory.columns, *(note.text for note in directory.notes)]
        said += [str(item_json(item)) for item in directory.items]
        said += [trouble.message for trouble in directory.troubles]
    return fold("".join(said).replace("\\n", ""))


@law(40)
@given(strewn())
def test_no_word_is_lost(sheet: tuple[Grid, list[str]]) -> None:
    grid, words = sheet
    written = fold("".join(grid.cells.values()))
    said = kept(directories(sheet_of(grid, "a.xlsx"), "a.xlsx"))
    assert [word for word in words if word in written and word not in said] == []


@law(40)
@given(st.sampled_from(LAYOUTS), st.integers(1, 9), st.integers(1, 18), st.sampled_from(ROWS + AFFIX), st.booleans())
def test_a_word_in_any_cell_is_read_or_told(
    layout: tuple[list[list[str | None]], list[str | None]], row: int, column: int, around: str, hidden: bool
) -> None:
    heads, honest = layout
    rows: list[list[str | None]] = [[TITLE], *heads, honest]
    cells = {(r, c): text for r, line in enumerate(rows, 1) for c, text in enumerate(line, 1) if text}
    cells[row, column] = f"{cells.get((row, column), '')}{around.format('骉驫')}"
    found = directories(
        sheet_of(Grid("就业", cells, hidden_rows=frozenset({row} if hidden else ())), "a.xlsx"), "a.xlsx"
    )
    labels = {label for directory in found for label in directory.columns}
    odd = [key for one in found for item in one.items for key, text in item.extra.items() if "骉驫" in text]
    assert not found or "骉驫" in kept(found)
    told = "".join(trouble.message for directory in found for trouble in directory.troubles)
    # A column without a heading must be reported, not only kept.
    assert all(key in labels or "骉驫" in told for key in odd)


def test_the_channels_are_those_of_the_country() -> None:
    assert set(WIDE) - {"抖音号"} <= set(CHANNELS)
