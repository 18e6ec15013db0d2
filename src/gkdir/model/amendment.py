"""更新记录: a county's additions, changes and discontinuations, by day, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.item import Written
from gkdir.model.placed import Placed

ADDED, CHANGED, STOPPED = "新增", "修改", "停用"
AMENDMENT_KINDS = (ADDED, CHANGED, STOPPED)

ITEM, GUIDE, FORM, ARTICLE, OFFICE = "事项", "办事指南", "表格", "文章", "机构"
AMENDMENT_SUBJECTS = (ITEM, GUIDE, FORM, ARTICLE, OFFICE)
"""The subjects of changes; each is also the YAML key of the subject's id."""


class Amended(Struct, frozen=True):
    """One changed element: old and new value, or the entries removed from and added to a list; empty if none."""

    label: str
    old: str | None = None  # 原
    new: str | None = None  # 现
    removed: tuple[str, ...] = ()  # 去掉
    added: tuple[str, ...] = ()  # 增加


class Amendment(Placed, frozen=True):
    """One entry of 更新记录. ``subject`` is one of ``AMENDMENT_SUBJECTS``; ``id`` is the item's (``employment/4.1``),
    the form's name, the article's ``faq/cash`` or the organisation's key; ``town`` is the slug of the township or
    village that it is about, empty for the county.
    """

    day: date
    kind: str
    subject: str
    id: str
    name: str
    place: Place
    town: str = ""
    fields: tuple[Amended, ...] = ()
    reason: str | None = None  # 理由
    basis: str | None = None  # 依据
    formed: date | None = None  # 形成日期: when what changed took effect, from which the 20 working days run
    written: Mapping[str, Written] = field(default_factory=dict)

    @property
    def about(self) -> tuple[str, str, str]:
        """A key for what the entry is about; entries with the same key form its history."""
        return self.town, self.subject, self.id

    @property
    def said(self) -> tuple[object, ...]:
        """The content of the entry without day, reason and basis."""
        return *self.about, self.kind, self.fields
