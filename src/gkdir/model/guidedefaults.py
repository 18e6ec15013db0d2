"""指南默认: defaults of a layer for the guides of all items, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.finding import Place
from gkdir.model.declared import InForm, Key
from gkdir.model.guide import DEGREES, Ways
from gkdir.model.item import Placed, TimeLimit, Written


class GuideDefaults(Placed, frozen=True):
    """Defaults of a layer: they fill blanks of guides, and never replace what a guide has."""

    called: ClassVar[str] = "指南默认"

    place: Place
    promised: Annotated[
        TimeLimit | None,
        Key("承诺时限", "各项都答应多久办好，不长于其中任何一项的法定时限。", "5个工作日"),
        InForm(16),
    ] = None
    online_degree: Annotated[
        str | None, Key("网上办理深度", "各项都能网办到哪一步。", "全程网办"), InForm(12, choices=DEGREES)
    ] = None
    ways: Annotated[
        Ways | None,
        Key("办理方式", "窗口以外还能怎么办；窗口从办理机构带出。", [{"网上": "https://www.12333.gov.cn/"}]),
        InForm(36, "一行一样，写成 网上：网址，或者 掌上：怎么办；窗口不用写。"),
    ] = None
    delivery: Annotated[
        str | None, Key("结果送达", "各项的结果都怎样交给申请人。", "短信告知，可以邮寄"), InForm(26)
    ] = None
    written: Mapping[str, Written] = field(default_factory=dict)
