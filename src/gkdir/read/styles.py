"""The styles of a workbook → for each cell style what can change a cell's meaning: number format, strikethrough."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Unreadable
from gkdir.read.archive import Archive
from gkdir.read.formatcode import FormatCode
from gkdir.read.numberformat import format_of
from gkdir.read.richtext import colour_of, is_symbols, is_tiny, is_white_font, switched_on

MAX_FORMATS = 5_000


class Style(Struct, frozen=True):
    """One cell style; without a format, numbers and texts are shown unchanged."""

    format: FormatCode | None = None
    struck: bool = False
    symbols: str = ""
    """The font, if it is a symbol font."""
    unseen: bool = False
    """White on white, the same colour as its background, or too small to be read."""
    filled: bool = False
    """With a background on which white text can be seen."""


PLAIN = Style()


class Styles:
    """Reads the part with the styles. ``styles`` has them by number; ``striking`` and ``hiding`` are the conditional
    formats that strike text out or make it invisible.
    """

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.styles: list[Style] = []
        self.striking: set[str] = set()
        self.hiding: set[str] = set()
        self._conditional = -1
        self._in_font = False
        self._codes: dict[str, str] = {}
        self._struck: list[bool] = []
        self._white: set[int] = set()
        self._tiny: set[int] = set()
        self._colours: dict[int, str] = {}  # of fonts
        self._blank = {0}
        self._behind: dict[int, str] = {}  # the colours of fills
        self._fills = -1
        self._symbols: dict[int, str] = {}
        self._made: dict[tuple[str, bool, str, bool, bool], Style] = {}
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
            fill = max(_index(attributes, "fillId"), 0)
            key = attributes.get("numFmtId", "0"), struck, self._symbols.get(index, ""), self._unseen(index, fill)
            self.styles.append(self._style((*key, fill not in self._blank)))

    def _unseen(self, font: int, fill: int) -> bool:
        if fill in self._blank:
            return font in self._white or font in self._tiny
        return font in self._tiny or (font in self._colours and self._colours[font] == self._behind.get(fill))

    def _start_font(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "font":
            self._struck.append(False)
        elif not self._struck:
            return
        elif tag == "name" and is_symbols(attributes.get("val", "")):
            self._symbols[len(self._struck) - 1] = attributes["val"]
        elif tag == "strike":
            self._struck[-1] = switched_on(attributes)
        elif tag == "color":
            self._colours[len(self._struck) - 1] = _shade(attributes)
            if is_white_font(attributes):
                self._white.add(len(self._struck) - 1)
        elif tag == "sz" and is_tiny(attributes.get("val", "")):
            self._tiny.add(len(self._struck) - 1)

    def _start_fill(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fill":
            self._fills += 1
        elif tag == "patternFill" and attributes.get("patternType", "none") == "none":
            self._blank.add(self._fills)
        elif tag == "fgColor":
            self._behind[self._fills] = _shade(attributes)
            if is_white_font(attributes):
                self._blank.add(self._fills)

    def _start_conditional(self, tag: str, attributes: dict[str, str]) -> None:
        number = str(self._conditional)
        if tag == "dxf":
            self._conditional += 1
        elif tag in ("font", "fill"):
            self._in_font = tag == "font"
        elif tag == "strike" and switched_on(attributes):
            self.striking.add(number)
        elif (tag == "color" and self._in_font and is_white_font(attributes)) or (
            tag == "numFmt" and set(attributes.get("formatCode", "0")) <= set(";@")
        ):
            self.hiding.add(number)
        elif tag in ("bgColor", "fgColor") and not self._in_font and not is_white_font(attributes):
            self.hiding.discard(number)  # white text on a colour can be seen

    def _style(self, key: tuple[str, bool, str, bool, bool]) -> Style:
        if key not in self._made:
            number, struck, symbols, unseen, filled = key
            self._made[key] = Style(format_of(number, self._codes), struck, symbols, unseen, filled)
        return self._made[key]

    def _end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""


def _index(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _shade(attributes: dict[str, str]) -> str:
    return f"{colour_of(attributes)} {attributes.get('tint', '')}"
