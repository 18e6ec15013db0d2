"""The shape of changes.yaml: a county's dated list of what was added, changed and stopped."""

from __future__ import annotations

from typing import Annotated, ClassVar

from gkdir.model.amendment import AMENDMENT_KINDS, AMENDMENT_SUBJECTS
from gkdir.model.declared import Clash, Key, OneOf
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Day, Text, Texts


class AmendedPart(Part, frozen=True, kw_only=True):
    """One element that changed."""

    called: ClassVar[str] = "改动"
    label: Annotated[Text, Key("栏目", "改了哪一栏。", "公开时限")]
    old: Annotated[Text | None, Key("原", "原来怎样。", "信息形成或变更之日起20个工作日内公开")] = None
    new: Annotated[Text | None, Key("现", "现在怎样。", "信息形成或变更之日起10个工作日内公开")] = None
    removed: Annotated[Texts, Key("去掉", "列表里去掉了什么。", ["广播电视"])] = ()
    added: Annotated[Texts, Key("增加", "列表里增加了什么。", ["两微一端"])] = ()

    def clash(self) -> Clash | None:
        """Something must have changed."""
        if self.old or self.new or self.removed or self.added:
            return None
        hint = "请写“原”和“现”，列表写“去掉”和“增加”。"
        return Clash(("栏目",), f"“{self.label.text}”没有写改了什么。", hint)


class AmendmentPart(Part, frozen=True, kw_only=True):
    """One entry."""

    called: ClassVar[str] = "一条更新记录"
    date: Annotated[Day, Key("日期", "哪一天改的。", "2026-03-01")]
    kind: Annotated[Annotated[Text, OneOf(AMENDMENT_KINDS)], Key("类型", "新增、修改或停用。", "修改")]
    town: Annotated[Text | None, Key("乡镇村", "只是某个乡镇、村的：它的文件名（不带 .yaml）。", "baishi")] = None
    item: Annotated[Text | None, Key("事项", "改的是事项：领域/编号。", "employment/4.1")] = None
    guide: Annotated[Text | None, Key("办事指南", "改的是办事指南：领域/编号。", "employment/4.1")] = None
    form: Annotated[Text | None, Key("表格", "改的是表格：forms/ 里那张表格的名称。", "失业登记表")] = None
    article: Annotated[Text | None, Key("文章", "改的是栏目文章：栏目/文件名。", "faq/cash")] = None
    office: Annotated[Text | None, Key("机构", "改的是机构的名称、地址或电话：“机构”里的简称。", "人社局")] = None
    name: Annotated[Text, Key("名称", "当时叫什么。", "失业登记")]
    fields: Annotated[tuple[AmendedPart, ...], Key("改动", "逐栏写原来和现在；新增、停用的可以不写。")] = ()
    formed: Annotated[
        Day | None, Key("形成日期", "事情实际变了的那一天。二十个工作日内要公开，从这一天算。", "2026-02-10")
    ] = None
    reason: Annotated[Text | None, Key("理由", "为什么改。")] = None
    basis: Annotated[Text | None, Key("依据", "依据哪个文件改。", "《…办法》（…〔2026〕3号）")] = None
    reviewer: Annotated[Text | None, Key("审核人", "内部使用，不公开。")] = None

    @property
    def subject(self) -> str:
        """Which of the five it is about."""
        return next(word for word in AMENDMENT_SUBJECTS if self.node(word) is not None)

    def clash(self) -> Clash | None:
        """It is about one thing."""
        named = [
            word
            for word, said in zip(
                AMENDMENT_SUBJECTS, (self.item, self.guide, self.form, self.article, self.office), strict=True
            )
            if said is not None
        ]
        if len(named) == 1:
            return None
        what = f"又写了“{named[1]}”" if named else "没有写改的是什么"
        at = named[1] if named else "名称"
        return Clash((at,), f"这一条{what}。", f"请写其中一个：{'、'.join(AMENDMENT_SUBJECTS)}。")


class AmendmentsPart(Part, frozen=True, kw_only=True):
    """A county's changes.yaml."""

    called: ClassVar[str] = "更新记录"
    entries: Annotated[
        tuple[AmendmentPart, ...], Key("记录", "每次改动一条，早的在前；gkdir diff --record 在末尾续写。")
    ] = ()
