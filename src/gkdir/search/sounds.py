"""Characters → their pinyin: of all of GB 2312, or of those not in the table that every browser loads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from pathlib import Path

_RARE = Path(__file__).with_name("rare.txt")
_COMMON = Path(__file__).with_name("common.txt")
_LINE = re.compile(r"([a-z]+)(.+)")
_RUN = re.compile(r"([a-z]+)(\d+)")
_FIRST, _LAST = b"\xb0\xa1", b"\xd7\xf9"


def rare_sounds(texts: Iterable[str]) -> str:
    """``bo亳,she歙``: each sound and its rare characters; blank if every character is common."""
    wanted = set(filter(_is_rare, set().union(*texts)))
    if not wanted:
        return ""
    found = []
    for sound, line in _LINE.findall(_RARE.read_text(encoding="utf-8")):
        characters = "".join(sorted(wanted & set(line)))
        if characters:
            found.append(sound + characters)
    return ",".join(found)


def sounds() -> Mapping[str, str]:
    """The most usual reading, without tones, of each character of GB 2312."""
    common = iter(common_hanzi())
    known = {
        character: sound
        for sound, count in _RUN.findall(_COMMON.read_text(encoding="utf-8"))
        for character in islice(common, int(count))
    }
    for sound, line in _LINE.findall(_RARE.read_text(encoding="utf-8")):
        known.update(dict.fromkeys(line, sound))
    return known


@cache
def common_hanzi() -> str:
    """The common hanzi of GB 2312, which are sorted by sound; the same as commonHanzi() in search-text.js."""
    codes = (bytes((row, cell)) for row in range(_FIRST[0], _LAST[0] + 1) for cell in range(0xA1, 0xFF))
    return b"".join(code for code in codes if code <= _LAST).decode("gb2312")


def _is_rare(character: str) -> bool:
    """Whether it is a hanzi outside the common part of GB 2312, which is the part sorted by sound."""
    if not "\u4e00" <= character <= "\u9fff":
        return False
    code = character.encode("gb2312", "replace")
    return not _FIRST <= code <= _LAST or code == b"?"
