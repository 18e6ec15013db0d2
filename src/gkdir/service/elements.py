"""An item's 公开内容 and its guide → the guide's elements in the order and under the headings of 公开内容.

The notice's social insurance sheet names eleven elements; the employment sheet has words of its own (政策对象,
申领材料); 一次性告知 and the inspection of websites ask for more. Every guide shows the union of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from gkdir.model.guide import Guide

ELEMENTS: dict[str, tuple[str, ...]] = {
    "name": ("事项名称",),
    "summary": ("事项简述", "简述"),
    "basis": ("设定依据", "文件依据", "法律依据", "政策依据"),
    "served": ("服务对象", "对象范围", "政策对象", "办理对象"),
    "conditions": ("办理条件", "申请条件", "申领条件", "受理条件", "政策申请条件"),
    "materials": ("办理材料", "申请材料", "申领材料", "提交材料", "申报材料", "政策申请材料"),
    "steps": ("办理流程", "服务流程", "办事流程"),
    "ways": ("办理方式",),
    "entrance": ("线上办理入口", "网上办理入口"),
    "online": ("网上办理深度", "网上可办理程度"),
    "limit": ("办理时限", "承诺时限"),
    "delivery": ("结果送达", "办理结果告知方式", "证件送达方式"),
    "fee": ("收费依据及标准", "收费标准", "收费"),
    "hours": ("办事时间", "服务时间", "办理时间", "办公时间"),
    "offices": ("办理机构及地点", "办理地点（方式）", "服务地点（方式）", "办理地点", "办理机构"),
    "consult": ("咨询查询途径", "咨询电话", "联系电话", "咨询"),
    "complaint": ("监督投诉渠道", "监督投诉电话", "监督电话", "监督投诉"),
}
"""Kind of element, as templates know it → its names, ours first; in the order in which people need them."""

ASKED = frozenset(("entrance",))
"""Elements shown only if 公开内容 asks for them; all others are always shown."""

OTHER = "other"

_KINDS = {word: kind for kind, words in ELEMENTS.items() for word in words}


class Element(Struct, frozen=True):
    """One element as a page shows it: ``kind`` is a key of ``ELEMENTS`` or ``OTHER``, which has its ``text``.

    ``reason`` is why the guide has none; both are ``None`` if the guide says nothing about it.
    """

    kind: str
    heading: str
    text: str | None = None
    reason: str | None = None


def kind_of(word: str) -> str:
    """The kind of element that a word of 公开内容 names."""
    return _KINDS.get(word, OTHER)


def elements(asked: Iterable[str], guide: Guide) -> tuple[Element, ...]:
    """All elements of a guide: those of 公开内容 in its order, each of the others after its usual predecessor."""
    order: dict[str, str] = {}  # kind, or a word that only this sheet uses → heading
    for word in asked:
        kind = kind_of(word)
        order.setdefault(word if kind is OTHER else kind, word)
    order |= {told.name: told.name for told in guide.further if kind_of(told.name) is OTHER and told.name not in order}
    before = None
    for kind, words in ELEMENTS.items():
        if kind not in order and kind not in ASKED:
            order = _inserted(order, kind, words[0], before)
        before = kind if kind in order else before
    further = {told.name: told.text for told in guide.further}
    without = {kind_of(told.name) if kind_of(told.name) != OTHER else told.name: told.text for told in guide.without}
    return tuple(
        Element(kind if kind in ELEMENTS else OTHER, heading, further.get(heading), without.get(kind))
        for kind, heading in order.items()
    )


def _inserted(order: dict[str, str], kind: str, heading: str, before: str | None) -> dict[str, str]:
    """The order with one more, right after ``before``, or first of all."""
    entries = list(order.items())
    place = next((index + 1 for index, entry in enumerate(entries) if entry[0] == before), 0)
    return dict((*entries[:place], (kind, heading), *entries[place:]))
