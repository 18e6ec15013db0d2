"""A text → the runs of digits in it that are long enough for a personal number, and the text in plain characters.

Phones, identity numbers and cards have eleven digits or more; most texts have none. People separate the digits with
blanks, hyphens, dots and commas, put one into each box, or paste invisible characters between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

UNSEEN = "\u200b"
"""The replacement of every invisible character."""
CHINESE = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸"
FIGURE = rf"[\d{CHINESE}⁰¹²³⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]"
ZEROS, ONES = "Oo○◯⚪ОоΟο", "lIІі"
"""Letters and circles that people type for 0 and 1: 138OO138OOO, l2345."""
_LOOKALIKE = "[0-9" + ZEROS + ONES + "Зз" + CHINESE + "]"
APART = r"[\W_丨口]"
"""What can separate two digits: a character that is not a letter or digit, or one that people use as a box."""
_FIGURES = rf"[{ZEROS}{ONES}Зз{FIGURE[1:]}"
_TRAVEL = r"(?<=[护通回台Pp])(?:照|行证|乡证|胞证|assport|ASSPORT)[^\d\n，。；,;]{0,16}"
PASSPORT = re.compile(
    rf"[护通回台Pp]{_TRAVEL}?(?<![A-Za-z])([A-Za-z]{{1,2}}\d{{7,10}})(?![\dA-Za-z])"
    r"|(?:台胞证|大陆通行证)[号码:： ]{0,4}((?!19|20)\d{8})(?!\d)"
)
"""The number of a passport or a travel permit: short, so only the word before it identifies it."""
LONG_NUMBER = re.compile(
    rf"{_FIGURES[:-1]}护通回台Pp](?:(?<={_FIGURES})(?:{APART}{{0,8}}+{_FIGURES}){{10,}}+|{_TRAVEL}\d{{7}})"
)
_MIXED = re.compile(rf"(?<![0-9{ZEROS}{ONES}]){_LOOKALIKE}(?:[ \t\r\n\-.]{{0,3}}{_LOOKALIKE}){{10,18}}(?![0-9A-Za-z])")
_LOOKALIKES = str.maketrans(ZEROS + ONES + "Зз", "0" * len(ZEROS) + "1" * len(ONES) + "33")
_WRITTEN = re.compile(r"1[3-9]\d{9}|(?:[1-9]\d{5})?(?:19|20)\d{9,10}")
"""Numbers in which letters count as digits: a mobile phone, a date of birth with the digits after it, an identity
number (whose last character may be an X, which is not a digit).
"""
_MOST_LETTERS = 7
_CHECKED = 17
"""Digits of an identity number without the check digit."""
_ODD = re.compile("[^\x00-\x7f\u4e00-\u9fff\u3001\u3002\uff08\uff09]")
_SPELT = re.compile(
    rf"(?<![{CHINESE}])[一壹幺][ .-]?[三四五六七八九叁肆伍陆柒捌玖參陸](?:[ .-]?[{CHINESE}]){{9}}(?![{CHINESE}])"
)
"""A mobile phone in Chinese numerals."""
_CHINESE_RUN = re.compile(rf"[{CHINESE}]{{3,}}")
_CHINESE_FIGURES = str.maketrans(CHINESE, "001234567891123456789236")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_DOTS = frozenset("·•‧・∙⋅․")


def plain(text: str) -> str:
    """The text with digits, blanks, hyphens, dots and invisible characters unified; its length does not change."""
    if not text.isascii():
        text = _ODD.sub(_plain_match, text)
        text = _SPELT.sub(lambda spelt: re.sub("[ .-]", UNSEEN, spelt[0]).translate(_CHINESE_FIGURES), text)
        text = _CHINESE_RUN.sub(lambda run: run[0].translate(_CHINESE_FIGURES), text)
    return _MIXED.sub(_with_figures, text)


def _with_figures(match: re.Match[str]) -> str:
    """The match with digits for letters, circles and Chinese numerals if it is a long number; else unchanged."""
    text = match[0]
    letters = [character for character in text if character not in "0123456789 \t\r\n-."]
    if not letters or set(letters) == {"一"}:  # 14000一15000 is a range
        return text
    figures = text.translate(_LOOKALIKES).translate(_CHINESE_FIGURES)
    if len(letters) > _MOST_LETTERS and len(re.sub(r"\D", "", figures)) < _CHECKED:
        return text
    before_letter = (
        match.start() and match.string[match.start() - 1].isascii() and match.string[match.start() - 1].isalpha()
    )
    if (before_letter and text[0] in ZEROS + ONES) or not _WRITTEN.fullmatch(re.sub(r"\D", "", figures)):
        return text
    return figures


def _plain_match(match: re.Match[str]) -> str:
    return _plain(match[0])


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    figure = unicodedata.digit(character, None)
    if figure is None and unicodedata.category(character) == "No":
        value = unicodedata.numeric(character, -1.0)
        figure = int(value) if value in range(10) else None
    if figure is not None:
        return str(figure)
    if character in _BLANK_LETTERS:
        return " "
    if character in _DOTS:
        return "."
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return UNSEEN
    if category in ("Zs", "Zl", "Zp"):
        return " "
    if category == "Pd" or character == "−":
        return "-"
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def stretches(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each stretch from ``opening`` to the next ``closing``, both included; unclosed ones are
    ignored.

    Searches forwards only, because looking for the end from each of many beginnings takes quadratic time.
    """
    end = 0
    while (start := text.find(opening, end)) >= 0 and (close := text.find(closing, start + len(opening))) >= 0:
        end = close + len(closing)
        yield start, end


def without(text: str, opening: str, closing: str) -> str:
    """The text without these stretches, with as many lines."""
    if opening not in text:
        return text
    pieces, last = [], 0
    for start, end in stretches(text, opening, closing):
        pieces += [text[last:start], "\n" * text.count("\n", start, end)]
        last = end
    return "".join([*pieces, text[last:]])


def long_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with a long number: (number of the first line, text), which may be several lines."""
    end, line, counted = -1, 1, 0
    for match in LONG_NUMBER.finditer(text):
        if match.start() < end:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        line += text.count("\n", counted, start)
        counted = start
        yield line, text[start:end]
