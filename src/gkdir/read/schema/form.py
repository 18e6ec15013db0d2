"""The shape of forms/<name>.yaml: a form described once, from which blank form, instructions and sample come."""

from __future__ import annotations

from typing import Annotated, ClassVar

from gkdir.model.declared import Clash, Key, OneOf
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import Flag, Name, Number, Text, Texts

KINDS = ("文字", "多行", "日期", "选择", "勾选", "签名")
TWELFTHS = 12


class FieldPart(Part, frozen=True, kw_only=True):
    """One blank."""

    called: ClassVar[str] = "栏目"
    label: Annotated[Name, Key("名称", "这一格填什么。", "姓名")]
    kind: Annotated[Annotated[Text, OneOf(KINDS)] | None, Key("类型", "不写的是“文字”。", "日期")] = None
    width: Annotated[Number, Key("宽", "占一行的十二分之几，1 到 12。", 6)] = 6
    required: Annotated[Flag, Key("必填", "不写的是必填。")] = True
    choices: Annotated[Texts, Key("选项", "“选择”和“勾选”的各个选项。", ["男", "女"])] = ()
    help: Annotated[Text | None, Key("说明", "怎么填：写进填写说明。")] = None
    example: Annotated[Text | None, Key("示例", "示范文本里填什么，只用虚构的人和事。")] = None

    def clash(self) -> Clash | None:
        """The width fits, and what is chosen from has choices."""
        if not 1 <= self.width <= TWELFTHS:
            return Clash(("宽",), f"宽 {self.width} 放不进一行。", "请写 1 到 12 的整数，12 是整行。")
        kind = self.kind.text if self.kind else ""
        if kind in ("选择", "勾选") and not self.choices:
            return Clash(("类型",), f"“{self.label.text}”的类型是“{kind}”，却没有选项。", "请写上“选项: [甲, 乙]”。")
        return None


class SectionPart(Part, frozen=True, kw_only=True):
    """A titled part of a form."""

    called: ClassVar[str] = "分节"
    title: Annotated[Name, Key("标题", "这一节的标题。", "个人信息")]
    fields: Annotated[tuple[FieldPart, ...], Key("栏目", "这一节的各格。")]


class FormPart(Part, frozen=True, kw_only=True):
    """A form."""

    called: ClassVar[str] = "表格"
    title: Annotated[Name, Key("名称", "表格的名称。", "失业登记表")]
    note: Annotated[Text | None, Key("说明", "什么时候填、一式几份。")] = None
    sections: Annotated[tuple[SectionPart, ...], Key("分节", "表格分成的各节。")]
