"""A number and its format code → the text that a spreadsheet shows for it, dates and times included."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from msgspec import Struct

from gkdir.read.formatcode import FormatCode, FormatSection, Token, parse

_DIGITS = ("", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９")
_STEPS = ("", ("", "十", "百", "千"), ("", "拾", "佰", "仟"))
_GROUPS = ("", "万", "亿", "万亿")
_FIGURES = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def in_numerals(text: str, numerals: int) -> str:
    """The text with its numbers in Chinese."""
    if numerals not in (1, 2, 3):
        return text
    return _FIGURES.sub(lambda match: as_number(match[0], numerals), text)


def digit_by_digit(figures: str, numerals: int) -> str:
    """Digit by digit: 2026 → 二〇二六."""
    return figures.translate(str.maketrans("0123456789", _DIGITS[numerals])) if numerals in (1, 2, 3) else figures


def as_number(figures: str, numerals: int) -> str:
    """The number as a whole: 25 → 二十五; with [DBNum3] digit by digit."""
    whole, point, rest = figures.partition(".")
    if numerals not in (1, 2) or len(whole.lstrip("0")) > 16:
        return digit_by_digit(figures, numerals)
    digits, steps = _DIGITS[numerals], _STEPS[numerals]
    pieces: list[str] = []
    whole = whole.lstrip("0")
    zero = False
    for index, figure in enumerate(whole):
        group, step = divmod(len(whole) - 1 - index, 4)
        if figure == "0":
            zero = True
        else:
            pieces.append((digits[0] if zero and pieces else "") + digits[int(figure)] + steps[step])
            zero = False
        if step == 0 and whole[max(0, index - 3) : index + 1].strip("0"):
            pieces.append(_GROUPS[group])
    text = "".join(pieces) or digits[0]
    return text + (f"点{digit_by_digit(rest, numerals)}" if point else "")


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
    """The date as the cell shows it; ``None`` for a number outside the calendar."""
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
    """The tokens, in which ``m`` after hours or before seconds becomes ``n``: minutes, not months."""
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
    """The tokens, in which numeric year, month and day in any order become one ISO date, which is unambiguous."""
    marks = "".join(
        "-" if text in ("-", "/", ".") else text[0] if kind == "date" and text[0] in "ymd" and len(text) != 3 else " "
        for kind, text in tokens
    )
    for match in _NUMERIC.finditer(marks):
        if len(set(match[0]) & set("ymd")) == 3:
            return [*tokens[: match.start()], ("date", "iso"), *tokens[match.end() :]]
    return tokens


class _Moment:
    """A date with time, and the text of each of its parts."""

    def __init__(self, milliseconds: int, section: FormatSection, date1904: bool) -> None:
        self.milliseconds = milliseconds
        self.numerals, self.chinese = section.numerals, section.chinese
        days, self.rest = divmod(milliseconds, _DAY)
        self.hour, within = divmod(self.rest // 1000, 3600)
        self.minute, self.second = divmod(within, 60)
        self.halved = section.has("half")
        if date1904:
            self.day, self.ymd = date(1904, 1, 1) + timedelta(days), (0, 0, 0)
        else:  # workbooks count as if there had been a 29 February 1900
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
                continue  # written together with the point
            elif kind == "point":
                point = any(other == "digit" for other, _ in tokens)
                digits = sum(other == "digit" for other, _ in tokens)
                pieces.append("." + f"{self.milliseconds % 1000:03d}"[: max(digits, 1)] if point else ".")
            else:
                pieces.append(text)
        return "".join(pieces).strip()

    def _number(self, number: int, length: int) -> str:
        return as_number(str(number), self.numerals) if self.numerals else f"{number:0{length}d}"

    def _part(self, text: str) -> str:
        year, month, day = self.ymd
        if text == "iso":
            return f"{year:04d}-{month:02d}-{day:02d}"
        letter, length = text[0], len(text)
        if letter in "yeb":
            year = year + 543 if letter == "b" else year
            return digit_by_digit(f"{year % 100:02d}" if letter == "y" and length < 3 else f"{year:04d}", self.numerals)
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
            return as_number(str(month), 1) + "月"
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


BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "yyyy-mm-dd", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: "¥#,##0;-¥#,##0",
    43: "#,##0.00;-#,##0.00;-", 44: "¥#,##0.00;-¥#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The built-in formats, which have a number and no code, as a Chinese Excel shows them."""

_LARGEST = 1e21
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_CONDITIONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


class Shown(Struct, frozen=True):
    """The text that a cell shows for its number. ``whole``: the number can be recovered from it."""

    text: str
    whole: bool = True


def format_of(number: str, codes: Mapping[str, str]) -> FormatCode | None:
    """The format of that number: one of the workbook's own ``codes``, or built in; ``None`` for General."""
    if number in codes:
        return parse(codes[number])
    built_in = BUILT_IN.get(int(number)) if number.isascii() and number.isdecimal() and len(number) < 4 else None
    return parse(built_in) if built_in else None


def general(value: float) -> str:
    """The number in the format General."""
    return f"{value:.15g}" if math.isfinite(value) else ""


def shown_number(value: float, code: FormatCode, date1904: bool = False) -> Shown:
    """The text of the number ``value`` in this format."""
    section, absolute = _chosen(value, code)
    if section is None:
        return Shown(general(value), True)
    value = abs(value) if absolute else value
    if section.has("date", "elapsed", "half", "system"):
        text = shown_date(value, section, date1904)
        return Shown(general(value)) if text is None else Shown(text)
    if section.has("digit"):
        return Shown(_figures(value, section))
    number = in_numerals(general(value), section.numerals)
    text = "".join(
        number if kind in ("general", "text") else "" if kind == "exponent" else text for kind, text in section.tokens
    )
    return Shown(text.strip(), section.has("general", "text"))


def shown_text(text: str, code: FormatCode) -> str:
    """The text ``text`` in this format."""
    if code.text is None:
        return text
    return "".join(text if kind == "text" else literal for kind, literal in code.text.tokens)


def _chosen(value: float, code: FormatCode) -> tuple[FormatSection | None, bool]:
    """The section for the value, and whether that section is for negative numbers and writes its own sign."""
    sections = code.numbers
    if any(section.condition for section in sections):
        for index, section in enumerate(sections):
            if section.condition is None:
                if index + 1 < len(sections) and len(sections) > 2 and value >= 0:
                    continue
                return section, False
            if _CONDITIONS[section.condition[0]](value, section.condition[1]):
                return section, value < 0 and section.condition[0] in ("<", "<=") and section.condition[1] <= 0
        return None, False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2] if value == 0 and len(sections) > 2 else sections[0], False


def _figures(value: float, section: FormatSection) -> str:
    """The number in the section's pattern of digits."""
    if not math.isfinite(value) or abs(value) >= _LARGEST:
        return general(value)
    tokens = section.tokens
    exact = Decimal(f"{value:.15g}")
    for kind, _ in tokens:
        if kind == "percent":
            exact *= 100
    if section.has("exponent"):
        text = _scientific(exact, tokens)
    elif section.has("slash") and (fraction := _fraction(exact, tokens)) is not None:
        text = fraction
    else:
        text = _decimal(exact, tokens)
    return in_numerals(text.strip(), section.numerals)


def _decimal(exact: Decimal, tokens: tuple[Token, ...]) -> str:
    point = next((index for index, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    before, after = tokens[:point], tokens[point:]
    last = max((index for index, (kind, _) in enumerate(before) if kind == "digit"), default=-1)
    scale = sum(kind == "comma" for kind, _ in before[last + 1 :]) if last >= 0 else 0
    grouped = any(kind == "comma" for kind, _ in before[: last + 1])
    places = sum(kind == "digit" for kind, _ in after)
    exact = (exact / 1000**scale).quantize(Decimal(1).scaleb(-places), context=_EXACT)
    whole, _, rest = f"{abs(exact):f}".partition(".")
    text = _whole(whole.lstrip("0"), before, grouped) + _fraction_digits(rest, after)
    return "-" + text if exact < 0 else text


def _whole(digits: str, tokens: tuple[Token, ...], grouped: bool) -> str:
    """The integer digits, filled into the pattern from the right; its first place takes all remaining ones."""
    first = next((index for index, (kind, _) in enumerate(tokens) if kind == "digit"), -1)
    pieces: list[str] = []
    taken = 0

    def place(digit: str) -> None:
        nonlocal taken
        if grouped and taken and taken % 3 == 0:
            pieces.append(",")
        pieces.append(digit)
        taken += 1

    for index in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[index]
        if kind == "digit":
            if digits:
                place(digits[-1])
                digits = digits[:-1]
            elif text != "#":
                place("0" if text == "0" else " ")
            while index == first and digits:
                place(digits[-1])
                digits = digits[:-1]
        elif kind != "comma":
            pieces.append(text[::-1])
    if first < 0:
        pieces.append(digits[::-1])
    return "".join(pieces)[::-1]


def _fraction_digits(digits: str, tokens: tuple[Token, ...]) -> str:
    """The point and the digits after it, without trailing zeros that the pattern does not require."""
    patterns = [text for kind, text in tokens if kind == "digit"]
    asked = [pattern == "0" or digit != "0" for pattern, digit in zip(patterns, digits, strict=True)]
    keep = len(asked) - next((index for index, one in enumerate(reversed(asked)) if one), len(asked))
    pieces: list[str] = []
    at = 0
    for kind, text in tokens:
        if kind == "digit":
            pieces.append(digits[at : at + 1] if at < keep else "")
            at += 1
        elif kind != "comma" and (kind != "point" or keep):
            pieces.append(text)
    return "".join(pieces)


def _scientific(exact: Decimal, tokens: tuple[Token, ...]) -> str:
    at = next(index for index, (kind, _) in enumerate(tokens) if kind == "exponent")
    power = exact.adjusted() if exact else 0
    mantissa = _decimal(exact.scaleb(-power), tokens[:at])
    digits = sum(kind == "digit" for kind, _ in tokens[at + 1 :])
    rest = "".join(text for kind, text in tokens[at + 1 :] if kind == "literal")
    sign = "-" if power < 0 else "+" if tokens[at][1].endswith("+") else ""
    return f"{mantissa}E{sign}{abs(power):0{max(digits, 1)}d}{rest}"


def _fraction(exact: Decimal, tokens: tuple[Token, ...]) -> str | None:
    """``# ?/?`` and its like; ``None`` if the slash is a literal, as in ``000/000``."""
    at = next(index for index, (kind, _) in enumerate(tokens) if kind == "slash")
    end = at + 1
    while end < len(tokens) and (tokens[end][0] == "digit" or tokens[end][1].isdecimal()):
        end += 1
    start = at
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    below = "".join(text for _, text in tokens[at + 1 : end])
    if "?" not in below and "#" not in below and not below.strip("0"):
        return None
    mixed = any(kind == "digit" for kind, _ in tokens[:start])
    before = "".join(text for kind, text in tokens[:start] if kind == "literal").rstrip(" " if mixed else "")
    after = "".join(text for kind, text in tokens[end:] if kind == "literal")
    return f"{'-' if exact < 0 else ''}{before}{_parts(Fraction(abs(exact)), below, mixed)}{after}"


def _parts(value: Fraction, below: str, mixed: bool) -> str:
    """1.5 → ``1 1/2``; ``below`` is the pattern of the denominator or its value."""
    whole = int(value) if mixed else 0
    part = value - whole
    if below.isdecimal():
        top, bottom = round(part * int(below)), int(below)
    else:
        near = part.limit_denominator(10 ** min(len(below), 4) - 1)
        top, bottom = near.numerator, near.denominator
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    if not top:
        return f"{whole}"
    return f"{f'{whole} ' if whole else ''}{top}/{bottom}"
