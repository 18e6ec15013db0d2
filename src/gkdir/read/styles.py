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
        self._symbols: dict[int, str] = {}
        self._made: dict[tuple[str, bool, str], Style] = {}
        self._within = ""
        self._place = archive.place
        if part is not None and part in archive:
            archive.parse(part, self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt" and self._within != "dxfs":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            if len(self._codes) > MAX_FORMATS:
                raise Unreadable(self._place, "数字格式太多，不像是一份目录。", "请把目录复制到新的工作簿后再试。")
        elif tag in ("fonts", "cellXfs", "dxfs"):
            self._within = tag
        elif tag == "font" and self._within == "fonts":
            self._struck.append(False)
        elif tag == "name" and self._within == "fonts" and self._struck and is_symbols(attributes.get("val", "")):
            self._symbols[len(self._struck) - 1] = attributes["val"]
        elif tag == "strike" and self._within == "fonts" and self._struck:
            self._struck[-1] = switched_on(attributes)
        elif self._within == "dxfs":
            self._start_conditional(tag, attributes)
        elif tag == "xf" and self._within == "cellXfs":
            font = attributes.get("fontId", "")
            index = int(font) if font.isascii() and font.isdecimal() and len(font) < 10 else -1
            struck = 0 <= index < len(self._struck) and self._struck[index]
            symbols = self._symbols.get(index, "")
            self.styles.append(self._style(attributes.get("numFmtId", "0"), struck, symbols))

    def _start_conditional(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "dxf":
            self._conditional += 1
        elif tag == "strike" and switched_on(attributes):
            self.striking.add(str(self._conditional))

    def _style(self, number: str, struck: bool, symbols: str) -> Style:
        key = number, struck, symbols
        if key not in self._made:
            self._made[key] = Style(format_of(number, self._codes), struck, symbols)
        return self._made[key]

    def _end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""
