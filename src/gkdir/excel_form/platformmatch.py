"""Items of the platform's export and the county's items → which is which, and those in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gkdir.importing.likeness import likeness
from gkdir.importing.match import LIKELY, Candidate, Match, match_rows, worth_naming
from gkdir.importing.platform import PlatformItem
from gkdir.importing.platformlabels import CODE, NUMBER, PARENT
from gkdir.model.county import Catalog
from gkdir.model.item import Item

BY_CODE = "实施编码相同"


class Paired(Struct, frozen=True):
    """An item of the platform: the county's item and how it was recognised, or why it is in doubt."""

    told: PlatformItem
    item: Item | None = None
    how: str = ""
    why_not: str = ""


def paired(items: Sequence[PlatformItem], catalog: Catalog) -> tuple[Paired, ...]:
    """One for each item, in order: by the code that a guide has kept, else by name and number."""
    ours = {entry.item.id: entry.item for entry in catalog.entries()}
    codes = {guide.code: ours[id_] for id_, guide in catalog.guides.items() if guide.code and id_ in ours}
    seen = Counter(told.said(CODE) for told in items)
    by_code = {
        at: codes[told.said(CODE)]
        for at, told in enumerate(items)
        if told.said(CODE) in codes and seen[told.said(CODE)] == 1
    }
    taken = {item.id for item in by_code.values()}
    left = [at for at in range(len(items)) if at not in by_code]
    free = [_flat(item) for id_, item in ours.items() if id_ not in taken]
    matches = dict(zip(left, match_rows([_row(items[at]) for at in left], free), strict=True))
    return tuple(
        _of_code(told, by_code[at]) if at in by_code else _of_name(told, matches[at], ours)
        for at, told in enumerate(items)
    )


def _row(told: PlatformItem) -> Item:
    return Item("", told.said(NUMBER) or None, told.said(PARENT), told.name.text)


def _flat(item: Item) -> Item:
    """A third level as the platform has it: an item like any other."""
    return replace(item, level2=item.name, level3=None)


def _of_code(told: PlatformItem, item: Item) -> Paired:
    if likeness(told.name.text, item.name) < LIKELY:
        why = f"实施编码和 {item.id} {item.name} 的一样，名称却不像"
        return Paired(told, why_not=why)
    return Paired(told, item, BY_CODE)


def _of_name(told: PlatformItem, match: Match, ours: Mapping[str, Item]) -> Paired:
    if match.national is not None and match.way is not None and not match.below:
        return Paired(told, ours[match.national.id], match.way.value)
    named = "、".join(map(_candidate, worth_naming(match.candidates)))
    return Paired(told, why_not=f"可能是{named}" if named else "本县的目录里没有像它的事项")


def _candidate(one: Candidate) -> str:
    taken = "，另一项已是它" if one.taken else ""
    return f"“{one.item.name}”（{one.item.id}，相似 {one.figure:.2f}{taken}）"
