"""A service guide (办事指南) and the forms it offers, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from msgspec import Struct, field

from gkdir.finding import Place
from gkdir.model.item import TimeLimit, Written
from gkdir.model.placed import Placed


class Material(Struct, frozen=True):
    """One line of 办理材料: name, form, copies, medium, source, necessity."""

    name: str
    place: Place
    form: str | None = None  # 表格: the name under forms/
    original: str | None = None  # 形式: 原件, 复印件, 原件及复印件
    copies: str | None = None  # 份数
    medium: str | None = None  # 介质: 纸质, 电子
    source: str | None = None  # 来源
    necessity: str | None = None  # 必要性: 必要, 非必要, 容缺后补
    note: str | None = None  # 要求


class GuideStep(Struct, frozen=True):
    """One step of 办理流程: name, office, time limit, description."""

    name: str
    place: Place
    text: str | None = None  # 说明
    limit: TimeLimit | None = None  # 时限
    office: str | None = None  # 办理单位, a key of 机构


class Way(Struct, frozen=True):
    """One of 办理方式: ``kind`` is 窗口, 网上, 掌上, 自助, 邮寄 or 电话.

    ``target`` is an organisation's key, an address or a note.
    """

    kind: str
    target: str
    place: Place


class Section(Placed, frozen=True):
    """A heading of the guide's body and the Markdown below it, which begins on ``line`` of the file."""

    apart: ClassVar[frozenset[str]] = frozenset({"line"})

    title: str
    markdown: str
    place: Place
    line: int = 0


class Told(Struct, frozen=True):
    """An element by name with its text: 贷款额度 and the amount, or the reason why a guide has no 结果送达."""

    name: str
    text: str
    place: Place


class Guide(Placed, frozen=True):
    """One service guide. An element that was not given is ``None``; one given as empty list is ``()``.

    ``written`` says where each element was written, by its Chinese key (``办理时限.承诺`` for nested ones).
    """

    domain: str
    number: str
    place: Place
    summary: str | None = None  # 简述
    served: tuple[str, ...] | None = None  # 服务对象
    conditions: tuple[str, ...] | None = None  # 办理条件
    materials: tuple[Material, ...] | None = None  # 办理材料; () is 无需材料
    steps: tuple[GuideStep, ...] | None = None  # 办理流程
    ways: tuple[Way, ...] | None = None  # 办理方式
    online_degree: str | None = None  # 网上办理深度
    statutory: TimeLimit | None = None  # 办理时限.法定
    promised: TimeLimit | None = None  # 办理时限.承诺
    delivery: str | None = None  # 结果送达
    fee: str | None = None  # 收费
    offices: tuple[str, ...] | None = None  # 办理机构: keys of 机构
    hours: str | None = None  # 办事时间; the organisation's where absent
    consult: str | None = None  # 咨询; the organisation's phone where absent
    complaint: str | None = None  # 监督投诉; the organisation's where absent
    checked: date | None = None  # 核对.日期
    example_note: str | None = None  # 示例说明: what of this guide is an example and differs by county
    sections: tuple[Section, ...] = ()
    further: tuple[Told, ...] = ()  # 其他要素: what 公开内容 asks for beyond the elements above
    without: tuple[Told, ...] = ()  # 没有的要素, each with the reason
    related: tuple[str, ...] = ()  # 相关事项: ids of items
    written: Mapping[str, Written] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The item the guide belongs to: ``employment/4.1``."""
        return f"{self.domain}/{self.number}"


class TownGuide(Placed, frozen=True):
    """A township's or village's own guide to an item; ``None`` where the county's guide applies."""

    place: Place
    where: str | None = None  # 办理地点
    hours: str | None = None  # 办事时间
    consult: str | None = None  # 咨询
    promised: TimeLimit | None = None  # 承诺时限
    proxy: str | None = None  # 代办
    materials: tuple[Material, ...] | None = None  # 办理材料; () is 无需材料
    conditions: tuple[Written, ...] | None = None  # 办理条件
    written: Mapping[str, Written] = field(default_factory=dict)


class FormFile(Struct, frozen=True):
    """A ready file that is published as it is: ``path`` relative to the project, ``size`` in bytes."""

    path: str
    size: int

    @property
    def suffix(self) -> str:
        """The file name extension: ``docx``."""
        return self.path.rpartition(".")[2].lower()


class FormField(Struct, frozen=True):
    """One blank of a form: ``kind`` is 文字, 多行, 日期, 选择, 勾选, 签名; ``width`` in twelfths of the line."""

    label: str
    kind: str = "文字"
    width: int = 6
    required: bool = True
    choices: tuple[str, ...] = ()
    help: str | None = None
    example: str | None = None


class FormSection(Struct, frozen=True):
    """A titled part of a form."""

    title: str
    fields: tuple[FormField, ...]


PAPERS = {"blank": "空白表", "sample": "示范文本"}
"""What there is of a form: to be filled in, and filled in as an example."""


class Form(Struct, frozen=True):
    """A form: either described once (``sections``), or ready files (``blank``, ``sample``, ``instructions``).

    ``instructions`` is Markdown; a described form's come from the help texts of its fields.
    """

    name: str
    place: Place
    title: str
    note: str | None = None
    sections: tuple[FormSection, ...] = ()
    blank: FormFile | None = None
    sample: FormFile | None = None
    instructions: str | None = None

    def ready(self, paper: str) -> FormFile | None:
        """The ready file of one of ``PAPERS``."""
        return self.sample if paper == "sample" else self.blank
