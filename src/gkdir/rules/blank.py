"""A text → whether it is a filler, written only because something must not be empty."""

from __future__ import annotations

import re
from functools import lru_cache

from gkdir.patterns import cached_pattern
from gkdir.read.text import nfkc

NONE = re.compile("无|没有|不适用|none|null|na|nil")
"""Words for "nothing"."""
UNFINISHED = re.compile(
    "待(?:定|填|补|补充|完善|公布|更新|核|核实)|未定|未填|暂无|暂缺|缺|略|空|不详|同[上左前]|todo|tbd"
)
"""Placeholders for something still to be written."""
MARKS = re.compile(r"[\W_]|^x+\Z")
LONGEST = 16
"""The most characters of a filler."""


@lru_cache(maxsize=16)
def one_of(words: tuple[str, ...], more: str = "[^\\s\\S]") -> re.Pattern[str]:
    """A pattern that matches any of the words, or what ``more`` matches."""
    return cached_pattern("|".join([*(re.escape(word) for word in words), more]))


@lru_cache(maxsize=1 << 13)
def says_nothing(text: str) -> bool:
    """Whether a text is as good as empty: ``无``, ``/``, ``（略）``, ``待定``, ``××``."""
    bare = _bare(text)
    return not bare or NONE.fullmatch(bare) is not None or UNFINISHED.fullmatch(bare) is not None


@lru_cache(maxsize=1 << 13)
def says_none(text: str) -> bool:
    """Whether a text says that there is nothing: ``无``, ``/``."""
    bare = _bare(text)
    return not bare or NONE.fullmatch(bare) is not None


@lru_cache(maxsize=1 << 13)
def unfinished(text: str) -> bool:
    """Whether a text is only a placeholder: ``待定``, ``（略）``."""
    return UNFINISHED.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    if len(text) > LONGEST:
        return text
    return MARKS.sub("", nfkc(text).lower())
