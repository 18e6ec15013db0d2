"""A township's or village's own guide to an item (办事指南 in its file), as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.finding import Place
from gkdir.model.declared import InForm, Key
from gkdir.model.guide import Materials
from gkdir.model.item import Placed, TimeLimit, Written


class TownGuide(Placed, frozen=True):
    """A town's own guide to an item, which must not require more than the county's guide.

    An element is ``None`` if the county's guide applies.
    """

    called: ClassVar[str] = "本地怎么办"

    place: Place
    where: Annotated[str | None, Key("办理地点", "在本乡镇、本村的哪里办。", "便民服务中心一楼2号窗口"), InForm(30)] = (
        None
    )
    hours: Annotated[str | None, Key("办事时间", "本地什么时候办。", "逢集日中午不休息"), InForm(26, takes="hours")] = (
        None
    )
    consult: Annotated[str | None, Key("咨询", "本地打哪个电话。", "0600-5550201"), InForm(18, takes="phone")] = None
    promised: Annotated[TimeLimit | None, Key("承诺时限", "本地多久办好，只能比县里更短。", "当场办结"), InForm(16)] = (
        None
    )
    proxy: Annotated[str | None, Key("代办", "谁可以替群众跑腿。", "村里每周二替您送到镇里"), InForm(26)] = None
    materials: Annotated[Materials | None, Key("办理材料", "本地要带什么，只能比县里的指南少。")] = None
    conditions: Annotated[
        tuple[Written, ...] | None,
        Key("办理条件", "本地要什么条件，只能比县里的指南少。"),
        InForm(30, "本地要什么条件，只能比县里的指南少，一行一条。"),
    ] = None
    written: Mapping[str, Written] = field(default_factory=dict)
