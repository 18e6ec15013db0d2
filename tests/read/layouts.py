"""A directory in the layout of an imaginary county: a hypothesis strategy of sheets, and the items in them.

A style says how each thing is written; the layout writes the items in it, and records which rows are body.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import strategies as st

from gkdir.model.columns import CHANNELS, LEVELS

from .books import save

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Wanted:
    """What a reader must find."""

    level1: str
    level2: str
    level3: str | None
    content: tuple[str, ...]
    basis: tuple[str, ...]
    time_limit: str
    publisher: tuple[str, ...]
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    detail: str | None
    mode: tuple[str, ...]
    levels: tuple[str, ...]


_name = st.lists(
    st.sampled_from("就业失业登记服务培训补贴申领工伤认定参保查询变更鉴定援助"), min_size=4, max_size=12
).map("".join)
_word = st.sampled_from(
    ("对象范围", "申请条件", "办理流程", "办理地点（方式）", "咨询电话", "补贴标准", "收费依据及标准", "权利和义务")
)
_laws = (
    "《中华人民共和国政府信息公开条例》（国务院令第711号）",
    "《中华人民共和国社会保险法》（2010年10月28日通过，根据2018年12月29日《关于修改〈中华人民共和国社会保险法〉的决定》修正）",
    "《关于印发〈就业补助资金管理办法〉的通知》（财社〔2017〕164号）",
    "《企业年金办法》（人力资源和社会保障部、财政部令第36号）",
    "《人力资源社会保障部 财政部关于社保、就业有关问题的通知》（人社部规〔2017〕1号）",
    "《中华人民共和国出境入境管理法》",
)
_limits = (
    "公开事项信息形成或变更之日起20个工作日内公开",
    "信息形成之日起15日内公开",
    "实时公开",
    "二十个工作日内",
    "长期公开",
)
_groups = st.none() | st.sampled_from(("失业人员", "参保单位和职工"))
_offices = ("清源县人力资源和社会保障局", "清源县公共就业服务中心", "乡镇人民政府", "清源县税务局")
_further = ("基层公共服务平台", "村务公开栏", "12333咨询电话", "移动客户端")


def _some(values: Sequence[str], least: int = 1, most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of the values, each once, in their order."""
    chosen = st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True)
    return chosen.map(lambda words: tuple(sorted(words, key=values.index)))


@st.composite
def items(draw: st.DrawFn) -> tuple[Wanted, ...]:
    """A short directory: one to four first levels, one to four items in each."""
    found: list[Wanted] = []
    firsts = draw(st.lists(_name, min_size=1, max_size=4, unique=True))
    third = draw(st.booleans())
    for first in firsts:
        for second in draw(st.lists(_name, min_size=1, max_size=4, unique=True)):
            audience = draw(st.sampled_from([("全社会",), ("特定群体",), ("全社会", "特定群体")]))
            found.append(
                Wanted(
                    first, second, draw(st.none() | _name) if third else None,
                    tuple(draw(st.lists(_word, min_size=1, max_size=6, unique=True))), draw(_some(_laws)),
                    draw(st.sampled_from(_limits)), draw(_some(_offices, 1, 2)),
                    draw(_some(CHANNELS[:-1], 1, 6)) + draw(_some(_further, 0, 2)),
                    audience, draw(_groups) if "特定群体" in audience else None,
                    draw(st.sampled_from([("主动",), ("依申请",), ("主动", "依申请")])), draw(_some(LEVELS, 1, 3)),
                )
            )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True)
class Style:
    """How a county writes its directory."""

    labels: dict[str, str]
    order: tuple[str, ...]  # of the columns after the names
    titles: tuple[str, ...]
    numbers: str  # none, running, dotted
    prefix: str  # none, dotted, chinese
    level1: str  # merge, blank, repeat, heading, fused
    boxes: tuple[str, str] | None  # ticked and blank box; None: a plain list
    only_chosen: bool
    gap: str  # between channels
    other: str  # 其他, and how its names follow
    tick: str
    untick: str
    worded: bool  # 公开对象 and 公开方式 each in one column of words
    bases: str  # numbered, newline, dun, semicolon, touching
    contents: str  # numbered, circled, bullets, newline, dun, semicolon
    broken: int  # a line break or blank after this many characters of a name; 0: none
    page: int  # the headings are repeated after this many rows; 0: never
    ghost: bool
    extra: str | None
    note: str | None
    ditto: bool
    physical: bool  # one element of the content in each row, all other cells merged
    merged: bool  # groups of headings merged


SPELLINGS = {
    "number": ("序号", "序\n号", "编号"),
    "level1": ("一级事项", "一级\n事项", "一 级 事 项"),
    "level2": ("二级事项", "事项名称"),
    "level3": ("三级事项", "三级事项（可选）"),
    "content": ("公开内容（要素）", "公开内容(要素)", "公开要素（要素）", "公开内容"),
    "basis": ("公开依据", "公开\n依据"),
    "time_limit": ("公开时限", "公开 时限"),
    "publisher": ("公开主体", "公开责任单位", "责任部门", "责任主体"),
    "channels": ("公开渠道和载体", "公开渠道", "公开渠道和要素", "公开渠道\n和载体"),
    "全社会": ("全社会", "全社\n会"),
    "特定群体": ("特定群体", "特定群众", "特定群体（请写明）", "特定群体(请写明)"),
    "主动": ("主动", "主动公开"),
    "依申请": ("依申请", "依申请公开", "依申\n请"),
    "县级": ("县级", "区级", "市级"),
    "乡级": ("乡级", "镇街级", "乡镇（街道）级"),
    "村级": ("村级", "嘎查（社区）级", "村（社区）级"),
}
_labels = st.fixed_dictionaries({key: st.sampled_from(words) for key, words in SPELLINGS.items()})
_FIELDS = ("content", "basis", "time_limit", "publisher", "channels", "audience", "mode", "levels")
_TITLES = (
    (), ("清源县就业领域基层政务公开标准目录",), ("附件1", "清源县就业领域基层政务公开标准目录"),
    ("清源县就业领域", "基层政务公开标准目录", "填报单位：清源县人力资源和社会保障局"),
)  # fmt: skip


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """Any style."""

    def one(*values: str) -> str:
        return draw(st.sampled_from(values))

    level1 = one("merge", "blank", "repeat", "heading", "fused")
    boxes = draw(st.sampled_from([None, ("■", "□"), ("☑", "口"), ("√", "□"), ("▄", "t"), ("R", "□"), ("●", "○")]))
    return Style(
        labels=draw(_labels),
        order=tuple(draw(st.permutations(_FIELDS))),
        titles=draw(st.sampled_from(_TITLES)),
        numbers=one("none", "running", "dotted"),
        prefix="dotted" if level1 == "fused" else one("none", "dotted", "chinese"),
        level1=level1,
        boxes=boxes,
        only_chosen=draw(st.booleans()),
        gap=one("\n", " ", "  ") if boxes else one("、", "，", "\n", "；"),
        other=one("其他 ", "其他", "其他：", "其它 "),
        tick=one("√", "✓", "■", "是", "V"),
        untick=one("", "\u3000", "□", "×"),
        worded=draw(st.booleans()),
        bases=one("numbered", "newline", "dun", "semicolon", "touching"),
        contents=one("numbered", "circled", "bullets", "newline", "dun", "semicolon"),
        broken=draw(st.sampled_from([0, 0, 3, 5])),
        page=draw(st.sampled_from([0, 0, 1, 3])),
        ghost=draw(st.booleans()),
        extra=draw(st.none() | st.sampled_from(("咨询电话", "备注", "监督举报电话"))),
        note=draw(st.none() | st.sampled_from(("备注：本目录由县人社局解释。", "注：标√的为公开。", "第1页 共1页"))),
        ditto=draw(st.booleans()),
        physical=draw(st.booleans()),
        merged=draw(st.booleans()),
    )  # fmt: skip


@dataclass
class Laid:
    """The sheet: rows of cells, merged areas, the numbers of body rows (from 1), and the items in them."""

    rows: list[list[str | None]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    wanted: tuple[Wanted, ...] = ()

    def save(self, path: Path) -> Path:
        """Write the format of the suffix: xlsx, csv or html.

        Merged areas become blank cells in csv, and spans in html.
        """
        if path.suffix == ".xlsx":
            return save(path, self.rows, self.merges)
        path.write_bytes(self._csv() if path.suffix == ".csv" else self._html())
        return path

    def _csv(self) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(self.rows)
        return text.getvalue().encode("gb18030")

    def _html(self) -> bytes:
        lines = []
        for row in self.rows:
            cells = "".join(f"<td>{html.escape(cell or '').replace(chr(10), '<br>')}</td>" for cell in row)
            lines.append(f"<tr>{cells}</tr>")
        return f"<html><body><table>{''.join(lines)}</table></body></html>".encode()


@st.composite
def layouts(draw: st.DrawFn, *, flat: bool = False) -> Laid:
    """Items in a style. ``flat``: without merged cells, as in csv or simple html."""
    style, wanted = draw(styles()), draw(items())
    if flat:
        style = replace(
            style, merged=False, physical=False, level1="blank" if style.level1 == "merge" else style.level1
        )
    if any(item.level3 for item in wanted) and style.level1 == "fused":
        style = replace(style, level1="blank", prefix="none")
    from .writing import Writer

    return Writer(style, wanted).laid()
