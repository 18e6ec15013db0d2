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

    given: PlatformItem
    item: Item | None = None
    how: str = ""
    why_not: str = ""


def paired(items: Sequence[PlatformItem], catalog: Catalog) -> tuple[Paired, ...]:
    """One for each item, in order: by the code that a guide has kept, else by name and number."""
    ours = {entry.item.id: entry.item for entry in catalog.entries()}
    codes = {guide.code: ours[id_] for id_, guide in catalog.guides.items() if guide.code and id_ in ours}
    seen = Counter(given.text(CODE) for given in items)
    by_code = {
        at: codes[given.text(CODE)]
        for at, given in enumerate(items)
        if given.text(CODE) in codes and seen[given.text(CODE)] == 1
    }
    taken = {item.id for item in by_code.values()}
    left = [at for at in range(len(items)) if at not in by_code]
    free = [_flat(item) for id_, item in ours.items() if id_ not in taken]
    matches = dict(zip(left, match_rows([_row(items[at]) for at in left], free), strict=True))
    return tuple(
        _of_code(given, by_code[at]) if at in by_code else _of_name(given, matches[at], ours)
        for at, given in enumerate(items)
    )


def _row(given: PlatformItem) -> Item:
    return Item("", given.text(NUMBER) or None, given.text(PARENT), given.name.text)


def _flat(item: Item) -> Item:
    """A third level as the platform has it: an item like any other."""
    return replace(item, level2=item.name, level3=None)


def _of_code(given: PlatformItem, item: Item) -> Paired:
    if likeness(given.name.text, item.name) < LIKELY:
        why = f"实施编码和 {item.id} {item.name} 的一样，名称却不像"
        return Paired(given, why_not=why)
    return Paired(given, item, BY_CODE)


def _of_name(given: PlatformItem, match: Match, ours: Mapping[str, Item]) -> Paired:
    if match.national is not None and match.way is not None and not match.below:
        return Paired(given, ours[match.national.id], match.way.value)
    named = "、".join(map(_candidate, worth_naming(match.candidates)))
    return Paired(given, why_not=f"可能是{named}" if named else "本县的目录里没有像它的事项")


def _candidate(one: Candidate) -> str:
    taken = "，另一项已是它" if one.taken else ""
    return f"“{one.item.name}”（{one.item.id}，相似 {one.figure:.2f}{taken}）"
