"""The shape of en.yaml: English names and phrases."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from gkdir.read.schema.part import Part, key
from gkdir.read.schema.values import Flag, Text, mapping


class EnglishItemPart(Part):
    """One item in English."""

    model_config = ConfigDict(title="英文事项")
    chinese: Text = key("中文", "全国目录里的名称，对不上就不用这一条。", "外国人来华工作许可")
    name: Text = key("英文", "英文名称。", "Work permits for foreigners")
    line: Text | None = key("简述", "一句话的英文；有它就另有一页英文。", default=None)


Phrases = Annotated[dict[str, Text], BeforeValidator(mapping)]
Items = Annotated[dict[str, EnglishItemPart], BeforeValidator(mapping)]


class EnglishPart(Part):
    """An en.yaml."""

    model_config = ConfigDict(title="英文页面")
    wanted: Flag = key("生成", "要不要英文页面；不写就要。", False, default=True)
    domains: Phrases = key("领域", "领域的英文名称。", {"employment": "Employment"}, default={})
    groups: Phrases = key(
        "一级事项", "一级事项的英文名称。", {"创业服务": "Support for starting a business"}, default={}
    )
    items: Items = key("事项", "事项（领域/编号）的英文。", default={})
    words: Phrases = key("词语", "指南里的说法，整句对上才用。", {"不收费": "Free of charge"}, default={})
    hours: Phrases = key("办公时间", "办公时间里的说法。", {"周一至周五": "Monday to Friday"}, default={})
