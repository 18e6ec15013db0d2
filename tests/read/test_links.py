"""Links of cells are reported, once a sheet, in every format, unless the cell shows the address."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind
from gkdir.read.plaintext import OPEN_DOCUMENT
from gkdir.read.sheet import read_grids

from .books import MAIN, OFFICE, RELATIONS, parts, zipped
from .oldbooks import compound, record, rows, stream

SHOWN = "见www.b.gov.cn"
RELATED = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="one" Type="{OFFICE}/hyperlink" Target="https://a.gov.cn/办"'
    f' TargetMode="External"/><Relationship Id="two" Type="{OFFICE}/hyperlink" Target="http://www.b.gov.cn/"'
    ' TargetMode="External"/></Relationships>'
)


def new(path: Path) -> Path:
    texts = {"A1": "办", "B1": SHOWN, "C1": "丙"}
    cells = "".join(f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in texts.items())
    made = '<c r="D1" t="str"><f>HYPERLINK("https://a.gov.cn/办","丁")</f><v>丁</v></c>'
    links = (
        '<hyperlink ref="A1:A3" r:id="one"/><hyperlink ref="B1" r:id="two"/><hyperlink ref="C1" location="就业!A1"/>'
    )
    sheet = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData><row r="1">{cells}{made}</row></sheetData>'
        f"<hyperlinks>{links}</hyperlinks></worksheet>"
    )
    return zipped(path, parts(sheet, {"xl/worksheets/_rels/sheet1.xml.rels": RELATED}))


def old(path: Path) -> Path:
    address = "https://a.gov.cn/办\0".encode("utf-16-le")
    moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<I", len(address)) + address
    links = b"".join(
        record(0x1B8, struct.pack("<HHHH", 0, 0, column, column) + bytes(24) + moniker) for column in (0, 3)
    )
    path.write_bytes(compound({"Workbook": stream(rows((("办", SHOWN, "丙", "丁"),)) + links)}))
    return path


def word(path: Path) -> Path:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.</w:instrText></w:r>'
        '<w:r><w:instrText>gov.cn/办" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("丁")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    cells = (
        f'<w:hyperlink r:id="one">{run("办")}</w:hyperlink>',
        f'<w:hyperlink r:id="two">{run(SHOWN)}</w:hyperlink>',
        f'<w:hyperlink w:anchor="丙">{run("丙")}</w:hyperlink>',
        field,
    )
    row = "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in cells)
    body = f"<w:body><w:tbl><w:tr>{row}</w:tr></w:tbl></w:body>"
    xml = f'<w:document xmlns:w="urn:w" xmlns:r="{OFFICE}">{body}</w:document>'
    return zipped(path, {"word/document.xml": xml, "word/_rels/document.xml.rels": RELATED})


def flat(path: Path) -> Path:
    link = '<table:table-cell><text:p><text:a xlink:href="{}">{}</text:a></text:p></table:table-cell>'.format
    cells = link("https://a.gov.cn/办", "办") + link("http://www.b.gov.cn/", SHOWN) + link("#就业.A1", "丙")
    made = "of:=HYPERLINK(&quot;https://a.gov.cn/办&quot;;&quot;丁&quot;)"
    cells += f'<table:table-cell table:formula="{made}"><text:p>丁</text:p></table:table-cell>'
    spaces = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("table", "text", "xlink"))
    path.write_text(
        f"<office:document xmlns:office='{OPEN_DOCUMENT}' {spaces}>"
        "<office:body><office:spreadsheet><table:table table:name='就业'><table:table-row>"
        f"{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document>",
        encoding="utf-8",
    )
    return path


def page(path: Path) -> Path:
    links = (("https://a.gov.cn/办", "办"), ("http://www.b.gov.cn/", SHOWN), ("javascript:void(0)", "丙"))
    cells = "".join(f'<td><a class="x" href="{address}">{text}</a></td>' for address, text in links)
    path.write_text(f"<table><tr>{cells}<td><a href=https://a.gov.cn/办>丁</a></td></tr></table>", encoding="utf-8")
    return path


def spreadsheet(path: Path) -> Path:
    cell = '<Cell {}><Data ss:Type="String">{}</Data></Cell>'.format
    made = "=HYPERLINK(&quot;https://a.gov.cn/办&quot;,&quot;丁&quot;)"
    cells = cell('ss:HRef="https://a.gov.cn/办"', "办") + cell('ss:HRef="http://www.b.gov.cn/"', SHOWN)
    cells += cell('ss:HRef="#就业!A1"', "丙") + cell(f'ss:Formula="{made}"', "丁")
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="就业"><Table><Row>{cells}</Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("write", "name"),
    [(new, "a.xlsx"), (old, "a.xls"), (word, "a.docx"), (flat, "a.fods"), (page, "a.html"), (spreadsheet, "a.xml")],
)
def test_cells_that_lead_to_an_address_are_named_once(write: Callable[[Path], Path], name: str, tmp_path: Path) -> None:
    (grid,) = read_grids(write(tmp_path / name), name)
    assert list(grid.cells.values()) == ["办", SHOWN, "丙", "丁"]
    (flaw,) = grid.flaws
    assert (flaw.kind, flaw.row, flaw.column) == (TroubleKind.BESIDE, 1, 1)
    assert flaw.message.startswith("单元格 A1（https://a.gov.cn/办）、D1（https://a.gov.cn/办）的文字带着链接")
