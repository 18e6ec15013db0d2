"""An OpenDocument spreadsheet (ods, fods) → grids: the texts shown, merged areas, hidden and struck-out text, notes."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.finding import Place, Unreadable
from gkdir.read.archive import Archive, Elements, Handlers, Start, feed, without_declaration
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.cellvalues import CellValues
from gkdir.read.controls import Control, named, write_boxes
from gkdir.read.grid import Grid, Span, visible
from gkdir.read.odsstyles import OdsSpan, OdsStyles
from gkdir.read.richtext import Run, Text, marked, raised
from gkdir.read.styles import Style

_BREAKS = {"line-break": "\n", "tab": "\t"}
_DRAWN = frozenset(
    (
        "custom-shape",
        "frame",
        "rect",
        "ellipse",
        "circle",
        "polygon",
        "polyline",
        "path",
        "line",
        "connector",
        "caption",
    )
)
_CELLS = ("table-cell", "covered-table-cell")


def grids(archive: Archive, limits: SizeLimits | None = None) -> tuple[Grid, ...]:
    """The sheets in their order. :raises Unreadable: encrypted, broken, or too large"""
    if "META-INF/manifest.xml" in archive:
        archive.parse("META-INF/manifest.xml", _refuse_encrypted(archive.place))
    styles = OdsStyles(archive.place)
    if "styles.xml" in archive:
        archive.parse("styles.xml", styles.start, styles.end, styles.text)
    content = _Content(archive.place, styles, limits or SizeLimits())
    archive.parse("content.xml", content.start, content.end, content.text)
    return content.found()


def flat_grids(text: str, place: Place) -> tuple[Grid, ...]:
    """The sheets of a spreadsheet in one XML file (fods). Raises like :func:`grids`."""
    content = _Content(place, OdsStyles(place), SizeLimits())
    feed(iter((without_declaration(text),)), Elements(place), Handlers(content.start, content.end, content.text))
    return content.found()


def _refuse_encrypted(place: Place) -> Start:
    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "encryption-data":
            raise Unreadable(place, "文件加了密码，读不了。", "请取消密码保护，另存后再试。")

    return start


class _Content:
    """The state of reading ``content.xml``: the open sheet and cell, and what the current text belongs to."""

    def __init__(self, place: Place, styles: OdsStyles, limits: SizeLimits) -> None:
        self.grids: list[Grid] = []
        self._place, self._styles, self._limits = place, styles, limits
        self._sheet: OdsSheet | None = None
        self._body = False
        self._cell: OdsCell | None = None
        self._note: list[str] | None = None
        self._noted = self._within_note = 0  # nesting depth in a comment, and in its paragraphs
        self._drawn = 0  # nesting depth in a drawing
        self._drawing: list[str] = []
        self._spans: list[OdsSpan] = []
        self._ruby = 0  # nesting depth in ruby text
        self._listening = 0  # nesting depth of paragraphs
        self._picture = 0  # nesting depth in the bytes of a picture

    def found(self) -> tuple[Grid, ...]:
        """The sheets. :raises Unreadable: there are none"""
        if not self.grids:
            hint = "请确认它是电子表格（.ods、.fods），或另存为 .xlsx 后再试。"
            raise Unreadable(self._place, "这个文件里没有工作表。", hint)
        return tuple(self.grids)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self._picture += tag == "binary-data"
        if not self._body:
            self._body = tag == "spreadsheet"
            self._styles.start(tag, attributes)
        elif tag == "annotation" or self._noted:
            self._noted += 1
            self._note = self._note if self._noted > 1 else []
            self._within_note += tag == "p"
            self._paragraph(tag)
        elif tag in _DRAWN or self._drawn:
            self._drawn += 1
            self._paragraph(tag)
            if tag == "image" and self._sheet is not None:
                self._sheet.picture(self._cell)
        elif tag == "table":
            self._sheet = OdsSheet(attributes, self._styles, self._place, self._limits)
        elif self._sheet is not None:
            self._start_in_sheet(tag, attributes, self._sheet)

    def _start_in_sheet(self, tag: str, attributes: dict[str, str], sheet: OdsSheet) -> None:
        if tag == "p":
            self._listening += 1
            self._add("\n", paragraph=True)
        elif tag == "span":
            self._spans.append(self._styles.span(attributes.get("text:style-name", "")))
        elif tag == "ruby-text":
            self._ruby += 1
        elif tag == "s" and self._listening:
            count = attributes.get("text:c", "1")
            self._add(" " * min(int(count) if count.isascii() and count.isdecimal() and len(count) < 6 else 1, 100))
        elif tag in _BREAKS and self._listening:
            self._add(_BREAKS[tag])
        elif tag == "a" and self._cell is not None:
            sheet.linked(self._cell, attributes.get("xlink:href", ""))
        elif tag in _CELLS:
            self._cell = sheet.open_cell(attributes, covered=tag != "table-cell")
        else:
            sheet.start(tag, attributes, self._cell)

    def _paragraph(self, tag: str) -> None:
        """A paragraph, or a break, in a comment or a drawing."""
        if tag in ("p", "line-break"):
            (self._note if self._noted and self._note is not None else self._drawing).append("\n")

    def text(self, data: str) -> None:
        """Text between tags."""
        if not self._body:
            self._styles.text(data)
        elif self._noted and self._note is not None:
            if self._within_note:  # without the comment's author and date
                self._note.append(data)
        elif self._drawn:
            if not self._picture:
                self._drawing.append(data)
        elif self._listening:
            self._add(data)

    def _add(self, text: str, paragraph: bool = False) -> None:
        if self._cell is None or self._ruby:
            return
        if paragraph or not self._spans:
            self._cell.runs.append(Run(text))
        elif any(span.hidden for span in self._spans):
            if self._sheet is not None:
                self._sheet.unshown(self._cell, text)
        else:
            struck = next((span.struck for span in reversed(self._spans) if span.struck is not None), None)
            symbols = next((span.symbols for span in reversed(self._spans) if span.symbols), "")
            text = raised(text) if any(span.raised for span in self._spans) else marked(text, symbols)
            look = " ".join(dict.fromkeys(span.look for span in self._spans if span.look))
            self._cell.runs.append(Run(text, struck, look, any(span.unseen for span in self._spans)))

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._picture -= tag == "binary-data"
        if not self._body:
            self._styles.end(tag)
        elif self._noted:
            self._noted -= 1
            self._within_note -= tag == "p"
            if not self._noted and self._sheet is not None and self._note is not None:
                self._sheet.noted(self._cell, "批注", "".join(self._note))
        elif self._drawn:
            self._drawn -= 1
            if not self._drawn and self._sheet is not None:
                self._sheet.noted(self._cell, "文本框", "".join(self._drawing))
                self._drawing = []
        elif tag == "p":
            self._listening -= 1
        elif tag == "span" and self._spans:
            self._spans.pop()
        elif tag == "ruby-text":
            self._ruby -= 1
        elif self._sheet is not None:
            self._end_in_sheet(tag, self._sheet)

    def _end_in_sheet(self, tag: str, sheet: OdsSheet) -> None:
        if tag in _CELLS and self._cell is not None:
            sheet.close_cell(self._cell)
            self._cell = None
        elif tag == "table-row":
            sheet.close_row()
        elif tag == "table":
            grid = sheet.build()
            if grid.name:
                self.grids.append(grid)
            self._sheet = None


MAX_ROWS = 1_048_576
MAX_COLUMNS = 20_000
_TIME = re.compile(r"(-?)P(?:(\d{1,6})D)?T?(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(cm|mm|in|pt|pc|px)?")
_UNITS = {"cm": 1000, "mm": 100, "in": 2540, "pt": 35, "pc": 423, "px": 26}
_BOXES = ("checkbox", "radio")
_LISTS = ("listbox", "combobox")
_STATES = {"checked": True, "unchecked": False, "true": True, "false": False}


class OdsCell(Struct):
    """A cell while it is read; it is repeated ``times`` times."""

    row: int
    column: int
    times: int
    attributes: dict[str, str]
    covered: bool
    runs: list[Run] = field(default_factory=list)


class OdsSheet:
    """One sheet. All methods raise Unreadable if it is larger than a directory can be."""

    def __init__(self, attributes: dict[str, str], styles: OdsStyles, place: Place, limits: SizeLimits) -> None:
        self._styles, self._place, self._limits = styles, place, limits
        self._builder = GridBuilder(attributes.get("table:name", ""), place, limits)
        self._builder.hidden = not styles.displayed("table", attributes.get("table:style-name", ""))
        self._values = CellValues(self._builder)
        self._row = 0
        self._times = 1
        self._column = 1
        self._line: list[OdsCell] = []
        self._columns: list[tuple[int, str]] = []  # (last column of a group, default style of its cells)
        self._row_style = ""
        self._forms: dict[str, tuple[str, bool | None]] = {}
        self._controls: list[Control] = []

    def start(self, tag: str, attributes: dict[str, str], cell: OdsCell | None) -> None:
        """An opening tag that is neither a cell nor part of its text."""
        if tag == "table-row":
            self._row += 1
            self._times = _number(attributes, "table:number-rows-repeated", 1)
            self._line, self._column = [], 1
            self._row_style = attributes.get("table:default-cell-style-name", "")
            if self._is_hidden(tag, attributes):
                self._builder.hide_rows(self._row, self._row + min(self._times, 10_000) - 1)
        elif tag == "table-column":
            first = self._columns[-1][0] + 1 if self._columns else 1
            last = min(first + _number(attributes, "table:number-columns-repeated", 1) - 1, MAX_COLUMNS)
            self._columns.append((last, attributes.get("table:default-cell-style-name", "")))
            if self._is_hidden(tag, attributes):
                self._builder.hide_columns(first, last)
        elif tag in _LISTS:
            self.noted(None, "列表控件", "选了什么，文件里没有写成文字")
        elif tag in _BOXES:
            state = attributes.get("form:current-state") or attributes.get("form:state") or (
                attributes.get("form:current-selected") or attributes.get("form:selected") or "unchecked"
            )  # fmt: skip
            for key in ("xml:id", "form:id"):
                self._forms[attributes.get(key, "")] = attributes.get("form:label", ""), _STATES.get(state)
        elif tag == "control" and cell is not None and attributes.get("draw:control") in self._forms:
            label, checked = self._forms[attributes["draw:control"]]
            offset = _length(attributes.get("svg:y", "")), _length(attributes.get("svg:x", ""))
            self._controls.append(Control(cell.row, cell.column, offset, named(label), checked))

    def open_cell(self, attributes: dict[str, str], covered: bool) -> OdsCell:
        """A cell begins."""
        times = _number(attributes, "table:number-columns-repeated", 1)
        return OdsCell(self._row, self._column, times, attributes, covered)

    def close_cell(self, cell: OdsCell) -> None:
        """The cell ends; it is written with its row."""
        if not cell.covered and (
            cell.runs or "office:value-type" in cell.attributes or "table:formula" in cell.attributes
        ):
            self._line.append(cell)
            self._builder.linked_by(cell.row, cell.column, cell.attributes.get("table:formula", ""))
        self._column = min(self._column + cell.times, MAX_COLUMNS)

    def _is_hidden(self, tag: str, attributes: dict[str, str]) -> bool:
        hidden = attributes.get("table:visibility", "visible") != "visible"
        return hidden or not self._styles.displayed(tag, attributes.get("table:style-name", ""))

    def noted(self, cell: OdsCell | None, what: str, text: str) -> None:
        """A comment, a text box or a list control at the cell, or somewhere on the sheet."""
        self._builder.text_in_object(cell.row if cell else 0, cell.column if cell else 0, what, text)

    def linked(self, cell: OdsCell, address: str) -> None:
        """A link in the cell to ``address``."""
        self._builder.linked(cell.row, cell.column, address)

    def unshown(self, cell: OdsCell, text: str) -> None:
        """A text in the cell that is not shown."""
        self._builder.unshown(cell.row, cell.column, text)

    def picture(self, cell: OdsCell | None) -> None:
        """A picture at the cell, or somewhere on the sheet."""
        self._builder.picture_at(cell.row if cell else 0, cell.column if cell else 0, "")

    def close_row(self) -> None:
        """Write the row as many times as it is repeated."""
        if self._times * sum(cell.times for cell in self._line) > self._limits.cells:
            raise Unreadable(self._place, "有内容的单元格太多，不像是一份目录。", "请只留下目录所在的工作表。")
        if self._line:
            for row in range(self._row, self._row + self._times):
                for cell in self._line:
                    for column in range(cell.column, cell.column + cell.times):
                        self._write(row, column, cell)
        self._row = min(self._row + self._times - 1, MAX_ROWS)

    def build(self) -> Grid:
        """The grid, at the end of the sheet."""
        write_boxes(self._controls, self._builder)
        return self._builder.build()

    def _write(self, row: int, column: int, cell: OdsCell) -> None:
        rows = _number(cell.attributes, "table:number-rows-spanned", 1)
        columns = _number(cell.attributes, "table:number-columns-spanned", 1)
        style = self._styles.cell(cell.attributes.get("table:style-name") or self._row_style or self._default(column))
        self._builder.charge(8 * len(cell.runs))
        text: Text = _lines(cell.runs)
        if text:  # the cell's text is what it shows
            self._values.text(row, column, text, replace(style, format=None))
        else:
            self._value(row, column, cell, style)
        if (row, column) in self._builder.cells and (rows > 1 or columns > 1):
            self._builder.merge(Span(row, column, row + rows - 1, column + columns - 1))

    def _default(self, column: int) -> str:
        index = bisect_left(self._columns, (column, ""))
        return self._columns[index][1] if index < len(self._columns) else ""

    def _value(self, row: int, column: int, cell: OdsCell, style: Style) -> None:
        """Put a value that has no text; an empty text means that the cell's format hides the value."""
        attributes = cell.attributes
        kind = attributes.get("office:value-type", "")
        value = attributes.get("office:value", "")
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if cell.runs and kind in ("float", "percentage", "currency"):
            if number:
                self._builder.unseen(row, column, value)
        elif value and kind == "percentage" and style.format is None:
            self._values.text(row, column, f"{number * 100:.15g}%", style)
        elif value and kind in ("float", "percentage", "currency"):
            self._values.number(row, column, number, style)
        elif text := _plain(attributes, kind):
            self._values.text(row, column, text, replace(style, format=None))
        elif "table:formula" in attributes and not cell.runs:
            self._values.uncalculated(row, column)


def _plain(attributes: dict[str, str], kind: str) -> str:
    """The text of a value that is not a number."""
    if kind == "date":
        return attributes.get("office:date-value", "").replace("T", " ").removesuffix(" 00:00:00")[:16]
    if kind == "boolean":
        return {"true": "是", "false": "否"}.get(attributes.get("office:boolean-value", ""), "")
    if kind == "time" and (match := _TIME.fullmatch(attributes.get("office:time-value", ""))):
        sign, days, hours, minutes, seconds = match.groups("0")
        whole = f"{int(days) * 24 + int(hours)}:{int(minutes):02d}" + (f":{int(seconds):02d}" if int(seconds) else "")
        return ("-" if sign == "-" else "") + whole
    return attributes.get("office:string-value", "")


def _lines(runs: list[Run]) -> Text:
    """The text of a cell, a paragraph a line; a plain string if no run has formatting of its own."""
    if all(run.struck is None and not run.look and not run.unseen for run in runs):
        return visible("".join(run.text for run in runs)).removeprefix("\n")
    return tuple(runs[1:] if runs[0].text == "\n" else runs)


def _length(text: str) -> int:
    """A length in approximate hundredths of a millimetre, for sorting."""
    match = _LENGTH.match(text)
    return int(float(match[1]) * _UNITS.get(match[2] or "cm", 1000)) if match else 0


def _number(attributes: dict[str, str], name: str, default: int) -> int:
    text = attributes.get(name, "")
    return min(max(int(text), 1), MAX_ROWS) if text.isascii() and text.isdecimal() and len(text) < 10 else default
