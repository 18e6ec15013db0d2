"""Reference data for all counties: laws, vague wordings, working days, benefit parameters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, ClassVar, Literal

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.benefits import BenefitRules, Confidence
from gkdir.model.declared import Clash, Key, Matching
from gkdir.model.item import Written

PhraseKind = Literal["国名地名", "错别字", "机构"]


class Phrase(Struct, frozen=True):
    """Wrong ways to write something: what is right, why, and where they are no mistake."""

    called: ClassVar[str] = "不该出现的写法"

    place: Place
    right: Annotated[str, Key("应为", "改成什么；写了“音近”的不用写。", "登录")] = ""
    wrong: Annotated[
        tuple[str, ...], Key("错", "错的写法，一个个写出来；# 代表一个数字，[甲乙] 是其中哪一个字都算。", ["登陆网站"])
    ] = ()
    kind: Annotated[PhraseKind, Key("类别", "国名地名按错误报，错别字和机构按警告报。", "错别字")] = "错别字"
    why: Annotated[str | None, Key("为什么", "为什么错。", "上网是登录")] = None
    within: Annotated[tuple[str, ...], Key("除外", "这些词里的不算。", ["登陆舰"])] = ()
    beside: Annotated[tuple[str, ...], Key("见到", "同一个分句里有其中一个词，才算。", ["网站"])] = ()
    unless: Annotated[tuple[str, ...], Key("不算", "同一个分句里有其中一个词，就不算。", ["台风"])] = ()
    alike: Annotated[
        tuple[str, ...], Key("音近", "这些词语写成同音、形近的别字的；两个字的，前后断得开才算。", ["行政复议"])
    ] = ()
    near: Annotated[bool, Key("近似", "“应为”的名称错、漏、颠倒一个字的，都算。")] = False

    def clash(self) -> Clash | None:
        """The mistake of a phrase without 应为, which only 音近 can do without."""
        if self.right or (self.alike and not self.wrong and not self.near):
            return None
        return Clash((), "没有写“应为”。", "请写一行“应为: 改成什么”；只写“音近”的不用写。")


LawState = Literal["现行", "已修改", "已被替代", "部分失效", "有期限", "废止", "已停用", "待核"]

SATURDAY = 5
DAYS = Matching(r"\d\d-\d\d(.\d\d-\d\d)?", "写成“01-01”，或者起止日“02-04—02-10”。")


class Law(Struct, frozen=True):
    """One law, document or term, and its status; ``until`` is the day it ends, if known.

    ``old``: numbers that must no longer be cited; ``base``: the original number, to be cited together with ``number``;
    ``terms``: words in texts, outside 《》, that refer to it.
    """

    called: ClassVar[str] = "法律、文件或说法"
    internal: ClassVar[tuple[Key, ...]] = (
        Key("修正", "哪一天修正的。", "2018-12-29"),
        Key("出处", "整理时看到过原文、转载没有。", "公开网页"),
        Key("见于", "写在哪里、哪天看的。"),
    )

    name: Annotated[str, Key("名称", "法律、文件或者说法的名称。")]
    state: Annotated[LawState, Key("状态", "目前知道的状态。", "现行")]
    confidence: Annotated[Confidence, Key("把握", "整理时有多大把握。", "高")]
    number: Annotated[str | None, Key("文号", "现在的文号。", "国务院令第711号")] = None
    old: Annotated[tuple[str, ...], Key("旧文号", "不能再引用的文号。", "国务院令第492号")] = ()
    base: Annotated[str | None, Key("原文号", "要和文号一起引用的。", "国务院令第375号")] = None
    effective: Annotated[date | None, Key("施行", "从哪一天起施行。", "2019-05-15")] = None
    until: Annotated[date | None, Key("截止", "到哪一天为止。")] = None
    replaced_by: Annotated[str | None, Key("替代", "被什么替代。")] = None
    terms: Annotated[tuple[str, ...], Key("说法", "不在《》里、也指它的说法。")] = ()
    action: Annotated[str | None, Key("提示", "引用时怎么改。")] = None


class Words(Struct, frozen=True):
    """Wordings to avoid in guides and directories, and elements that a guide must have: vocabulary.yaml."""

    called: ClassVar[str] = "用语"

    catch_all: Annotated[tuple[str, ...], Key("兜底用语", "办事指南里不能出现的兜底说法。")] = ()
    vague: Annotated[tuple[str, ...], Key("模糊用语", "说得不明确的词。")] = ()
    placeholders: Annotated[tuple[str, ...], Key("占位用语", "像是没有写完的词。")] = ()
    extra_channels: Annotated[tuple[str, ...], Key("通知列举的渠道", "通知里有、表里没有的渠道。")] = ()
    spam: Annotated[tuple[str, ...], Key("暗链用语", "暗链常用的词。")] = ()
    provinces: Annotated[Mapping[str, str], Key("省份简称", "代码的前两位和简称。")] = field(default_factory=dict)


class YearDays(Struct, frozen=True):
    """The arrangement of one year in workdays.yaml: ``01-01``, or ``02-04—02-10``."""

    called: ClassVar[str] = "一年的安排"

    place: Place
    off: Annotated[tuple[Annotated[Written, DAYS], ...], Key("放假", "放假的起止日。", ["02-04—02-10"])] = ()
    on: Annotated[tuple[Annotated[Written, DAYS], ...], Key("上班", "调休上班的日子。", ["02-02"])] = ()


class Workdays(Struct, frozen=True):
    """Days off and working weekend days in the known ``years``; in other years only weekends are off."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def known(self, day: date) -> bool:
        """Whether the days off of that day's year are known."""
        return day.year in self.years

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self.on or (day.weekday() < SATURDAY and day not in self.off)

    def after(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``; the day itself does not count."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def span(self, count: int) -> tuple[int, int]:
        """The fewest and the most calendar days that ``count`` working days take, over all starts in known years.

        Periods that end after the known years are left out. Without known years, only weekends count.
        """
        return _span(self, count)


@lru_cache(maxsize=1 << 8)
def _span(workdays: Workdays, count: int) -> tuple[int, int]:
    if not workdays.years:
        return count, count + 2 * (-(-count // 5) + 1)
    first, last = date(min(workdays.years), 1, 1), date(max(workdays.years), 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    working = [day.toordinal() for day in days if workdays.works(day)]
    spans = [
        working[index + count - 1] - start
        for start in range(first.toordinal(), last.toordinal() + 1)
        if (index := bisect_right(working, start)) + count <= len(working)
    ]
    return (min(spans), max(spans)) if spans else (count, 2 * count)


class Reference(Struct, frozen=True):
    """The reference data of all rules."""

    laws: tuple[Law, ...] = ()
    words: Words = Words()
    workdays: Workdays = Workdays()
    wording: tuple[Phrase, ...] = ()
    benefit_rules: BenefitRules | None = None
    """The parameters of the calculators; ``None`` for no calculators."""


NO_REFERENCE = Reference()
"""Empty reference data."""
