"""A county's articles (政策文件, 通知公告 … 意见征集) and its urgent notice, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.declared import INTERNAL, Ending, InForm, Key, OneLine, OneOf, PlaceOf, WebAddress
from gkdir.model.guide import Section
from gkdir.model.item import Placed, Written

ARTICLE_KINDS: Mapping[str, str] = {
    "policies": "政策文件",
    "notices": "通知公告",
    "interpretations": "政策解读",
    "faq": "常见问题",
    "responses": "回应关切",
    "consultations": "意见征集",
}
"""Folder under pages/ (also the address) → title of the column, in the order of the notice."""

CLOSED = "已结束"
CONSULTATION_STATES = ("征集中", CLOSED)


class Revision(Struct, frozen=True):
    """One change of an article since it was published."""

    called: ClassVar[str] = "修改"

    day: Annotated[date, Key("日期", "哪一天改的。", "2026-03-01")]
    what: Annotated[str, Key("内容", "改了什么，一句话。", "办理地点改到政务服务中心二楼。")]
    place: Place


Articles = tuple[Annotated[str, Ending(".md")], ...]
"""References to other articles: folder and file name."""


class Article(Placed, frozen=True):
    """One text of a column; ``kind`` is a key of ``ARTICLE_KINDS``, ``slug`` its file's name.

    ``source`` and ``answered_by`` are keys of 机构 or names; ``items`` are ids as written (``employment/4.1``).
    ``published`` must stay when the article is changed. The fields declare the keys of the file's head.
    """

    called: ClassVar[str] = "栏目文章"
    internal: ClassVar[tuple[Key, ...]] = INTERNAL

    kind: str
    slug: str
    place: Place
    title: Annotated[
        Annotated[str, OneLine()],
        Key("标题", "标题。常见问题写问题本身。", "社保卡丢了怎么办"),
        InForm(40, "必须写。常见问题照群众问的话写。"),
    ]
    published: Annotated[
        date,
        Key("日期", "发布的日期。改了内容也不改它。", "2026-03-01"),
        InForm(13, "发布的日期，必须写。以后改了内容也不改它。", key="day"),
    ]
    formed: Annotated[
        date | None,
        Key("形成日期", "文件定稿、事情定下来的那一天。二十个工作日内要公开，从这一天算。", "2026-02-10"),
        InForm(13),
    ] = None
    summary: Annotated[str | None, Key("摘要", "一句话说清讲什么。"), InForm(36)] = None
    source: Annotated[
        str | None,
        Key("发布机构", "写“机构”里的简称，或者全称。不写的是网站主办单位。", "人社局"),
        InForm(16, "从列表里选。不写的是网站主办单位。", of="offices"),
    ] = None
    number: Annotated[str | None, Key("文号", "文件的文号。", "国发〔2014〕8号"), InForm(20)] = None
    link: Annotated[
        Annotated[str, WebAddress()] | None, Key("原文", "全文或者原件的网址。"), InForm(30, takes="phone")
    ] = None
    until: Annotated[
        date | None, Key("有效至", "到哪一天为止有效。过了这一天，注明已失效，排到最后。", "2026-12-31"), InForm(13)
    ] = None
    items: Annotated[
        tuple[str, ...],
        Key("事项", "和哪些事项有关：领域/编号。", ["employment/4.1"]),
        InForm(30, "和哪些事项有关，从列表里选，或者写编号，一行一个。", takes="items", of="items"),
    ] = ()
    policies: Annotated[
        Articles,
        Key("对应文件", "政策解读：解读的是哪篇政策文件，写它的文件夹和文件名。", ["policies/rules"]),
        InForm(30, "政策解读：解读的是哪篇政策文件，从列表里选。", takes="items", of="policies"),
    ] = ()
    interpretations: Annotated[
        Articles,
        Key("解读", "政策文件：哪篇解读讲它，解读里写了就不用再写。", ["interpretations/card"]),
        InForm(30, "政策文件：哪篇解读讲它，解读里写了就不用再写。", takes="items", of="interpretations"),
    ] = ()
    replaces: Annotated[
        Articles,
        Key("代替", "这一篇代替了哪几篇，那几篇的页面上注明已失效。", ["policies/old-rules"]),
        InForm(30, "这一篇代替了哪几篇，从列表里选。", takes="items", of="articles"),
    ] = ()
    replaced_by: Annotated[
        Annotated[str, Ending(".md")] | None,
        Key("被代替", "这一篇被哪一篇代替了，那边写了“代替”的不用写。", "policies/new-rules"),
        InForm(30, "这一篇被哪一篇代替了，那边写了的不用写。", takes="items", of="articles"),
    ] = None
    withdrawn: Annotated[
        date | None, Key("废止", "从哪一天起不再有效，页面上注明已失效。", "2026-05-01"), InForm(13)
    ] = None
    revisions: Annotated[
        tuple[Revision, ...],
        Key("修改", "发布以后改过什么，页面上列出来。", [{"日期": "2026-03-01", "内容": "办公时间改为8:30开始。"}]),
        InForm(36, "发布以后改过什么，一行一次，如 2026-03-01：办理地点改到二楼。"),
    ] = ()
    index: Annotated[
        str | None, Key("索引号", "本单位自己编的索引号。不写的按区划代码、栏目和文件名编。"), InForm(16)
    ] = None
    answered_by: Annotated[
        str | None,
        Key("答复单位", "常见问题、回应关切：谁答复的。", "社保中心"),
        InForm(16, "谁答复的，从列表里选。", of="offices"),
    ] = None
    closes: Annotated[date | None, Key("截止", "意见征集：征集到哪一天。", "2026-02-15"), InForm(13)] = None
    state: Annotated[
        Annotated[str, OneOf(CONSULTATION_STATES)] | None,
        Key("状态", "意见征集：征集中，或已结束。不写的看“截止”。", "征集中"),
        InForm(10),
    ] = None
    result: Annotated[str | None, Key("结果", "意见征集：收到多少意见，采纳了哪些，没有采纳的为什么。"), InForm(36)] = (
        None
    )
    example_note: Annotated[str | None, Key("示例说明", "哪些内容是示例，各地不同。"), InForm(24)] = None
    sections: tuple[Section, ...] = ()
    written: Mapping[str, Written] = field(default_factory=dict)

    def place_of(self, key: str) -> Place:
        """The place of ``key`` in the file; the article's place if it is missing."""
        return self.written.get(key, self).place

    @property
    def id(self) -> str:
        """``policies/rules``: how other articles refer to it."""
        return f"{self.kind}/{self.slug}"

    def joined(self, other: Article) -> bool:
        """Whether one of the two is a policy and the other its interpretation; a reference in either is enough."""
        if {self.kind, other.kind} != {"policies", "interpretations"}:
            return False
        named = other.id in (*self.policies, *self.interpretations)
        return named or self.id in (*other.policies, *other.interpretations)

    def supersedes(self, other: Article) -> bool:
        """Whether it replaces the other; a reference in either is enough."""
        return other.id in self.replaces or other.replaced_by == self.id

    def expired(self, today: date) -> bool:
        """Whether it has expired or was withdrawn as of ``today``."""
        over = self.until is not None and self.until < today
        return over or (self.withdrawn is not None and self.withdrawn <= today)

    def closed(self, today: date) -> bool:
        """Whether a consultation has ended as of ``today``, by its status or its last day."""
        if self.state is not None:
            return self.state == CLOSED
        return self.closes is not None and self.closes < today


ONLY_IN = {
    "对应文件": ("interpretations",),
    "解读": ("policies",),
    "答复单位": ("faq", "responses"),
    "截止": ("consultations",),
    "状态": ("consultations",),
    "结果": ("consultations",),
}
"""Key → the only kinds of articles that may have it."""


class Urgent(Struct, frozen=True):
    """紧急通知: shown on every page until the end of ``until``."""

    called: ClassVar[str] = "紧急通知"

    text: Annotated[str, Key("内容", "一两句话。", "因暴雨，今天下午各窗口暂停办公"), InForm(60)]
    until: Annotated[date, Key("截止", "到哪一天为止，过后自动不再显示。", "2026-07-03"), InForm(13)]
    place: Place
    link: Annotated[Annotated[str, WebAddress()] | None, Key("链接", "详细情况的网址。"), InForm(40)] = None
    until_place: Annotated[Place | None, PlaceOf("截止")] = None
