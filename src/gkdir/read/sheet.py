"""Any spreadsheet → sheets of rows of cells with their places, merged cells filled.

Formats are recognised by content, not by name: an ``.xls`` that is a web page, or an xlsx named ``.xls``, is read.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.read.archive import Archive, content
from gkdir.read.compound import SIGNATURE
from gkdir.read.grid import MAX_CELLS, MAX_WIDTH, Flaw, Grid, letters
from gkdir.read.text import line

_SAVE_AS = "请用 WPS 或 Word/Excel 打开它，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再读另存的文件。"


class Cell(Struct, frozen=True):
    """A text with its row and column; every cell of a merged area shows the one at its top left."""

    text: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """The cell's name: ``G12``."""
        return f"{letters(self.column)}{self.row}"


class Row(Struct, frozen=True, dict=True):
    """A row with texts; ``cells`` by the column (from 1) that shows them.

    ``struck`` are the columns in which the whole text is struck out.
    """

    number: int
    cells: Mapping[int, Cell]
    struck: frozenset[int] = frozenset()

    @cached_property
    def own(self) -> tuple[Cell, ...]:
        """The distinct cells written in this row, not merged from above, from left to right."""
        return tuple(dict.fromkeys(cell for _, cell in sorted(self.cells.items()) if cell.row == self.number))


class Sheet(Struct, frozen=True):
    """One sheet, or one table of a page. ``title`` is the text above it if that is not in a row of the sheet."""

    name: str
    rows: tuple[Row, ...]
    title: str = ""
    troubles: tuple[Trouble, ...] = ()


def read_sheets(path: Path, name: str) -> tuple[Sheet, ...]:
    """The sheets of the file, called ``name`` in places.

    :raises Unreadable: the file is missing, hostile, too large, or not a table in a known format
    """
    return tuple(sheet_of(grid, name) for grid in read_grids(path, name))


def read_grids(path: Path, name: str) -> tuple[Grid, ...]:
    """The same sheets as grids, without filled merged areas. Raises like :func:`read_sheets`."""
    place = Place(name)
    return _grids(content(path, place), path.suffix.lower(), place)


def _grids(data: bytes, suffix: str, place: Place) -> tuple[Grid, ...]:
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        return _zipped(Archive(io.BytesIO(data), place), suffix, place)
    if data[:8] == SIGNATURE:
        from gkdir.read.xls import grids as old_grids

        return old_grids(data, suffix, place)
    if (
        data[:5] == b"%PDF-"
        or data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"Rar!", b"7z\xbc\xaf")
        or data[:5] == b"{\\rtf"
    ):
        raise Unreadable(place, "这不是电子表格（是 PDF、图片、压缩包或文稿），读不了。", _SAVE_AS)
    from gkdir.read.plaintext import grids

    return grids(data, suffix, place)


def _zipped(archive: Archive, suffix: str, place: Place) -> tuple[Grid, ...]:
    if "content.xml" in archive and "xl/workbook.xml" not in archive:
        from gkdir.read.ods import grids as ods_grids

        return ods_grids(archive)
    if "word/document.xml" in archive:
        from gkdir.read.docx import grids as word_grids

        return word_grids(archive)
    if "xl/workbook.bin" in archive:
        raise Unreadable(place, "这是二进制工作簿（.xlsb），读不了。", _SAVE_AS)
    from gkdir.read.xlsx import grids

    if "_rels/.rels" not in archive and "xl/workbook.xml" not in archive:
        raise Unreadable(
            place, f"这是压缩包，不是电子表格（{suffix or '没有扩展名'}），读不了。", "请先解压，再读其中的表格文件。"
        )
    return grids(archive)


def sheet_of(grid: Grid, name: str) -> Sheet:
    """The grid as rows of cells, with merged areas filled within the range that has texts.

    :raises Unreadable: the merged areas are too large, or the rows too long
    """
    shown: dict[int, dict[int, Cell]] = defaultdict(dict)
    for (row, column), text in grid.cells.items():
        shown[row][column] = Cell(text, row, column)
    _fill(grid, shown, Place(name, sheet=grid.name))
    for number, cells in shown.items():
        if len(cells) > MAX_WIDTH:
            message = f"第 {number} 行有 {len(cells)} 格文字，不像是一份目录。"
            raise Unreadable(Place(name, sheet=grid.name), message, "请删去右边多余的列，或者只留下目录所在的工作表。")
    struck: dict[int, set[int]] = defaultdict(set)
    for flaw in grid.flaws:
        if flaw.kind is TroubleKind.STRUCK and (flaw.row, flaw.column) not in grid.cells:
            struck[flaw.row].add(flaw.column)
    rows = tuple(
        Row(number, shown.get(number, {}), frozenset(struck.get(number, ()))) for number in sorted({*shown, *struck})
    )
    return Sheet(grid.name, rows, grid.title, tuple(_troubles(grid, rows, name)))


def _fill(grid: Grid, shown: dict[int, dict[int, Cell]], place: Place) -> None:
    """Put the cell of each merged area into its blank cells; texts hidden underneath are kept."""
    bottom = max(shown, default=0)
    right = max((max(cells) for cells in shown.values()), default=0)
    room = MAX_CELLS
    for span in grid.merges:
        cell = shown[span.top].get(span.left) if span.top in shown else None
        if cell is None:
            continue
        rows = range(span.top, min(span.bottom, bottom) + 1)
        columns = range(span.left, min(span.right, right) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            raise Unreadable(place, "合并单元格占的地方太大，不像是一份目录。", "请取消多余的合并单元格后再试。")
        for row in rows:
            shown[row] = dict.fromkeys(columns, cell) | shown[row]


def _troubles(grid: Grid, rows: tuple[Row, ...], name: str) -> Iterator[Trouble]:
    for flaw in _joined(grid):
        place = Place(name, sheet=grid.name, cell=f"{letters(flaw.column)}{flaw.row}" if flaw.row else None)
        yield Trouble(flaw.kind, place, flaw.message, flaw.hint)
    if not rows:
        return
    if grid.hidden:
        yield _noted(Place(name, sheet=grid.name), f"工作表“{grid.name}”是隐藏的")
    hidden = [row.number for row in rows if row.number in grid.hidden_rows and row.own]
    if hidden:
        yield _noted(Place(name, sheet=grid.name, cell=f"A{hidden[0]}"), f"第 {_ranges(hidden)} 行是隐藏的")
    used = {cell.column for row in rows for cell in row.own}
    columns = sorted(used & grid.hidden_columns)
    if columns:
        letters_ = "、".join(letters(column) for column in columns)
        yield _noted(Place(name, sheet=grid.name, cell=f"{letters(columns[0])}1"), f"{letters_} 列是隐藏的")


def _joined(grid: Grid) -> Iterator[Flaw]:
    """The flaws of the grid, with one flaw for a row whose cells are all struck out."""
    struck: dict[int, list[Flaw]] = defaultdict(list)
    for flaw in grid.flaws:
        if flaw.kind is TroubleKind.STRUCK and flaw.quote:
            struck[flaw.row].append(flaw)
    remaining = {row for row, _ in grid.cells} if struck else set()
    for flaw in grid.flaws:
        together = (
            struck[flaw.row] if flaw.kind is TroubleKind.STRUCK and flaw.quote and flaw.row not in remaining else []
        )
        if len(together) < 2:
            yield flaw
        elif flaw is together[0]:
            quote = "；".join(line(each.quote)[:20] for each in together[:5])
            message = f"第 {flaw.row} 行整行划掉了，没有读（这一行写着“{quote}”）。"
            yield replace(flaw, message=message, quote=quote)


def _noted(place: Place, what: str) -> Trouble:
    return Trouble(
        TroubleKind.HIDDEN,
        place,
        what + "，已照样读取。",
        "请核对这些内容是否应当公开；不该有的请删除，应当有的请取消隐藏。",
    )


def _ranges(numbers: list[int]) -> str:
    """[3, 4, 5, 9] → 3—5、9"""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return "、".join(str(a) if a == b else f"{a}—{b}" for a, b in parts)
