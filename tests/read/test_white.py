"""White or tiny text is read and reported in every format, unless a background makes it visible."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.model.item import Directory
from gkdir.read.directory import read_directories

from . import test_docx, test_flat, test_ods, test_pages
from .books import BODY, HEADER, MAIN, parts, worksheet, zipped
from .oldbooks import compound, label, record, rows, stream

LIMIT = "20个工作日"


def check(found: Directory, named: bool) -> None:
    item = found.items[-1]
    assert item.time_limit.text == LIMIT
    assert [trouble.kind for trouble in found.troubles] == [TroubleKind.HIDDEN] * named
    assert all(trouble.place.cell == f"F{item.rows[0]}" for trouble in found.troubles)


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("run", "cell", "named"),
    [
        (WHITE, "", True),
        (WHITE, '<w:shd w:fill="auto"/>', True),
        (WHITE, '<w:shd w:fill="1F497D"/>', False),
        (WHITE + '<w:highlight w:val="blue"/>', "", False),
        (WHITE + '<w:shd w:fill="1F497D"/>', "", False),
        ('<w:color w:val="000000"/>', "", False),
        ('<w:color w:themeColor="background1"/>', "", True),
        ('<w:color w:val="FEFEFE"/>', "", True),
        ('<w:sz w:val="2"/>', "", True),
        ('<w:sz w:val="21"/>', "", False),
    ],
)
def test_in_word(run: str, cell: str, named: bool, tmp_path: Path) -> None:
    content = f"<w:p>{test_docx.r(LIMIT, run)}</w:p>"
    row: list[object] = [*BODY]
    cells = "".join(
        test_docx.tc(content if at == 5 else value, cell if at == 5 else "") for at, value in enumerate(row)
    )
    body = test_docx.p(test_docx.TITLE) + test_docx.tbl([*test_docx.heading(), f"<w:tr>{cells}</w:tr>"])
    (found,) = test_docx.read(tmp_path, body)
    check(found, named)


@pytest.mark.parametrize(
    ("colour", "background", "named"),
    [("#ffffff", "", True), ("#FFFFFF", "transparent", True), ("#ffffff", "#003366", False), ("#ff0000", "", False)],
)
def test_in_an_open_document(colour: str, background: str, named: bool, tmp_path: Path) -> None:
    fill = f'<style:table-cell-properties fo:background-color="{background}"/>' if background else ""
    style = (
        f'<style:style style:name="above" style:family="table-cell"><style:text-properties fo:color="{colour}"/>'
        f'</style:style><style:style style:name="ce" style:family="table-cell" style:parent-style-name="above">{fill}'
        "</style:style>"
    )
    check(test_ods.one(tmp_path, 5, test_ods.cell(LIMIT, 'table:style-name="ce"'), style), named)


@pytest.mark.parametrize(
    ("properties", "named"),
    [('fo:color="#ffffff"', True), ('fo:font-size="1pt"', True), ('fo:color="#ff0000" fo:font-size="11pt"', False)],
)
def test_in_a_piece_of_an_open_document(properties: str, named: bool, tmp_path: Path) -> None:
    style = f'<style:style style:name="T1" style:family="text"><style:text-properties {properties}/></style:style>'
    text = f'<text:p><text:span text:style-name="T1">{LIMIT}</text:span></text:p>'
    check(test_ods.one(tmp_path, 5, test_ods.cell(text), style), named)


@pytest.mark.parametrize(
    ("run", "style", "named"),
    [
        ('<color rgb="FFFFFFFF"/>', 0, True),
        ('<color theme="0"/>', 0, True),
        ('<sz val="1"/>', 0, True),
        ('<sz val="11"/><color rgb="FFFF0000"/>', 0, False),
        ('<color rgb="FFFFFFFF"/>', 1, False),
        ("", 2, True),
        ("", 3, True),
        ("", 4, False),
    ],
)
def test_in_a_workbook(run: str, style: int, named: bool, tmp_path: Path) -> None:
    fills = "".join(
        f'<fill><patternFill patternType="{kind}">{colour}</patternFill></fill>'
        for kind, colour in (
            ("none", ""), ("gray125", ""), ("solid", '<fgColor rgb="FF003366"/>'), ("solid", '<fgColor theme="0"/>'),
            ("solid", '<fgColor theme="4" tint="0.8"/>'),
        )
    )  # fmt: skip
    fonts = '<font/><font><color rgb="FFFFFFFF"/></font><font><color rgb="FF003366"/></font>'
    fonts += '<font><color theme="4"/></font>'
    cells = ((0, 0), (0, 2), (1, 3), (2, 2), (3, 4))
    xfs = "".join(f'<xf fontId="{font}" fillId="{fill}"/>' for font, fill in cells)
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts>{fonts}</fonts><fills>{fills}</fills><cellXfs>{xfs}</cellXfs></styleSheet>'
    )
    text = f"<r><rPr>{run}</rPr><t>{LIMIT}</t></r>" if run else f"<t>{LIMIT}</t>"
    sheet = worksheet((*HEADER, BODY)).replace(
        f'<c r="F3" t="inlineStr"><is><t>{LIMIT}</t></is></c>',
        f'<c r="F3" s="{style}" t="inlineStr"><is>{text}</is></c>',
    )
    path = zipped(tmp_path / "a.xlsx", parts(sheet, {"xl/styles.xml": styles}))
    check(read_directories(path, name="a.xlsx")[0], named)


@pytest.mark.parametrize(
    ("cell", "row", "named"),
    [
        (f"<td style='color:#fff'>{LIMIT}", "<tr>", True),
        (f"<td style='color:#fff'><span style='color:#000'>{LIMIT}</span>", "<tr>", False),
        (f"<td><span style='color:rgb(255, 255, 255)'>{LIMIT}</span>", "<tr>", True),
        (f"<td><span style='color:rgba(0,0,0,0)'>{LIMIT}</span>", "<tr>", True),
        (f"<td><span style='color:transparent'>{LIMIT}</span>", "<tr>", True),
        (f"<td><span style='font-size:0'>{LIMIT}</span>", "<tr>", True),
        (f"<td style='font-size:0'><span style='font-size:14px'>{LIMIT}</span>", "<tr>", False),
        (f"<td><code style='color:white'>{LIMIT}</code>", "<tr>", True),
        ("<td><font color=white>20个</font>工作日", "<tr>", True),
        (f"<td><span style='color: #FFFFFF'>{LIMIT}</span>", "<tr>", True),
        (f"<td class=w>{LIMIT}", "<tr>", True),
        (f"<td class=wf>{LIMIT}", "<tr>", False),
        (f"<td class=f><font color='#ffffff'>{LIMIT}</font>", "<tr>", False),
        (f"<td bgcolor='#003366'><font color=white>{LIMIT}</font>", "<tr>", False),
        (f"<td><font color=white>{LIMIT}</font>", "<tr style='background:#036'>", False),
        (f"<td style='background-color:#fff;color:red'>{LIMIT}", "<tr>", False),
    ],
)
def test_in_a_page(cell: str, row: str, named: bool, tmp_path: Path) -> None:
    head = "<style>.w{color:white} .wf{color:#fff;background:#036} .f{background-color:navy}</style>"
    check(test_pages.read(tmp_path, {5: cell}, head, row), named)


@pytest.mark.parametrize(("colour", "fill", "named"), [(9, 0, True), (9, 1, False), (8, 0, False)])
def test_in_an_old_workbook(colour: int, fill: int, named: bool, tmp_path: Path) -> None:
    fonts = b"".join(record(0x31, struct.pack("<HHHH", 200, 0, each, 400) + bytes(8)) for each in (8, colour))
    styles = record(0xE0, bytes(20)) + record(
        0xE0, struct.pack("<HH", 1, 0) + bytes(10) + struct.pack("<I", fill << 26) + bytes(2)
    )
    path = tmp_path / "a.xls"
    body = rows((*HEADER, [*BODY[:5], None, *BODY[6:]])) + label(2, 5, LIMIT, 1)
    path.write_bytes(compound({"Workbook": stream(body, fonts + styles)}))
    check(read_directories(path, name="a.xls")[0], named)


@pytest.mark.parametrize(
    ("style", "named"),
    [
        ('<Font ss:Color="#FFFFFF"/>', True),
        ('<Font ss:Color="#FFFFFF"/><Interior ss:Color="#003366" ss:Pattern="Solid"/>', False),
        ('<Font ss:Color="#FF0000"/>', False),
    ],
)
def test_in_xml_of_excel_2003(style: str, named: bool, tmp_path: Path) -> None:
    lines = [test_flat.lines([*line]) for line in (*HEADER, [*BODY[:5], None, *BODY[6:]])]
    lines[2] += test_flat.cell(LIMIT, 'ss:Index="6" ss:StyleID="white"')
    text = test_flat.sheet("".join(map(test_flat.row, lines)))
    path = tmp_path / "a.xls"
    path.write_text(text.replace("<Styles>", f'<Styles><Style ss:ID="white">{style}</Style>'), encoding="gb18030")
    check(read_directories(path, name="a.xls")[0], named)
