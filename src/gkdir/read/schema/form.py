"""The shape of forms/<name>.yaml: a form described once, from which blank form, instructions and sample come."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, model_validator

from gkdir.read.schema.part import Part, key, wrong
from gkdir.read.schema.values import Flag, Name, Number, OneOf, Text, Texts, listing

KINDS = ("文字", "多行", "日期", "选择", "勾选", "签名")
TWELFTHS = 12


class FieldPart(Part):
    """One blank."""

    model_config = ConfigDict(title="栏目")
    label: Name = key("名称", "这一格填什么。", "姓名")
    kind: Annotated[Text, OneOf(KINDS)] | None = key("类型", "不写的是“文字”。", "日期", default=None)
    width: Number = key("宽", "占一行的十二分之几，1 到 12。", 6, default=6)
    required: Flag = key("必填", "不写的是必填。", default=True)
    choices: Texts = key("选项", "“选择”和“勾选”的各个选项。", ["男", "女"], default=())
    help: Text | None = key("说明", "怎么填：写进填写说明。", default=None)
    example: Text | None = key("示例", "示范文本里填什么，只用虚构的人和事。", default=None)

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        width = self.node("宽")
        if width is not None and not 1 <= self.width <= TWELFTHS:
            raise wrong(width, f"宽 {self.width} 放不进一行。", "请写 1 到 12 的整数，12 是整行。")
        kind = self.node("类型")
        if kind is not None and self.kind and self.kind.text in ("选择", "勾选") and not self.choices:
            raise wrong(
                kind, f"“{self.label.text}”的类型是“{self.kind.text}”，却没有选项。", "请写上“选项: [甲, 乙]”。"
            )
        return self


class SectionPart(Part):
    """A titled part of a form."""

    model_config = ConfigDict(title="分节")
    title: Name = key("标题", "这一节的标题。", "个人信息")
    fields: Annotated[tuple[FieldPart, ...], BeforeValidator(listing)] = key("栏目", "这一节的各格。")


class FormPart(Part):
    """A form."""

    model_config = ConfigDict(title="表格")
    title: Name = key("名称", "表格的名称。", "失业登记表")
    note: Text | None = key("说明", "什么时候填、一式几份。", default=None)
    sections: Annotated[tuple[SectionPart, ...], BeforeValidator(listing)] = key("分节", "表格分成的各节。")
