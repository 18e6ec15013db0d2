"""The styles of a workbook → what of each cell style changes what a cell says: its number format, struck text."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Unreadable
from gkdir.read.formatcode import Code
from gkdir.read.guard import Archive
from gkdir.read.numberformat import format_of
from gkdir.read.richtext import switched_on

MAX_FORMATS = 5_000


class Style(Struct, frozen=True):
    """One cell style; without a format numbers and texts show as they are."""

    format: Code | None = None
    struck: bool = False


PLAIN = Style()


class Styles:
    """Reads the part of the styles; ``styles`` has them by number."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.styles: list[Style] = []
        self._codes: dict[str, str] = {}
        self._struck: list[bool] = []
        self._made: dict[tuple[str, bool], Style] = {}
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
        elif tag == "strike" and self._within == "fonts" and self._struck:
            self._struck[-1] = switched_on(attributes)
        elif tag == "xf" and self._within == "cellXfs":
            font = attributes.get("fontId", "")
            index = int(font) if font.isascii() and font.isdecimal() and len(font) < 10 else -1
            struck = 0 <= index < len(self._struck) and self._struck[index]
            self.styles.append(self._style(attributes.get("numFmtId", "0"), struck))

    def _style(self, number: str, struck: bool) -> Style:
        if (number, struck) not in self._made:
            self._made[number, struck] = Style(format_of(number, self._codes), struck)
        return self._made[number, struck]

    def _end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""
