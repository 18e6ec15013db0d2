"""Struck-out text is reported, not read; so are comments, which are not a cell's text."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.finding import Trouble, TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, HEADER_MERGES, MAIN, OFFICE, RELATIONS, parts, save, worksheet, zipped

LIMIT = "20个工作日"
SECOND = ("2", None, "1.2求职信息登记", *BODY[3:])
THIRD = ("3", None, "1.3招聘会信息", *BODY[3:])
ROWS = (*HEADER, BODY, SECOND, THIRD)
"""The rows of a sheet whose items are in rows 3, 4 and 5."""


def table(path: Path) -> Directory:
    (directory,) = read_directories(path, name="a.xlsx")
    return directory


def troubles_of(directory: Directory) -> list[tuple[TroubleKind, str | None, str]]:
    return [(trouble.kind, trouble.place.cell, trouble.message) for trouble in directory.troubles]


def opened(path: Path) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(path)
    page = book.active
    assert isinstance(page, Worksheet)
    return book, page


def names(directory: Directory) -> list[str]:
    return [item.name for item in directory.items]


def strike(page: Worksheet, *cells: str) -> None:
    for cell in cells:
        page[cell].font = Font(strike=True)


def test_a_stroke_over_each_character_strikes_them_out(tmp_path: Path) -> None:
    struck = "\u0336".join("20 ") + "\u0336"
    rows = (*HEADER, BODY, (*SECOND[:5], f"{struck}10个工作日", *SECOND[6:]))
    found = table(save(tmp_path / "a.xlsx", rows))
    assert found.items[1].time_limit.text == "10个工作日"
    assert troubles_of(found) == [(TroubleKind.STRUCK, "F4", "单元格 F4 里划掉的“20”没有读。")]


@pytest.mark.parametrize(
    ("colour", "filled", "named"), [("FFFFFF", False, True), ("FFFFFFFF", True, False), ("FF0000", False, False)]
)
def test_white_on_white_is_read_and_named(colour: str, filled: bool, named: bool, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ROWS)
    book, page = opened(path)
    page["F4"].font = Font(color=colour)
    if filled:
        page["F4"].fill = PatternFill("solid", fgColor="FF003366")
    book.save(path)
    found = table(path)
    assert found.items[1].time_limit.text == LIMIT
    assert [(kind, cell) for kind, cell, _ in troubles_of(found)] == [(TroubleKind.HIDDEN, "F4")] * named


def test_a_struck_cell_is_empty_and_named(tmp_path: Path) -> None:
    book, page = opened(save(tmp_path / "a.xlsx", ROWS))
    strike(page, "F4")
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert [item.time_limit.text for item in found.items] == [LIMIT, "", LIMIT]
    assert troubles_of(found) == [(TroubleKind.STRUCK, "F4", f"单元格 F4 里划掉的“{LIMIT}”没有读。")]


def rich(*pieces: str | tuple[str, bool]) -> CellRichText:
    return CellRichText(
        *(piece if isinstance(piece, str) else TextBlock(InlineFont(strike=piece[1]), piece[0]) for piece in pieces)
    )


@pytest.mark.parametrize(
    ("text", "whole", "limit", "quote"),
    [
        (rich((LIMIT, True), ("10个工作日", False)), False, "10个工作日", LIMIT),
        (rich("10个工作日", (LIMIT, True)), False, "10个工作日", LIMIT),
        (rich((LIMIT, True), "10个工作日"), False, "10个工作日", LIMIT),
        (rich(("2", True), ("1", False), "0个工作日"), False, "10个工作日", "2"),
        (rich(("自", True), ("5个", False), ("自然", True), ("工作日", False)), False, "5个工作日", "自……自然"),
        (rich((LIMIT, True), (" ", True)), False, "", LIMIT),
        # a run without formatting has the cell's
        (rich(LIMIT, ("10个工作日", False)), True, "10个工作日", LIMIT),
    ],
)  # fmt: skip
def test_struck_pieces_of_a_text(text: CellRichText, whole: bool, limit: str, quote: str, tmp_path: Path) -> None:
    book, page = opened(save(tmp_path / "a.xlsx", ROWS))
    page["F4"] = text
    if whole:
        strike(page, "F4")
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert found.items[1].time_limit.text == limit
    assert troubles_of(found) == [(TroubleKind.STRUCK, "F4", f"单元格 F4 里划掉的“{quote}”没有读。")]


def test_shared_texts_are_struck_as_inline_ones_are(tmp_path: Path) -> None:
    sheet = worksheet(ROWS).replace(
        f'<c r="F4" t="inlineStr"><is><t>{LIMIT}</t></is></c>', '<c r="F4" t="s"><v>0</v></c>'
    )
    shared = (
        f'<sst xmlns="{MAIN}"><si><r><rPr><strike/></rPr><t>{LIMIT}</t></r><r><rPr><strike val="0"/></rPr>'
        "<t>10个</t></r><r><t>工作日</t></r></si></sst>"
    )
    found = table(zipped(tmp_path / "a.xlsx", parts(sheet, {"xl/sharedStrings.xml": shared})))
    assert found.items[1].time_limit.text == "10个工作日"
    assert [where for _, where, _ in troubles_of(found)] == ["F4"]


def test_a_struck_row_is_left_out_and_named_once(tmp_path: Path) -> None:
    book, page = opened(save(tmp_path / "a.xlsx", ROWS))
    strike(page, *(f"{column}4" for column in "ABCDEFGHIJKL"))
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert names(found) == ["岗位信息发布", "招聘会信息"]
    ((kind, cell, message),) = troubles_of(found)
    assert (kind, cell) == (TroubleKind.STRUCK, "A4")
    assert "第 4 行整行" in message
    assert "1.2求职信息登记" in message


@pytest.mark.parametrize("columns", ["C", "ABC", "CDEFGH"])
def test_a_struck_name_takes_its_row_out_with_what_is_left_of_it(columns: str, tmp_path: Path) -> None:
    book, page = opened(save(tmp_path / "a.xlsx", ROWS))
    strike(page, *(f"{column}4" for column in columns))
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert names(found) == ["岗位信息发布", "招聘会信息"]
    assert found.items[0].rows == (3, 3), "what is left of row 4 is no part of row 3"
    assert any(trouble.kind is TroubleKind.NOT_A_ROW and "第 4 行" in trouble.message for trouble in found.troubles)


def test_rows_below_a_struck_name_are_not_glued_to_the_item_above(tmp_path: Path) -> None:
    more = (None, None, None, "4.截止日期", *[None] * 8)
    book, page = opened(save(tmp_path / "a.xlsx", (*HEADER, BODY, SECOND, more, THIRD), (*HEADER_MERGES, "C4:C5")))
    strike(page, *(f"{column}4" for column in "ABCDEFGHIJKL"))
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert names(found) == ["岗位信息发布", "招聘会信息"]
    assert "截止日期" not in str(found.items)
    assert [trouble.place.cell for trouble in found.troubles if trouble.kind is TroubleKind.NOT_A_ROW] == ["D5"]


def test_a_struck_first_level_leaves_its_items(tmp_path: Path) -> None:
    book, page = opened(save(tmp_path / "a.xlsx", ROWS))
    strike(page, "B3")
    book.save(tmp_path / "a.xlsx")
    assert names(table(tmp_path / "a.xlsx")) == ["岗位信息发布", "求职信息登记", "招聘会信息"]


def test_comments_are_named_at_their_cells(tmp_path: Path) -> None:
    book, page = opened(save(tmp_path / "a.xlsx", ROWS))
    page["F4"].comment = Comment("某股室:\n本县改为10个工作日", "某股室")
    page["P9"].comment = Comment("空格子上的话", "某股室")
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert len(found.items) == 3
    assert [(kind, cell) for kind, cell, _ in troubles_of(found)] == [
        (TroubleKind.BESIDE, "F4"),
        (TroubleKind.BESIDE, "P9"),
    ]
    assert "本县改为10个工作日" in troubles_of(found)[0][2]


def with_comments(tmp_path: Path, comments: str, threads: str) -> tuple[Trouble, ...]:
    relation = '<Relationship Id="r{0}" Type="{1}" Target="../{2}"/>'
    microsoft = "http://schemas.microsoft.com/office/2017/10/relationships"
    path = zipped(
        tmp_path / "a.xlsx",
        parts(
            worksheet(ROWS),
            {
                "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
                + relation.format(1, f"{OFFICE}/comments", "comments1.xml")
                + relation.format(2, f"{microsoft}/threadedComment", "threadedComments/threadedComment1.xml")
                + "</Relationships>",
                "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{comments}</commentList></comments>',
                "xl/threadedComments/threadedComment1.xml": f"<ThreadedComments>{threads}</ThreadedComments>",
            },
        ),
    )
    return table(path).troubles


def test_a_thread_is_one_text_and_its_stand_in_is_not_read(tmp_path: Path) -> None:
    found = with_comments(
        tmp_path,
        '<comment ref="F4"><text><r><t>[线程批注] 你的 Excel 版本可读取此线程批注</t></r></text></comment>'
        '<comment ref="C5"><text><r><rPr><b/></rPr><t>股室:</t></r><r><t>不列入</t></r></text></comment>',
        '<threadedComment ref="F4" id="{1}"><text>改为10个工作日</text></threadedComment>'
        '<threadedComment ref="F4" id="{2}" parentId="{1}"><text>同意</text></threadedComment>',
    )
    assert [(trouble.place.cell, trouble.message) for trouble in found] == [
        ("F4", "单元格 F4 处有批注：“改为10个工作日 同意”。"),
        ("C5", "单元格 C5 处有批注：“股室:不列入”。"),
    ]


def test_comments_at_no_cell_are_told_of_the_sheet(tmp_path: Path) -> None:
    (trouble,) = with_comments(tmp_path, '<comment ref="??"><text><t>不列入</t></text></comment>', "")
    assert (trouble.place.cell, trouble.message) == (None, "这张工作表上有批注：“不列入”。")
