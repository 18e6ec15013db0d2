"""Workbooks in one text file: XML of Excel 2003, flat OpenDocument, single-file web pages."""

from __future__ import annotations

import base64
import html
import zipfile
from pathlib import Path

import pytest

from gkdir.finding import TroubleKind, Unreadable
from gkdir.read.directory import read_directories
from gkdir.read.sheet import read_grids

from .books import BODY, HEADER

FILES = Path(__file__).with_name("files")
STYLES = (
    '<Styles><Style ss:ID="Default"/><Style ss:ID="gone"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="days"><NumberFormat ss:Format="0&quot;个工作日&quot;"/></Style></Styles>'
)


def cell(text: str, attributes: str = "", kind: str = "String") -> str:
    text = text if text.startswith("<") else html.escape(text).replace("\n", "&#10;")
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def sheet(rows: str, options: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{STYLES}'
        f'<Worksheet ss:Name="就业"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
    )


def row(cells: str, attributes: str = "") -> str:
    return f"<Row {attributes}>{cells}</Row>"


def lines(values: list[str | None]) -> str:
    return "".join(cell(text, f'ss:Index="{at}"') for at, text in enumerate(values, 1) if text)


def test_xml_of_excel_2003(tmp_path: Path) -> None:
    first = "".join(
        cell(text, f'ss:Index="{at}"' + (' ss:MergeAcross="1"' if text in ("公开事项", "公开对象", "公开方式") else ""))
        for at, text in enumerate(HEADER[0], 1)
        if text
    )
    changed = cell("20", 'ss:Index="6" ss:StyleID="days"', "Number")
    path = tmp_path / "a.xls"
    rows = (
        row(first)
        + row(lines([*HEADER[1]]))
        + row(lines([*BODY]))
        + row(lines([*BODY[:5]]) + changed + lines([*[None] * 6, *BODY[6:]]))
    )
    path.write_text(sheet(rows), encoding="gb18030")
    (found,) = read_directories(path, name="a.xls")
    assert [item.time_limit.text for item in found.items] == ["20个工作日", "20个工作日"]
    assert found.items[0].content == ("招聘单位", "岗位要求")
    assert found.columns[1:3] == ("公开事项/一级事项", "公开事项/二级事项")
    assert found.troubles == ()


@pytest.mark.parametrize(
    ("rows", "cells", "told"),
    [
        (row(cell("甲", 'ss:StyleID="gone"')), {}, [(TroubleKind.STRUCK, 1, 1)]),
        (row(cell("<html:B>甲</html:B><html:S>乙</html:S>")), {(1, 1): "甲"}, [(TroubleKind.STRUCK, 1, 1)]),
        (
            row('<Cell><Data ss:Type="String">甲</Data><Comment><Data>请删去</Data></Comment></Cell>'),
            {(1, 1): "甲"},
            [(TroubleKind.BESIDE, 1, 1)],
        ),
        (
            row(cell("甲"), 'ss:Index="3"') + row(cell("乙", 'ss:Index="4"') + cell("丙")),
            {(3, 1): "甲", (4, 4): "乙", (4, 5): "丙"},
            [],
        ),
        (row(cell("甲", 'ss:MergeAcross="2"') + cell("乙")), {(1, 1): "甲", (1, 4): "乙"}, []),
        (
            row(cell("1", kind="Boolean") + cell("2026-03-01T00:00:00.000", kind="DateTime")),
            {(1, 1): "是", (1, 2): "2026-03-01"},
            [],
        ),
        (
            row(cell("1899-12-31T09:30:00.000", kind="DateTime") + cell("#N/A", kind="Error")),
            {(1, 1): "09:30", (1, 2): "#N/A"},
            [(TroubleKind.WRONG_VALUE, 1, 2)],
        ),
    ],
)
def test_cells_of_xml_2003(
    rows: str, cells: dict[tuple[int, int], str], told: list[tuple[TroubleKind, int, int]], tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_text(sheet(rows), encoding="gb18030")
    (grid,) = read_grids(tmp_path / "a.xml", "a")
    assert dict(grid.cells) == cells
    assert [(flaw.kind, flaw.row, flaw.column) for flaw in grid.flaws] == told


@pytest.mark.parametrize(("column", "line"), [('ss:Hidden="1"', 'ss:Hidden="1"'), ('ss:Width="0"', 'ss:Height="0"')])
def test_what_xml_2003_hides(column: str, line: str, tmp_path: Path) -> None:
    options = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    rows = f'<Column ss:Index="2" {column}/>' + row(cell("甲") + cell("乙"), line)
    (tmp_path / "a.xml").write_text(sheet(rows, options), encoding="gb18030")
    (grid,) = read_grids(tmp_path / "a.xml", "a")
    assert (grid.hidden, grid.hidden_rows, grid.hidden_columns) == (True, frozenset({1}), frozenset({2}))


def test_a_flat_document_reads_as_the_zipped_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(FILES / "marked.ods") as archive:
        xml = archive.read("content.xml").decode().replace("office:document-content", "office:document")
    (tmp_path / "a.fods").write_text(xml, encoding="utf-8")
    assert [grid.cells for grid in read_grids(tmp_path / "a.fods", "a")] == [
        grid.cells for grid in read_grids(FILES / "marked.ods", "a")
    ]


def _table(rows: list[list[str | None]]) -> str:
    cells = ("".join(f"<td>{html.escape(text or '')}</td>" for text in line) for line in rows)
    return "<html><table>" + "".join(f"<tr>{line}</tr>" for line in cells) + "</table></html>"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_web_page_in_one_file(encoding: str, tmp_path: Path) -> None:
    page = base64.encodebytes(_table([[*line] for line in (*HEADER, BODY)]).encode(encoding)).decode()
    parts = (
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<html><frameset>=\n</frameset></html>",
        f"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n{page}",
    )
    body = "".join(f"--=_x\n{part}\n" for part in parts)
    (tmp_path / "a.mht").write_text(
        f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=_x"\n\n{body}--=_x--\n', encoding="ascii"
    )
    (found,) = read_directories(tmp_path / "a.mht", name="a.mht")
    assert [item.level2 for item in found.items] == ["岗位信息发布"]


HEADS = {
    "semicolons": "Content-Type: multipart/related" + ";" * 9_000,
    "lines": "Content-Type: text/html" + ";\n a=b" * 2_000,
    "parts in parts": "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\r--{n}\r' for n in range(21)),
    "mails in mails": "Content-Type: message/rfc822\n\n" * 21,
}


@pytest.mark.parametrize("head", HEADS)
def test_heads_that_no_program_writes_are_refused(head: str, tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_text(f"MIME-Version: 1.0\n{HEADS[head]}\n\n{_table([[*BODY]])}", newline="")
    with pytest.raises(Unreadable, match="套得太深，或者部件的说明太长"):
        read_grids(tmp_path / "a.mht", "a")


def test_the_pages_of_one_file_that_have_no_table_are_told(tmp_path: Path) -> None:
    table = _table([[*line] for line in (*HEADER, BODY)])
    parts = (
        "Content-Type: text/html; charset=utf-8\n\n<html><p>填报前请看说明</p></html>",
        f"Content-Type: text/html; charset=utf-8\n\n{table}",
        "Content-Type: text/plain; charset=utf-8\n\n注：1.1改为5个工作日 <急>",
        "Content-Type: image/png\n\n不是文字",
    )
    body = "".join(f"--=_x\n{part}\n" for part in parts)
    (tmp_path / "a.mht").write_text(
        f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=_x"\n\n{body}--=_x--\n', encoding="utf-8"
    )
    (found,) = read_directories(tmp_path / "a.mht", name="a.mht")
    assert [trouble.message.partition("：")[2] for trouble in found.troubles] == [
        "“填报前请看说明”。",
        "“注：1.1改为5个工作日 <急>”。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>没有表格</p>\n",
        sheet("").replace("<Worksheet", "<Nothing").replace("</Worksheet", "</Nothing"),
        sheet("<Row>"),
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    ],
)
def test_what_has_no_table_is_refused_in_words(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(text, encoding="gb18030")
    with pytest.raises(Unreadable, match=r"没有|损坏"):
        read_grids(tmp_path / "a.xml", "a")
