"""The shape of 待遇标准: the amounts that a place sets, each with the document that sets it."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from gkdir.model.declared import Key, Short
from gkdir.read.schema.part import Part, wrong
from gkdir.read.schema.validate import declared
from gkdir.read.schema.values import Day, Text, mapping, read_by, text

_MONEY = re.compile(r"(\d{1,7})(?:\.(\d{1,2}))?", re.ASCII)
_MONTHS = re.compile(r"[1-9]\d{0,2}", re.ASCII)


def _money(node: Any) -> int:
    """An amount in yuan as whole 分."""
    written = text(node)
    match = _MONEY.fullmatch(written.text)
    if not match:
        raise wrong(node, f"“{written.text}”不是金额。", "只写数字，单位是元，最多两位小数，如 1530 或 1530.50。")
    amount = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    if not amount:
        raise wrong(node, "金额不能是 0。", "还没有定下来的，请删去这一项。")
    return amount


def _tiers(node: Any) -> tuple[tuple[int, int], ...]:
    """``{缴满几个月: 最多领几个月}``."""
    found = []
    for paid, drawn in mapping(node).items():
        written = text(drawn)
        if not (_MONTHS.fullmatch(paid) and _MONTHS.fullmatch(written.text)):
            raise wrong(
                written, f"“{paid}: {written.text}”不对。", "写成“缴满几个月: 最多领几个月”，如 12: 3，单位是月。"
            )
        found.append((int(paid), int(written.text)))
    return tuple(found)


Money = Annotated[int, read_by(_money, {"type": ["number", "string"]})]
Tiers = Annotated[
    tuple[tuple[int, int], ...],
    read_by(_tiers, {"type": "object", "additionalProperties": {"type": "integer"}}),
]


class AmountPart(Part, frozen=True, kw_only=True):
    """One amount; a mere number stands for ``{每月: …}``."""

    called: ClassVar[str] = "每月的数额"
    monthly: Annotated[Money, Key("每月", "每月多少元，只写数字。", 1530)]
    source: Annotated[Text | None, Key("来源", "哪个文件定的，带文号。", "《…通知》（清人社发〔2026〕3号）")] = None
    since: Annotated[Day | None, Key("日期", "从哪一天起执行。", "2026-01-01")] = None
    checked: Annotated[
        Day | None, Key("核对", "最近一次查实还是这个数的日期。标准一年没有动的，写上它。", "2026-03-01")
    ] = None
    later: Annotated[
        Money | None, Key("第13个月起", "只在失业保险金里写：从第13个月起每月多少元，前后一样的不写。", 1360)
    ] = None
    tiers: Annotated[
        Tiers,
        Key(
            "领取月数",
            "只在失业保险金里写：本省规定缴满几个月最多领几个月，不写的按社会保险法的上限。",
            {"12": 3, "24": 6},
        ),
    ] = ()
    extra: Annotated[
        Money | None, Key("每多缴一年加发", "只在基础养老金里写：缴费超过15年的，每多一年每月加发多少元。", 2)
    ] = None


_Amount = Annotated[AmountPart, Short("每月")]

ONLY_IN = {"第13个月起": "失业保险金", "领取月数": "失业保险金", "每多缴一年加发": "基础养老金"}
"""Keys that mean something of one amount alone."""


class StandardsPart(Part, frozen=True, kw_only=True):
    """The amounts with which the pages of 算一算 reckon."""

    called: ClassVar[str] = "待遇标准"
    benefit: Annotated[_Amount | None, Key("失业保险金", "失业保险金每月多少。")] = None
    minimum_wage: Annotated[_Amount | None, Key("最低工资", "当地月最低工资标准。失业保险金不能高过它。")] = None
    relief: Annotated[_Amount | None, Key("城市低保", "城市居民最低生活保障标准。失业保险金不能低于它。")] = None
    average_wage: Annotated[_Amount | None, Key("职工月平均工资", "统筹地区上年度职工月平均工资，算工伤待遇用。")] = (
        None
    )
    basic_pension: Annotated[_Amount | None, Key("基础养老金", "城乡居民养老保险的基础养老金。")] = None

    def verify(self) -> None:
        """Some keys mean something of one amount alone."""
        for one in declared(StandardsPart):
            amount: AmountPart | None = getattr(self, one.field)
            for only, belongs in ONLY_IN.items():
                node = amount.node(only) if amount is not None else None
                if node is not None and one.key.name != belongs:
                    raise wrong(node, f"“{only}”只在“{belongs}”里写。", "请删去这一行，或者移到那里。")
