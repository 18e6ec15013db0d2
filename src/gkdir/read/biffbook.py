"""The stream of an old workbook → what its sheets share (texts, styles, fonts), and where each sheet begins."""

from __future__ import annotations

import struct

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.read.biff import BOF, BiffFont, BiffRecord, BiffTexts, encoding_of, font_of, old_text, records
from gkdir.read.numberformat import format_of
from gkdir.read.richtext import Text, is_symbols, is_tiny
from gkdir.read.styles import MAX_FORMATS, PLAIN, Style

_FILEPASS, _CODEPAGE, _DATEMODE, _FONT, _FORMAT, _XF, _SHEET, _TEXTS = 0x2F, 0x42, 0x22, 0x31, 0x41E, 0xE0, 0x85, 0xFC
_WHITES = (1, 9)
"""The numbers of white in the palette. A cell whose fill is not known counts as filled."""
_BLACKS = (0, 8, 0x7FFF)
_BOLD = 600
_STRIKE = 8
_WORKSHEET = 0
_SOLID = 1


class SheetStart(Struct, frozen=True):
    """A sheet: its name, the offset of its records in the stream, and whether it is hidden."""

    name: str
    start: int
    hidden: bool


class Book(Struct):
    """What the sheets share. ``version`` is 8 from Excel 97 on and 5 before."""

    version: int
    texts: list[Text]
    styles: list[Style]
    fonts: tuple[BiffFont, ...]
    date1904: bool
    encoding: str
    sheets: list[SheetStart]

    def style(self, number: int) -> Style:
        """The cell style of that number."""
        return self.styles[number] if number < len(self.styles) else PLAIN


def read_book(stream: bytes, place: Place) -> Book:
    """The shared part of the workbook. :raises Unreadable: encrypted, too large, or not a workbook"""
    reading = _BookReading(place)
    for record in records(stream):
        reading.record(record)
    return reading.book()


class _BookReading:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._version = 0
        self._encoding = "gb18030"
        self._date1904 = False
        self._fonts: list[BiffFont] = []
        self._codes: dict[str, str] = {}
        self._cell_styles: list[tuple[int, int, bool]] = []
        self._starts: list[tuple[bytes, int, bool]] = []
        self._shared: BiffRecord | None = None

    def record(self, record: BiffRecord) -> None:
        data = record.data
        if record.id == BOF:
            self._version = 8 if struct.unpack_from("<H", data)[0] >= 0x600 else 5
        elif record.id == _FILEPASS:
            raise Unreadable(self._place, "文件加了密码，读不了。", "请打开文件取消密码保护，另存为 .xlsx 后再试。")
        elif record.id == _CODEPAGE:
            self._encoding = encoding_of(struct.unpack_from("<H", data)[0])
        elif record.id == _DATEMODE:
            self._date1904 = data[:1] == b"\1"
        elif record.id == _FONT:
            self._fonts.append(self._font(data))
        elif record.id == _FORMAT:
            self._format(record)
        elif record.id == _XF:
            font, number = struct.unpack_from("<HH", data)
            self._cell_styles.append((font, number, _is_filled(data)))
        elif record.id == _SHEET and data[5] == _WORKSHEET:
            self._starts.append((data[6:], struct.unpack_from("<I", data)[0], bool(data[4] & 3)))
        elif record.id == _TEXTS:
            self._shared = record

    def _font(self, data: bytes) -> BiffFont:
        height, flags, colour, weight, raised = struct.unpack_from("<HHHHH", data)
        look = ["b"] if weight >= _BOLD else []
        look += ["u"] if data[10:11] > b"\0" else []
        look += [] if colour in _BLACKS else [str(colour)]
        name = ""
        if self._version == 8 and len(data) > 15:
            text = BiffTexts((data[14:],)).text("B")
            name = text if isinstance(text, str) else ""
        elif len(data) > 15:
            name = old_text(data[14:], self._encoding, "B")
        unseen = colour in _WHITES or is_tiny(str(height / 20))
        symbols = name if is_symbols(name) else ""
        return BiffFont(bool(flags & _STRIKE), unseen, raised in (1, 2), symbols, " ".join(look))

    def _format(self, record: BiffRecord) -> None:
        number = str(struct.unpack_from("<H", record.data)[0])
        rest = record.data[2:]
        code = BiffTexts((rest,)).text() if self._version == 8 else old_text(rest, self._encoding, "B")
        self._codes[number] = code if isinstance(code, str) else "".join(run.text for run in code)
        if len(self._codes) > MAX_FORMATS:
            raise Unreadable(self._place, "数字格式太多，不像是一份目录。", "请把目录复制到新的工作簿后再试。")

    def book(self) -> Book:
        fonts = tuple(self._fonts)
        made: dict[tuple[int, int, bool], Style] = {}
        for number, code, filled in self._cell_styles:
            if (number, code, filled) not in made:
                font = font_of(fonts, number)
                format_ = format_of(str(code), self._codes)
                unseen = font.unseen and not filled
                made[number, code, filled] = Style(format_, font.struck, font.symbols, unseen, filled)
        sheets = [SheetStart(self._name(name), start, hidden) for name, start, hidden in self._starts]
        styles = [made[each] for each in self._cell_styles]
        return Book(self._version, self._texts(fonts), styles, fonts, self._date1904, self._encoding, sheets)

    def _name(self, data: bytes) -> str:
        if self._version != 8:
            return old_text(data, self._encoding, "B")
        name = BiffTexts((data,)).text("B")
        return name if isinstance(name, str) else "".join(run.text for run in name)

    def _texts(self, fonts: tuple[BiffFont, ...]) -> list[Text]:
        if self._shared is None:
            return []
        reading = BiffTexts(self._shared.pieces, fonts)
        found: list[Text] = []
        try:
            _, unique = reading.number("I"), reading.number("I")
            for _ in range(unique):
                found.append(reading.text())
        except (struct.error, IndexError):  # truncated: the texts before are complete
            pass
        return found


def _is_filled(data: bytes) -> bool:
    """Whether a cell style has a background other than white."""
    if len(data) < 20:
        return True
    pattern, colours = data[17] >> 2, struct.unpack_from("<H", data, 18)[0]
    return pattern != 0 and not (pattern == _SOLID and colours & 0x7F in _WHITES)
