"""The shape of an article's head: the YAML between the two lines of ``---`` in pages/<kind>/<name>.md."""

from __future__ import annotations

from typing import Annotated, ClassVar

from gkdir.model.article import CONSULTATION_STATES
from gkdir.model.declared import Key, OneOf
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Day, Link, Name, Text, Texts


class RevisionPart(Part, frozen=True, kw_only=True):
    """One change of an article."""

    called: ClassVar[str] = "修改"
    day: Annotated[Day, Key("日期", "哪一天改的。", "2026-03-01")]
    what: Annotated[Text, Key("内容", "改了什么，一句话。", "办理地点改到政务服务中心二楼。")]


class ArticleHead(Part, frozen=True, kw_only=True):
    """What is known of one text of a column."""

    called: ClassVar[str] = "栏目文章"
    title: Annotated[Name, Key("标题", "标题。常见问题写问题本身。", "社保卡丢了怎么办")]
    date: Annotated[Day, Key("日期", "发布的日期。改了内容也不改它。", "2026-03-01")]
    formed: Annotated[
        Day | None, Key("形成日期", "文件定稿、事情定下来的那一天。二十个工作日内要公开，从这一天算。", "2026-02-10")
    ] = None
    summary: Annotated[Text | None, Key("摘要", "一句话说清讲什么。")] = None
    source: Annotated[Text | None, Key("发布机构", "写“机构”里的简称，或者全称。不写的是网站主办单位。", "人社局")] = (
        None
    )
    number: Annotated[Text | None, Key("文号", "文件的文号。", "国发〔2014〕8号")] = None
    link: Annotated[Link | None, Key("原文", "全文或者原件的网址。")] = None
    until: Annotated[
        Day | None, Key("有效至", "到哪一天为止有效。过了这一天，注明已失效，排到最后。", "2026-12-31")
    ] = None
    items: Annotated[Texts | None, Key("事项", "和哪些事项有关：领域/编号。", ["employment/4.1"])] = None
    policies: Annotated[
        Texts | None, Key("对应文件", "政策解读：解读的是哪篇政策文件，写它的文件夹和文件名。", ["policies/rules"])
    ] = None
    interpretations: Annotated[
        Texts | None,
        Key("解读", "政策文件：哪篇解读讲它，解读里写了就不用再写。", ["interpretations/card"]),
    ] = None
    replaces: Annotated[
        Texts | None,
        Key("代替", "这一篇代替了哪几篇，那几篇的页面上注明已失效。", ["policies/old-rules"]),
    ] = None
    replaced_by: Annotated[
        Text | None, Key("被代替", "这一篇被哪一篇代替了，那边写了“代替”的不用写。", "policies/new-rules")
    ] = None
    withdrawn: Annotated[Day | None, Key("废止", "从哪一天起不再有效，页面上注明已失效。", "2026-05-01")] = None
    revisions: Annotated[
        tuple[RevisionPart, ...],
        Key("修改", "发布以后改过什么，页面上列出来。", [{"日期": "2026-03-01", "内容": "办公时间改为8:30开始。"}]),
    ] = ()
    index: Annotated[Text | None, Key("索引号", "本单位自己编的索引号。不写的按区划代码、栏目和文件名编。")] = None
    answered_by: Annotated[Text | None, Key("答复单位", "常见问题、回应关切：谁答复的。", "社保中心")] = None
    closes: Annotated[Day | None, Key("截止", "意见征集：征集到哪一天。", "2026-02-15")] = None
    state: Annotated[
        Annotated[Text, OneOf(CONSULTATION_STATES)] | None,
        Key("状态", "意见征集：征集中，或已结束。不写的看“截止”。", "征集中"),
    ] = None
    result: Annotated[Text | None, Key("结果", "意见征集：收到多少意见，采纳了哪些，没有采纳的为什么。")] = None
    example_note: Annotated[Text | None, Key("示例说明", "哪些内容是示例，各地不同。")] = None
    owner: Annotated[Text | None, Key("责任人", "内部使用，不公开。")] = None
    reviewer: Annotated[Text | None, Key("审核人", "内部使用，不公开。")] = None


ONLY_IN = {
    "对应文件": ("interpretations",),
    "解读": ("policies",),
    "答复单位": ("faq", "responses"),
    "截止": ("consultations",),
    "状态": ("consultations",),
    "结果": ("consultations",),
}
"""Keys that mean something in some kinds alone."""
