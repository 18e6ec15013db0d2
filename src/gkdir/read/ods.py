"""An OpenDocument spreadsheet (ods) → grids, as its cells show: texts, spans, hidden rows."""

from __future__ import annotations

from gkdir.finding import Place, Unreadable
from gkdir.read.grid import MAX_CELLS, MAX_TEXT, Flaw, Grid, Span, letters, visible
from gkdir.read.guard import Archive, Start

MAX_ROWS = 1_048_576
_BREAKS = {"line-break": "\n", "tab": "\t"}


def grids(archive: Archive) -> tuple[Grid, ...]:
    """The sheets in their order. :raises Unreadable: encrypted, broken, or beyond measure"""
    if "META-INF/manifest.xml" in archive:
        archive.parse("META-INF/manifest.xml", _refuse_encrypted(archive.place))
    content = _Content(archive.place)
    archive.parse("content.xml", content.start, content.end, content.text)
    if not content.grids:
        raise Unreadable(archive.place, "这个文件里没有工作表。", "请确认它是电子表格（.ods），或另存为 .xlsx 后再试。")
    return tuple(content.grids)


def _refuse_encrypted(place: Place) -> Start:
    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "encryption-data":
            raise Unreadable(place, "文件加了密码，读不了。", "请取消密码保护，另存后再试。")

    return start


class _Content:
    """The state of reading ``content.xml``: the sheet, row and cell that are open."""

    def __init__(self, place: Place) -> None:
        self.grids: list[Grid] = []
        self._place = place
        self._room = MAX_CELLS
        self._aside = 0  # depth inside a comment, which is no text of the cell
        self._listening = 0  # depth inside a paragraph
        self._open_sheet("")

    def _open_sheet(self, name: str) -> None:
        self._name = name
        self._cells: dict[tuple[int, int], str] = {}
        self._merges: list[Span] = []
        self._flaws: list[Flaw] = []
        self._hidden: set[int] = set()
        self._row = self._repeat_row = 0
        self._line: list[tuple[int, int, str, int, int]] = []  # column, times, text, rows and columns spanned
        self._column = 1
        self._attributes: dict[str, str] = {}
        self._paragraphs: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if tag == "annotation" or self._aside:
            self._aside += 1
        elif tag == "p":
            self._paragraphs.append("")
            self._listening += 1
        elif tag == "s" and self._listening:
            self._paragraphs[-1] += " " * min(_number(attributes, "text:c", 1), 100)
        elif tag in _BREAKS and self._listening:
            self._paragraphs[-1] += _BREAKS[tag]
        elif tag == "table":
            self._open_sheet(attributes.get("table:name", ""))
        elif tag == "table-row":
            self._row += 1
            self._repeat_row = _number(attributes, "table:number-rows-repeated", 1)
            self._line, self._column = [], 1
            if attributes.get("table:visibility", "visible") != "visible":
                self._hidden.update(range(self._row, min(self._row + self._repeat_row, self._row + 10_000)))
        elif tag in ("table-cell", "covered-table-cell"):
            self._attributes, self._paragraphs = attributes, []

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._listening and not self._aside:
            self._paragraphs[-1] += data

    def end(self, tag: str) -> None:
        """A tag closes."""
        if self._aside:
            self._aside -= 1
        elif tag == "p":
            self._listening -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            self._close_cell(tag == "covered-table-cell")
        elif tag == "table-row":
            self._close_row()
        elif tag == "table" and self._name:
            self.grids.append(
                Grid(
                    self._name, self._cells, tuple(self._merges), "", tuple(self._flaws), False, frozenset(self._hidden)
                )
            )

    def _close_cell(self, covered: bool) -> None:
        times = _number(self._attributes, "table:number-columns-repeated", 1)
        text = "" if covered else visible("\n".join(self._paragraphs))
        if len(text) > MAX_TEXT:
            raise Unreadable(self._place, f"有单元格超过 {MAX_TEXT} 个字，不像是一份目录。", "请把内容改短。")
        if text:
            rows = _number(self._attributes, "table:number-rows-spanned", 1)
            columns = _number(self._attributes, "table:number-columns-spanned", 1)
            self._line.append((self._column, times, text, rows, columns))
        elif "table:formula" in self._attributes and not covered:
            where = f"{letters(self._column)}{self._row}"
            self._flaws.append(
                Flaw(
                    self._row,
                    self._column,
                    f"单元格 {where} 是公式，文件里没有存下它的计算结果，读不到内容。",
                    "请重新计算并保存。",
                )
            )
        self._column = min(self._column + times, 20_000)

    def _close_row(self) -> None:
        room = self._repeat_row * sum(times for _, times, *_ in self._line)
        self._room -= room
        if self._room < 0:
            raise Unreadable(self._place, "有内容的单元格太多，不像是一份目录。", "请只留下目录所在的工作表。")
        if self._line:
            for row in range(self._row, self._row + self._repeat_row):
                for first, times, text, rows, columns in self._line:
                    for column in range(first, first + times):
                        self._cells[row, column] = text
                        if rows > 1 or columns > 1:
                            self._merges.append(Span(row, column, row + rows - 1, column + columns - 1))
        self._row = min(self._row + self._repeat_row - 1, MAX_ROWS)


def _number(attributes: dict[str, str], name: str, default: int) -> int:
    text = attributes.get(name, "")
    return min(max(int(text), 1), MAX_ROWS) if text.isascii() and text.isdecimal() and len(text) < 10 else default
