"""A number format as a workbook writes it (``0"个工作日"``, ``[>9]#;@``) → its sections, each cut into tokens."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

LONGEST = 255
"""The most characters of a format: Excel's own limit."""
MOST = 64
"""The most tokens of a section."""

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].?)|(?P<bracket>\[[^\]]*\]?)|(?P<padding>[_*].?)"""
    r"""|(?P<general>general|g/通用格式)|(?P<half>am/pm|a/p|上午/下午)|(?P<exponent>e[+-])"""
    r"""|(?P<date>y+|m+|d+|h+|s+|a{3,}|e+|g+|b+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"""
    r"""|(?P<slash>/)|(?P<text>@)|(?P<end>;)|(?P<literal>.)""",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)")
_COLOURS = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|[黑蓝绿红白黄]色|蓝绿色|洋红色|(?:color|颜色)\s*\d{1,2}"
)
_CHINESE = re.compile(r"-(?:[0-9a-f]*0?[48c]04|zh)", re.IGNORECASE)
_CALENDAR = re.compile(r"0*[1-9a-f][0-9a-f]{4,7}")
_PLAIN = re.compile(r"0?[01]?(?:0[01])?[0-9a-f]{4}")
"""Of a locale's eight hexadecimal digits, the first two select the numerals and the next two the calendar; 00 and 01
are the usual ones.
"""

Token = tuple[str, str]
"""The token's kind (the name of a group of ``_TOKEN``, ``elapsed`` or ``literal``) and its text."""


class FormatSection(Struct, frozen=True):
    """One of the parts that ``;`` separates. ``condition`` is an operator and a number.

    ``numerals`` is 1 for 一二三, 2 for 壹贰叁, 3 for １２３; ``chinese`` says whether names of days are Chinese.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    numerals: int = 0
    chinese: bool = False

    def has(self, *kinds: str) -> bool:
        """Whether there is a token of one of these kinds."""
        return any(kind in kinds for kind, _ in self.tokens)


class FormatCode(Struct, frozen=True):
    """A format: its sections for numbers, its section for texts if any, and whether all of it was understood."""

    numbers: tuple[FormatSection, ...]
    text: FormatSection | None
    understood: bool = True


_UNKNOWN = FormatCode((FormatSection((("general", ""),)),), None, understood=False)


@lru_cache(maxsize=1 << 12)
def parse(code: str) -> FormatCode | None:
    """The sections of the format; ``None`` for one that changes nothing."""
    if len(code) > LONGEST:
        return _UNKNOWN
    reading = _FormatReading()
    for match in _TOKEN.finditer(code):
        reading.token(match.lastgroup or "", match[0])
    reading.close()
    numbers, text = reading.sections[:4], None
    if any(len(section.tokens) > MOST for section in numbers):
        return _UNKNOWN
    if len(numbers) == 4 or (numbers[-1].has("text") and not numbers[-1].has("digit", "date", "general")):
        text = numbers.pop()
        if not numbers:
            numbers = [text]
    plain = (("general", ""),), (("text", "@"),)
    if all(section.condition is None and section.tokens in plain and not section.numerals for section in numbers) and (
        text is None or text.tokens in plain
    ):
        return None
    return FormatCode(tuple(numbers), text, reading.understood)


class _FormatReading:
    """The sections while they are read."""

    def __init__(self) -> None:
        self.sections: list[FormatSection] = []
        self.understood = True
        self._open()

    def _open(self) -> None:
        self._tokens: list[Token] = []
        self._condition: tuple[str, float] | None = None
        self._numerals = 0
        self._chinese = False

    def close(self) -> None:
        self.sections.append(FormatSection(tuple(self._tokens), self._condition, self._numerals, self._chinese))
        self._open()

    def token(self, kind: str, text: str) -> None:
        if kind == "end":
            self.close()
        elif kind == "bracket":
            self._bracket(text[1:].removesuffix("]"))
        elif kind == "padding":
            return
        elif kind in ("quoted", "escaped"):
            self._literal(text.strip('"') if kind == "quoted" else text[1:])
        elif kind == "literal":
            self._literal(text)
        else:
            self._tokens.append((kind, "" if kind == "general" else text.lower()))

    def _literal(self, text: str) -> None:
        if text and self._tokens and self._tokens[-1][0] == "literal" and not text.isdecimal():
            self._tokens[-1] = ("literal", self._tokens[-1][1] + text)
        elif text:
            self._tokens.append(("literal", text))

    def _bracket(self, text: str) -> None:
        lower = text.strip().lower()
        if lower in ("h", "hh", "m", "mm", "s", "ss"):
            self._tokens.append(("elapsed", lower))
        elif lower.startswith("dbnum") and lower[5:] in ("1", "2", "3", "4"):
            self._numerals = int(lower[5:])
        elif match := _CONDITION.fullmatch(lower):
            self._condition = match[1], float(match[2])
        elif lower.startswith("$"):
            symbol, _, locale = lower[1:].partition("-")
            self._literal(text.strip()[1 : 1 + len(symbol)])
            self._chinese = self._chinese or bool(_CHINESE.match("-" + locale))
            if locale in ("f800", "x-sysdate"):
                self._tokens.append(("system", "date"))
            elif locale in ("f400", "x-systime"):
                self._tokens.append(("system", "time"))
            elif _CALENDAR.fullmatch(locale) and not _PLAIN.fullmatch(locale):
                self.understood = False
        elif not _COLOURS.fullmatch(lower):
            self.understood = False
