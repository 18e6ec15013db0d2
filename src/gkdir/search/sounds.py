"""Texts → the pinyin of their characters that are too rare for the tables that every browser loads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_RARE = Path(__file__).with_name("rare.txt")
_LINE = re.compile(r"([a-z]+)(.+)")
_FIRST, _LAST = b"\xb0\xa1", b"\xd7\xf9"


def rare_sounds(texts: Iterable[str]) -> str:
    """``bo亳,she歙``: sounds and characters, empty if every character is common."""
    wanted = set(filter(_is_rare, set().union(*texts)))
    if not wanted:
        return ""
    found = []
    for sound, line in _LINE.findall(_RARE.read_text(encoding="utf-8")):
        characters = "".join(sorted(wanted & set(line)))
        if characters:
            found.append(sound + characters)
    return ",".join(found)


def _is_rare(character: str) -> bool:
    """Whether it is a hanzi outside the common part of GB 2312, which is sorted by sound."""
    if not "\u4e00" <= character <= "\u9fff":
        return False
    code = character.encode("gb2312", "replace")
    return not _FIRST <= code <= _LAST or code == b"?"
