"""A service guide (办事指南) and the forms it offers, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.attached import AttachedFile, FormFile
from gkdir.model.declared import (
    INTERNAL,
    Asked,
    ByKind,
    ByName,
    Clash,
    InForm,
    Key,
    OneLine,
    OneOf,
    OrWord,
    Required,
    Short,
)
from gkdir.model.item import Placed, TimeLimit, Written


class Material(Struct, frozen=True):
    """One line of 办理材料."""

    called: ClassVar[str] = "办理材料"

    name: Annotated[str, Key("名称", "材料名称。", "居民身份证"), InForm(34, "必须写。", "材料名称")]
    place: Place
    original: Annotated[
        str | None,
        Key("形式", "原件、复印件，或原件及复印件。", "原件"),
        InForm(14, choices=("原件", "复印件", "原件及复印件")),
    ] = None
    copies: Annotated[str | None, Key("份数", "几份。", 1), InForm(7, takes="count")] = None
    medium: Annotated[
        str | None, Key("介质", "纸质，或电子。", "纸质"), InForm(9, choices=("纸质", "电子", "纸质或电子"))
    ] = None
    source: Annotated[str | None, Key("来源", "从哪里来。", "申请人自备"), InForm(20)] = None
    necessity: Annotated[
        str | None,
        Key("必要性", "必要、非必要，或容缺后补。", "必要"),
        InForm(12, choices=("必要", "非必要", "容缺后补")),
    ] = None
    form: Annotated[
        str | None,
        Key("表格", "如果是一张表：forms/ 里那张表格的名称。", "失业保险金申领表"),
        InForm(24, "如果是一张表，从列表里选。", of="forms"),
    ] = None
    note: Annotated[str | None, Key("要求", "还有什么要求。"), InForm(36)] = None
    ground: Annotated[
        str | None,
        Key("依据", "上一级没有要的材料，依据哪个文件要。", "《某省失业登记办法》（某政发〔2024〕5号）"),
        InForm(24, "上一级没有要的材料，写依据哪个文件。"),
    ] = None

    @property
    def optional(self) -> bool:
        """Whether only some people need it. A document that may be handed in later is needed from all."""
        return self.necessity == "非必要"


class GuideStep(Struct, frozen=True):
    """One step of 办理流程."""

    called: ClassVar[str] = "办理流程"

    name: Annotated[str, Key("环节", "这一步叫什么。", "审核"), InForm(14, "这一步叫什么，必须写。")]
    place: Place
    text: Annotated[str | None, Key("说明", "这一步做什么。"), InForm(50)] = None
    limit: Annotated[
        TimeLimit | None, Key("时限", "这一步多久。", "3个工作日"), InForm(16, "这一步多久，如 3个工作日。")
    ] = None
    office: Annotated[
        str | None,
        Key("办理单位", "谁来办：写“机构”里的简称。", "社保中心"),
        InForm(16, "谁来办，从列表里选。", of="offices"),
    ] = None


class Way(Struct, frozen=True):
    """One of 办理方式: ``kind`` is one of ``WAYS``, ``target`` an organisation's key, an address or a note."""

    kind: str
    target: str
    place: Place


WAYS = (
    Key("窗口", "去哪个机构的窗口：写“机构”里的简称。", "人社局"),
    Key("网上", "网上办理的网址。", "https://www.12333.gov.cn/"),
    Key("掌上", "手机上怎么办。"),
    Key("自助", "自助终端在哪里。"),
    Key("邮寄", "寄到哪里。"),
    Key("电话", "打哪个电话。", "12333"),
)


Ways = Annotated[tuple[Way, ...], ByKind(WAYS, "每项一行，如“- {窗口: 人社局}”")]
DEGREES = ("不可网办", "原件预审", "原件核验", "全程网办")
"""网上办理深度."""


class Limits(Struct, frozen=True):
    """办理时限."""

    called: ClassVar[str] = "办理时限"

    statutory: Annotated[
        TimeLimit | None,
        Key("法定", "法律法规规定的时限。", "自收到申请之日起10个工作日内"),
        InForm(14, "法律法规规定的，如 10个工作日。", "法定时限", "办理时限"),
    ] = None
    promised: Annotated[
        TimeLimit | None,
        Key("承诺", "本地承诺的时限，不长于法定时限。", "3个工作日"),
        InForm(14, "本县承诺的，不长于法定时限。", "承诺时限", "办理时限"),
    ] = None


class Fee(Struct, frozen=True):
    """收费."""

    called: ClassVar[str] = "收费"

    standard: Annotated[str, Key("标准", "收多少。", "不收费"), InForm(14, "不收费的写“不收费”。", group="收费")]
    basis: Annotated[
        str | None, Key("依据", "收费的依据。"), InForm(20, "收费的，写依据哪个文件。", group="收费", key="fee_basis")
    ] = None

    @property
    def text(self) -> str:
        """Standard and basis in one sentence."""
        return f"{self.standard}（依据：{self.basis}）" if self.basis else self.standard


class Review(Struct, frozen=True):
    """核对."""

    called: ClassVar[str] = "核对"
    internal: ClassVar[tuple[Key, ...]] = (Key("核对人", "内部使用，不公开。"),)

    day: Annotated[
        date,
        Key("日期", "最近一次核对这份指南的日期。", "2026-03-01"),
        InForm(13, label="核对日期", key="checked"),
    ]


class GuideSource(Struct, frozen=True):
    """One of 来源: a text that the guide was written from."""

    called: ClassVar[str] = "来源"

    name: Annotated[str, Key("名称", "法规或者文件的名称。", "《失业保险条例》")]
    place: Place
    number: Annotated[str | None, Key("文号", "它的文号。", "国务院令第258号")] = None
    articles: Annotated[str | None, Key("条款", "哪几条。", "第十四条、第十七条")] = None
    used_for: Annotated[tuple[str, ...], Key("用于", "用它写了哪几个要素。", ["办理条件", "办理时限"])] = ()
    confidence: Annotated[
        Annotated[str, OneOf(("高", "中", "低"))] | None,
        Key("把握", "高：看过原文；中：看过转述；低：只有一地的指南。", "高"),
    ] = None
    seen: Annotated[date | None, Key("查阅", "哪天查的。", "2026-03-01")] = None


PLAIN_SECTIONS = ("这是什么", "对我有什么用", "我要做什么")
"""The headings of a guide's body that explain it in plain words."""


class Section(Placed, frozen=True):
    """A heading of a text's body and the Markdown below it, which begins on ``line`` of the file.

    ``files``: the files that it links to.
    """

    not_compared: ClassVar[frozenset[str]] = frozenset({"line"})

    title: str
    markdown: str
    place: Place
    line: int = 0
    files: tuple[AttachedFile, ...] = ()


class NamedText(Struct, frozen=True):
    """An element with its text: 贷款额度 and the amount, or the reason why the guide lacks the element."""

    name: str
    text: str
    place: Place


WITHOUT_MATERIALS = ("无", "无需材料", "不需要材料", "无需提交材料")
NO_MATERIALS = WITHOUT_MATERIALS[1]
"""The recommended way to write that no documents are needed."""
Materials = Annotated[
    tuple[Annotated[Material, Short("名称")], ...],
    OrWord(WITHOUT_MATERIALS, "请每项材料一行，以“- ”开头；不需要材料的写“无需材料”。"),
]


class Guide(Placed, frozen=True):
    """One service guide. An element that was not given is ``None``; one given as empty list is ``()``.

    An element is only declared here, in the order of the page: its key, its place on the page, in the Excel form, in
    differences, in data/DOMAIN.json and in the JSON Schema follow. ``written``: the place of each element by its
    Chinese key (``办理时限.承诺`` for nested ones). ``inherited``: the names of the layers above the county that have
    contributed to it.
    """

    called: ClassVar[str] = "办事指南"
    internal: ClassVar[tuple[Key, ...]] = INTERNAL

    domain: str
    number: str
    place: Place
    summary: Annotated[
        str | None, Key("简述", "一两句话说清是什么事。"), Asked(("事项简述", "简述"), expected=True), InForm(36)
    ] = None
    now: Annotated[
        str | None,
        Key("马上做", "耽误不得的事，写在最前面：现在就要做什么。", "现在就打12333，先临时挂失。"),
        InForm(30, "耽误不得的才写，一两句话。"),
    ] = None
    served: Annotated[
        tuple[str, ...] | None,
        Key("服务对象", "谁可以办。", ["失业人员"]),
        Asked(("服务对象", "对象范围", "政策对象", "办理对象"), expected=True),
        InForm(26, "谁可以办，一行一类。"),
    ] = None
    conditions: Annotated[
        tuple[str, ...] | None,
        Key("办理条件", "符合什么条件。"),
        Asked(("办理条件", "申请条件", "申领条件", "受理条件", "政策申请条件")),
        InForm(30, "符合什么条件，一行一条。"),
    ] = None
    materials: Annotated[
        Materials | None,
        Key("办理材料", "带什么。不需要材料的写“无需材料”。"),
        Asked(("办理材料", "申请材料", "申领材料", "提交材料", "申报材料", "政策申请材料")),
    ] = None
    deadlines: Annotated[
        tuple[str, ...] | None,
        Key("别错过", "过了就办不成、要吃亏的期限：谁办、从哪天算、多久。", ["单位：从受伤那天起30日内申请"]),
        InForm(30, "过了要吃亏的期限，一行一条。"),
    ] = None
    proxy: Annotated[
        str | None,
        Key("代办", "能不能请别人替您办，要带什么。", "家里人可以替您办，带上两个人的身份证。"),
        InForm(26),
    ] = None
    steps: Annotated[
        tuple[Annotated[GuideStep, Short("环节")], ...] | None,
        Key("办理流程", "分几步。"),
        Asked(("办理流程", "服务流程", "办事流程")),
    ] = None
    ways: Annotated[
        Ways | None,
        Key("办理方式", "去哪里办、怎么办。", [{"窗口": "人社局"}]),
        Asked(("办理方式",), expected=True),
    ] = None
    online_degree: Annotated[
        str | None,
        Key("网上办理深度", "不可网办、原件预审、原件核验，或全程网办。", "全程网办"),
        Asked(("网上办理深度", "网上可办理程度")),
        InForm(12, "从列表里选。", choices=DEGREES),
    ] = None
    limit: Annotated[
        Annotated[Limits, Short("承诺")] | None,
        Key("办理时限", "多久办好。", "3个工作日"),
        Asked(("办理时限", "承诺时限"), expected=True),
    ] = None
    delivery: Annotated[
        str | None,
        Key("结果送达", "结果怎样交给申请人。"),
        Asked(("结果送达", "办理结果告知方式", "证件送达方式", "送达方式", "结果领取方式"), expected=True),
        InForm(26),
    ] = None
    fee: Annotated[
        Annotated[Fee, Short("标准")] | None,
        Key("收费", "收不收费、依据什么。", "不收费"),
        Asked(("收费依据及标准", "收费标准", "收费"), expected=True),
    ] = None
    hours: Annotated[
        str | None,
        Key("办事时间", "不写的，用机构的办公时间。"),
        Asked(("办事时间", "服务时间", "办理时间", "办公时间")),
        InForm(22, takes="hours"),
    ] = None
    offices: Annotated[
        tuple[str, ...] | None,
        Key("办理机构", "由谁办：写“机构”里的简称。", ["社保中心"]),
        Asked(("办理机构及地点", "办理地点（方式）", "服务地点（方式）", "办理地点", "办理机构"), expected=True),
        InForm(14, "一行一个，写“机构”表里的简称。", of="offices"),
    ] = None
    consult: Annotated[
        str | None,
        Key("咨询", "不写的，用机构的电话。"),
        Asked(("咨询查询途径", "咨询电话", "联系电话", "咨询")),
        InForm(22, takes="phone"),
    ] = None
    complaint: Annotated[
        str | None,
        Key("监督投诉", "不写的，用机构的监督电话。"),
        Asked(("监督投诉渠道", "监督投诉电话", "监督电话", "监督投诉")),
        InForm(22, takes="phone"),
    ] = None
    code: Annotated[
        str | None,
        Key("实施编码", "政务服务平台给这一项的编码，网页上不写：从平台导入的时候认得出是哪一项。", "X0001"),
        InForm(22, "政务服务平台给这一项的编码，没有就空着。", takes="count"),
    ] = None
    review: Annotated[Annotated[Review, Short("日期")] | None, Key("核对", "最近一次核对。")] = None
    further: Annotated[
        tuple[NamedText, ...],
        Key("其他要素", "目录的公开内容里还写着的要素：名称照目录写，后面写内容。", {"贷款额度": "个人最高30万元"}),
        InForm(40, "目录的公开内容里还写着的：一行一个，写成 名称：内容。"),
        ByName(),
    ] = ()
    without: Annotated[
        tuple[NamedText, ...],
        Key("没有的要素", "确实没有的要素，写明为什么没有。", {"证件送达方式": "当场办好，不另外送达"}),
        InForm(40, "确实没有的要素：一行一个，写成 名称：为什么没有。"),
        ByName(),
    ] = ()
    nature: Annotated[
        Annotated[str, OneOf(("申请", "免申即享", "信息服务", "已停止"))] | None,
        Key("办理类型", "申请、免申即享、信息服务或已停止；不写就是申请。", "免申即享"),
    ] = None
    sources: Annotated[tuple[GuideSource, ...], Key("来源", "这份指南依据哪些文件写的。")] = ()
    pending: Annotated[
        tuple[NamedText, ...],
        Key(
            "待补",
            "各地自己定、这里还没有写的要素，和写上以前给群众看的话。",
            {"办理时限.承诺": "各地答应的时间不同，办之前请打电话问。"},
        ),
        ByName(),
    ] = ()
    related: Annotated[tuple[str, ...], Key("相关事项", "办这件事的人多半还要办的事。", ["social_insurance/7.1"])] = ()
    example_note: Annotated[
        str | None, Key("示例说明", "哪些内容是示例，各地不同。"), InForm(24, "哪些内容是示例。")
    ] = None
    sections: tuple[Section, ...] = ()
    inherited: str = ""
    written: Mapping[str, Written] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The item the guide belongs to: ``employment/4.1``."""
        return f"{self.domain}/{self.number}"

    @property
    def statutory(self) -> TimeLimit | None:
        """办理时限.法定."""
        return self.limit.statutory if self.limit else None

    @property
    def promised(self) -> TimeLimit | None:
        """办理时限.承诺."""
        return self.limit.promised if self.limit else None

    @property
    def checked(self) -> date | None:
        """核对.日期."""
        return self.review.day if self.review else None


FIELD_KINDS = ("文字", "多行", "日期", "选择", "勾选", "签名")
TWELFTHS = 12


class FormField(Struct, frozen=True):
    """One blank of a form; ``width`` in twelfths of a line."""

    called: ClassVar[str] = "栏目"

    label: Annotated[str, OneLine(), Key("名称", "这一格填什么。", "姓名"), InForm(20, "这一格填什么，必须写。")]
    kind: Annotated[str, OneOf(FIELD_KINDS), Key("类型", "不写的是“文字”。", "日期"), InForm(9)] = "文字"
    width: Annotated[int, Key("宽", "占一行的十二分之几，1 到 12。", 6), InForm(7)] = 6
    required: Annotated[bool, Key("必填", "不写的是必填。"), InForm(7)] = True
    choices: Annotated[
        tuple[str, ...],
        Key("选项", "“选择”和“勾选”的各个选项。", ["男", "女"]),
        InForm(24, "“选择”和“勾选”的各个选项，一行一个。"),
    ] = ()
    help: Annotated[str | None, Key("说明", "怎么填：写进填写说明。"), InForm(36)] = None
    example: Annotated[str | None, Key("示例", "示范文本里填什么，只用虚构的人和事。"), InForm(20)] = None

    def clash(self) -> Clash | None:
        """The mistake of a width out of range, or of a choice without choices."""
        if not 1 <= self.width <= TWELFTHS:
            return Clash(("宽",), f"宽 {self.width} 放不进一行。", "请写 1 到 12 的整数，12 是整行。")
        if self.kind in ("选择", "勾选") and not self.choices:
            return Clash(("类型",), f"“{self.label}”的类型是“{self.kind}”，却没有选项。", "请写上“选项: [甲, 乙]”。")
        return None


class FormSection(Struct, frozen=True):
    """A titled part of a form."""

    called: ClassVar[str] = "分节"

    title: Annotated[str, OneLine(), Key("标题", "这一节的标题。", "个人信息")]
    fields: Annotated[tuple[FormField, ...], Key("栏目", "这一节的各格。")]


PAPERS = {"blank": "空白表", "sample": "示范文本"}
"""The two documents of a form, with their names."""


class Form(Struct, frozen=True):
    """A form: either described once (``sections``), or ready files (``blank``, ``sample``, ``instructions``).

    ``instructions`` is Markdown; a described form's come from the help texts of its fields.
    """

    called: ClassVar[str] = "表格"

    name: str
    place: Place
    title: Annotated[str, OneLine(), Key("名称", "表格的名称。", "失业登记表")]
    note: Annotated[str | None, Key("说明", "什么时候填、一式几份。")] = None
    sections: Annotated[tuple[FormSection, ...], Required(), Key("分节", "表格分成的各节。")] = ()
    blank: FormFile | None = None
    sample: FormFile | None = None
    instructions: str | None = None

    def ready(self, paper: str) -> FormFile | None:
        """The ready file of one of ``PAPERS``."""
        return self.sample if paper == "sample" else self.blank
