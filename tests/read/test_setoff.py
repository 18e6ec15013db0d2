"""Choices marked only by bold or colour are reported, because their text alone names all choices."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.read.directory import read_directories
from gkdir.read.richtext import Run, set_off

from . import test_flat
from .books import BODY, HEADER, MAIN, parts, worksheet, zipped
from .oldbooks import compound, record, rows, stream

CHOICE = [Run("政府网站", None, "b"), Run("\n政府公报\n"), Run("政务服务中心", None, "b"), Run("\n入户/现场\n精准推送")]


def test_what_looks_unlike_the_others() -> None:
    assert set_off(CHOICE) == ["政府网站", "政务服务中心"]
    assert set_off([Run("县级", None, "FFFF0000"), Run("、乡级")]) == ["县级"]
    assert set_off([Run("主动"), Run(" "), Run("依申请", None, "u")]) == ["依申请"]


@pytest.mark.parametrize(
    "runs",
    [
        [Run("政府网站\n政府公报")],
        [Run("政府网站", None, "b"), Run("、", None, ""), Run("政府公报", None, "b")],
        [Run("■", None, "b"), Run("政府网站 "), Run("□政府公报", None, "u")],
        [Run("1.办理流程", None, "b"), Run("\n2.咨询电话")],
        [Run("政府网站", True, "b"), Run("政府公报、政务服务中心")],
        [Run("政府网站", None, "b"), Run("：www.example.gov.cn")],
    ],
)
def test_what_is_set_off_and_means_nothing(runs: list[Run]) -> None:
    assert set_off(runs) == []


def test_in_workbooks_and_pages(tmp_path: Path) -> None:
    rich = "".join(f"<r><rPr>{'<b/>' * (run.look == 'b')}</rPr><t>{run.text}</t></r>" for run in CHOICE)
    sheet = worksheet().replace(f"<is><t>{BODY[7]}</t></is>", f"<is>{rich}</is>")
    book = zipped(tmp_path / "a.xlsx", parts(sheet))
    words = "".join(f"<b>{run.text}</b>" if run.look else run.text for run in CHOICE).replace("\n", "<br>")
    lines = [[*line] for line in (*HEADER, BODY)]
    lines[2][7] = words
    page = tmp_path / "a.html"
    body = "".join(f"<tr>{''.join(f'<td>{value or str()}</td>' for value in line)}</tr>" for line in lines)
    page.write_text(f"<table>{body}</table>", encoding="utf-8")
    for path in (book, page):
        (found,) = read_directories(path, name="a")
        ((kind, cell, message),) = [(one.kind, one.place.cell, one.message) for one in found.troubles]
        assert (kind, cell) == (TroubleKind.WRONG_VALUE, "H3")
        assert "政府网站、政务服务中心" in message


def test_in_old_workbooks(tmp_path: Path) -> None:
    fonts = b"".join(record(0x31, struct.pack("<HHHHH", 200, 0, 8, weight, 0) + bytes(6)) for weight in (400, 700))
    text = "政府网站、政府公报、两微一端"
    runs = struct.pack("<HHHHH", 2, 0, 1, 4, 0)
    body = struct.pack("<HHHHB", 2, 7, 0, len(text), 1) + text.encode("utf-16-le") + runs
    table = rows((*HEADER, [*BODY[:7], None, *BODY[8:]])) + record(0xD6, body)
    old = tmp_path / "a.xls"
    old.write_bytes(compound({"Workbook": stream(table, fonts)}))
    lines = [test_flat.lines([*line]) for line in (*HEADER, [*BODY[:7], None, *BODY[8:]])]
    lines[2] += (
        '<Cell ss:Index="8"><Data ss:Type="String"><B>政府网站</B>'
        '<Font html:Color="#000000">、政府公报</Font>、两微一端</Data></Cell>'
    )
    flat = tmp_path / "b.xls"
    flat.write_text(test_flat.sheet("".join(map(test_flat.row, lines))), encoding="gb18030")
    for path in (old, flat):
        (found,) = read_directories(path, name="a")
        assert [(one.kind, one.place.cell) for one in found.troubles] == [(TroubleKind.WRONG_VALUE, "H3")]


def test_letters_of_symbol_fonts_are_the_marks_they_show(tmp_path: Path) -> None:
    rich = (
        '<r><rPr><rFont val="Wingdings 2"/></rPr><t>R</t></r><r><rPr/><t>政府网站 </t></r>'
        '<r><rPr><rFont val="Wingdings"/></rPr><t>¨</t></r><r><t>政府公报</t></r>'
    )
    sheet = worksheet().replace(f"<is><t>{BODY[7]}</t></is>", f"<is>{rich}</is>")
    sheet = sheet.replace('<c r="I3" t="inlineStr"><is><t>√</t>', '<c r="I3" s="1" t="inlineStr"><is><t>ü</t>')
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><name val="Wingdings"/></font></fonts>'
        '<cellXfs><xf/><xf fontId="1"/></cellXfs></styleSheet>'
    )
    (found,) = read_directories(zipped(tmp_path / "a.xlsx", parts(sheet, {"xl/styles.xml": styles})), name="a")
    assert found.items[0].channels == ("政府网站",)
    assert found.items[0].audience == ("全社会",)
    assert found.troubles == ()


def test_marks_that_nobody_knows_are_named(tmp_path: Path) -> None:
    sheet = worksheet().replace(BODY[7], "\ufffd政府网站")
    (found,) = read_directories(zipped(tmp_path / "a.xlsx", parts(sheet)), name="a")
    assert [(one.kind, one.place.cell) for one in found.troubles][:1] == [(TroubleKind.WRONG_VALUE, "H3")]
