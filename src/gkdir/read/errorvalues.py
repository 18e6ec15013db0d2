"""A sheet → the sheet without what a formula that failed left in its cells, each named: #REF! is nobody's content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.read.sheet import Cell, Row, Sheet

_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|NUM!|NULL!|DIV/0!|N/A|SPILL!|CALC!|FIELD!)|(?:Err|错误)[:：]\d{3}")
_HINT = "请打开文件改好公式，或者把公式换成文字。"


def without_errors(sheet: Sheet, file: str) -> Sheet:
    """The sheet, cells with nothing but an error left out; the very sheet where there are none."""
    found = {cell for row in sheet.rows for cell in row.own if _ERROR.fullmatch(cell.text.strip())}
    if not found:
        return sheet
    reported = {trouble.place.cell for trouble in sheet.troubles if trouble.kind is TroubleKind.WRONG_VALUE}
    unreported = sorted((cell for cell in found if cell.name not in reported), key=lambda cell: (cell.row, cell.column))
    return replace(
        sheet,
        rows=tuple(_rows(sheet, found)),
        troubles=(*sheet.troubles, *(_trouble(cell, sheet.name, file) for cell in unreported)),
    )


def _rows(sheet: Sheet, found: set[Cell]) -> Iterator[Row]:
    for row in sheet.rows:
        cells = {column: cell for column, cell in row.cells.items() if cell not in found}
        if cells or row.struck:
            yield replace(row, cells=cells)


def _trouble(cell: Cell, sheet: str, file: str) -> Trouble:
    message = f"单元格 {cell.name} 里是公式出错的结果（{cell.text.strip()}），没有读。"
    return Trouble(TroubleKind.WRONG_VALUE, Place(file, sheet=sheet, cell=cell.name), message, _HINT)
