"""The names of a guide's elements in 公开内容 and other places, and the element that each means.

The notice's social insurance sheet names eleven elements; the employment sheet has words of its own (政策对象,
申领材料); 一次性告知 and the inspection of websites ask for more. Every guide shows the union of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gkdir.model.declared import Asked, declared
from gkdir.model.guide import Guide

_UNDECLARED: Mapping[str | None, Mapping[str, tuple[str, ...]]] = {
    None: {"name": ("事项名称",)},
    "summary": {"basis": ("设定依据", "文件依据", "法律依据", "政策依据")},
    "ways": {"entrance": ("线上办理入口", "网上办理入口")},
}
"""Element of a guide → shown elements after it (``None``: first) that ``Guide`` has no fields for, with their names."""


def _elements() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from _UNDECLARED[None].items()
    for one in declared(Guide):
        for asked in one.marks(Asked):
            yield one.field, asked.names
        yield from _UNDECLARED.get(one.field, {}).items()


ELEMENTS = dict(_elements())
"""Kind of element, as in templates → its names, ours first; in the order of the page."""

ONLY_IF_ASKED = frozenset(("entrance",))
"""Elements shown only if 公开内容 names them; all others are always shown."""

OTHER = "other"

_KINDS = {word: kind for kind, words in ELEMENTS.items() for word in words}

NOT_NEEDED: Mapping[str, tuple[frozenset[str], str]] = {
    "免申即享": (
        frozenset(("materials", "steps", "ways", "entrance", "online_degree", "limit", "offices", "hours")),
        "不用申请，符合条件的自动办。",
    ),
    "信息服务": (
        frozenset(("conditions", "materials", "steps", "entrance", "online_degree", "limit", "delivery")),
        "这是信息服务，不用申请。",
    ),
    "已停止": (
        frozenset(ELEMENTS) - {"name", "summary", "basis", "consult", "complaint"},
        "这一项已经停止办理。",
    ),
}
"""办理类型 → the elements that such a guide does not need, and the reason shown in their place."""


def kind_of(word: str) -> str:
    """The kind of element that a word of 公开内容 names; ``OTHER`` if unknown."""
    return _KINDS.get(word, OTHER)
