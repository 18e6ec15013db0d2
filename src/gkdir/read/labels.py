"""The words of a heading → the column they name: exactly, or in one of the ways that counties vary them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from gkdir.model.columns import AUDIENCES, COLUMNS, MODES
from gkdir.read.text import fold
from gkdir.read.words import level

MAX_LABEL = 40
"""Characters that a heading may have; what is longer is text."""
GROUP = "group"
"""The key of 公开事项, which names no column by itself."""

_MARKS = re.compile(r"[\"'*·:/、,。()]")
_ASIDE = re.compile(r"\(.*?\)|\(.*$")


class Meaning(Struct, frozen=True):
    """What a column is: its key (``extra`` for what the directory does not know), the option it is ticked for, and
    whether its label is the very name and not just like it."""

    key: str
    option: str | None = None
    exact: bool = True


def _key(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _bare(text: str) -> str:
    """The label without what it says in brackets."""
    return _MARKS.sub("", _ASIDE.sub("", fold(text)))


_NAMES: dict[str, Meaning] = {_key("公开事项"): Meaning(GROUP)} | {
    _key(word): Meaning(column.key) for column in COLUMNS for word in (column.label, *column.aliases)
}
_NAMES |= {
    _key(word): Meaning(key, option)
    for key, option, words in (
        ("audience", AUDIENCES[0], ("全社会", "社会公众", "面向社会")),
        ("audience", AUDIENCES[1], ("特定群体", "特定群众", "特定对象", "特定人群", "特定人员")),
        ("mode", MODES[0], ("主动", "主动公开")),
        ("mode", MODES[1], ("依申请", "依申请公开")),
    )
    for word in words
}
_LIKELY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"公开.*(渠道|载体)", "channels"),
        (r"公开.*(时限|时间|期限)", "time_limit"),
        (r"公开.*依据", "basis"),
        (r"公开.*(主体|单位|部门|机构)|责任(单位|部门|主体)", "publisher"),
        (r"公开.*(内容|要素)", "content"),
        (r"公开.*(对象|范围)", "audience"),
        (r"公开.*方式", "mode"),
        (r"公开.*(层级|级别)", "levels"),
        (r"一级(事项|目录|类目)", "level1"),
        (r"二级(事项|目录|类目)", "level2"),
        (r"三级(事项|目录|类目)", "level3"),
    )
)


@lru_cache(maxsize=1 << 12)  # every cell of every row is tried as a heading
def known(text: str) -> Meaning | None:
    """What a label means by itself; ``None`` for words that are no label we know."""
    if len(text) > MAX_LABEL:
        return None
    bare = _bare(text)
    if meaning := _NAMES.get(_key(text)):
        return meaning
    if meaning := _NAMES.get(bare):
        return Meaning(meaning.key, meaning.option, exact=False)
    return next((Meaning(key, exact=False) for pattern, key in _LIKELY if pattern.fullmatch(bare)), None)


def meaning_of(labels: Sequence[str]) -> Meaning:
    """What a column means by its labels from the top down: the lowest decides, in the light of the one above it."""
    lowest = labels[-1]
    above = known(labels[-2]) if len(labels) > 1 else None
    meaning = known(lowest)
    if above is not None and above.key == "levels":
        canonical = level(lowest)
        return Meaning("levels", canonical) if canonical else Meaning("extra")
    if meaning is not None:
        return meaning
    if len(labels) == 1 and lowest.strip().endswith("级") and level(lowest):
        return Meaning("levels", level(lowest), exact=False)
    return Meaning("extra")
