"""更新记录: a county's additions, changes and discontinuations, by day, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.declared import INTERNAL, Clash, InForm, Key, OneOf
from gkdir.model.guidedefaults import GuideDefaults
from gkdir.model.item import Placed, Written

ADDED, CHANGED, STOPPED = "新增", "修改", "停用"
AMENDMENT_KINDS = (ADDED, CHANGED, STOPPED)

ITEM, GUIDE, FORM, ARTICLE, OFFICE = "事项", "办事指南", "表格", "文章", "机构"
AMENDMENT_SUBJECTS = (ITEM, GUIDE, FORM, ARTICLE, OFFICE)
"""The subjects of changes; each is also the YAML key of the subject's id."""
SUBJECT_FIELDS = dict(zip(AMENDMENT_SUBJECTS, ("item", "guide", "form", "article", "office"), strict=True))
"""Subject → the field of an Amendment with its id."""


_ONE = "事项、办事指南、表格、文章、机构只写一样。"


def defaults_id(domain: str) -> str:
    """The id of 指南默认 for a domain, or for all domains if ``domain`` is empty."""
    return "/".join(filter(None, (domain, GuideDefaults.called)))


class Amended(Struct, frozen=True):
    """One changed element: old and new value, or the entries removed from and added to a list; empty if none."""

    called: ClassVar[str] = "改动"

    label: Annotated[str, Key("栏目", "改了哪一栏。", "公开时限")]
    old: Annotated[str | None, Key("原", "原来怎样。", "信息形成或变更之日起20个工作日内公开")] = None
    new: Annotated[str | None, Key("现", "现在怎样。", "信息形成或变更之日起10个工作日内公开")] = None
    removed: Annotated[tuple[str, ...], Key("去掉", "列表里去掉了什么。", ["广播电视"])] = ()
    added: Annotated[tuple[str, ...], Key("增加", "列表里增加了什么。", ["两微一端"])] = ()

    def clash(self) -> Clash | None:
        """The mistake of an entry without any change."""
        if self.old or self.new or self.removed or self.added:
            return None
        hint = "请写“原”和“现”，列表写“去掉”和“增加”。"
        return Clash(("栏目",), f"“{self.label}”没有写改了什么。", hint)


class Amendment(Placed, frozen=True, kw_only=True):
    """One entry of 更新记录. Its subject is an item or its guide (``employment/4.1``), the name of a form, an article
    (``faq/cash``), or the key of an organisation; ``town``: the slug of the township or village, empty for the county.
    """

    called: ClassVar[str] = "一条更新记录"
    internal: ClassVar[tuple[Key, ...]] = (INTERNAL[1],)

    day: Annotated[date, Key("日期", "哪一天改的。", "2026-03-01"), InForm(12)]
    kind: Annotated[str, OneOf(AMENDMENT_KINDS), Key("类型", "新增、修改或停用。", "修改"), InForm(8)]
    town: Annotated[
        str,
        Key("乡镇村", "只是某个乡镇、村的：它的文件名（不带 .yaml）。", "baishi"),
        InForm(16, "只是某个乡镇、村的，从列表里选；县里的空着。", takes="items", of="towns"),
    ] = ""
    item: Annotated[
        str | None,
        Key("事项", "改的是事项：领域/编号。", "employment/4.1"),
        InForm(28, f"改的是目录里的事项，写在这里。{_ONE}", takes="items", of="items"),
    ] = None
    guide: Annotated[
        str | None,
        Key("办事指南", "改的是办事指南：领域/编号。", "employment/4.1"),
        InForm(28, f"改的是办事指南，写在这里。{_ONE}", takes="items", of="items"),
    ] = None
    form: Annotated[
        str | None, Key("表格", "改的是表格：forms/ 里那张表格的名称。", "失业登记表"), InForm(18, of="forms")
    ] = None
    article: Annotated[
        str | None,
        Key("文章", "改的是栏目文章：栏目/文件名。", "faq/cash"),
        InForm(24, f"改的是文章，写在这里。{_ONE}", takes="items", of="articles"),
    ] = None
    office: Annotated[
        str | None,
        Key("机构", "改的是机构的名称、地址或电话：“机构”里的简称。", "人社局"),
        InForm(14, of="offices"),
    ] = None
    name: Annotated[str, Key("名称", "当时叫什么。", "失业登记"), InForm(26)]
    place: Place
    fields: Annotated[tuple[Amended, ...], Key("改动", "逐栏写原来和现在；新增、停用的可以不写。")] = ()
    formed: Annotated[
        date | None,
        Key("形成日期", "事情实际变了的那一天。二十个工作日内要公开，从这一天算。", "2026-02-10"),
        InForm(12),
    ] = None
    reason: Annotated[str | None, Key("理由", "为什么改。"), InForm(36)] = None
    basis: Annotated[str | None, Key("依据", "依据哪个文件改。", "《…办法》（…〔2026〕3号）"), InForm(36)] = None
    written: Mapping[str, Written] = field(default_factory=dict)

    @classmethod
    def of(cls, subject: str, id_: str, **rest: Any) -> Amendment:
        """An entry about the ``subject`` (one of ``AMENDMENT_SUBJECTS``) with that id."""
        values: dict[str, Any] = {SUBJECT_FIELDS[subject]: id_, **rest}
        return cls(**values)

    def _named(self) -> Mapping[str, str]:
        """Subject → id; exactly one in a valid entry."""
        ids = {subject: getattr(self, name) for subject, name in SUBJECT_FIELDS.items()}
        return {subject: id_ for subject, id_ in ids.items() if id_ is not None}

    def clash(self) -> Clash | None:
        """The mistake of an entry with no or several subjects."""
        named = tuple(self._named())
        if len(named) == 1:
            return None
        what = f"又写了“{named[1]}”" if named else "没有写改的是什么"
        at = named[1] if named else "名称"
        return Clash((at,), f"这一条{what}。", f"请写其中一个：{'、'.join(AMENDMENT_SUBJECTS)}。")

    @property
    def subject(self) -> str:
        """Its subject: one of ``AMENDMENT_SUBJECTS``."""
        return next(iter(self._named()))

    @property
    def id(self) -> str:
        """The id of its subject."""
        return self._named()[self.subject]

    @property
    def about(self) -> tuple[str, str, str]:
        """A key of its subject; entries with the same key form the history of that subject."""
        return self.town, self.subject, self.id

    @property
    def content(self) -> tuple[object, ...]:
        """The content of the entry without day, reason and basis."""
        return *self.about, self.kind, self.fields


class Amendments(Struct, frozen=True):
    """A county's changes.yaml."""

    called: ClassVar[str] = "更新记录"

    entries: Annotated[
        tuple[Amendment, ...], Key("记录", "每次改动一条，早的在前；gkdir diff --record 在末尾续写。")
    ] = ()
