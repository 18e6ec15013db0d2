"""A number of a cell and a format of dates, times or durations → what the cell shows of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from gkdir.read.formatcode import FormatSection, Token
from gkdir.read.numerals import counted, spelt

_LAST = 2_958_466
"""The day after 9999-12-31."""
_FROM_1904 = 1_462
_DAY = 86_400_000
_MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMERIC = re.compile(r"[ymd][-/.][ymd][-/.][ymd]")
_SYSTEM = {
    "date": (("date", "yyyy"), ("literal", "年"), ("date", "m"), ("literal", "月"), ("date", "d"), ("literal", "日")),
    "time": (("date", "h"), ("literal", ":"), ("date", "mm"), ("literal", ":"), ("date", "ss")),
}


def shown_date(value: float, section: FormatSection, date1904: bool) -> str | None:
    """What the cell shows; ``None`` for a number outside the calendar."""
    last = _LAST - _FROM_1904 if date1904 else _LAST
    if not 0 <= value < last:
        return None
    tokens = _minutes(next((_SYSTEM[text] for kind, text in section.tokens if kind == "system"), section.tokens))
    tokens = _iso(tokens)
    fractions = any(kind == "point" for kind, _ in tokens)
    milliseconds = round(value * _DAY)
    if not fractions:
        milliseconds = (milliseconds + 500) // 1000 * 1000
    if milliseconds >= last * _DAY:
        return None
    return _Moment(milliseconds, section, date1904).shown(tokens)


def _minutes(tokens: tuple[Token, ...]) -> list[Token]:
    """The tokens with ``m`` after hours or before seconds told from months, as ``n``."""
    found = list(tokens)
    dates = [index for index, (kind, _) in enumerate(found) if kind in ("date", "elapsed")]
    for place, index in enumerate(dates):
        kind, text = found[index]
        if kind != "date" or text[0] != "m" or len(text) > 2:
            continue
        before = found[dates[place - 1]][1][0] if place else ""
        after = found[dates[place + 1]][1][0] if place + 1 < len(dates) else ""
        if before == "h" or after == "s":
            found[index] = ("date", "n" * len(text))
    return found


def _iso(tokens: list[Token]) -> list[Token]:
    """Year, month and day in figures, in whichever order, become one token: who reads must not guess which is which."""
    marks = "".join(
        "-" if text in ("-", "/", ".") else text[0] if kind == "date" and text[0] in "ymd" and len(text) != 3 else " "
        for kind, text in tokens
    )
    for match in _NUMERIC.finditer(marks):
        if len(set(match[0]) & set("ymd")) == 3:
            return [*tokens[: match.start()], ("date", "iso"), *tokens[match.end() :]]
    return tokens


class _Moment:
    """A moment, and how its parts are written."""

    def __init__(self, milliseconds: int, section: FormatSection, date1904: bool) -> None:
        self.milliseconds = milliseconds
        self.numerals, self.chinese = section.numerals, section.chinese
        days, self.rest = divmod(milliseconds, _DAY)
        self.hour, within = divmod(self.rest // 1000, 3600)
        self.minute, self.second = divmod(within, 60)
        self.halved = section.has("half")
        if date1904:
            self.day, self.ymd = date(1904, 1, 1) + timedelta(days), (0, 0, 0)
        else:  # the 1900 that workbooks count from has a 29 February
            self.day = date(1899, 12, 30) + timedelta(days + (0 < days < 60))
        self.ymd = (self.day.year, self.day.month, self.day.day)
        if not date1904 and days in (0, 60):
            self.ymd = (1900, 1, 0) if days == 0 else (1900, 2, 29)

    def shown(self, tokens: list[Token]) -> str:
        pieces: list[str] = []
        point = False
        for kind, text in tokens:
            if kind == "date":
                pieces.append(self._part(text))
            elif kind == "elapsed":
                pieces.append(self._elapsed(text))
            elif kind == "half":
                pieces.append(self._half(text))
            elif kind == "digit" and point:
                continue  # behind the point all at once
            elif kind == "point":
                point = any(other == "digit" for other, _ in tokens)
                digits = sum(other == "digit" for other, _ in tokens)
                pieces.append("." + f"{self.milliseconds % 1000:03d}"[: max(digits, 1)] if point else ".")
            else:
                pieces.append(text)
        return "".join(pieces).strip()

    def _number(self, number: int, length: int) -> str:
        return counted(str(number), self.numerals) if self.numerals else f"{number:0{length}d}"

    def _part(self, text: str) -> str:
        year, month, day = self.ymd
        if text == "iso":
            return f"{year:04d}-{month:02d}-{day:02d}"
        letter, length = text[0], len(text)
        if letter in "yeb":
            year = year + 543 if letter == "b" else year
            return spelt(f"{year % 100:02d}" if letter == "y" and length < 3 else f"{year:04d}", self.numerals)
        if letter == "g":
            return "公元" if length > 1 else ""
        if letter == "a":
            return ("星期" if length > 3 else "") + "一二三四五六日"[self.day.weekday()]
        if letter == "m":
            return self._number(month, min(length, 2)) if length < 3 else self._month(month, length)
        if letter == "d":
            return self._number(day, min(length, 2)) if length < 3 else self._weekday(length)
        hour = (self.hour % 12 or 12) if self.halved else self.hour
        return self._number({"h": hour, "n": self.minute, "s": self.second}[letter], min(length, 2))

    def _month(self, month: int, length: int) -> str:
        if self.chinese:
            return counted(str(month), 1) + "月"
        return _MONTHS[month - 1] if length == 4 else _MONTHS[month - 1][: 3 if length == 3 else 1]

    def _weekday(self, length: int) -> str:
        if self.chinese:
            return ("星期" if length > 3 else "周") + "一二三四五六日"[self.day.weekday()]
        return _WEEKDAYS[self.day.weekday()][: None if length > 3 else 3]

    def _half(self, text: str) -> str:
        first, _, second = ("AM/PM" if text == "am/pm" else "A/P" if text == "a/p" else text).partition("/")
        return second if self.hour >= 12 else first

    def _elapsed(self, text: str) -> str:
        unit = {"h": 3_600_000, "m": 60_000, "s": 1000}[text[0]]
        return self._number(self.milliseconds // unit, len(text))
