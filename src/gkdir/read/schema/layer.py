"""The shape of county.yaml, of the files of towns and villages below it, and of provinces and cities above it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, WithJsonSchema, model_validator

from gkdir.model.columns import AUDIENCES, LEVELS, MODES
from gkdir.model.item import Written
from gkdir.read import words
from gkdir.read.schema.part import Part, key, wrong
from gkdir.read.schema.site import SitePart
from gkdir.read.schema.standards import StandardsPart
from gkdir.read.schema.values import (
    Added,
    Cell,
    Day,
    Flag,
    Link,
    Listed,
    Matching,
    Name,
    OneOf,
    Saying,
    Short,
    Text,
    Texts,
    listing,
    mapping,
)
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar

KINDS = ("省级", "市级", "县级", "乡级", "村级")
ORGANISATIONS = ("人社部门", "公共服务机构", "乡镇街道平台", "村社区站点", "其他部门")

ItemNumber = Annotated[Text, Matching(r"\d{1,3}(\.\d{1,3}){0,5}", "编号写成“4.1”或“4.1.1”的样子。")]
Code = Annotated[
    Text, Matching(r"\d{6}(\d{3}){0,2}", "代码是六位数字（县级）、九位（乡级）或十二位（村级），加英文引号。")
]


def _only(choices: tuple[str, ...], means: Callable[[str], tuple[str, ...]]) -> AfterValidator:
    """Of a list: each entry must be, in some spelling, one of ``choices``."""

    def check(listed: Added | tuple[Written, ...]) -> Added | tuple[Written, ...]:
        for word in listed.more if isinstance(listed, Added) else listed:
            if not means(word.text):
                raise wrong(word, f"“{word.text}”不在可选的词里。", f"请改成其中之一：{'、'.join(choices)}。")
        return listed

    return AfterValidator(check)


def _name_groups(node: Node) -> Node:
    """``{特定群体: 就业困难人员}`` is another way to write ``特定群体（就业困难人员）``, in a list or alone."""
    if isinstance(node, Listing):
        return Listing(tuple(_name_groups(item) for item in node.items), node.place, node.key)
    if isinstance(node, Branch) and len(node.entries) == 1:
        name, value = node.entries[0]
        if name.text == "增加":
            return Branch(((name, _name_groups(value)),), node.place, node.key)
        groups = value.items if isinstance(value, Listing) else (value,)
        if name.text in AUDIENCES and all(isinstance(group, Scalar) for group in groups):
            named = "、".join(group.text for group in groups if isinstance(group, Scalar) and not group.blank)
            spelled = f"{name.text}（{named}）" if named else name.text
            return Scalar(spelled, spelled, name.place, node.key)
    return node


_GROUP = {
    "type": "object",
    "properties": {
        AUDIENCES[1]: {"type": ["string", "array"], "title": AUDIENCES[1], "description": "哪些人，如就业困难人员。"}
    },
    "additionalProperties": False,
}
_GROUPS = {"anyOf": [{"type": "string"}, _GROUP, {"type": "array", "items": {"anyOf": [{"type": "string"}, _GROUP]}}]}
_MORE_GROUPS = {
    "type": "object",
    "properties": {"增加": {**_GROUPS, "title": "增加", "description": "在上一级目录的内容之外，再加上这些。"}},
    "required": ["增加"],
    "additionalProperties": False,
}
Audience = Annotated[
    Listed,
    _only(AUDIENCES, lambda text: words.audience(text)[0]),
    BeforeValidator(_name_groups),
    WithJsonSchema({"anyOf": [_GROUPS, _MORE_GROUPS]}),
]
Mode = Annotated[Listed, _only(MODES, words.mode)]
Levels = Annotated[Listed, _only(LEVELS, words.levels)]


class Fields(Part):
    """The columns of the directory that a layer may change."""

    model_config = ConfigDict(title="各栏目")
    content: Listed | None = key("公开内容", "公开哪些要素。", ["对象范围", "咨询电话"], default=None)
    basis: Listed | None = key(
        "公开依据", "法律法规和文件的名称，带文号，不写条款。", ["《…办法》（…〔2024〕5号）"], default=None
    )
    time_limit: Cell | None = key(
        "公开时限", "多久之内公开，只能比上一级更短。", "信息形成或变更之日起10个工作日内公开", default=None
    )
    publisher: Listed | None = key("公开主体", "由谁公开：写“机构”里的简称，或全称。", ["人社局"], default=None)
    channels: Listed | None = key(
        "公开渠道和载体", "在哪里公开，只能比上一级多。", ["政府网站", "政务服务中心"], default=None
    )
    audience: Audience | None = key("公开对象", "全社会，或特定群体（写明是谁）。", ["全社会"], default=None)
    mode: Mode | None = key("公开方式", "主动，或依申请。", ["主动"], default=None)
    levels: Levels | None = key("公开层级", "县级、乡级、村级中的哪几级公开。", ["县级", "乡级"], default=None)


COLUMN_KEYS = Fields.keys()


class OmissionPart(Part):
    """Why an item is not in the directory."""

    model_config = ConfigDict(title="不列入")
    reason: Saying | None = key("理由", "为什么不列入。", "本县未开展此项业务", default=None)
    approved_by: Text | None = key("批准", "谁批准的。", default=None)
    on: Day | None = key("日期", "哪一天批准的。", "2026-03-01", default=None)


class _Described(Fields):
    alias: Name | None = key("通俗名称", "老百姓怎么叫它。", "领失业金", default=None)
    note: Text | None = key("说明", "要向读者说明的话。", default=None)
    owner: Text | None = key("责任人", "内部使用，不公开。", default=None)
    reviewer: Text | None = key("审核人", "内部使用，不公开。", default=None)


class ItemPart(_Described):
    """What differs in one item."""

    model_config = ConfigDict(title="事项")
    blanks: ClassVar[frozenset[str]] = frozenset((*COLUMN_KEYS, "不列入"))
    omission: Annotated[OmissionPart, Short("理由")] | None = key(
        "不列入", "本地未开展的事项可以不列入，要写理由。", "本县未开展此项业务", default=None
    )
    ground: Text | None = key("依申请依据", "哪部法律允许把主动公开改为依申请公开。", default=None)

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.omission is not None:
            for column in COLUMN_KEYS:
                if (node := self.node(column)) is not None:
                    raise wrong(node, f"已写“不列入”的事项，又写了“{column}”。", "请只留下其中一个。")
        return self


class AdditionPart(_Described):
    """An item of the layer's own."""

    model_config = ConfigDict(title="增加的事项")
    blanks: ClassVar[frozenset[str]] = frozenset(COLUMN_KEYS)
    number: ItemNumber = key("编号", "在目录中的编号：二级事项如 1.6，三级事项如 4.1.1。", "1.6")
    level1: Name | None = key("一级事项", "新设的，或已有的一级事项。", "就业信息服务", default=None)
    level2: Name | None = key("二级事项", "二级事项的名称。", "零工市场信息发布", default=None)
    level3: Name | None = key("三级事项", "设在某个二级事项下的三级事项。", "线上失业登记", default=None)
    ground: Text | None = key("依申请依据", "只依申请公开的，是哪部法律允许的。", default=None)

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.level2 is None and self.level3 is None:
            blank = self.node("三级事项") or self.node("二级事项") or self.node("编号")
            assert blank is not None
            raise wrong(blank, f"增加的事项 {self.number.text} 没有名称。", "请写“二级事项”，三级事项写“三级事项”。")
        return self


class DoubtPart(_Described):
    """A row of an imported table that is not decided."""

    model_config = ConfigDict(title="存疑的行")
    source: Text = key("出处", "这一行在哪份表的哪一格。", "我县目录.xlsx#就业!C6")
    domain: Text | None = key("领域", "哪个领域：employment 是就业。", "employment", default=None)
    candidates: Texts | None = key("可能是", "国家目录的哪几项像它。", ["4.1 失业登记"], default=None)
    refused: Saying | None = key("不采用", "看过了，不写进目录：写理由。", "和 4.1 重复", default=None)
    number: ItemNumber | None = key("编号", "作为本县自己的事项时的编号。", "10.1", default=None)
    level1: Text | None = key("一级事项", "表里的一级事项。", default=None)
    level2: Text | None = key("二级事项", "表里的二级事项。", default=None)
    level3: Text | None = key("三级事项", "表里的三级事项。", default=None)


class DomainPart(Part):
    """What differs in one domain's directory."""

    model_config = ConfigDict(title="领域")
    reviewed: Day | None = key("审核日期", "最近一次审核这份目录的日期。", "2026-03-01", default=None)
    defaults: Fields | None = key("默认", "对这个领域的每个事项都适用的改动。", default=None)
    items: Annotated[dict[str, ItemPart], BeforeValidator(mapping)] = key(
        "事项", "按编号写各事项的改动，编号加英文引号。", default={}
    )
    additions: Annotated[tuple[AdditionPart, ...], BeforeValidator(listing)] = key(
        "增加", "本地增加的事项。", default=()
    )
    owner: Text | None = key("责任人", "内部使用，不公开。", default=None)
    reviewer: Text | None = key("审核人", "内部使用，不公开。", default=None)


class OrganisationPart(Part):
    """One organisation."""

    model_config = ConfigDict(title="机构")
    name: Name = key("名称", "机构全称。", "清源县人力资源和社会保障局")
    english: Name | None = key("英文名称", "有正式的英文名称才写，用在英文页面。", default=None)
    kind: Annotated[Text, OneOf(ORGANISATIONS)] | None = key("类别", "哪一类机构。", "人社部门", default=None)
    address: Text | None = key("地址", "办公地址，写到楼层、窗口。", default=None)
    phone: Name | None = key("电话", "咨询电话，带区号，加英文引号。", "0600-5550101", default=None)
    complaint_phone: Name | None = key("监督电话", "监督投诉电话，带区号，加英文引号。", default=None)
    hours: Text | None = key("办公时间", "哪几天、几点到几点。", "周一至周五9:00—12:00", default=None)
    note: Text | None = key("说明", "要向读者说明的话。", default=None)


class AllowancePart(Part):
    """A finding that is answered for."""

    model_config = ConfigDict(title="允许")
    rule: Text = key("规则", "规则的编号或名称。", "GK203")
    item: Text | None = key("事项", "只对这个事项：领域/编号。", "employment/4.1", default=None)
    only: Text | None = key(
        "只限", "只对写着这段话的问题：文件的路径，或者遮住了中间的号码。", "138******00", default=None
    )
    reason: Text | None = key("理由", "为什么可以这样。", default=None)
    until: Day | None = key("截止", "到哪一天为止。", "2027-06-30", default=None)


class LayerPart(Part):
    """One layer: a town's or village's file; what a county's, city's or province's adds to it stands below."""

    model_config = ConfigDict(title="乡镇、村的目录")
    name: Name = key("名称", "这个地方的名称。", "清源县")
    code: Code | None = key("代码", "行政区划代码，加英文引号。", "990101", default=None)
    kind: Annotated[Text, OneOf(KINDS)] | None = key("级别", "省级、市级、县级、乡级或村级。", "县级", default=None)
    short_name: Name | None = key("简称", "简短的称呼。", default=None)
    english: Name | None = key("英文名称", "用在英文页面。", "Qingyuan County", default=None)
    example: Flag = key("示例", "是不是虚构的示例：是的话每页都注明。", default=False)
    parent: Text | None = key(
        "上级",
        "县：上一级目录文件的路径；村：所属乡镇的文件名（不带 .yaml）。",
        "../../provinces/99/province.yaml",
        default=None,
    )
    website: SitePart | None = key("网站", "发布这些页面的政府网站。", default=None)
    organisations: Annotated[dict[str, OrganisationPart], BeforeValidator(mapping)] = key(
        "机构", "有哪些机构：简称，和它的名称、地址、电话。", default={}
    )
    domains: Annotated[dict[str, DomainPart], BeforeValidator(mapping)] = key(
        "目录", "各领域目录与上一级不同的地方：employment 是就业，social_insurance 是社会保险。", default={}
    )
    allowances: Annotated[tuple[AllowancePart, ...], BeforeValidator(listing)] = key(
        "允许", "已经知晓并说明理由的问题。", default=()
    )


class UrgentPart(Part):
    """What every page shows until its last day."""

    model_config = ConfigDict(title="紧急通知")
    text: Text = key("内容", "一两句话。", "因暴雨，今天下午各窗口暂停办公")
    until: Day = key("截止", "到哪一天为止，过后自动不再显示。", "2026-07-03")
    link: Link | None = key("链接", "详细情况的网址。", default=None)


class CountyPart(LayerPart):
    """county.yaml, province.yaml, city.yaml: the code must be there."""

    model_config = ConfigDict(title="县的目录")
    code: Code = key("代码", "六位行政区划代码，加英文引号。", "990101")
    urgent: UrgentPart | None = key("紧急通知", "在每一页的最上面显示，到截止那天为止。", default=None)
    standards: StandardsPart | None = key(
        "待遇标准", "本地定的数额，“算一算”的页面用：失业保险金、最低工资、基础养老金等。", default=None
    )
    doubts: Annotated[tuple[DoubtPart, ...], BeforeValidator(listing)] = key(
        "存疑", "gkdir import 拿不准的行：定下来以前不在目录里，定下来以后从这里删去。", default=()
    )
