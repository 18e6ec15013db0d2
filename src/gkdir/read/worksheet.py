"""The XML of one worksheet → a grid. Blank cells take no memory."""

from __future__ import annotations

import math
import re

from msgspec import Struct
from msgspec.structs import replace

from gkdir.read.archive import Archive
from gkdir.read.building import GridBuilder
from gkdir.read.cellvalues import CellValues
from gkdir.read.controls import PlacedControls
from gkdir.read.grid import Span, column_number, position
from gkdir.read.printed import PrintedLines
from gkdir.read.richtext import RichText, Text
from gkdir.read.styles import PLAIN, Style

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T|\Z)")
_PICTURE = re.compile(r"\b(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)


class Workbook(Struct, frozen=True):
    """What the sheets of a workbook share."""

    texts: list[Text]
    styles: list[Style]
    date1904: bool = False
    striking: frozenset[str] = frozenset()
    hiding: frozenset[str] = frozenset()


class Worksheet:
    """A parser for one sheet, which it puts into the ``builder``."""

    def __init__(self, book: Workbook, builder: GridBuilder) -> None:
        self._book, self._builder = book, builder
        self._values = CellValues(builder, book.date1904)
        self.controls = PlacedControls()
        self._columns: dict[str, int] = {}
        self._styles: dict[str, Style] = {}
        self._row = self._column = 0
        self._kind = self._style = ""
        self._formula = self._in_formula = self._listening = self._rich_value = False
        self._pieces: list[str] = []
        self._formulas: list[str] = []
        self._rich = RichText()
        self._printed = PrintedLines(builder)
        self.links: list[tuple[str, str]] = []  # (cell, relation id of its hyperlink)
        self._conditional = ""
        self._inside: RichText | PlacedControls | PrintedLines | None = None  # collector for the open element
        self._inline: Text = ""

    def read(self, archive: Archive, part: str) -> None:
        """Read the part. :raises Unreadable: broken, or too large"""
        archive.parse(part, self._start, self._end, self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._inside is not None:
            self._inside.start(tag, attributes)
        elif tag == "c":
            self._cell(attributes)
        elif tag == "v":
            self._listening = True
        elif tag == "f":
            self._formula = self._in_formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "is":
            self._inside = self._rich
        else:
            self._start_rare(tag, attributes)

    def _start_rare(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "controls":
            self._inside = self.controls
        elif tag == "headerFooter":
            self._inside = self._printed
        elif tag == "conditionalFormatting":
            self._conditional = "".join(attributes.get("sqref", "").split(None, 1)[:1])
        elif tag == "cfRule":
            self._condition(attributes.get("dxfId", ""))
        elif tag == "hyperlink":
            id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.links.append((attributes.get("ref", ""), id_))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and _hidden(attributes, "width", 0.5):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self._builder.hide_columns(first, min(last, 16_384))
        elif tag == "sheetView" and attributes.get("showZeros") in ("0", "false"):
            self._values.zeros = False

    def _condition(self, number: str) -> None:
        if number in self._book.striking:
            self._builder.strike_maybe(self._conditional)
        if number in self._book.hiding:
            self._builder.unseen_maybe(self._conditional)

    def _end(self, tag: str) -> None:
        if tag == "v":
            self._listening = False
        elif tag == "f":
            self._in_formula = False
        elif tag == "is":
            self._inside, self._inline = None, self._rich.take()
        elif tag in ("controls", "headerFooter"):
            self._inside = None
        elif self._inside is not None:
            self._inside.end(tag)
        elif tag == "c" and (self._pieces or self._inline or self._formula):
            self._close_cell()

    def _text(self, data: str) -> None:
        if self._listening:
            self._pieces.append(data)
        elif self._inside is not None:
            self._inside.text(data)
        elif self._in_formula:
            self._formulas.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes.get("r")) or self._row + 1
        self._column = 0
        if _hidden(attributes, "ht", 2):
            self._builder.hide_rows(self._row, self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        name = attributes.get("r", "").rstrip("0123456789")
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = column_number(name)
        self._column = column or self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._rich_value = "vm" in attributes
        if self._formula:
            self._formula = False
            self._formulas.clear()
        self._pieces.clear()
        self._inline = ""

    def _close_cell(self) -> None:
        row, column, raw = self._row, self._column, "".join(self._pieces)
        if self._formula:
            self._builder.formulas.add((row, column))
            self._builder.linked_by(row, column, "".join(self._formulas))
        if (self._formulas and _PICTURE.search("".join(self._formulas))) or (self._rich_value and self._kind == "e"):
            self._builder.picture(row, column)
            return
        if self._formula and not raw and self._kind != "str":
            self._values.uncalculated(row, column)
        elif self._kind == "e":
            self._values.error(row, column, raw[:20])
        else:
            style = self._styles.get(self._style)
            if style is None:
                styles, number = self._book.styles, _number(self._style)
                style = self._styles[self._style] = styles[number] if number < len(styles) else PLAIN
            self._value(raw, style)

    def _value(self, raw: str, style: Style) -> None:
        text: Text = raw or self._inline
        if raw.isspace():
            return
        if self._kind == "n":
            try:
                value = float(raw)
            except ValueError:
                value = math.inf
            if math.isfinite(value) and (style.format or abs(value) < 1e15):
                self._values.number(self._row, self._column, value, style)
                return
        elif self._kind == "b":
            text = "是" if raw.strip() in ("1", "true") else "否"
        elif self._kind == "inlineStr":  # some programs also write a <v>, which Excel does not show
            text = unescaped(self._inline)
        elif self._kind == "s":
            index = _number(raw, -1)
            text = self._book.texts[index] if 0 <= index < len(self._book.texts) else ""
        elif self._kind == "d" and _ISO.match(raw):
            text = raw.removesuffix("Z").replace("T", " ").removesuffix(" 00:00:00")
        else:
            text = unescaped(text)
        self._values.text(self._row, self._column, text, style)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        if top and bottom:
            rows, columns = sorted((top, bottom)), sorted((left, right))
            self._builder.merge(Span(rows[0], columns[0], rows[1], columns[1]))


def _hidden(attributes: dict[str, str], size: str, least: float) -> bool:
    """Whether a row or column is hidden, or too small to be seen: under two points, or half a character."""
    if attributes.get("hidden") in ("1", "true"):
        return True
    try:
        return float(attributes.get(size, least)) < least
    except ValueError:
        return False


def unescaped(text: Text) -> Text:
    """The text with escapes such as _x000D_ decoded."""
    if isinstance(text, tuple):
        return tuple(replace(run, text=_unescaped_text(run.text)) for run in text)
    return _unescaped_text(text)


def _unescaped_text(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _number(text: str | None, default: int = 0) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default
