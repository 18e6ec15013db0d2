"""The 26 domains of grassroots disclosure: the ministry responsible for each, and the number to call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Struct

from gkdir.model.declared import Key, OneLine, OwnKey


class Hotline(Struct, frozen=True):
    """A national phone number, and what it is for."""

    number: str
    name: str
    line: str = ""


FOR_ALL = Hotline("12345", "政务服务便民热线", "各类政务咨询、建议和投诉")
"""The hotline for all matters and for complaints."""
GUIDANCE = "《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）"
"""The document that all domains are based on."""


class DomainFacts(Struct, frozen=True):
    """One domain: its workbook's stem and its other names, its ministry, its office in a county, its hotline."""

    called: ClassVar[str] = "领域"

    name: Annotated[str, OwnKey()]
    stem: Annotated[str, OneLine(), Key("文件", "工作簿的文件名，不带后缀。", "social_assistance")]
    names: Annotated[tuple[str, ...], Key("也叫", "还有哪些叫法。", ["就业创业"])] = ()
    mark: Annotated[str, OneLine(), Key("标记", "一个字，各领域不同，不靠颜色也分得清。", "助")] = ""
    everyday: Annotated[str, Key("通俗名称", "老百姓怎么说。", "低保、特困、临时救助")] = ""
    asked: Annotated[str, Key("常问", "群众常来问的一样，搜索框里拿来举例。", "申请低保")] = ""
    ministry: Annotated[str, Key("部门", "国务院哪个部门管。", "民政部")] = ""
    office: Annotated[str, Key("县里", "县里哪个单位管。", "民政部门")] = ""
    notice: Annotated[
        str,
        OneLine(),
        Key(
            "依据",
            "部里印发这个领域标准指引的通知，带日期；不写的，网页上只写国务院办公厅的意见。",
            "《…基层政务公开标准指引的通知》（2019年6月3日）",
        ),
    ] = GUIDANCE
    phone: Annotated[str, OneLine(), Key("热线", "全国统一的电话；没有的不写，打 12345。", "12333")] = ""
    phone_name: Annotated[str, OneLine(), Key("热线名称", "这个电话叫什么。", "人社服务热线")] = ""

    @property
    def hotline(self) -> Hotline:
        """The domain's own number, else the one for all matters."""
        return Hotline(self.phone, self.phone_name or self.name) if self.phone else FOR_ALL


def hotlines(domains: Iterable[DomainFacts]) -> tuple[Hotline, ...]:
    """The numbers of the domains, each once with its purpose, then the one for all matters."""
    about: dict[str, list[DomainFacts]] = {}
    for facts in domains:
        about.setdefault(facts.hotline.number, []).append(facts)
    about.pop(FOR_ALL.number, None)
    own = (
        Hotline(number, those[0].hotline.name, f"问{'、'.join(facts.name for facts in those)}的事")
        for number, those in about.items()
    )
    return (*own, FOR_ALL)


def facts_of(domain: str, label: str, every: tuple[DomainFacts, ...]) -> DomainFacts:
    """The facts of the domain with the stem or name ``domain``, or with the name ``label``; else only its name."""
    found = (facts for facts in every if domain in (facts.stem, facts.name, *facts.names) or facts.name == label)
    return next(found, DomainFacts(label or domain, domain))
