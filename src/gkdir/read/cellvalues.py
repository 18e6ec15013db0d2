"""A cell's value and style → the text that the cell shows, and flaws."""

from __future__ import annotations

import math

from gkdir.read.building import GridBuilder
from gkdir.read.formatcode import FormatCode
from gkdir.read.grid import Flaw, letters
from gkdir.read.numberformat import general, shown_number, shown_text
from gkdir.read.richtext import Run, Text, marked, split_struck, unseen_text
from gkdir.read.styles import Style

_RECALCULATE = "请用 Excel 或 WPS 打开文件、重新计算并保存，或者把公式改成文字。"
_WRITE_OUT = "请核对；或者把这一格改成文字，写出它显示的样子。"


class CellValues:
    """Puts values into the ``builder`` as their styles show them. ``zeros`` says whether zeros are shown."""

    def __init__(self, builder: GridBuilder, date1904: bool = False) -> None:
        self.builder, self.zeros = builder, True
        self._date1904 = date1904

    def text(self, row: int, column: int, text: Text, style: Style) -> None:
        """A cell with a text."""
        if style.unseen:
            self.builder.faint(row, column, text if isinstance(text, str) else "".join(run.text for run in text))
        elif not style.filled:
            self.builder.faint(row, column, unseen_text(text))
        if style.format is not None and style.format.text is not None and text:
            text = self._formatted(row, column, text, style.format)
        if style.symbols and isinstance(text, str):
            text = marked(text, style.symbols)
        if isinstance(text, str) and not style.struck:
            self.builder.put(row, column, text)
            return
        if not isinstance(text, str):
            self.builder.charge(8 * len(text))
            self.builder.choices(row, column, text)
        kept, struck = split_struck(text, style.struck)
        self.builder.put(row, column, kept)
        self.builder.strike(row, column, struck)

    def number(self, row: int, column: int, value: float, style: Style) -> None:
        """A cell with a number."""
        if not math.isfinite(value) or (value == 0 and not self.zeros):
            return
        text = general(value) if style.format is None else self._shown_number(row, column, value, style.format)
        if style.unseen:
            self.builder.faint(row, column, text)
        if style.struck:
            self.builder.strike(row, column, text)
        else:
            self.builder.put(row, column, text)

    def error(self, row: int, column: int, name: str) -> None:
        """A cell whose formula failed."""
        message = f"单元格 {letters(column)}{row} 的公式出错（{name}）。"
        self.builder.flaw(Flaw(row, column, message, _RECALCULATE))
        self.builder.put(row, column, name)

    def uncalculated(self, row: int, column: int) -> None:
        """A cell with a formula that has no cached result."""
        message = f"单元格 {letters(column)}{row} 是公式，文件里没有存下它的计算结果，读不到内容。"
        self.builder.flaw(Flaw(row, column, message, _RECALCULATE))

    def _formatted(self, row: int, column: int, text: Text, code: FormatCode) -> Text:
        if isinstance(text, str):
            shown = shown_text(text, code)
            if not shown:
                self.builder.unseen(row, column, text)
            return shown
        before, _, after = shown_text("\0", code).partition("\0")
        return (Run(before), *text, Run(after))

    def _shown_number(self, row: int, column: int, value: float, code: FormatCode) -> str:
        self.builder.charge(20 * max(len(section.tokens) for section in code.numbers))
        shown = shown_number(value, code, self._date1904)
        if not shown.whole:
            self.builder.behind[row, column] = general(value)
        if not code.understood:
            message = f"单元格 {letters(column)}{row} 的数字格式没有读懂，读作“{shown.text}”。"
            self.builder.flaw(Flaw(row, column, message, _WRITE_OUT))
        if not shown.text and value:
            self.builder.unseen(row, column, general(value))
        return shown.text
