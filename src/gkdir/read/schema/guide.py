"""The shape of a guide's head: the YAML between the two lines of ``---`` in guides/<domain>/<number>.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key, OrWord, Short
from gkdir.read.schema.part import Part, wrong
from gkdir.read.schema.values import Day, Mark, Text, Texts, texts
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar

WAYS = ("窗口", "网上", "掌上", "自助", "邮寄", "电话")
NOTHING = ("无", "无需材料", "不需要材料", "无需提交材料")


class MaterialPart(Part, frozen=True, kw_only=True):
    """One line of 办理材料."""

    called: ClassVar[str] = "办理材料"
    name: Annotated[Text, Key("名称", "材料名称。", "居民身份证")]
    form: Annotated[Text | None, Key("表格", "如果是一张表：forms/ 里那张表格的名称。", "失业保险金申领表")] = None
    original: Annotated[Text | None, Key("形式", "原件、复印件，或原件及复印件。", "原件")] = None
    copies: Annotated[Text | None, Key("份数", "几份。", 1)] = None
    medium: Annotated[Text | None, Key("介质", "纸质，或电子。", "纸质")] = None
    source: Annotated[Text | None, Key("来源", "从哪里来。", "申请人自备")] = None
    necessity: Annotated[Text | None, Key("必要性", "必要、非必要，或容缺后补。", "必要")] = None
    note: Annotated[Text | None, Key("要求", "还有什么要求。")] = None


class StepPart(Part, frozen=True, kw_only=True):
    """One step of 办理流程."""

    called: ClassVar[str] = "办理流程"
    name: Annotated[Text, Key("环节", "这一步叫什么。", "审核")]
    text: Annotated[Text | None, Key("说明", "这一步做什么。")] = None
    limit: Annotated[Text | None, Key("时限", "这一步多久。", "3个工作日")] = None
    office: Annotated[Text | None, Key("办理单位", "谁来办：写“机构”里的简称。", "社保中心")] = None


class WayPart(Part, frozen=True, kw_only=True):
    """One of 办理方式."""

    called: ClassVar[str] = "办理方式"
    counter: Annotated[Texts | None, Key("窗口", "去哪个机构的窗口：写“机构”里的简称。", "人社局")] = None
    web: Annotated[Texts | None, Key("网上", "网上办理的网址。", "https://www.12333.gov.cn/")] = None
    phone_app: Annotated[Texts | None, Key("掌上", "手机上怎么办。")] = None
    machine: Annotated[Texts | None, Key("自助", "自助终端在哪里。")] = None
    post: Annotated[Texts | None, Key("邮寄", "寄到哪里。")] = None
    call: Annotated[Texts | None, Key("电话", "打哪个电话。", "12333")] = None


class LimitPart(Part, frozen=True, kw_only=True):
    """办理时限."""

    called: ClassVar[str] = "办理时限"
    statutory: Annotated[Text | None, Key("法定", "法律法规规定的时限。", "自收到申请之日起10个工作日内")] = None
    promised: Annotated[Text | None, Key("承诺", "本地承诺的时限，不长于法定时限。", "3个工作日")] = None


class FeePart(Part, frozen=True, kw_only=True):
    """收费."""

    called: ClassVar[str] = "收费"
    standard: Annotated[Text, Key("标准", "收多少。", "不收费")]
    basis: Annotated[Text | None, Key("依据", "收费的依据。")] = None


class CheckedPart(Part, frozen=True, kw_only=True):
    """核对."""

    called: ClassVar[str] = "核对"
    on: Annotated[Day, Key("日期", "最近一次核对这份指南的日期。", "2026-03-01")]
    by: Annotated[Text | None, Key("核对人", "内部使用，不公开。")] = None


def _ways(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Scalar):
        raise wrong(node, "这里要写一个列表。", f"每项一行，如“- {{窗口: 人社局}}”；可以写：{'、'.join(WAYS)}。")
    return node.items if isinstance(node, Listing) else (node,) if isinstance(node, Branch) else ()


Materials = Annotated[
    tuple[Annotated[MaterialPart, Short("名称")], ...],
    OrWord(NOTHING, "请每项材料一行，以“- ”开头；不需要材料的写“无需材料”。"),
]


class GuideHead(Part, frozen=True, kw_only=True):
    """The elements of a service guide, as the notice names them."""

    called: ClassVar[str] = "办事指南"
    summary: Annotated[Text | None, Key("简述", "一两句话说清是什么事。")] = None
    served: Annotated[Texts | None, Key("服务对象", "谁可以办。", ["失业人员"])] = None
    conditions: Annotated[Texts | None, Key("办理条件", "符合什么条件。")] = None
    materials: Annotated[Materials | None, Key("办理材料", "带什么。不需要材料的写“无需材料”。")] = None
    steps: Annotated[
        Annotated[tuple[Annotated[StepPart, Short("环节")], ...], Mark(before=texts)] | None,
        Key("办理流程", "分几步。"),
    ] = None
    ways: Annotated[
        Annotated[tuple[WayPart, ...], Mark(before=_ways)] | None,
        Key("办理方式", "去哪里办、怎么办。", [{"窗口": "人社局"}]),
    ] = None
    online_degree: Annotated[
        Text | None, Key("网上办理深度", "不可网办、原件预审、原件核验，或全程网办。", "全程网办")
    ] = None
    limit: Annotated[Annotated[LimitPart, Short("承诺")] | None, Key("办理时限", "多久办好。", "3个工作日")] = None
    delivery: Annotated[Text | None, Key("结果送达", "结果怎样交给申请人。")] = None
    fee: Annotated[Annotated[FeePart, Short("标准")] | None, Key("收费", "收不收费、依据什么。", "不收费")] = None
    offices: Annotated[Texts | None, Key("办理机构", "由谁办：写“机构”里的简称。", ["社保中心"])] = None
    hours: Annotated[Text | None, Key("办事时间", "不写的，用机构的办公时间。")] = None
    consult: Annotated[Text | None, Key("咨询", "不写的，用机构的电话。")] = None
    complaint: Annotated[Text | None, Key("监督投诉", "不写的，用机构的监督电话。")] = None
    checked: Annotated[Annotated[CheckedPart, Short("日期")] | None, Key("核对", "最近一次核对。")] = None
    further: Annotated[
        Mapping[str, Text],
        Key("其他要素", "目录的公开内容里还写着的要素：名称照目录写，后面写内容。", {"贷款额度": "个人最高30万元"}),
    ] = field(default_factory=dict)
    without: Annotated[
        Mapping[str, Text], Key("没有的要素", "确实没有的要素，写明为什么没有。", {"结果送达": "当场办好，不另外送达"})
    ] = field(default_factory=dict)
    related: Annotated[Texts, Key("相关事项", "办这件事的人多半还要办的事。", ["social_insurance/7.1"])] = ()
    example_note: Annotated[Text | None, Key("示例说明", "哪些内容是示例，各地不同。")] = None
    owner: Annotated[Text | None, Key("责任人", "内部使用，不公开。")] = None
    reviewer: Annotated[Text | None, Key("审核人", "内部使用，不公开。")] = None
