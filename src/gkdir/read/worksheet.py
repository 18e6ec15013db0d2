"""The XML of one worksheet → a grid. Blank cells cost nothing, however many there are."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

from gkdir.finding import Place, Unreadable
from gkdir.read.grid import MAX_TEXT, Flaw, Grid, Span, letters, visible
from gkdir.read.guard import Archive

MAX_MERGES = 100_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_RECALCULATE = "请用 Excel 或 WPS 打开文件、重新计算并保存，或者把公式改成文字。"


class Worksheet:
    """A parser for one sheet. ``room`` is how many cells with text the workbook may still have."""

    def __init__(
        self, place: Place, texts: list[str], formats: list[int | None], epoch: date, room: int
    ) -> None:  # fmt: skip
        self._place, self._texts, self._formats, self._epoch, self._room = place, texts, formats, epoch, room
        self._cells: dict[tuple[int, int], str] = {}
        self._merges: list[Span] = []
        self._flaws: list[Flaw] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._formulas: set[tuple[int, int]] = set()
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._kind = self._style = ""
        self._formula = self._listening = self._phonetic = False
        self._pieces: list[str] = []

    def read(self, archive: Archive, name: str, part: str, hidden: bool) -> Grid:
        """The sheet as a grid. :raises Unreadable: broken, or beyond measure"""
        archive.parse(part, self._start, self._end, self._text)
        return Grid(
            name, self._cells, tuple(self._merges), "", tuple(self._flaws), hidden,
            frozenset(self._hidden_rows), frozenset(self._hidden_columns), frozenset(self._formulas),
        )  # fmt: skip

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell(attributes)
        elif tag == "v" or tag == "t":
            self._listening = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self._hidden_columns.update(range(first, min(last, 16_384) + 1))

    def _end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._listening = False
        elif tag == "c":
            if self._pieces or self._formula:
                self._close_cell()
        elif tag == "rPh":
            self._phonetic = False

    def _text(self, data: str) -> None:
        if self._listening:
            self._pieces.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes.get("r")) or self._row + 1
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self._hidden_rows.add(self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        name = attributes.get("r", "").rstrip("0123456789")
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = _column(name)
        self._column = column or self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._formula = False
        self._pieces.clear()

    def _close_cell(self) -> None:
        raw = "".join(self._pieces)
        if self._formula:
            self._formulas.add((self._row, self._column))
        if self._formula and not raw and self._kind != "str":
            where = f"{letters(self._column)}{self._row}"
            self._flaw(f"单元格 {where} 是公式，文件里没有存下它的计算结果，读不到内容。", _RECALCULATE)
            return
        if self._kind == "e":
            self._flaw(f"单元格 {letters(self._column)}{self._row} 的公式出错（{raw[:20]}）。", _RECALCULATE)
        text = visible(self._value(raw))
        if len(text) > MAX_TEXT:
            where = f"{letters(self._column)}{self._row}"
            raise Unreadable(
                self._place, f"单元格 {where} 有 {len(text)} 个字，超过了电子表格的上限。", "请把内容改短。"
            )
        if text:
            self._cells[self._row, self._column] = text
            if len(self._cells) > self._room:
                raise Unreadable(self._place, "有内容的单元格太多，不像是一份目录。", "请只留下目录所在的工作表。")

    def _flaw(self, message: str, hint: str) -> None:
        self._flaws.append(Flaw(self._row, self._column, message, hint))

    def _value(self, raw: str) -> str:
        if self._kind == "s":
            index = _number(raw, -1)
            raw = self._texts[index] if 0 <= index < len(self._texts) else ""
        elif self._kind == "b":
            return "是" if raw.strip() in ("1", "true") else "否"
        elif self._kind == "n":
            return self._figure(raw)
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw) if "_x" in raw else raw

    def _figure(self, raw: str) -> str:
        try:
            value = float(raw)
        except ValueError:
            return raw
        style = _number(self._style)
        shown = self._formats[style] if style < len(self._formats) else None
        if shown == -1 and 1 <= value < 2_958_466:
            return (self._epoch + timedelta(days=int(value))).isoformat()
        if shown is not None and shown > 0:
            return f"{value:.{min(shown, 15)}f}"
        return f"{value:.15g}" if math.isfinite(value) and abs(value) < 1e15 else raw.strip()

    def _merge(self, reference: str) -> None:
        first, _, last = reference.upper().partition(":")
        a, b = _REFERENCE.match(first), _REFERENCE.match(last or first)
        if a is None or b is None:
            return
        if len(self._merges) >= MAX_MERGES:
            raise Unreadable(self._place, "合并单元格太多，不像是一份目录。", "请取消多余的合并单元格后再试。")
        rows, columns = sorted((int(a[2]), int(b[2]))), sorted((_column(a[1]), _column(b[1])))
        self._merges.append(Span(rows[0], columns[0], rows[1], columns[1]))


def _column(name: str) -> int:
    """A → 1, XFD → 16384; 0 for what is no column's name."""
    if not (0 < len(name) <= 3 and name.isascii() and name.isalpha()):
        return 0
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None, default: int = 0) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default
