"""An item's 公开内容 and its guide → the guide's elements in the order and under the headings of 公开内容.

The notice's social insurance sheet names eleven elements; the employment sheet has words of its own (政策对象,
申领材料); 一次性告知 and the inspection of websites ask for more. Every guide shows the union of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from gkdir.model.declared import Asked
from gkdir.model.guide import Guide
from gkdir.read.schema.validate import declared

_OF_THE_DIRECTORY: Mapping[str | None, Mapping[str, tuple[str, ...]]] = {
    None: {"name": ("事项名称",)},
    "summary": {"basis": ("设定依据", "文件依据", "法律依据", "政策依据")},
    "ways": {"entrance": ("线上办理入口", "网上办理入口")},
}
"""By the element of the guide that they follow: what a guide shows that is not an element of its own, and its names."""


def _elements() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from _OF_THE_DIRECTORY[None].items()
    for one in declared(Guide):
        for asked in one.marks(Asked):
            yield one.field, asked.names
        yield from _OF_THE_DIRECTORY.get(one.field, {}).items()


ELEMENTS = dict(_elements())
"""Kind of element, as templates know it → its names, ours first; in the order in which people need them."""

ASKED = frozenset(("entrance",))
"""Elements shown only if 公开内容 asks for them; all others are always shown."""

OTHER = "other"

_KINDS = {word: kind for kind, words in ELEMENTS.items() for word in words}


class Element(Struct, frozen=True):
    """One element as a page shows it: ``kind`` is a key of ``ELEMENTS`` or ``OTHER``, ``text`` what is mere words.

    ``reason`` is why the guide has none; both are ``None`` if the guide says nothing about it.
    """

    kind: str
    heading: str
    text: str | None = None
    reason: str | None = None


def as_text(said: object) -> str | None:
    """An element that is a text or several, as one text."""
    if isinstance(said, tuple) and all(isinstance(one, str) for one in said):
        return "；".join(said) or None
    return said if isinstance(said, str) else None


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
        Element(
            kind if kind in ELEMENTS else OTHER,
            heading,
            as_text(getattr(guide, kind, None)) or further.get(heading),
            without.get(kind),
        )
        for kind, heading in order.items()
    )


def _inserted(order: dict[str, str], kind: str, heading: str, before: str | None) -> dict[str, str]:
    """The order with one more, right after ``before``, or first of all."""
    entries = list(order.items())
    place = next((index + 1 for index, entry in enumerate(entries) if entry[0] == before), 0)
    return dict((*entries[:place], (kind, heading), *entries[place:]))
