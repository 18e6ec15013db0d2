"""The shape of domains.yaml: each domain by its name."""

from __future__ import annotations

from typing import Annotated, ClassVar

from gkdir.model.declared import Key
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Name, Text, Texts


class DomainFactsPart(Part, frozen=True, kw_only=True):
    """One domain."""

    called: ClassVar[str] = "领域"
    stem: Annotated[Name, Key("文件", "工作簿的文件名，不带后缀。", "social_assistance")]
    names: Annotated[Texts | None, Key("也叫", "还有哪些叫法。", ["就业创业"])] = None
    everyday: Annotated[Text | None, Key("通俗名称", "老百姓怎么说。", "低保、特困、临时救助")] = None
    ministry: Annotated[Text | None, Key("部门", "国务院哪个部门管。", "民政部")] = None
    office: Annotated[Text | None, Key("县里", "县里哪个单位管。", "民政部门")] = None
    hotline: Annotated[Name | None, Key("热线", "全国统一的电话；没有的不写，打 12345。", "12333")] = None
    hotline_name: Annotated[Name | None, Key("热线名称", "这个电话叫什么。", "人社服务热线")] = None
