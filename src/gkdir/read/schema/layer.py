"""The shape of county.yaml, of the files of towns and villages below it, and of provinces and cities above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.allowance import Allowance
from gkdir.model.article import Urgent
from gkdir.model.benefits import Standards
from gkdir.model.columns import AUDIENCES, LEVELS, MODES
from gkdir.model.county import Omission, Organisation, Website
from gkdir.model.declared import Clash, InForm, Key, Matching, OneOf, Short, keys
from gkdir.model.guidedefaults import GuideDefaults
from gkdir.model.item import Written
from gkdir.model.review import Signing
from gkdir.model.townguide import TownGuide
from gkdir.read import words
from gkdir.read.schema.part import Part, wrong
from gkdir.read.schema.values import Added, Cell, Day, Flag, Label, Listed, Mark, Saying, Text, Texts, always
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar

KINDS = ("省级", "市级", "县级", "乡级", "村级")

ItemNumber = Annotated[str, Matching(r"\d{1,3}(\.\d{1,3}){0,5}", "编号写成“4.1”或“4.1.1”的样子。")]
Code = Annotated[
    str, Matching(r"\d{6}(\d{3}){0,2}", "代码是六位数字（县级）、九位（乡级）或十二位（村级），加英文引号。")
]


def _only(choices: tuple[str, ...], means: Callable[[str], tuple[str, ...]]) -> Mark:
    """A mark for lists: each entry must be a spelling of one of ``choices``; ``means`` maps a spelling to choices."""

    def check(listed: Added | tuple[Written, ...]) -> Added | tuple[Written, ...]:
        for word in listed.more if isinstance(listed, Added) else listed:
            if not means(word.text):
                raise wrong(word, f"“{word.text}”不在可选的词里。", f"请改成其中之一：{'、'.join(choices)}。")
        return listed

    return Mark(after=check)


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
    Mark(before=_name_groups),
    Mark(schema=always({"anyOf": [_GROUPS, _MORE_GROUPS]})),
]
Mode = Annotated[Listed, _only(MODES, words.mode)]
Levels = Annotated[Listed, _only(LEVELS, words.levels)]


class Fields(Part, frozen=True, kw_only=True):
    """The columns of the directory that a layer may change."""

    called: ClassVar[str] = "各栏目"
    content: Annotated[Listed | None, Key("公开内容", "公开哪些要素。", ["对象范围", "咨询电话"])] = None
    basis: Annotated[
        Listed | None, Key("公开依据", "法律法规和文件的名称，带文号，不写条款。", ["《…办法》（…〔2024〕5号）"])
    ] = None
    time_limit: Annotated[
        Cell | None, Key("公开时限", "多久之内公开，只能比上一级更短。", "信息形成或变更之日起10个工作日内公开")
    ] = None
    publisher: Annotated[Listed | None, Key("公开主体", "由谁公开：写“机构”里的简称，或全称。", ["人社局"])] = None
    channels: Annotated[
        Listed | None, Key("公开渠道和载体", "在哪里公开，只能比上一级多。", ["政府网站", "政务服务中心"])
    ] = None
    audience: Annotated[Audience | None, Key("公开对象", "全社会，或特定群体（写明是谁）。", ["全社会"])] = None
    mode: Annotated[Mode | None, Key("公开方式", "主动，或依申请。", ["主动"])] = None
    levels: Annotated[Levels | None, Key("公开层级", "县级、乡级、村级中的哪几级公开。", ["县级", "乡级"])] = None


COLUMN_KEYS = keys(Fields)
OMISSION_REASON = "不列入的理由"
"""The key of a domain: one reason for all items that were left out without one."""


class GuideUsePart(Part, frozen=True, kw_only=True):
    """The statement that the guide of the layers above is not used."""

    called: ClassVar[str] = "指南"
    unused: Annotated[Saying, Key("不用", "为什么不用上一级的办事指南。", "这件事由州里统一办，办法和国家的不同")]


def _guide_use(node: Node) -> Node:
    if isinstance(node, Scalar) and not node.blank:
        raise wrong(node, "“指南”没有写明为什么不用。", "请写成 指南: {不用: 理由}。")
    return node


class _Described(Fields, frozen=True, kw_only=True):
    alias: Annotated[Label | None, Key("通俗名称", "老百姓怎么叫它。", "领失业金")] = None
    note: Annotated[str | None, Key("说明", "要向读者说明的话。")] = None
    owner: Annotated[Text | None, Key("责任人", "内部使用，不公开。")] = None
    reviewer: Annotated[Text | None, Key("审核人", "内部使用，不公开。")] = None


class ItemPart(_Described, frozen=True, kw_only=True):
    """What differs in one item."""

    called: ClassVar[str] = "事项"
    blanks: ClassVar[frozenset[str]] = frozenset((*COLUMN_KEYS, "不列入"))
    omission: Annotated[
        Annotated[Omission, Short("理由")] | None,
        Key("不列入", "本地未开展的事项可以不列入，要写理由。", "本县未开展此项业务"),
    ] = None
    ground: Annotated[Text | None, Key("依申请依据", "哪部法律允许把主动公开改为依申请公开。")] = None
    guide_use: Annotated[
        Annotated[GuideUsePart, Mark(before=_guide_use)] | None,
        Key(
            "指南",
            "不用上一级的办事指南，写成 {不用: 理由}；要改其中几样的，写在 guides 里。",
            {"不用": "由州里统一办，办法不同"},
        ),
    ] = None

    def clash(self) -> Clash | None:
        """An item that is left out must not change anything else."""
        column = next((column for column in COLUMN_KEYS if self.node(column) is not None), None)
        if self.omission is None or column is None:
            return None
        return Clash((column,), f"已写“不列入”的事项，又写了“{column}”。", "请只留下其中一个。")


class AdditionPart(_Described, frozen=True, kw_only=True):
    """An item of the layer's own."""

    called: ClassVar[str] = "增加的事项"
    blanks: ClassVar[frozenset[str]] = frozenset(COLUMN_KEYS)
    number: Annotated[ItemNumber, Key("编号", "在目录中的编号：二级事项如 1.6，三级事项如 4.1.1。", "1.6")]
    level1: Annotated[Label | None, Key("一级事项", "新设的，或已有的一级事项。", "就业信息服务")] = None
    level2: Annotated[Label | None, Key("二级事项", "二级事项的名称。", "零工市场信息发布")] = None
    level3: Annotated[Label | None, Key("三级事项", "设在某个二级事项下的三级事项。", "线上失业登记")] = None
    ground: Annotated[Text | None, Key("依申请依据", "只依申请公开的，是哪部法律允许的。")] = None

    def clash(self) -> Clash | None:
        """An added item must have a name."""
        if self.level2 is not None or self.level3 is not None:
            return None
        blank = next(key for key in ("三级事项", "二级事项", "编号") if self.node(key) is not None)
        hint = "请写“二级事项”，三级事项写“三级事项”。"
        return Clash((blank,), f"增加的事项 {self.number} 没有名称。", hint)


class DoubtPart(_Described, frozen=True, kw_only=True):
    """A row of an imported table that is not decided yet."""

    called: ClassVar[str] = "存疑的行"
    source: Annotated[Text, Key("出处", "这一行在哪份表的哪一格。", "我县目录.xlsx#就业!C6")]
    domain: Annotated[str | None, Key("领域", "哪个领域：employment 是就业。", "employment")] = None
    candidates: Annotated[Texts | None, Key("可能是", "国家目录的哪几项像它。", ["4.1 失业登记"])] = None
    refused: Annotated[Saying | None, Key("不采用", "看过了，不写进目录：写理由。", "和 4.1 重复")] = None
    number: Annotated[ItemNumber | None, Key("编号", "作为本县自己的事项时的编号。", "10.1")] = None
    level1: Annotated[str | None, Key("一级事项", "表里的一级事项。")] = None
    level2: Annotated[str | None, Key("二级事项", "表里的二级事项。")] = None
    level3: Annotated[str | None, Key("三级事项", "表里的三级事项。")] = None


class DomainPart(Part, frozen=True, kw_only=True):
    """What differs in one domain's directory."""

    called: ClassVar[str] = "领域"
    reviewed: Annotated[Day | None, Key("审核日期", "最近一次审核这份目录的日期。", "2026-03-01")] = None
    guides_checked: Annotated[
        Day | None, Key("指南核对", "哪天核对过这个领域从上一级来的办事指南：都合本地的实际。", "2026-03-01")
    ] = None
    defaults: Annotated[Fields | None, Key("默认", "对这个领域的每个事项都适用的改动。")] = None
    omission_reason: Annotated[
        Saying | None,
        Key(OMISSION_REASON, '“事项”里只写了 不列入: "" 的，都是这个理由，写一次就行。', "本县未开展此项业务"),
    ] = None
    items: Annotated[Mapping[str, ItemPart], Key("事项", "按编号写各事项的改动，编号加英文引号。")] = field(
        default_factory=dict
    )
    additions: Annotated[tuple[AdditionPart, ...], Key("增加", "本地增加的事项。")] = ()
    owner: Annotated[Text | None, Key("责任人", "内部使用，不公开。")] = None
    reviewer: Annotated[Text | None, Key("审核人", "内部使用，不公开。")] = None


class LayerPart(Part, frozen=True, kw_only=True):
    """The keys that all layers have; ``CountyPart`` and ``TownPart`` add their own."""

    called: ClassVar[str] = "乡镇、村的目录"
    name: Annotated[Label, Key("名称", "这个地方的名称。", "清源县"), InForm(20, "必须写。")]
    code: Annotated[
        Code,
        Key("代码", "行政区划代码，加英文引号。", "990101"),
        InForm(16, "行政区划代码：乡级九位，村级十二位。", takes="count"),
    ] = ""
    kind: Annotated[
        Annotated[str, OneOf(KINDS)] | None, Key("级别", "省级、市级、县级、乡级或村级。", "县级"), InForm(9)
    ] = None
    short_name: Annotated[Label | None, Key("简称", "简短的称呼。"), InForm(12)] = None
    english: Annotated[Label | None, Key("英文名称", "用在英文页面。", "Qingyuan County"), InForm(24)] = None
    example: Annotated[Flag, Key("示例", "是不是虚构的示例：是的话每页都注明。")] = False
    parent: Annotated[
        str | None,
        Key(
            "上级", "县：上一级目录文件的路径；村：所属乡镇的文件名（不带 .yaml）。", "../../provinces/99/province.yaml"
        ),
        InForm(20, "村：属于哪个乡镇，从列表里选；乡镇空着。", takes="items", of="towns"),
    ] = None
    website: Annotated[Website | None, Key("网站", "发布这些页面的政府网站。")] = None
    organisations: Annotated[Mapping[str, Organisation], Key("机构", "有哪些机构：简称，和它的名称、地址、电话。")] = (
        field(default_factory=dict)
    )
    domains: Annotated[
        Mapping[str, DomainPart],
        Key("目录", "各领域目录与上一级不同的地方：employment 是就业，social_insurance 是社会保险。"),
    ] = field(default_factory=dict)
    allowances: Annotated[tuple[Allowance, ...], Key("允许", "已经知晓并说明理由的问题。")] = ()


class CountyDomainPart(DomainPart, frozen=True, kw_only=True):
    """What differs in one domain, and what applies to all its guides."""

    called: ClassVar[str] = "领域"
    guide_defaults: Annotated[
        GuideDefaults | None,
        Key("指南默认", "只是这个领域的各项都一样的，在这里写；比县里的“指南默认”先用。", {"承诺时限": "5个工作日"}),
    ] = None


class CountyPart(LayerPart, frozen=True, kw_only=True):
    """county.yaml, province.yaml and city.yaml, where the code is required."""

    called: ClassVar[str] = "县的目录"
    code: Annotated[Code, Key("代码", "六位行政区划代码，加英文引号。", "990101")]
    urgent: Annotated[Urgent | None, Key("紧急通知", "在每一页的最上面显示，到截止那天为止。")] = None
    guide_defaults: Annotated[
        GuideDefaults | None,
        Key(
            "指南默认",
            "从上一级来的办事指南里待补的要素，各项都一样的，在这里写一次；不一样的，写在那一项的指南里。",
            {"网上办理深度": "全程网办"},
        ),
    ] = None
    domains: Annotated[
        Mapping[str, CountyDomainPart],
        Key("目录", "各领域目录与上一级不同的地方：employment 是就业，social_insurance 是社会保险。"),
    ] = field(default_factory=dict)
    standards: Annotated[
        Standards | None, Key("待遇标准", "本地定的数额，“算一算”的页面用：失业保险金、最低工资、基础养老金等。")
    ] = None
    doubts: Annotated[
        tuple[DoubtPart, ...], Key("存疑", "gkdir import 拿不准的行：定下来以前不在目录里，定下来以后从这里删去。")
    ] = ()
    signings: Annotated[
        tuple[Signing, ...], Key("审核", "三审三校的记录，由 gkdir review sign 写；不公开，没有口令，只是记录。")
    ] = ()


class TownItemPart(ItemPart, frozen=True, kw_only=True):
    """What differs in one item in the township or village."""

    called: ClassVar[str] = "事项"
    guide: Annotated[TownGuide | None, Key("办事指南", "这个事项在本地怎么办，只能更方便。")] = None

    def clash(self) -> Clash | None:
        """An item that is left out must not have a guide either."""
        if self.omission is None or self.guide is None:
            return super().clash()
        return Clash(("办事指南",), "已写“不列入”的事项，又写了“办事指南”。", "请只留下其中一个。")


class TownDomainPart(DomainPart, frozen=True, kw_only=True):
    """What differs in one domain's directory in the township or village."""

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
