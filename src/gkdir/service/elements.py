"""An item's 公开内容 and its guide → the guide's elements in the order and under the headings of 公开内容."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from gkdir.model.guide import Guide
from gkdir.overlay.elements import ASKED, ELEMENTS, NOT_NEEDED, OTHER, kind_of

_SENTENCE = re.compile(r"[^。]+。?")


class Element(Struct, frozen=True):
    """One element as a page shows it: ``kind`` is a key of ``ELEMENTS`` or ``OTHER``, ``text`` what is mere words.

    ``reason`` is why the guide has none; ``blank`` is what it says until it is filled in. All are ``None`` if the guide
    says nothing about it.
    """

    kind: str
    heading: str
    text: str | None = None
    reason: str | None = None
    blank: str | None = None


def as_text(said: object) -> str | None:
    """An element that is a text or several, as one text."""
    if isinstance(said, tuple) and all(isinstance(one, str) for one in said):
        return "；".join(said) or None
    return said if isinstance(said, str) else None


def elements(asked: Iterable[str], guide: Guide) -> tuple[Element, ...]:
    """All elements of a guide: those of 公开内容 in its order, each of the others after its usual predecessor."""
    order: dict[str, str] = {}  # kind, or a word that only this sheet uses → heading
    for word in asked:
        kind = kind_of(word)
        order.setdefault(word if kind is OTHER else kind, word)
    order |= {told.name: told.name for told in guide.further if kind_of(told.name) is OTHER and told.name not in order}
    needless, why = NOT_NEEDED.get(guide.nature or "", (frozenset(), ""))
    before = None
    for kind, words in ELEMENTS.items():
        if kind not in order and kind not in ASKED and (kind not in needless or getattr(guide, kind, None)):
            order = _inserted(order, kind, words[0], before)
        before = kind if kind in order else before
    further = {told.name: told.text for told in guide.further}
    without = {**dict.fromkeys(needless, why), **{_key(told.name): told.text for told in guide.without}}
    blanks: dict[str, str] = {}
    for told in guide.pending:  # 办理时限.法定 and 办理时限.承诺 are one element
        said = blanks.get(_key(told.name), "")
        blanks[_key(told.name)] = said + "".join(one for one in _SENTENCE.findall(told.text) if one not in said)
    return tuple(
        Element(
            kind if kind in ELEMENTS else OTHER,
            heading,
            as_text(getattr(guide, kind, None)) or further.get(heading),
            without.get(kind),
            blanks.get(kind),
        )
        for kind, heading in order.items()
    )


def _key(name: str) -> str:
    """The key in the order of elements: a kind, or the word that only this sheet uses."""
    kind = kind_of(name.partition(".")[0])
    return name if kind == OTHER else kind


def _inserted(order: dict[str, str], kind: str, heading: str, before: str | None) -> dict[str, str]:
    """The order with one more, right after ``before``, or first of all."""
    entries = list(order.items())
    place = next((index + 1 for index, entry in enumerate(entries) if entry[0] == before), 0)
    return dict((*entries[:place], (kind, heading), *entries[place:]))
