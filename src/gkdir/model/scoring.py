"""评分.yaml: how a province scores its counties, as values; an indicator measures a share or counts findings."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.declared import Key, Positive

Measure = Literal[
    "事项公开",
    "指南齐全",
    "指南核对",
    "指南写全",
    "时限压缩",
    "承诺压缩",
    "目录审核",
    "栏目有内容",
    "解读关联",
    "标识齐全",
    "三审三校",
    "没有逾期",
]
"""What can be measured in a county; each is a share, from oversight/facts.py."""


class Indicator(Struct, frozen=True):
    """One indicator: ``points`` by a ``measure``, or ``points`` minus ``each`` for every finding of ``rules``."""

    called: ClassVar[str] = "评分指标"

    place: Place
    number: Annotated[str, Key("编号", "指标的编号，加英文引号。", "1.1")]
    group: Annotated[str, Key("一级指标", "属于哪一类。", "目录编制")]
    name: Annotated[str, Key("名称", "这一项评什么。", "国家目录的事项都公开")]
    points: Annotated[int, Positive(), Key("分值", "满分几分。", 10)]
    measure: Annotated[Measure | None, Key("比例", "按做到的比例给分：程序能数的哪一样。", "事项公开")] = None
    full: Annotated[int, Positive(), Key("满分线", "做到百分之几就给满分，不写是 100。", 80)] = 100
    rules: Annotated[
        tuple[str, ...], Key("规则", "按问题扣分：哪些规则的编号或开头，如 GK90。", ["GK951", "GK952"])
    ] = ()
    each: Annotated[int, Positive(), Key("每处扣", "每有一处扣几分，不写是 1。", 2)] = 1
    why: Annotated[str | None, Key("说明", "怎么评，依据什么。")] = None


class ScoreSheet(Struct, frozen=True):
    """A table of indicators."""

    called: ClassVar[str] = "评分表"

    place: Place
    name: Annotated[str, Key("名称", "这张评分表叫什么。", "基层政务公开评估表")]
    indicators: Annotated[tuple[Indicator, ...], Key("指标", "逐项写。")] = ()
    about: Annotated[str | None, Key("说明", "写给被评的县看的话。")] = None

    @property
    def points(self) -> int:
        """The sum of the points of all indicators."""
        return sum(each.points for each in self.indicators)
