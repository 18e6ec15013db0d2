"""Names → their order by sound and their first letters, from GB 2312, whose common characters stand by sound."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

_FIRST = (
    ("A", 0xB0A1), ("B", 0xB0C5), ("C", 0xB2C1), ("D", 0xB4EE), ("E", 0xB6EA), ("F", 0xB7A2), ("G", 0xB8C1),
    ("H", 0xB9FE), ("J", 0xBBF7), ("K", 0xBFA6), ("L", 0xC0AC), ("M", 0xC2E8), ("N", 0xC4C3), ("O", 0xC5B6),
    ("P", 0xC5BE), ("Q", 0xC6DA), ("R", 0xC8BB), ("S", 0xC8F6), ("T", 0xCBFA), ("W", 0xCDDA), ("X", 0xCEF4),
    ("Y", 0xD1B9), ("Z", 0xD4D1), ("#", 0xD7FA),
)  # fmt: skip
_STARTS = [start for _, start in _FIRST]
_OTHERWISE = {"重新": "C", "重复": "C", "调整": "T", "调解": "T", "单县": "S", "参差": "C"}
"""Words whose first character has another sound than the one it stands under."""
_MARKS = "《〈（“【「"
OTHER = "#"


def letter(name: str) -> str:
    """``S`` for 失业登记; ``#`` for what has no letter."""
    bare = name.lstrip(_MARKS)
    if bare[:2] in _OTHERWISE:
        return _OTHERWISE[bare[:2]]
    if bare[:1].isascii() and bare[:1].isalpha():
        return bare[0].upper()
    at = bisect_right(_STARTS, _code(bare[:1])) - 1
    return _FIRST[at][0] if at >= 0 else OTHER


def by_sound(names: Iterable[str]) -> list[str]:
    """The names in the order of their sounds, those without a letter last."""
    return sorted(names, key=_sound)


def _sound(name: str) -> tuple[bool, str, list[int]]:
    first = letter(name)
    return first == OTHER, first, [_code(character) for character in name.lstrip(_MARKS)]


def _code(character: str) -> int:
    return int.from_bytes(character.encode("gb2312", "ignore"), "big")
