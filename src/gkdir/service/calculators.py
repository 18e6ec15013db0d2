"""Catalog and national parameters → which calculators there are, and which help with an item."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.benefits import BenefitRules
from gkdir.model.county import Catalog
from gkdir.service.address import calculator_path


class Calculator(Struct, frozen=True):
    """One calculator: its folder, what it answers, and the items that it belongs to."""

    slug: str
    title: str
    line: str
    items: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return calculator_path(self.slug)


CALCULATORS: tuple[Calculator, ...] = (
    Calculator("retirement", "哪个月退休", "延迟退休以后，退休的时间和年龄", ("social_insurance/5.1",)),
    Calculator("unemployment", "失业保险金能领多久", "能领几个月、每月多少钱", ("social_insurance/7.1",)),
    Calculator(
        "injury", "工伤待遇有多少", "一次性补助、每月津贴、护理费、工亡待遇",
        ("social_insurance/6.21", "social_insurance/6.22", "social_insurance/6.23", "social_insurance/6.5"),
    ),
    Calculator(
        "pension", "居民养老金每月多少", "基础养老金加上个人账户",
        ("social_insurance/5.2", "social_insurance/1.5"),
    ),
)  # fmt: skip


def calculators(catalog: Catalog, rules: BenefitRules | None) -> tuple[Calculator, ...]:
    """The calculators for items of the county; none without parameters."""
    if rules is None:
        return ()
    items = {entry.item.id for entry in catalog.entries()}
    return tuple(one for one in CALCULATORS if items.intersection(one.items))


def calculators_by_item(offered: tuple[Calculator, ...]) -> dict[str, tuple[Calculator, ...]]:
    """The calculators for each item, by its id."""
    items = {item for one in offered for item in one.items}
    return {item: tuple(one for one in offered if item in one.items) for item in items}
