"""Items of the platform's export and the county's items → which is which, and those in doubt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gkdir.importing.likeness import likeness, normal
from gkdir.importing.match import CERTAIN, LEAD, LIKELY, Candidate, Match, match_rows, worth_naming
from gkdir.importing.platform import PlatformItem
from gkdir.importing.platformlabels import CODE, NUMBER, PARENT
from gkdir.model.county import Catalog
from gkdir.model.item import Item

BY_CODE = "实施编码相同"
BY_WORD = "平台名称或者日常说法里是它"


class Paired(Struct, frozen=True):
    """An item of the platform: the county's item and how it was recognised, or why it is in doubt."""

    given: PlatformItem
    item: Item | None = None
    how: str = ""
    why_not: str = ""


def paired(items: Sequence[PlatformItem], catalog: Catalog) -> tuple[Paired, ...]:
    """One for each item, in order: by the code that a guide has kept, by what it is also called, by name and number."""
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
    names = _Names(catalog)
    meant = {at: names.meant(items[at].name.text) for at in left}
    rows = [_row(items[at], meant[at][0] if len(meant[at]) == 1 else None) for at in left]
    matches = dict(zip(left, match_rows(rows, free), strict=True))
    return tuple(
        _of_code(given, by_code[at]) if at in by_code else _of_name(given, matches[at], ours, meant[at])
        for at, given in enumerate(items)
    )


class _Names:
    """What the county's items are also called: on platforms, and by people."""

    def __init__(self, catalog: Catalog) -> None:
        self._ours = {entry.item.id: entry.item for entry in catalog.entries()}
        self._own = {normal(item.name) for item in self._ours.values()}
        self._called: dict[str, dict[str, Item]] = defaultdict(dict)
        for names in (catalog.synonyms.platform, catalog.synonyms.words):
            for id_, written in names.items():
                for one in written if id_ in self._ours else ():
                    self._called[normal(one.text)][id_] = self._ours[id_]
        self._alike = {
            id_: (item.name, *(one.text for one in catalog.synonyms.platform.get(id_, ())))
            for id_, item in self._ours.items()
        }

    def meant(self, name: str) -> Sequence[Item]:
        """The items that are also called so, or the one with a name that is clearly the most similar; none is sure."""
        if normal(name) in self._own:
            return ()
        if normal(name) in self._called:
            return tuple(self._called[normal(name)].values())
        figures = {id_: max(likeness(name, called) for called in names) for id_, names in self._alike.items()}
        first, second, *_ = (*sorted(figures, key=lambda id_: -figures[id_]), "", "")
        sure = first and figures[first] >= CERTAIN and figures[first] - figures.get(second, 0.0) >= LEAD
        return (self._ours[first],) if sure else ()


def _row(given: PlatformItem, meant: Item | None) -> Item:
    """The item as a row of a table, by the name that we know it by."""
    return Item("", given.text(NUMBER) or None, given.text(PARENT), meant.name if meant else given.name.text)


def _flat(item: Item) -> Item:
    """A third level as the platform has it: an item like any other."""
    return replace(item, level2=item.name, level3=None)


def _of_code(given: PlatformItem, item: Item) -> Paired:
    if likeness(given.name.text, item.name) < LIKELY:
        why = f"实施编码和 {item.id} {item.name} 的一样，名称却不像"
        return Paired(given, why_not=why)
    return Paired(given, item, BY_CODE)


def _of_name(given: PlatformItem, match: Match, ours: Mapping[str, Item], meant: Sequence[Item]) -> Paired:
    if match.national is not None and match.way is not None and not match.below:
        by_word = len(meant) == 1 and meant[0].id == match.national.id
        return Paired(given, ours[match.national.id], BY_WORD if by_word else match.way.value)
    also = [f"“{item.name}”（{item.id}，也这样叫）" for item in meant[:2]] if len(meant) > 1 else []
    named = "、".join(also or map(_candidate, worth_naming(match.candidates)))
    return Paired(given, why_not=f"可能是{named}" if named else "本县的目录里没有像它的事项")


def _candidate(one: Candidate) -> str:
    taken = "，另一项已是它" if one.taken else ""
    return f"“{one.item.name}”（{one.item.id}，相似 {one.figure:.2f}{taken}）"
