"""The styles of a workbook → what of each cell style changes what a cell says: its number format, struck text."""

from __future__ import annotations

import re

from msgspec import Struct

from gkdir.read.guard import Archive
from gkdir.read.richtext import switched_on

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
"""Built-in number formats that show a date, the Chinese ones too."""


class Style(Struct, frozen=True):
    """One cell style. ``shown``: -1 as dates, n ≥ 0 with n decimals, ``None`` as they are."""

    shown: int | None = None
    struck: bool = False


PLAIN = Style()


class Styles:
    """Reads the part of the styles; ``styles`` has them by number."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.styles: list[Style] = []
        self._codes: dict[str, str] = {}
        self._struck: list[bool] = []
        self._within = ""
        if part is not None and part in archive:
            archive.parse(part, self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt" and self._within != "dxfs":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
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
            self.styles.append(Style(_shown(attributes.get("numFmtId", "0"), self._codes), struck))

    def _end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""


def _shown(number: str, codes: dict[str, str]) -> int | None:
    if number not in codes:
        return 2 if number == "2" else -1 if number.isdecimal() and int(number) in _DATES else None
    code = _QUOTED.sub("", codes[number].partition(";")[0]).lower()
    if code != "general" and any(letter in code for letter in "ymd"):
        return -1
    whole, point, decimals = code.strip().partition(".")
    return len(decimals) if point and whole in ("0", "#") and decimals.strip("0") == "" else None
