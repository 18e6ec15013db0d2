"""The text of a cell → the words of it that its grammar takes for nothing, so that they can be told of.

Each grammar knows its words and passes over the rest: 全社会（登录后可见） reads as 全社会. What it passed over is a
matter for a person, never for silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from gkdir.read.channels import OFF, ON, unknown_words
from gkdir.read.text import fold
from gkdir.read.words import audience

_WORD = re.compile(r"\w")
_PROMPT = re.compile(r"(?:其中)?(?:请写明|请注明|请说明|具体名称|名称|可多选|单选|可选)")
_JOINING = re.compile(r"以及|或者|并且|[和与及或、，,；;。/／\s:：＿_—\-]|\d{1,2}[.、)](?!\d)")
_EVERYONE = re.compile(
    r"(?:面向|公开|对)*(?:全社会|社会公众|全体公民|全体公众|公众|面向社会|社会大众|所有人|社会)(?:公开|成员|公众)*"
)
_GROUP = re.compile(r"(?:面向|公开|对)*特定(?:群体|群众|对象|人群|人员|范围)(?:公开)?")
_MODE = re.compile(r"依申请公开|主动公开|依申请|申请公开|主动|公开|申请")
_LEVEL = re.compile(
    r"(?:县级?[、/（(]市[、/]区[)）]|林区|特区|街道|苏木|团场|社区|嘎查|居民委员会|居委会?|[县区市旗州乡镇街村])+[两二三]?级?"
    r"(?:人民政府|政府|公开|层面|单位)*|[两二三]级"
)


def _without(*known: re.Pattern[str]) -> Callable[[str], str]:
    """A reading that leaves what none of the patterns knows."""

    def left(text: str) -> str:
        for pattern in known:
            text = pattern.sub(" ", text)
        return text

    return left


def _audience(text: str) -> str:
    _, detail = audience(text)
    left = _without(_EVERYONE, _GROUP, _PROMPT)(text)
    for word in (detail or "").replace("（", "(").replace("）", ")").split("、"):
        left = left.replace("（", "(").replace("）", ")").replace(word, " ", 1)
    return left


_LEFT: Mapping[str, Callable[[str], str]] = {
    "audience": _audience,
    "mode": _without(_MODE),
    "levels": _without(_LEVEL),
    "channels": unknown_words,
}


@lru_cache(maxsize=1 << 12)
def left_over(key: str, text: str) -> str:
    """The words of a cell in the column ``key`` that say nothing its grammar knows; empty where there are none."""
    left = _JOINING.sub(" ", re.sub(rf"[{ON}{OFF}]", " ", _LEFT[key](text)))
    return " ".join(word for word in left.split() if _WORD.search(word))


def behind_tick(option: str, words: str) -> str:
    """The words behind the tick of a column for ``option`` that do more than say its name again."""
    left = fold(_PROMPT.sub("", words)).strip("()〔〕:,;、。._-")
    return "" if not left or left in fold(option) or fold(option) in (left.removesuffix("公开"), left) else words
