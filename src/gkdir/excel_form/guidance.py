"""A form → the sheet of instructions: how to fill it in, and what each colour means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from msgspec import Struct

from gkdir.excel_form.form import ExcelForm


class Colour(Enum):
    """The kinds of cells, with the names of their styles."""

    OPEN = "可以改"
    OWN = "本县不同"
    LOCKED = "不能改"
    SPARE = "新增"
    MARKED = "要核对"


COLOURS: Mapping[Colour, str] = {
    Colour.OPEN: "FFFFFF",
    Colour.OWN: "E2EFDA",
    Colour.LOCKED: "EDEDED",
    Colour.SPARE: "FFF8DC",
    Colour.MARKED: "FBD5D5",
}


class GuidanceLine(Struct, frozen=True):
    """One line: a coloured sample cell or a number, and the text."""

    text: str
    mark: str = ""
    colour: Colour | None = None
    title: bool = False


def guidance(form: ExcelForm) -> Iterator[GuidanceLine]:
    """The lines in their order."""
    yield GuidanceLine(f"{form.name}政务公开目录填写表", title=True)
    yield GuidanceLine("这份表里是本县现在的目录和办事指南。改好以后存盘，发回给管项目文件的人，由他导入。")
    yield GuidanceLine("")
    yield GuidanceLine("颜色是什么意思", title=True)
    yield GuidanceLine("可以改。空着的也可以填。", Colour.OPEN.value, Colour.OPEN)
    yield GuidanceLine("可以改。绿色的是本县已经和国家目录写得不同的地方。", Colour.OWN.value, Colour.OWN)
    yield GuidanceLine(
        "不能改。这些是国家目录的编号和名称，或者认得这一行要用的内容。", Colour.LOCKED.value, Colour.LOCKED
    )
    yield GuidanceLine("空行。要增加的写在这里，一行一条。", Colour.SPARE.value, Colour.SPARE)
    if form.found is not None:
        text = "核对出了问题，是什么、怎么改，写在这一行最后的“核对”一栏；“核对”那张表里逐条列出，点一下就到那一格。"
        yield GuidanceLine(text, Colour.MARKED.value, Colour.MARKED)
    yield GuidanceLine("")
    yield GuidanceLine("怎么填", title=True)
    for number, text in enumerate(_steps(form), 1):
        yield GuidanceLine(text, str(number))
    yield GuidanceLine("")
    yield GuidanceLine("请不要做的事", title=True)
    for text in _donts():
        yield GuidanceLine(text, "·")


def _steps(form: ExcelForm) -> Iterator[str]:
    names = "、".join(f"“{table.title}”" for table in form.shown)
    yield f"下面有这几张表：{names}。点最下面的表名换一张表。"
    yield "点一格，会出来一句提示，说明这一格写什么。右边有小箭头的，点小箭头从列表里选。"
    yield "一格里写几样的，一样写一行。在格子里换行：按住 Alt 再按回车（WPS 和 Excel 都一样）。前面不用编号。"
    yield "公开渠道、公开对象、公开方式、公开层级：打“√”就是有，空着就是没有。"
    yield "目录只能写得更好：时限只能更短，渠道只能更多，对象只能更宽。写松了，核对时会指出来，不会发布。"
    yield "想和国家目录一样的，把那一格改回国家目录的写法就行，不要清空。"
    yield "没有开展的业务，在“不列入的原因”一栏写明原因；后来开展了，清空这一栏。"
    yield "本县自己增加的事项，空着的格子和它上面的事项一样，或者和本领域的默认写法一样。"
    yield "材料、环节、办理方式、本县增加的事项不要了的，在“删去”一栏选“删去”。清空一行不算删去。"
    yield "“办理机构”“公开主体”等处写机构的简称，简称在“机构”表第一栏。"


def _donts() -> Iterator[str]:
    yield "不要删去整行、整列，不要给工作表改名，也不要把别的表粘贴进来。删了的行不会从目录里消失，只会报出来。"
    yield "不要挪动整行。要排序，用栏目名称右边的小箭头；选中几列自己排的，那张表就不能导入了。"
    yield "不要写“同上”，不要用删除线、批注表示删改，不要合并格子：请把内容写全，不要了的在“删去”栏选“删去”。"
    yield "时限要写单位，如“5个工作日”；电话要带区号，开头的 0 不能少。"
    yield "不要写公式。写了公式的格子不会采用，请写文字。"
    yield "不要写个人的姓名、手机号、身份证号。"
    yield "不要另存为别的格式，就存成 .xlsx。"
