"""Names → their order and first letters in pinyin, by GB 2312, whose common characters are in pinyin order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

_FIRST = (
    ("A", 0xB0A1), ("B", 0xB0C5), ("C", 0xB2C1), ("D", 0xB4EE), ("E", 0xB6EA), ("F", 0xB7A2), ("G", 0xB8C1),
    ("H", 0xB9FE), ("J", 0xBBF7), ("K", 0xBFA6), ("L", 0xC0AC), ("M", 0xC2E8), ("N", 0xC4C3), ("O", 0xC5B6),
    ("P", 0xC5BE), ("Q", 0xC6DA), ("R", 0xC8BB), ("S", 0xC8F6), ("T", 0xCBFA), ("W", 0xCDDA), ("X", 0xCEF4),
    ("Y", 0xD1B9), ("Z", 0xD4D1), ("#", 0xD7FA),
)  # fmt: skip
_STARTS = [start for _, start in _FIRST]
_SUBSTITUTES = {
    "重新": "虫新", "重复": "虫复", "多重": "多虫", "双重": "双虫", "调整": "条整", "调解": "条解", "协调": "协条",
    "单县": "善县", "参差": "岑疵", "银行": "银航", "行业": "航业", "长者": "掌者", "增长": "增掌", "成长": "成掌",
    "长辈": "掌辈", "会计": "快计", "还款": "环款", "归还": "归环", "给付": "几付", "供给": "供几", "着落": "卓落",
}  # fmt: skip
"""Words with a character that GB 2312 has under another reading → the word with a character of the right one."""
_SUBSTITUTED = re.compile("|".join(_SUBSTITUTES))
MARKS = "《〈（“【「"
"""Marks that may precede a name."""
OTHER = "#"


def letter(name: str) -> str:
    """``S`` for 失业登记; ``#`` if there is no letter."""
    return _letter(sortable(name))


def by_sound(names: Iterable[str]) -> list[str]:
    """The names in pinyin order, those without a letter last."""
    return sorted(names, key=_sound)


def _sound(name: str) -> tuple[bool, str, list[int]]:
    sounding = sortable(name)
    first = _letter(sounding)
    return first == OTHER, first, [_code(character) for character in sounding]


def sortable(name: str) -> str:
    """The name for sorting: without leading marks, and with ``_SUBSTITUTES`` for ambiguous words."""
    return _SUBSTITUTED.sub(lambda word: _SUBSTITUTES[word[0]], name.lstrip(MARKS))


def _letter(sounding: str) -> str:
    first = sounding[:1]
    if first.isascii() and first.isalpha():
        return first.upper()
    at = bisect_right(_STARTS, _code(first)) - 1
    return _FIRST[at][0] if at >= 0 else OTHER


def _code(character: str) -> int:
    return int.from_bytes(character.encode("gb2312", "ignore"), "big")
