"""An en.yaml as values: what items, categories and common phrases are called in English, all written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Struct, field

from gkdir.model.declared import Key
from gkdir.model.item import Item


class EnglishItem(Struct, frozen=True):
    """An item's names in Chinese and English; ``line``: a sentence about it, if it has an English page."""

    called: ClassVar[str] = "英文事项"

    chinese: Annotated[str, Key("中文", "全国目录里的名称，对不上就不用这一条。", "外国人来华工作许可")]
    name: Annotated[str, Key("英文", "英文名称。", "Work permits for foreigners")]
    line: Annotated[str | None, Key("简述", "一句话的英文；有它就另有一页英文。")] = None


Phrases = Mapping[str, str]


class Glossary(Struct, frozen=True):
    """``domains``, ``groups`` (一级事项) and ``items`` are by key, Chinese name and id; ``words`` are whole phrases.

    ``hours``: Chinese parts of opening hours → English.
    """

    called: ClassVar[str] = "英文页面"
    wanted: Annotated[bool, Key("生成", "要不要英文页面；不写就要。", False)] = True
    domains: Annotated[Phrases, Key("领域", "领域的英文名称。", {"employment": "Employment"})] = field(
        default_factory=dict
    )
    groups: Annotated[
        Phrases, Key("一级事项", "一级事项的英文名称。", {"创业服务": "Support for starting a business"})
    ] = field(default_factory=dict)
    items: Annotated[Mapping[str, EnglishItem], Key("事项", "事项（领域/编号）的英文。")] = field(default_factory=dict)
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
    """Item id → what people ask for, in their words: the most wanted services."""

    def item(self, item: Item) -> EnglishItem | None:
        """The item in English; ``None`` if the glossary has another item under its number."""
        found = self.items.get(item.id)
        return found if found and found.chinese == item.name else None


NO_GLOSSARY = Glossary(wanted=False)
"""The glossary of a county without English pages."""
