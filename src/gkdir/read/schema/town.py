"""The shape of towns/<slug>.yaml: a layer whose items may also say how they are done at that place."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, model_validator

from gkdir.read.schema.guide import Materials
from gkdir.read.schema.layer import DomainPart, ItemPart, LayerPart
from gkdir.read.schema.part import Part, key, wrong
from gkdir.read.schema.values import Text, Texts, mapping


class TownGuidePart(Part):
    """How an item is done at a township or village: never more than the county's guide asks for."""

    model_config = ConfigDict(title="本地怎么办")
    where: Text | None = key("办理地点", "在本乡镇、本村的哪里办。", "便民服务中心一楼2号窗口", default=None)
    hours: Text | None = key("办事时间", "本地什么时候办。", "逢集日中午不休息", default=None)
    consult: Text | None = key("咨询", "本地打哪个电话。", "0600-5550201", default=None)
    limit: Text | None = key("承诺时限", "本地多久办好，只能比县里更短。", "当场办结", default=None)
    proxy: Text | None = key("代办", "谁可以替群众跑腿。", "村里每周二替您送到镇里", default=None)
    materials: Materials | None = key("办理材料", "本地要带什么，只能比县里的指南少。", default=None)
    conditions: Texts | None = key("办理条件", "本地要什么条件，只能比县里的指南少。", default=None)


class TownItemPart(ItemPart):
    """What differs in one item at that place."""

    model_config = ConfigDict(title="事项")
    guide: TownGuidePart | None = key("办事指南", "这个事项在本地怎么办，只能更方便。", default=None)

    @model_validator(mode="after")
    def _not_omitted(self) -> Self:
        node = self.node("办事指南")
        if self.omission is not None and self.guide is not None and node is not None:
            raise wrong(node, "已写“不列入”的事项，又写了“办事指南”。", "请只留下其中一个。")
        return self


class TownDomainPart(DomainPart):
    """What differs in one domain's directory at that place."""

    model_config = ConfigDict(title="领域")
    items: Annotated[dict[str, TownItemPart], BeforeValidator(mapping)] = key(  # type: ignore[assignment]
        "事项", "按编号写各事项的改动，编号加英文引号。", default={}
    )


class TownPart(LayerPart):
    """A township's or village's file."""

    model_config = ConfigDict(title="乡镇、村的目录")
    domains: Annotated[dict[str, TownDomainPart], BeforeValidator(mapping)] = key(  # type: ignore[assignment]
        "目录", "各领域目录与上一级不同的地方：employment 是就业，social_insurance 是社会保险。", default={}
    )
