"""The shape of an article's head: the YAML between the two lines of ``---`` in pages/<kind>/<name>.md."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict

from gkdir.model.article import CONSULTATION_STATES
from gkdir.read.schema.part import Part, key
from gkdir.read.schema.values import Day, Link, Name, OneOf, Text, Texts


class ArticleHead(Part):
    """What is known of one text of a column."""

    model_config = ConfigDict(title="栏目文章")
    title: Name = key("标题", "标题。常见问题写问题本身。", "社保卡丢了怎么办")
    date: Day = key("日期", "发布的日期。改了内容也不改它。", "2026-03-01")
    formed: Day | None = key(
        "形成日期", "文件定稿、事情定下来的那一天。二十个工作日内要公开，从这一天算。", "2026-02-10", default=None
    )
    summary: Text | None = key("摘要", "一句话说清讲什么。", default=None)
    source: Text | None = key("发布机构", "写“机构”里的简称，或者全称。不写的是网站主办单位。", "人社局", default=None)
    number: Text | None = key("文号", "文件的文号。", "国发〔2014〕8号", default=None)
    link: Link | None = key("原文", "全文或者原件的网址。", default=None)
    until: Day | None = key(
        "有效至", "到哪一天为止有效。过了这一天，注明已失效，排到最后。", "2026-12-31", default=None
    )
    items: Texts | None = key("事项", "和哪些事项有关：领域/编号。", ["employment/4.1"], default=None)
    answered_by: Text | None = key("答复单位", "常见问题、回应关切：谁答复的。", "社保中心", default=None)
    closes: Day | None = key("截止", "意见征集：征集到哪一天。", "2026-02-15", default=None)
    state: Annotated[Text, OneOf(CONSULTATION_STATES)] | None = key(
        "状态", "意见征集：征集中，或已结束。不写的看“截止”。", "征集中", default=None
    )
    result: Text | None = key("结果", "意见征集：收到多少意见，采纳了哪些，没有采纳的为什么。", default=None)
    example_note: Text | None = key("示例说明", "哪些内容是示例，各地不同。", default=None)
    owner: Text | None = key("责任人", "内部使用，不公开。", default=None)
    reviewer: Text | None = key("审核人", "内部使用，不公开。", default=None)


ONLY_IN = {
    "答复单位": ("faq", "responses"),
    "截止": ("consultations",),
    "状态": ("consultations",),
    "结果": ("consultations",),
}
"""Keys that mean something in some kinds alone."""
