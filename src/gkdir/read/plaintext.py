"""Bytes of text → grids: a CSV of any common encoding, the tables of a web page, or a workbook written as XML."""

from __future__ import annotations

import codecs
import csv
import html
import io
import re

from gkdir.finding import Place, Unreadable
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.grid import MAX_CELLS, MAX_TEXT, Grid
from gkdir.read.htmltables import grids as page_grids

_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|div|tr)\b|\A\s*<(?:style|title|link|script|center|font|span|p|h\d|!--)",
    re.IGNORECASE,
)
_NO_TABLES = frozenset((".xml", ".json", ".yaml", ".yml", ".md"))
_PAGES = frozenset((".html", ".htm"))
_WORKBOOKS = frozenset((".xlsx", ".xls", ".ods", ".et"))
_DELIMITED = re.compile(r"^[^\n\t]*(?:\t[^\n\t]*){2}|^[^\n,]*(?:,[^\n,]*){2,}$", re.MULTILINE)
"""Delimited text: workbooks exported by web systems are often tab-separated."""
_WEB_ARCHIVE = re.compile(r"\AMIME-Version|^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
MAX_COLUMNS = 16_384
MAX_PARTS = 2_000
_WIDE = 4
"""From this many columns on, a line with as many delimiters as the table can only be a row."""
_SAVE_AS = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再试。"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def grids(data: bytes, suffix: str, place: Place) -> tuple[Grid, ...]:
    """The tables in the text. :raises Unreadable: not text, an unknown encoding, or too large"""
    text = decoded(data, place)
    beginning = text[:4096]
    if "<Workbook" in beginning and XML_2003 in beginning:
        from gkdir.read.spreadsheetml import grids as xml_grids

        return xml_grids(text, place)
    if "office:document" in beginning and OPEN_DOCUMENT in beginning:
        from gkdir.read.ods import flat_grids

        return flat_grids(text, place)
    if _WEB_ARCHIVE.search(beginning):
        return _archived(data, place)
    if _PAGE.search(beginning):
        return page_grids(text, place)
    if suffix in _NO_TABLES:
        raise Unreadable(
            place, f"这是 {suffix} 文件，不是表格，读不了。", "请给目录表格：.xlsx、.xls、.ods、.csv 或者网页。"
        )
    if suffix in _PAGES or (suffix in _WORKBOOKS and not _DELIMITED.search(beginning)):
        raise Unreadable(place, "文件内容不是表格，与扩展名不符，读不了。", "请重新下载一份；" + _SAVE_AS)
    return (_csv(text, place),)


def _archived(data: bytes, place: Place) -> tuple[Grid, ...]:
    """The tables of all pages in a web archive (mht); Excel makes a page of each sheet."""
    from gkdir.read.mail import message_of  # rarely needed

    try:
        message = message_of(data)
    except ValueError:
        raise Unreadable(place, "网页里的部件套得太深，或者部件的说明太长，读不了。", _SAVE_AS) from None
    kinds = {"text/html"} if message.get_content_type() == "multipart/alternative" else {"text/html", "text/plain"}
    pages: list[str] = []
    around = ""  # the text of pages without a table is reported at the next table, or at the last one
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise Unreadable(place, "网页里的部件太多，不像是一份目录。", _SAVE_AS)
        payload = part.get_payload(decode=True) if part.get_content_type() in kinds else None
        text = decoded(payload, place) if isinstance(payload, bytes) and payload.strip() else ""
        if part.get_content_type() == "text/plain":
            text = f"<p>{html.escape(text)}</p>"
        if "<table" in text.lower():
            pages.append(f"{around}\n{text}" if around else text)
            around = ""
        else:
            around += f"{text}<p></p>" if text else ""
    if not pages:
        raise Unreadable(place, "单个文件网页（.mht）里没有表格。", _SAVE_AS)
    pages[-1] += around
    return tuple(grid for page in pages for grid in page_grids(page, place))


def decoded(data: bytes, place: Place) -> str:
    """The text of ``data``: by its byte order mark, as UTF-8, as GB 18030 (which includes GBK), or as UTF-16."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding[-2:] not in ("le", "be") or ("\n" in text and b"\0" in data)):
            return text
    raise Unreadable(place, "文件不是表格，或者文字编码不是 UTF-8、GBK，读不了。", _SAVE_AS)


def _unwrapped(value: str) -> str:
    """The value without ``="…"`` or a ``'`` before it, which keep a spreadsheet from converting it."""
    if value.startswith('="') and value.endswith('"') and value.count('"') % 2 == 0:
        return value[2:-1].replace('""', '"')
    return value[1:] if value[:1] == "'" and value[1:2].isdecimal() else value


def _holds_rows(value: str, delimiter: str, width: int) -> bool:
    """Whether a quoted value contains whole rows, because its quotation mark is never closed."""
    return any(line.count(delimiter) >= width - 1 for line in value.splitlines()[1:])


def _csv(text: str, place: Place) -> Grid:
    """The CSV as a grid. Rows are numbered as in a spreadsheet: a quoted text with line breaks is in one row."""
    given = _SEPARATOR.match(text)
    text = text[given.end() :] if given else text
    delimiter = given[1] if given else max((",", "\t", ";", "|"), key=text[:20_000].count)
    builder = GridBuilder("CSV", place, SizeLimits())
    width = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            if len(row) > MAX_COLUMNS and any(map(str.strip, row[MAX_COLUMNS:])):
                raise Unreadable(place, f"表格超过 {MAX_COLUMNS} 列，不像是一份目录。", "请删去多余的列。")
            width = max(width, len(row))
            for column, value in enumerate(row[:MAX_COLUMNS], 1):
                if "\n" in value and width >= _WIDE and _holds_rows(value, delimiter, width):
                    message = f"第 {number} 行第 {column} 格的引号没有成对，后面的行分不开了。"
                    raise Unreadable(place, message, "请补上或者删去这个引号。")
                if value:
                    builder.put(number, column, _unwrapped(value))
            if number > 10 * MAX_CELLS:
                raise Unreadable(place, "表格太大，不像是一份目录。", "请只留下目录所在的行。")
    except csv.Error:
        raise Unreadable(place, f"有单元格超过 {MAX_TEXT} 个字，或者引号没有成对。", _SAVE_AS) from None
    return builder.build()
