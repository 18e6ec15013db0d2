"""An XML spreadsheet of Excel 2003 → grids: texts, places, merged areas, what is hidden, struck or noted."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place, Unreadable
from gkdir.read.archive import Elements, Handlers, feed, without_declaration
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.cellvalues import CellValues
from gkdir.read.grid import Grid, Span
from gkdir.read.numberformat import format_of
from gkdir.read.richtext import Run, is_flat, is_tiny, is_white, raised, switched_on
from gkdir.read.styles import PLAIN, Style

MAX_SHEETS = 200
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_NAMED = {
    "General Number": "0", "Fixed": "2", "Standard": "4", "Percent": "10", "Scientific": "11",
    "General Date": "22", "Short Date": "14", "Long Date": "14", "Medium Date": "15", "Short Time": "20",
    "Medium Time": "18", "Long Time": "21",
}  # fmt: skip
"""Name of a format → the number of the built-in format."""
_RAISED = ("Sup", "Sub")
_LOOKS = ("B", "U", "Font")
_OWN = "165"
"""A format number for codes that are written out in the file."""


class _StyleReading(Struct):
    """A style while it is read."""

    format: str = ""
    struck: bool = False
    white: bool = False
    tiny: bool = False
    filled: bool = False


def grids(text: str, place: Place) -> tuple[Grid, ...]:
    """The sheets in their order. :raises Unreadable: broken, or too large"""
    reading = _Reading(place)
    feed(iter((without_declaration(text),)), Elements(place), Handlers(reading.start, reading.end, reading.text))
    if not reading.grids:
        raise Unreadable(place, "这个文件里没有工作表。", "请用 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”后再试。")
    return tuple(reading.grids)


class _Reading:
    """The state of reading: the open sheet and cell."""

    def __init__(self, place: Place) -> None:
        self.grids: list[Grid] = []
        self._place, self._limits = place, SizeLimits()
        self._styles: dict[str, Style] = {}
        self._given: dict[str, _StyleReading] = {}
        self._style: _StyleReading | None = None
        self._builder: GridBuilder | None = None
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._kind = ""
        self._collecting = ""  # Data or Comment
        self._struck = self._raised = 0  # nesting depth in struck-out and in raised text
        self._white: list[bool] = []  # of the open fonts in a text
        self._looks: list[str] = []
        self._runs: list[Run] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if self._collecting:
            self._struck += tag in ("S", "Del")
            self._raised += tag in _RAISED
            if tag == "Font":
                self._white.append(is_white(values.get("Color", "")) or is_tiny(values.get("Size", "")))
            if tag in _LOOKS:
                colour = values.get("Color", "#000000")
                self._looks.append(tag if tag != "Font" else "" if colour == "#000000" else colour)
        elif tag == "Worksheet":
            if len(self.grids) >= MAX_SHEETS:
                raise Unreadable(self._place, "工作表太多了。", "请只留下目录所在的工作表。")
            self._builder = GridBuilder(values.get("Name", ""), self._place, self._limits)
            self._row = self._column = 0
        elif self._builder is None:
            self._start_style(tag, values)
        else:
            self._start_in_sheet(tag, values, self._builder)

    def _start_style(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Style":
            above = self._given.get(attributes.get("Parent", ""), _StyleReading())
            self._style = self._given.setdefault(attributes.get("ID", ""), replace(above))
        elif tag == "NumberFormat" and self._style is not None:
            self._style.format = attributes.get("Format", "")
        elif tag == "Font" and self._style is not None:
            if "StrikeThrough" in attributes:
                self._style.struck = switched_on(attributes, "StrikeThrough")
            if "Color" in attributes:
                self._style.white = is_white(attributes["Color"])
            if "Size" in attributes:
                self._style.tiny = is_tiny(attributes["Size"])
        elif tag == "Interior" and self._style is not None and attributes.get("Pattern", "None") != "None":
            self._style.filled = not is_white(attributes.get("Color", ""))

    def _start_in_sheet(self, tag: str, attributes: dict[str, str], builder: GridBuilder) -> None:
        if tag == "Row":
            self._row = min(_number(attributes, "Index", self._row + 1), MAX_ROWS)
            last = min(self._row + _number(attributes, "Span", 0), MAX_ROWS)
            if attributes.get("Hidden") == "1" or is_flat(attributes.get("Height", "1")):
                builder.hide_rows(self._row, last)
            self._column = 0
        elif tag == "Column":
            self._column = min(_number(attributes, "Index", self._column + 1), MAX_COLUMNS)
            last = min(self._column + _number(attributes, "Span", 0), MAX_COLUMNS)
            if attributes.get("Hidden") == "1" or is_flat(attributes.get("Width", "1")):
                builder.hide_columns(self._column, last)
            self._column = last
        elif tag == "Cell":
            self._open_cell(attributes, builder)
        elif tag == "Data":
            self._collecting, self._kind = tag, attributes.get("Type", "String")
        elif tag == "Comment":
            self._collecting = tag
        elif tag == "Visible" or tag == "Hidden":
            self._kind = tag

    def _open_cell(self, attributes: dict[str, str], builder: GridBuilder) -> None:
        self._cell = attributes
        self._column = min(_number(attributes, "Index", self._column + 1), MAX_COLUMNS)
        builder.linked(self._row, self._column, attributes.get("HRef", ""))
        builder.linked_by(self._row, self._column, attributes.get("Formula", ""))
        right, down = _number(attributes, "MergeAcross", 0), _number(attributes, "MergeDown", 0)
        if right or down:
            builder.merge(Span(self._row, self._column, self._row + down, self._column + right))

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._collecting:
            text = raised(data) if self._raised else data
            self._runs.append(
                Run(text, True if self._struck else None, " ".join(filter(None, self._looks)), any(self._white))
            )
        elif self._kind == "Visible" and self._builder is not None and data.startswith("SheetHidden"):
            self._builder.hidden = True

    def end(self, tag: str) -> None:
        """A tag closes."""
        if self._collecting:
            self._struck -= tag in ("S", "Del")
            self._raised -= tag in _RAISED
            if tag == "Font" and self._white:
                self._white.pop()
            if tag in _LOOKS and self._looks:
                self._looks.pop()
            if tag == self._collecting:
                self._close_text(tag)
        elif tag == "Cell":
            self._column = min(self._column + _number(self._cell, "MergeAcross", 0), MAX_COLUMNS)
        elif tag == "Style":
            self._style = None
        elif tag == "Visible":
            self._kind = ""
        elif tag == "Worksheet" and self._builder is not None:
            self.grids.append(self._builder.build())
            self._builder = None

    def _close_text(self, tag: str) -> None:
        runs, self._runs, self._collecting, self._struck = tuple(self._runs), [], "", 0
        self._looks.clear()
        if self._builder is None:
            return
        if tag == "Comment":
            self._builder.text_in_object(self._row, self._column, "批注", "".join(run.text for run in runs))
            return
        style = self._style_of(self._cell.get("StyleID", "Default"))
        self._value(CellValues(self._builder), runs, style)

    def _value(self, values: CellValues, runs: tuple[Run, ...], style: Style) -> None:
        text = "".join(run.text for run in runs)
        number = _figure(text) if self._kind == "Number" else None
        if number is not None:
            values.number(self._row, self._column, number, style)
        elif self._kind == "Error":
            values.error(self._row, self._column, text)
        elif self._kind == "Boolean":
            values.text(self._row, self._column, "是" if text.strip() == "1" else "否", style)
        elif self._kind == "DateTime":
            day, _, time = text.partition("T")
            shown = day if time.startswith("00:00:00") else f"{day} {time[:5]}"
            values.text(self._row, self._column, shown.removeprefix("1899-12-31 "), replace(style, format=None))
        elif any(run.struck or run.unseen or run.look for run in runs):
            values.text(self._row, self._column, runs, style)
        else:
            values.text(self._row, self._column, text, style)

    def _style_of(self, name: str) -> Style:
        if name not in self._styles:
            given = self._given.get(name)
            if given is None:
                return PLAIN
            number = _NAMED.get(given.format, _OWN if given.format not in ("", "General") else "0")
            self._styles[name] = Style(
                format_of(number, {_OWN: given.format}),
                given.struck,
                unseen=given.tiny or (given.white and not given.filled),
                filled=given.filled,
            )
        return self._styles[name]


def _number(attributes: dict[str, str], name: str, default: int) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else default


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
