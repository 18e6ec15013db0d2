"""The styles of a workbook → what of each cell style changes what a cell says: its number format, struck text."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Unreadable
from gkdir.read.archive import Archive
from gkdir.read.formatcode import FormatCode
from gkdir.read.numberformat import format_of
from gkdir.read.richtext import switched_on
from gkdir.read.symbols import is_symbols

MAX_FORMATS = 5_000


class Style(Struct, frozen=True):
    """One cell style; without a format numbers and texts show as they are."""

    format: FormatCode | None = None
    struck: bool = False
    symbols: str = ""
    """The font, where its letters are no letters."""
    white: bool = False
    """White on white."""


PLAIN = Style()


class Styles:
    """Reads the part of the styles; ``styles`` has them by number, ``striking`` the formats that conditions switch on
    and that strike text out."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.styles: list[Style] = []
        self.striking: set[str] = set()
        self._conditional = -1
        self._codes: dict[str, str] = {}
        self._struck: list[bool] = []
        self._white: set[int] = set()
        self._blank: set[int] = set()
        self._fills = -1
        self._symbols: dict[int, str] = {}
        self._made: dict[tuple[str, bool, str, bool], Style] = {}
        self._within = ""
        self._place = archive.place
        if part is not None and part in archive:
            archive.parse(part, self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt" and self._within != "dxfs":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            if len(self._codes) > MAX_FORMATS:
                raise Unreadable(self._place, "数字格式太多，不像是一份目录。", "请把目录复制到新的工作簿后再试。")
        elif tag in ("fonts", "fills", "cellXfs", "dxfs"):
            self._within = tag
        elif self._within == "fonts":
            self._start_font(tag, attributes)
        elif self._within == "fills":
            self._start_fill(tag, attributes)
        elif self._within == "dxfs":
            self._start_conditional(tag, attributes)
        elif tag == "xf" and self._within == "cellXfs":
            index = _index(attributes, "fontId")
            struck = 0 <= index < len(self._struck) and self._struck[index]
            white = index in self._white and _index(attributes, "fillId") in self._blank
            key = attributes.get("numFmtId", "0"), struck, self._symbols.get(index, ""), white
            self.styles.append(self._style(key))

    def _start_font(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "font":
            self._struck.append(False)
        elif not self._struck:
            return
        elif tag == "name" and is_symbols(attributes.get("val", "")):
            self._symbols[len(self._struck) - 1] = attributes["val"]
        elif tag == "strike":
            self._struck[-1] = switched_on(attributes)
        elif tag == "color" and _is_white(attributes):
            self._white.add(len(self._struck) - 1)

    def _start_fill(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fill":
            self._fills += 1
        elif tag == "patternFill" and attributes.get("patternType", "none") == "none":
            self._blank.add(self._fills)

    def _start_conditional(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "dxf":
            self._conditional += 1
        elif tag == "strike" and switched_on(attributes):
            self.striking.add(str(self._conditional))

    def _style(self, key: tuple[str, bool, str, bool]) -> Style:
        if key not in self._made:
            number, struck, symbols, white = key
            self._made[key] = Style(format_of(number, self._codes), struck, symbols, white)
        return self._made[key]

    def _end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""


def _index(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _is_white(attributes: dict[str, str]) -> bool:
    return (
        attributes.get("rgb", "")[-6:].upper() == "FFFFFF"
        or attributes.get("indexed") in ("1", "9")
        or (attributes.get("theme") == "0" and attributes.get("tint", "0").strip("0.") == "")
    )
