"""The calculators' data: national parameters, each with its source, and the amounts of a place.

Money is whole 分 (a hundredth of a yuan) everywhere; shares are whole percents; times are months.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.declared import ByMonths, Clash, InForm, Key, Positive, Short, Yuan, key_names

Confidence = Literal["高", "中", "低"]
Seen = Literal["公开网页", "待查"]


class Source(Struct, frozen=True, kw_only=True):
    """The law or document of a parameter, its first day of validity, and how certain the data are.

    ``seen``: whether the text or a copy of it was available when the data were collected, ``seen_at``: where and when.
    Parameters with one source are subclasses.
    """

    text: Annotated[str, Key("来源", "哪部法律、哪份文件的第几条。")]
    since: Annotated[date, Key("日期", "从哪一天起施行。", "2025-01-01")]
    confidence: Annotated[Confidence, Key("把握", "整理时对它有多大把握。", "高")]
    seen: Annotated[Seen, Key("出处", "整理时看到过原文、转载没有。", "公开网页")]
    seen_at: Annotated[str | None, Key("见于", "写在哪里、哪天看的。")] = None

    @property
    def source(self) -> Source:
        """The source."""
        return self


MONTHS = 12
FEN = 100


class Month(Struct, frozen=True, order=True):
    """A month of a year; ``month`` counts from 1."""

    year: int
    month: int

    @property
    def ordinal(self) -> int:
        """Months since the year 0, for differences."""
        return self.year * MONTHS + self.month - 1

    def plus(self, months: int) -> Month:
        """The month ``months`` later; earlier if negative."""
        year, month = divmod(self.ordinal + months, MONTHS)
        return Month(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


Count = Annotated[int, Positive()]
Money = Annotated[int, Yuan()]


class Career(Struct, frozen=True):
    """A group of workers with the same retirement ``age`` (years) before 2025.

    The delay begins with those born in ``first``, and grows by a month every ``step`` months of birth, up to ``cap``.
    """

    key: Annotated[str, Key("键", "程序里叫什么。", "man")]
    name: Annotated[str, Key("名称", "哪一类职工。", "男职工")]
    note: Annotated[str, Key("说明", "一句话。", "原来60岁退休")]
    age: Annotated[Count, Key("原年龄", "原来几岁退休。", 60)]
    first: Annotated[Month, Key("起点", "从哪个月出生的人开始推迟。", "1965-01")]
    step: Annotated[Count, Key("每", "每几个月推迟一个月。", 4)]
    cap: Annotated[Count, Key("最多", "最多推迟几个月。", 36)]


class Retirement(Source, frozen=True, kw_only=True):
    """延迟退休: ``flexible``: by how many months one may choose to retire earlier or later."""

    careers: Annotated[tuple[Career, ...], Key("职工", "各类职工怎样推迟。")]
    flexible: Annotated[Count, Key("弹性", "自愿提前、协商推迟，最多几个月。", 36)]


class MinimumYears(Source, frozen=True, kw_only=True):
    """最低缴费年限: ``months`` until the year ``rising``, then ``step`` more each year, up to ``cap``."""

    months: Annotated[Count, Key("原来", "原来要缴几个月。", 180)]
    rising: Annotated[Count, Key("从哪年起", "从哪一年起提高。", 2030)]
    step: Annotated[Count, Key("每年加", "每年加几个月。", 6)]
    cap: Annotated[Count, Key("最高", "最多提高到几个月。", 240)]
    early_late_source: Annotated[Source | None, Key("提前和推迟", "提前、推迟退休的看哪一年，依据什么。")] = None

    @property
    def early_late(self) -> Source:
        """The source for which year counts for early or late retirement."""
        return self.early_late_source or self


class Tier(Struct, frozen=True):
    """At least ``paid`` months of contributions give at most ``drawn`` months of benefit."""

    paid: Annotated[Count, Key("缴满", "缴满几个月。", 12)]
    drawn: Annotated[Count, Key("最多领", "最多领几个月。", 12)]


class Unemployment(Source, frozen=True, kw_only=True):
    """失业保险金: the tiers from the lowest up; ``together``: the most months, with those left from an earlier time."""

    tiers: Annotated[tuple[Tier, ...], Key("领取月数", "缴满几个月，最多领几个月。")]
    together: Annotated[Count, Key("合并最多", "两次合起来最多领几个月。", 24)]


class Care(Struct, frozen=True):
    """One degree of needing care, and its benefit in per cent of the average wage."""

    key: Annotated[str, Key("键", "程序里叫什么。")]
    name: Annotated[str, Key("名称", "哪一等。")]
    percent: Annotated[Count, Key("比例", "百分之几。", 50)]


class Kin(Struct, frozen=True):
    """One kind of dependant, and the monthly benefit in per cent of the dead worker's wage."""

    name: Annotated[str, Key("名称", "哪一类亲属。", "配偶")]
    percent: Annotated[Count, Key("比例", "百分之几。", 40)]


class WageBounds(Struct, frozen=True):
    """The bounds of the wage that benefits are based on, in per cent of the average wage."""

    floor: Annotated[Count, Key("最低", "百分之几。", 60)]
    ceiling: Annotated[Count, Key("最高", "百分之几。", 300)]


class Injury(Source, frozen=True, kw_only=True):
    """工伤: by grade from 1 on, ``lump`` in months of the worker's wage and ``allowance`` in per cent of it.

    ``funeral`` is in months of the average wage, ``death`` a multiple of the national income in the year before the
    injury.
    """

    lump: Annotated[tuple[Count, ...], Key("一次性伤残补助金", "一级到十级，几个月本人工资。")]
    allowance: Annotated[tuple[Count, ...], Key("伤残津贴", "一级到六级，本人工资的百分之几。")]
    care: Annotated[tuple[Care, ...], Key("生活护理费", "各等的比例。")]
    wage: Annotated[WageBounds, Key("本人工资", "本人工资的下限和上限。")]
    funeral: Annotated[Count, Key("丧葬补助金", "几个月平均工资。", 6)]
    death: Annotated[Count, Key("一次性工亡补助金", "上一年度全国城镇居民人均可支配收入的几倍。", 20)]
    kin: Annotated[tuple[Kin, ...], Key("供养亲属抚恤金", "各类亲属的比例。")]
    support_source: Annotated[Source | None, Key("护理和供养", "护理费、丧葬补助金、抚恤金的依据。")] = None
    grant_source: Annotated[Source | None, Key("工亡补助", "一次性工亡补助金的依据。")] = None

    @property
    def floor(self) -> int:
        """The lower bound of the wage, in per cent of the average wage."""
        return self.wage.floor

    @property
    def ceiling(self) -> int:
        """The upper bound of the wage, in per cent of the average wage."""
        return self.wage.ceiling

    @property
    def support(self) -> Source:
        """The source of ``care``, ``funeral`` and ``kin``."""
        return self.support_source or self

    @property
    def grant(self) -> Source:
        """The source of ``death``."""
        return self.grant_source or self


class Income(Source, frozen=True, kw_only=True):
    """全国城镇居民人均可支配收入 of one year."""

    year: Annotated[Count, Key("年", "哪一年。", 2024)]
    yuan: Annotated[Count, Key("数额", "多少元。", 54188)]

    @property
    def amount(self) -> int:
        """In 分."""
        return self.yuan * FEN


class Floor(Source, frozen=True, kw_only=True):
    """The national minimum of 基础养老金 a month, from ``since`` on."""

    yuan: Annotated[Count, Key("每月", "每月多少元。", 123)]

    @property
    def amount(self) -> int:
        """In 分."""
        return self.yuan * FEN


class Pension(Source, frozen=True, kw_only=True):
    """居民养老金: the account is paid out in ``divisor`` months; ``years``: the least years of contributions."""

    divisor: Annotated[Count, Key("计发月数", "个人账户分几个月发。", 139)]
    years: Annotated[Count, Key("最低年限", "最少缴几年。", 15)]
    floors: Annotated[tuple[Floor, ...], Key("全国最低标准", "基础养老金每月多少元，从哪天起。")]


class BenefitRules(Struct, frozen=True):
    """All national parameters: reckoning.yaml."""

    called: ClassVar[str] = "全国参数"

    retirement: Annotated[Retirement, Key("延迟退休", "怎样推迟退休。")]
    minimum: Annotated[MinimumYears, Key("最低缴费年限", "按月领养老金要缴几个月。")]
    unemployment: Annotated[Unemployment, Key("失业保险金", "最多领几个月。")]
    injury: Annotated[Injury, Key("工伤", "工伤待遇。")]
    incomes: Annotated[tuple[Income, ...], Key("城镇居民人均可支配收入", "全国的，按年。")]
    pension: Annotated[Pension, Key("居民养老金", "城乡居民养老保险。")]


class Amount(Struct, frozen=True):
    """A monthly amount that a place sets, with the document that sets it (``source``) and its first day (``since``).

    Without these it is not published. ``checked``: the last day on which somebody verified it. Only for some amounts:
    ``later``: from the 13th month on; ``extra``: for each year of contributions beyond the least; ``tiers``: the
    months of benefit in this province.
    """

    called: ClassVar[str] = "每月的数额"

    monthly: Annotated[Money, Key("每月", "每月多少元，只写数字。", 1530), InForm(10)]
    place: Place
    source: Annotated[
        str | None, Key("来源", "哪个文件定的，带文号。", "《…通知》（清人社发〔2026〕3号）"), InForm(40)
    ] = None
    since: Annotated[date | None, Key("日期", "从哪一天起执行。", "2026-01-01"), InForm(13)] = None
    checked: Annotated[
        date | None,
        Key("核对", "最近一次查实还是这个数的日期。标准一年没有动的，写上它。", "2026-03-01"),
        InForm(13, group="核对", label="查实日期"),
    ] = None
    later: Annotated[
        Money | None,
        Key("第13个月起", "只在失业保险金里写：从第13个月起每月多少元，前后一样的不写。", 1360),
        InForm(12),
    ] = None
    tiers: Annotated[
        tuple[Tier, ...],
        ByMonths(),
        Key(
            "领取月数",
            "只在失业保险金里写：本省规定缴满几个月最多领几个月，不写的按社会保险法的上限。",
            {"12": 3, "24": 6},
        ),
        InForm(18, "失业保险金：本省规定缴满几个月最多领几个月，一行一档，如“12：3”。不写的按社会保险法。"),
    ] = ()
    extra: Annotated[
        Money | None,
        Key("每多缴一年加发", "只在基础养老金里写：缴费超过15年的，每多一年每月加发多少元。", 2),
        InForm(12),
    ] = None

    @property
    def sound(self) -> bool:
        """Whether it has source and first day, and may be published."""
        return bool(self.source) and self.since is not None


_Local = Annotated[Amount, Short("每月")]
ONLY_OF = {
    "第13个月起": ("失业保险金", "later"),
    "领取月数": ("失业保险金", "tiers"),
    "每多缴一年加发": ("基础养老金", "extra"),
}
"""Key → the only amount that may have it, and its field."""


class Standards(Struct, frozen=True):
    """待遇标准 of one layer, or of several laid over each other."""

    called: ClassVar[str] = "待遇标准"

    benefit: Annotated[_Local | None, Key("失业保险金", "失业保险金每月多少。")] = None
    minimum_wage: Annotated[_Local | None, Key("最低工资", "当地月最低工资标准。失业保险金不能高过它。")] = None
    relief: Annotated[_Local | None, Key("城市低保", "城市居民最低生活保障标准。失业保险金不能低于它。")] = None
    average_wage: Annotated[_Local | None, Key("职工月平均工资", "统筹地区上年度职工月平均工资，算工伤待遇用。")] = None
    basic_pension: Annotated[_Local | None, Key("基础养老金", "城乡居民养老保险的基础养老金。")] = None

    def clash(self) -> Clash | None:
        """The mistake of an amount with a key of another one (``ONLY_OF``)."""
        for kind, name in key_names(Standards).items():
            amount = getattr(self, kind)
            for only, (belongs, field) in ONLY_OF.items():
                if amount is not None and getattr(amount, field) and name != belongs:
                    return Clash((name, only), f"“{only}”只在“{belongs}”里写。", "请删去这一行，或者移到那里。")
        return None

    def over(self, above: Standards) -> Standards:
        """These laid over those ``above``; these take precedence."""
        return Standards(*(getattr(self, name) or getattr(above, name) for name in self.__struct_fields__))

    def sound(self) -> Standards:
        """Only the amounts that are ``sound``."""
        kept = (getattr(self, name) for name in self.__struct_fields__)
        return Standards(*(amount if amount and amount.sound else None for amount in kept))


NO_STANDARDS = Standards()


def laid(layers: Iterable[Standards]) -> Standards:
    """The standards of ``layers``, from the top down, laid over each other."""
    lowest = NO_STANDARDS
    for layer in layers:
        lowest = layer.over(lowest)
    return lowest
