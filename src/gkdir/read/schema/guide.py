"""The shape of a guide's head: the YAML between the two lines of ``---`` in guides/<domain>/<number>.md."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from gkdir.read.schema.part import Part, key, wrong
from gkdir.read.schema.values import Day, OrWord, Short, Text, Texts, mapping, texts
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar

WAYS = ("窗口", "网上", "掌上", "自助", "邮寄", "电话")
NOTHING = ("无", "无需材料", "不需要材料", "无需提交材料")


class MaterialPart(Part):
    """One line of 办理材料."""

    model_config = ConfigDict(title="办理材料")
    name: Text = key("名称", "材料名称。", "居民身份证")
    form: Text | None = key("表格", "如果是一张表：forms/ 里那张表格的名称。", "失业保险金申领表", default=None)
    original: Text | None = key("形式", "原件、复印件，或原件及复印件。", "原件", default=None)
    copies: Text | None = key("份数", "几份。", 1, default=None)
    medium: Text | None = key("介质", "纸质，或电子。", "纸质", default=None)
    source: Text | None = key("来源", "从哪里来。", "申请人自备", default=None)
    necessity: Text | None = key("必要性", "必要、非必要，或容缺后补。", "必要", default=None)
    note: Text | None = key("要求", "还有什么要求。", default=None)


class StepPart(Part):
    """One step of 办理流程."""

    model_config = ConfigDict(title="办理流程")
    name: Text = key("环节", "这一步叫什么。", "审核")
    text: Text | None = key("说明", "这一步做什么。", default=None)
    limit: Text | None = key("时限", "这一步多久。", "3个工作日", default=None)
    office: Text | None = key("办理单位", "谁来办：写“机构”里的简称。", "社保中心", default=None)


class WayPart(Part):
    """One of 办理方式."""

    model_config = ConfigDict(title="办理方式")
    counter: Texts | None = key("窗口", "去哪个机构的窗口：写“机构”里的简称。", "人社局", default=None)
    web: Texts | None = key("网上", "网上办理的网址。", "https://www.12333.gov.cn/", default=None)
    phone_app: Texts | None = key("掌上", "手机上怎么办。", default=None)
    machine: Texts | None = key("自助", "自助终端在哪里。", default=None)
    post: Texts | None = key("邮寄", "寄到哪里。", default=None)
    call: Texts | None = key("电话", "打哪个电话。", "12333", default=None)


class LimitPart(Part):
    """办理时限."""

    model_config = ConfigDict(title="办理时限")
    statutory: Text | None = key("法定", "法律法规规定的时限。", "自收到申请之日起10个工作日内", default=None)
    promised: Text | None = key("承诺", "本地承诺的时限，不长于法定时限。", "3个工作日", default=None)


class FeePart(Part):
    """收费."""

    model_config = ConfigDict(title="收费")
    standard: Text = key("标准", "收多少。", "不收费")
    basis: Text | None = key("依据", "收费的依据。", default=None)


class CheckedPart(Part):
    """核对."""

    model_config = ConfigDict(title="核对")
    on: Day = key("日期", "最近一次核对这份指南的日期。", "2026-03-01")
    by: Text | None = key("核对人", "内部使用，不公开。", default=None)


def _materials(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Scalar):
        if node.text.strip() in NOTHING:
            return ()
        raise wrong(node, "这里要写一个列表。", "请每项材料一行，以“- ”开头；不需要材料的写“无需材料”。")
    return texts(node)


def _ways(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Scalar):
        raise wrong(node, "这里要写一个列表。", f"每项一行，如“- {{窗口: 人社局}}”；可以写：{'、'.join(WAYS)}。")
    return node.items if isinstance(node, Listing) else (node,) if isinstance(node, Branch) else ()


Materials = Annotated[
    tuple[Annotated[MaterialPart, Short("名称")], ...],
    BeforeValidator(_materials),
    OrWord(NOTHING),
]


class GuideHead(Part):
    """The elements of a service guide, as the notice names them."""

    model_config = ConfigDict(title="办事指南")
    summary: Text | None = key("简述", "一两句话说清是什么事。", default=None)
    served: Texts | None = key("服务对象", "谁可以办。", ["失业人员"], default=None)
    conditions: Texts | None = key("办理条件", "符合什么条件。", default=None)
    materials: Materials | None = key("办理材料", "带什么。不需要材料的写“无需材料”。", default=None)
    steps: Annotated[tuple[Annotated[StepPart, Short("环节")], ...], BeforeValidator(texts)] | None = key(
        "办理流程", "分几步。", default=None
    )
    ways: Annotated[tuple[WayPart, ...], BeforeValidator(_ways)] | None = key(
        "办理方式", "去哪里办、怎么办。", [{"窗口": "人社局"}], default=None
    )
    online_degree: Text | None = key(
        "网上办理深度", "不可网办、原件预审、原件核验，或全程网办。", "全程网办", default=None
    )
    limit: Annotated[LimitPart, Short("承诺")] | None = key("办理时限", "多久办好。", "3个工作日", default=None)
    delivery: Text | None = key("结果送达", "结果怎样交给申请人。", default=None)
    fee: Annotated[FeePart, Short("标准")] | None = key("收费", "收不收费、依据什么。", "不收费", default=None)
    offices: Texts | None = key("办理机构", "由谁办：写“机构”里的简称。", ["社保中心"], default=None)
    hours: Text | None = key("办事时间", "不写的，用机构的办公时间。", default=None)
    consult: Text | None = key("咨询", "不写的，用机构的电话。", default=None)
    complaint: Text | None = key("监督投诉", "不写的，用机构的监督电话。", default=None)
    checked: Annotated[CheckedPart, Short("日期")] | None = key("核对", "最近一次核对。", default=None)
    further: Annotated[dict[str, Text], BeforeValidator(mapping)] = key(
        "其他要素",
        "目录的公开内容里还写着的要素：名称照目录写，后面写内容。",
        {"贷款额度": "个人最高30万元"},
        default={},
    )
    without: Annotated[dict[str, Text], BeforeValidator(mapping)] = key(
        "没有的要素", "确实没有的要素，写明为什么没有。", {"结果送达": "当场办好，不另外送达"}, default={}
    )
    related: Texts = key("相关事项", "办这件事的人多半还要办的事。", ["social_insurance/7.1"], default=())
    example_note: Text | None = key("示例说明", "哪些内容是示例，各地不同。", default=None)
    owner: Text | None = key("责任人", "内部使用，不公开。", default=None)
    reviewer: Text | None = key("审核人", "内部使用，不公开。", default=None)
