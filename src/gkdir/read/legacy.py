"""An old workbook (xls) → grids, through python-calamine, the optional extra ``legacy``."""

from __future__ import annotations

import io
from datetime import date, datetime

from gkdir.finding import Place, Unreadable
from gkdir.read.grid import MAX_CELLS, Grid, Span, visible

_SAVE_AS = "请用 Excel 或 WPS 打开它，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再读另存的文件"


def grids(data: bytes, place: Place) -> tuple[Grid, ...]:
    """The sheets in their order. :raises Unreadable: broken, no xls, beyond measure, or the extra is not installed"""
    try:
        import python_calamine as calamine
    except ImportError:
        raise Unreadable(
            place, "这是旧版 Excel 的 .xls 格式，这里没有安装读它的组件。", f"{_SAVE_AS}；或者安装 gkdir[legacy]。"
        ) from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_grid(book, index, place) for index in range(len(book.sheet_names)))
    except Unreadable:
        raise
    except BaseException as error:  # a panic of the Rust side is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise Unreadable(place, "文件损坏，或者不是 Excel 97—2003 工作簿（.xls），读不了。", f"{_SAVE_AS}。") from None


def _grid(book, index: int, place: Place) -> Grid:  # type: ignore[no-untyped-def]
    sheet = book.get_sheet_by_index(index)
    if sheet.height * sheet.width > 10 * MAX_CELLS:
        raise Unreadable(place, "工作表太大，不像是一份目录。", "请删除表格右侧和下方多余的行列，另存为 .xlsx 后再试。")
    top, left = sheet.start or (0, 0)
    cells = {
        (row, column): shown
        for row, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1)
        for column, value in enumerate(values, left + 1)
        if (shown := visible(_text(value)))
    }
    if len(cells) > MAX_CELLS:
        raise Unreadable(place, "有内容的单元格太多，不像是一份目录。", "请只留下目录所在的工作表。")
    merges = tuple(
        Span(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in sheet.merged_cell_ranges or ()
    )
    hidden = "Visible" not in str(book.sheets_metadata[index].visible)
    return Grid(sheet.name, cells, merges, hidden=hidden)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
