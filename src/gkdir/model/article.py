"""A county's articles (政策文件, 通知公告 … 意见征集) and its urgent notice, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.guide import Section
from gkdir.model.item import Written
from gkdir.model.placed import Placed

ARTICLE_KINDS: Mapping[str, str] = {
    "policies": "政策文件",
    "notices": "通知公告",
    "interpretations": "政策解读",
    "faq": "常见问题",
    "responses": "回应关切",
    "consultations": "意见征集",
}
"""The columns in the order of the notice: folder under pages/, which is also the address → title."""

CLOSED = "已结束"
CONSULTATION_STATES = ("征集中", CLOSED)


class Revision(Struct, frozen=True):
    """One change of an article since it was published."""

    day: date
    what: str
    place: Place


class Article(Placed, frozen=True):
    """One text of a column; ``kind`` is a key of ``ARTICLE_KINDS``, ``slug`` its file's name.

    ``source`` and ``answered_by`` are keys of 机构 or names; ``items`` are ids as written (``employment/4.1``).
    """

    kind: str
    slug: str
    place: Place
    title: str
    published: date  # 日期; never changed to look fresh
    summary: str | None = None  # 摘要
    source: str | None = None  # 发布机构
    number: str | None = None  # 文号
    link: str | None = None  # 原文
    until: date | None = None  # 有效至
    items: tuple[str, ...] = ()  # 事项
    policies: tuple[str, ...] = ()  # 对应文件, of an interpretation: policies/rules
    interpretations: tuple[str, ...] = ()  # 解读, of a policy: interpretations/card
    replaces: tuple[str, ...] = ()  # 代替: policies/old
    replaced_by: str | None = None  # 被代替: policies/new
    withdrawn: date | None = None  # 废止: from that day on it does not hold
    revisions: tuple[Revision, ...] = ()  # 修改
    index: str | None = None  # 索引号
    answered_by: str | None = None  # 答复单位
    closes: date | None = None  # 截止, of a consultation
    state: str | None = None  # 状态: 征集中, 已结束
    result: str | None = None  # 结果
    formed: date | None = None  # 形成日期: the 20 working days run from it
    example_note: str | None = None  # 示例说明
    sections: tuple[Section, ...] = ()
    written: Mapping[str, Written] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``policies/rules``: the name of the article in other articles."""
        return f"{self.kind}/{self.slug}"

    def joined(self, other: Article) -> bool:
        """Whether one of the two is the interpretation of the other; either of them says so."""
        named = other.id in (*self.policies, *self.interpretations)
        return named or self.id in (*other.policies, *other.interpretations)

    def supersedes(self, other: Article) -> bool:
        """Whether it stands in the place of the other; either of them says so."""
        return other.id in self.replaces or other.replaced_by == self.id

    def expired(self, today: date) -> bool:
        """Whether it has expired, or was withdrawn, by that day."""
        over = self.until is not None and self.until < today
        return over or (self.withdrawn is not None and self.withdrawn <= today)

    def closed(self, today: date) -> bool:
        """Whether a consultation has ended by that day, by its status or its last day."""
        if self.state is not None:
            return self.state == CLOSED
        return self.closes is not None and self.closes < today


class Urgent(Struct, frozen=True):
    """紧急通知: shown on every page until the end of ``until``."""

    text: str
    until: date
    place: Place
    link: str | None = None
    until_place: Place | None = None
