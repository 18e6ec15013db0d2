"""pypinyin and OpenCC → tables of the search, checked in: sounds and Traditional forms of characters.

Every browser loads the common characters (templates/_assets/search-tables.js); the sounds of rare ones stay here
(src/gkdir/search/rare.txt), and an index contains those that it needs. docs/search.md explains why. The rule about
misspellings needs both (src/gkdir/search/common.txt).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from opencc import OpenCC
from pypinyin import lazy_pinyin

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "templates" / "_assets" / "search-tables.js"
COMMON_SOUNDS = ROOT / "src" / "gkdir" / "search" / "common.txt"
RARE = ROOT / "src" / "gkdir" / "search" / "rare.txt"

COMMON = range(0xB0, 0xD8)
"""The rows of GB 2312 with the 3,755 common characters, which are in the order of their sounds."""
OTHERS = range(0xD8, 0xF8)

SECOND_READINGS = {
    "重": "chong", "还": "huan", "行": "hang", "长": "zhang", "调": "diao", "会": "kuai", "参": "shen", "给": "ji",
    "单": "shan", "浚": "xun", "蔚": "yu", "乐": "yue", "铅": "yan", "莘": "shen", "六": "lu", "解": "xie",
    "尉": "yu", "郫": "pi", "荥": "ying", "泌": "bi", "什": "shi", "都": "du", "覃": "tan", "曲": "qu", "查": "zha",
    "盖": "ge", "圩": "wei", "大": "dai", "率": "lv", "数": "shuo", "降": "xiang", "假": "jie", "少": "shao",
    "传": "zhuan", "薄": "bo", "折": "she", "差": "cha", "更": "geng", "觉": "jiao", "朝": "chao", "堡": "pu",
}  # fmt: skip
"""Readings in names of items or places that differ from the character's usual one."""

HEAD = "// Made by `make search-tables` with pypinyin and OpenCC; do not edit. What they are: docs/search.md.\n"


def script() -> str:
    """The tables of common characters, as the script that the engine loads."""
    tables = {"simplified": "".join(_simplified()), "runs": runs().strip(), "sounds": _listed(_exceptions())}
    body = ",\n".join(f"  {key}: {json.dumps(text, ensure_ascii=False)}" for key, text in tables.items())
    return f"{HEAD}var gkdirTables = {{\n{body}\n}};\n"


def runs() -> str:
    """A syllable and a count for each run of common characters with the same sound."""
    sounds = groupby(_rows(COMMON), key=lambda one: _readings(one)[0])
    return " ".join(f"{sound}{len(list(characters))}" for sound, characters in sounds) + "\n"


def rare() -> str:
    """The other characters of GB 2312: on each line a sound and its characters."""
    return _listed({one: _readings(one) for one in _rows(OTHERS)}).replace(",", "\n") + "\n"


def _rows(rows: range) -> Iterator[str]:
    for row in rows:
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def _readings(character: str) -> list[str]:
    second = SECOND_READINGS.get(character)
    return [lazy_pinyin(character)[0], *([second] if second else [])]


def _exceptions() -> dict[str, list[str]]:
    """Second readings of common characters, by sound."""
    return {one: _readings(one)[1:] for one in _rows(COMMON)}


def _listed(sounds: dict[str, list[str]]) -> str:
    by_sound: dict[str, list[str]] = {}
    for character, readings in sounds.items():
        for reading in readings:
            by_sound.setdefault(reading, []).append(character)
    return ",".join(sound + "".join(characters) for sound, characters in sorted(by_sound.items()))


def _simplified() -> Iterator[str]:
    """Each Traditional character in Big5 with a common Simplified form, in the order of these forms.

    Before it is the distance to the previous form, if that is not 1.
    """
    places = {character: place for place, character in enumerate(sorted(_rows(COMMON)))}
    convert = OpenCC("t2s").convert
    pairs = ((chr(code), convert(chr(code))) for code in range(0x4E00, 0xA000))
    kept = [p for p in pairs if p[0] != p[1] and p[1] in places and _in_big5(p[0])]
    last = -1
    for traditional, simple in sorted(kept, key=itemgetter(1)):
        further = places[simple] - last
        yield traditional if further == 1 else f"{further}{traditional}"
        last = places[simple]


def _in_big5(character: str) -> bool:
    try:
        return bool(character.encode("big5"))
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    TABLES.write_text(script(), encoding="utf-8")
    COMMON_SOUNDS.write_text(runs(), encoding="utf-8")
    RARE.write_text(rare(), encoding="utf-8")
