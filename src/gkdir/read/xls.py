"""An old workbook (xls) → grids. The container is checked first; embedded objects are ignored."""

from __future__ import annotations

import struct
from itertools import pairwise

from gkdir.finding import Place, Unreadable
from gkdir.read.biff import records
from gkdir.read.biffbook import Book, read_book
from gkdir.read.biffsheet import BiffSheet
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.compound import Compound, Damaged
from gkdir.read.grid import Grid

MAX_SHEETS = 200
_SAVE_AS = "请用 WPS 或 Excel 打开它，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再读另存的文件。"
_COPY = "请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx。"


def grids(data: bytes, suffix: str, place: Place) -> tuple[Grid, ...]:
    """The sheets in their order. :raises Unreadable: damaged, encrypted, not a workbook, or too large"""
    try:
        compound = Compound(data)
        workbook = compound.find("Workbook", "Book")
        if workbook is None:
            raise _other(compound, data, suffix, place)
        stream = compound.read(workbook)
        book = read_book(stream, place)
    except (Damaged, struct.error, IndexError):
        raise _damaged(data, suffix, place) from None
    if not book.sheets:
        raise Unreadable(place, "这个文件里没有工作表。", "请确认它是 Excel 97—2003 工作簿（.xls）。" + _SAVE_AS)
    if len(book.sheets) > MAX_SHEETS:
        raise Unreadable(place, f"工作簿有 {len(book.sheets)} 张工作表，太多了。", "请只留下目录所在的工作表。")
    return _sheets(book, stream, place)


def _sheets(book: Book, stream: bytes, place: Place) -> tuple[Grid, ...]:
    read: list[Grid] = []
    limits = SizeLimits()
    starts = sorted({sheet.start for sheet in book.sheets})
    ends = dict(pairwise([*starts, len(stream)]))  # a hostile file could list the same records many times
    for sheet in book.sheets:
        if sheet.start not in ends:
            continue
        end = ends.pop(sheet.start)
        builder = GridBuilder(sheet.name, place, limits)
        builder.hidden = sheet.hidden
        reading = BiffSheet(book, builder)
        for record in records(stream[sheet.start : end]):
            reading.record(record)
        reading.close()
        read.append(builder.build())
    return tuple(read)


def _damaged(data: bytes, suffix: str, place: Place) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _encrypted(place)
    if suffix in (".et", ".ett"):
        return Unreadable(place, "这是 WPS 表格的 .et 格式，读不了。", _SAVE_AS)
    if suffix in (".doc", ".wps", ".dot"):
        return Unreadable(place, "这是 Word 或 WPS 文字文档，不是电子表格，读不了。", _COPY)
    return Unreadable(place, "文件损坏，或者不是 Excel 97—2003 工作簿（.xls），读不了。", _SAVE_AS)


def _encrypted(place: Place) -> Unreadable:
    return Unreadable(place, "文件加了密码，读不了。", "请打开文件取消密码保护，另存为 .xlsx 后再试。")


def _other(compound: Compound, data: bytes, suffix: str, place: Place) -> Unreadable:
    """The message for a compound file that is not a workbook."""
    if compound.find("EncryptedPackage", "EncryptionInfo"):
        return _encrypted(place)
    if compound.find("WordDocument"):
        return Unreadable(place, "这是 Word 或 WPS 文字文档，不是电子表格，读不了。", _COPY)
    if compound.find("PowerPoint Document"):
        return Unreadable(place, "这是演示文稿，不是电子表格，读不了。", _COPY)
    return _damaged(data, suffix, place)
