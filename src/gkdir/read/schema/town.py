"""The shape of towns/<slug>.yaml: a layer whose items may also say how they are done at that place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Clash, Key
from gkdir.model.guide import TownGuide
from gkdir.read.schema.layer import DomainPart, ItemPart, LayerPart


class TownItemPart(ItemPart, frozen=True, kw_only=True):
    """What differs in one item at that place."""

    called: ClassVar[str] = "事项"
    guide: Annotated[TownGuide | None, Key("办事指南", "这个事项在本地怎么办，只能更方便。")] = None

    def clash(self) -> Clash | None:
        """An item that is left out is not done anywhere."""
        if self.omission is None or self.guide is None:
            return super().clash()
        return Clash(("办事指南",), "已写“不列入”的事项，又写了“办事指南”。", "请只留下其中一个。")


class TownDomainPart(DomainPart, frozen=True, kw_only=True):
    """What differs in one domain's directory at that place."""

    called: ClassVar[str] = "领域"
    items: Annotated[Mapping[str, TownItemPart], Key("事项", "按编号写各事项的改动，编号加英文引号。")] = field(
        default_factory=dict
    )


class TownPart(LayerPart, frozen=True, kw_only=True):
    """A township's or village's file."""

    called: ClassVar[str] = "乡镇、村的目录"
    domains: Annotated[
        Mapping[str, TownDomainPart],
        Key("目录", "各领域目录与上一级不同的地方：employment 是就业，social_insurance 是社会保险。"),
    ] = field(default_factory=dict)
