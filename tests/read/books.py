"""Small workbooks for tests of reading: valid ones made by openpyxl, broken and hostile ones part by part."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.worksheet.cell_range import CellRange

from gkdir.read.grid import letters

HEADER: tuple[tuple[str | None, ...], ...] = (
    (
        "序号", "公开事项", None, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
        "公开对象", None, "公开方式", None,
    ),
    (None, "一级事项", "二级事项", None, None, None, None, None, "全社会", "特定群体", "主动", "依申请"),
)  # fmt: skip
HEADER_MERGES = ("A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2", "G1:G2", "H1:H2", "I1:J1", "K1:L1")
BODY = (
    "1", "1.就业信息服务", "1.1岗位信息发布", "1.招聘单位\n2.岗位要求",
    "《人力资源市场暂行条例》（国务院令第700号）", "20个工作日", "清源县人力资源和社会保障局", "■政府网站 □政府公报",
    "√", None, "√", None,
)  # fmt: skip

Cells = Sequence[Sequence[object]]
PLAIN = re.compile(r"(?!=)[^\x00-\x09\x0b-\x1f\ufffe\uffff]*\Z")
"""A text that is written to a part unchanged: no formula, nothing that Excel escapes."""

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def save(path: Path, rows: Cells = (*HEADER, BODY), merges: Sequence[str] = HEADER_MERGES, sheet: str = "就业") -> Path:
    """A workbook with one sheet, as openpyxl writes it."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for merge in merges:
        page.merge_cells(merge)
    book.save(path)
    return path


def written(path: Path, rows: Cells, merges: Sequence[str], sheet: str) -> Path:
    """What ``save`` makes of texts, written directly into a blank workbook's parts, at a tenth of the cost."""
    cells = [cell for row in rows for cell in row if cell is not None]
    if not all(isinstance(cell, str) and PLAIN.match(cell) for cell in cells):
        return save(path, rows, merges, sheet)
    page = [[None if cell is None else escape(str(cell)) for cell in row] for row in rows]
    for row, column in (cell for merge in merges for cell in list(CellRange(merge).cells)[1:]):
        if row <= len(page) and column <= len(page[row - 1]):
            page[row - 1][column - 1] = None  # covered cells are lost, as in Excel
    return zipped(path, {**_blank(sheet), "xl/worksheets/sheet1.xml": worksheet(page, merges)})


@cache
def _blank(sheet: str) -> Mapping[str, bytes]:
    """The parts of a workbook with one blank sheet, as openpyxl writes it."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(save(Path(folder) / "a.xlsx", (), (), sheet)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parts(sheet: str, extra: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of the smallest workbook around the XML ``sheet``."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="就业" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"
        ),
        "xl/worksheets/sheet1.xml": sheet,
        **(extra or {}),
    }


def _relations(**targets: str) -> str:
    """Relations to parts, with the type as name."""
    lines = (f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{part}"/>' for kind, part in targets.items())
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def worksheet(rows: Cells = (*HEADER, BODY), merges: Sequence[str] = HEADER_MERGES, *, more: str = "") -> str:
    """The XML of a sheet with inline texts; ``more`` follows the last row."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{letters(column)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
            for column, value in enumerate(row, 1)
            if value is not None
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    spans = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
    body = f"<sheetData>{''.join(lines)}{more}</sheetData><mergeCells>{spans}</mergeCells>"
    return f'<worksheet xmlns="{MAIN}">{body}</worksheet>'


def zipped(path: Path, content: Mapping[str, str | bytes]) -> Path:
    """The parts as a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    path.write_bytes(buffer.getvalue())
    return path
