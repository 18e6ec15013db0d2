"""The shape of en.yaml: English names and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Flag, Text


class EnglishItemPart(Part, frozen=True, kw_only=True):
    """One item in English."""

    called: ClassVar[str] = "英文事项"
    chinese: Annotated[Text, Key("中文", "全国目录里的名称，对不上就不用这一条。", "外国人来华工作许可")]
    name: Annotated[Text, Key("英文", "英文名称。", "Work permits for foreigners")]
    line: Annotated[Text | None, Key("简述", "一句话的英文；有它就另有一页英文。")] = None


Phrases = Mapping[str, Text]
Items = Mapping[str, EnglishItemPart]


class EnglishPart(Part, frozen=True, kw_only=True):
    """An en.yaml."""

    called: ClassVar[str] = "英文页面"
    wanted: Annotated[Flag, Key("生成", "要不要英文页面；不写就要。", False)] = True
    domains: Annotated[Phrases, Key("领域", "领域的英文名称。", {"employment": "Employment"})] = field(
        default_factory=dict
    )
    groups: Annotated[
        Phrases, Key("一级事项", "一级事项的英文名称。", {"创业服务": "Support for starting a business"})
    ] = field(default_factory=dict)
    items: Annotated[Items, Key("事项", "事项（领域/编号）的英文。")] = field(default_factory=dict)
    words: Annotated[Phrases, Key("词语", "指南里的说法，整句对上才用。", {"不收费": "Free of charge"})] = field(
        default_factory=dict
    )
    hours: Annotated[Phrases, Key("办公时间", "办公时间里的说法。", {"周一至周五": "Monday to Friday"})] = field(
        default_factory=dict
    )
    wants: Annotated[
        Phrases,
        Key(
            "常用",
            "英文首页最前面的几件：事项（领域/编号）和想办它的人会怎么说。",
            {"social_insurance/9.6": "I lost my card"},
        ),
    ] = field(default_factory=dict)
