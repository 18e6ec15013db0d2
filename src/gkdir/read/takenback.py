"""A row that is read as an item → what in it says that it is none any more: 已取消 in 备注, 否 under 是否公开."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.read.fields import Field
from gkdir.read.rows import RowGroup
from gkdir.read.text import fold, line
from gkdir.read.ticks import Ticks

_REMARKS = re.compile("备注|说明|变更|调整|状态|情况|意见|处理")
_WHETHER = re.compile("是否(?:公开|列入|纳入|保留|有效|认领|实施|开展|公示)|公开与否|有无此项")
_BACK = re.compile(
    "(?:已|予以|建议|拟|现|此项|该项|本项|事项)(?:被|经)?(?:取消|废止|撤销|删除|删去|停办|停止|作废|合并|并入|划转|移交|下放|失效)"
    "|^(?:取消|废止|撤销|删除|删去|停办|作废|失效|不公开|不予公开|不列入|不涉及|与.{1,12}合并)(?:\\Z|[。,;，；])|不再(?:公开|办理|开展|实施|保留|列入)"
    "|暂[不缓停](?:公开|办理|开展|实施|列入)?|(?:此项|该项|本项|本县|我县|我局)(?:不予?公开|不涉及|无此|没有此|未开展|不开展)"
)
_BRACKET = re.compile(r"[(（]([^()（）]{2,20})[)）]")
_HINT = "确实不再公开的，请从表里删去这一行，并写明不列入的理由；仍然公开的，请删去这几个字。"


def taken_back(group: RowGroup, by_key: Mapping[str, Sequence[Field]], ticks: Ticks, at: Place) -> Iterator[Trouble]:
    """What takes the item back, each with its cell; ``at`` is the place of the sheet."""
    for one in by_key.get("extra", ()):
        label, text = one.heading.label, line(one.text)
        is_back = _REMARKS.search(label) and _BACK.search(fold(text))
        if is_back or (text and _WHETHER.search(label) and ticks.ticked(text) is False):
            yield _trouble(f"“{label}”写着“{text[:40]}”", one.cell, at)
    if group.name is not None:
        for match in _BRACKET.finditer(group.name.text):
            if _BACK.search(fold(match[1])):
                yield _trouble(f"事项名称里写着“{match[1]}”", group.name.name, at)


def _trouble(text: str, cell: str, at: Place) -> Trouble:
    place = Place(at.file, sheet=at.sheet, cell=cell)
    return Trouble(TroubleKind.UNREAD_CELL, place, f"单元格 {cell} 的{text}，这一行照样读成了事项。", _HINT)
