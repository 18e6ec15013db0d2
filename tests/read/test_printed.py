"""Headers and footers, text struck out by conditional formatting, and comments on sheets without cells are reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from gkdir.finding import TroubleKind
from gkdir.read.directory import read_directories

from .books import BODY, HEADER, save


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("注：1.2项改为10个工作日", ["注：1.2项改为10个工作日"]),
        ('&"宋体,常规"&12征求意见稿 &P', ["征求意见稿"]),
        ("第 &P 页，共 &N 页", []),
        ("&A　第 &P 页", []),
        ("&F &D &T", []),
        ("Page &P of &N", []),
    ],
)
def test_what_each_page_prints(line: str, shown: list[str], tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (*HEADER, BODY))
    book = openpyxl.load_workbook(path)
    book.active.oddHeader.center.text = line  # type: ignore[union-attr]
    book.active.oddFooter.left.text = line  # type: ignore[union-attr]
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    assert [trouble.message for trouble in directory.troubles] == [
        f"这张工作表上有页眉或页脚：“{one}”。" for one in shown
    ]


@pytest.mark.parametrize("font", [Font(strike=True), Font(bold=True)])
def test_a_condition_that_strikes_text_out(font: Font, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (*HEADER, BODY))
    book = openpyxl.load_workbook(path)
    rule = FormulaRule(formula=["TRUE"], font=font)  # type: ignore[no-untyped-call]
    book.active.conditional_formatting.add("A3:L3", rule)  # type: ignore[union-attr]
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    told = [(trouble.kind, trouble.place.cell) for trouble in directory.troubles]
    assert told == ([(TroubleKind.STRUCK, "A3")] if font.strike else [])


def test_a_comment_on_a_sheet_without_cells(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (*HEADER, BODY))
    book = openpyxl.load_workbook(path)
    book.create_sheet("批注页")["B2"].comment = Comment("1.2项不列入", "张某")
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    assert [(one.place.sheet, one.place.cell) for one in directory.troubles] == [("批注页", "B2")]


@pytest.mark.parametrize(
    ("looks", "told"),
    [
        ({"font": Font(color="FFFFFFFF")}, ["A3"]),
        ({"font": Font(color="FFFFFFFF"), "fill": PatternFill("solid", bgColor="FF1F497D")}, []),
        ({"numFmt": NumberFormat(170, ";;;")}, ["A3"]),
        ({"numFmt": NumberFormat(170, "0.00;;")}, []),
    ],
)
def test_a_condition_that_lets_nobody_see_text(looks: dict[str, Any], told: list[str], tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (*HEADER, BODY))
    book = openpyxl.load_workbook(path)
    rule = Rule("expression", formula=["TRUE"], dxf=DifferentialStyle(**looks))
    book.active.conditional_formatting.add("A3:L3", rule)  # type: ignore[union-attr]
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    assert [(trouble.kind, trouble.place.cell) for trouble in directory.troubles] == [
        (TroubleKind.HIDDEN, cell) for cell in told
    ]


@pytest.mark.parametrize(("height", "width", "told"), [(0.75, 9, ["A3"]), (15, 0.2, ["F1"]), (15, 9, [])])
def test_rows_and_columns_too_small_to_be_seen(height: float, width: float, told: list[str], tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", (*HEADER, BODY))
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].height = height  # type: ignore[union-attr]
    book.active.column_dimensions["F"].width = width  # type: ignore[union-attr]
    book.save(path)
    (directory,) = read_directories(path, name="a.xlsx")
    assert [trouble.place.cell for trouble in directory.troubles] == told
