"""Bytes of text → grids: a CSV of any common encoding, or the tables of a web page."""

from __future__ import annotations

import codecs
import csv
import io
import re

from gkdir.finding import Place, Unreadable
from gkdir.read.grid import MAX_CELLS, MAX_TEXT, Grid, visible
from gkdir.read.page import grids as page_grids

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|div|tr)\b", re.IGNORECASE)
_SAVE_AS = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再试。"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def grids(data: bytes, suffix: str, place: Place) -> tuple[Grid, ...]:
    """The tables in the text. :raises Unreadable: it is not text, in no encoding we know, or beyond measure"""
    text = decoded(data, place)
    beginning = text[:4096]
    if "<Workbook" in beginning and "urn:schemas-microsoft-com:office:spreadsheet" in beginning:
        raise Unreadable(place, "这是 XML 表格（Excel 2003），读不了。", _SAVE_AS)
    if beginning.startswith("MIME-Version"):
        raise Unreadable(place, "这是单个文件网页（.mht），读不了。", _SAVE_AS)
    if _PAGE.search(beginning):
        return page_grids(text, place)
    if suffix in (".html", ".htm", ".xml", ".json", ".yaml", ".yml", ".md", ".xlsx", ".xls", ".ods", ".et"):
        raise Unreadable(place, "文件内容不是表格，与扩展名不符，读不了。", "请重新下载一份；" + _SAVE_AS)
    return (_csv(text, place),)


def decoded(data: bytes, place: Place) -> str:
    """The text of ``data``: by its byte order mark, as UTF-8, or as GB 18030, which includes GBK."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(place, "文件不是表格，或者文字编码不是 UTF-8、GBK，读不了。", _SAVE_AS)


def _csv(text: str, place: Place) -> Grid:
    """The rows are counted as a spreadsheet would: a text with line breaks is one row."""
    sample = text[:20_000]
    delimiter = max((",", "\t", ";", "|"), key=sample.count)
    cells: dict[tuple[int, int], str] = {}
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            for column, value in enumerate(row, 1):
                if shown := visible(value):
                    cells[number, column] = shown
            if len(cells) > MAX_CELLS or number > 10 * MAX_CELLS:
                raise Unreadable(place, "表格太大，不像是一份目录。", "请只留下目录所在的行。")
    except csv.Error:
        raise Unreadable(place, f"有单元格超过 {MAX_TEXT} 个字，或者引号没有成对。", _SAVE_AS) from None
    return Grid("CSV", cells)
