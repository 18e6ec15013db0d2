"""Items of the platform's export and the county's items → which is which, and those in doubt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gkdir.importing.likeness import Likenesses, likeness, normal
from gkdir.importing.match import CERTAIN, LEAD, LIKELY, Candidate, Match, match_rows, shown_candidates
from gkdir.importing.platform import PlatformItem
from gkdir.importing.platformlabels import CODE, NUMBER, PARENT
from gkdir.model.county import Catalog
from gkdir.model.item import Item, Written

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
    rows = [_row(items[at], meant[at].only) for at in left]
    matches = dict(zip(left, match_rows(rows, free), strict=True))
    return tuple(
        _of_code(given, by_code[at]) if at in by_code else _of_name(given, matches[at], names, meant[at])
        for at, given in enumerate(items)
    )


_VERBS = ("审批", "审核", "核准", "核定", "支付", "领取", "发放", "服务", "申领", "申请", "办理")
_FAMILIES: Mapping[str, re.Pattern[str]] = {
    "工伤保险服务": re.compile("工伤保险|工伤(?:职工|人员)|因?工[伤亡](?:死亡)?(?:职工|人员)?|因工死亡(?:职工|人员)?"),
    "失业保险服务": re.compile("失业保险(?!金)|失业人员|领取?(?:失业保险)?金(?:期间|人员)*"),
}
"""一级事项 → the words for it that platforms put before an item's name, where the directory has its heading."""
_APART = re.compile(
    "注销|撤销|终止|中止|暂停|停保|恢复|续领|续期|续保|延期|延长|展期|再次|复查|提前|特殊工种|因病|非因[工公]|就业补助|先行|预支"
    "|调整|稽核|认证|追回|退回|退费|申诉|复议|仲裁|变更|挂失|补换|核查|公示"
)
"""Words that change which matter a name means: if the item has no such word, it is another one."""
_HOW = re.compile("线上|网上|掌上|网办")
_BRACKETED = re.compile(r"[（(]([^（）()]{2,8})[）)]")


class Meant(Struct, frozen=True):
    """The items that are also called as the platform says, and those with a name that is similar."""

    called: Sequence[Item] = ()
    near: Sequence[Item] = ()

    @property
    def only(self) -> Item | None:
        """The one item that is meant; ``None`` if several are."""
        return self.called[0] if len(self.called) == 1 else None


class _Alike:
    """Items by what they are called, where one is to be found for a name that is similar.

    Of a family, names are compared without the words for it, and only those that have these words.
    """

    def __init__(self, family: re.Pattern[str] | None, called: Mapping[str, Sequence[Item]]) -> None:
        self._family = family
        self._ids = {name: tuple(item.id for item in items) for name, items in called.items()}
        self._likenesses = Likenesses(called)

    def figures(self, name: str) -> Iterator[tuple[str, float]]:
        """The id of each item that is likely to be it, with the similarity; several times if it has several names."""
        if self._family is None or self._family.search(name):
            bare = self._family.sub("", name) if self._family else name
            for called, similarity in self._likenesses.of(bare, LIKELY).items():
                yield from ((id_, similarity) for id_ in self._ids[called])


class _Names:
    """What the county's items are also called: on platforms, and by people."""

    def __init__(self, catalog: Catalog) -> None:
        self.ours = {entry.item.id: entry.item for entry in catalog.entries()}
        self._same = {word.text: group[0].text for group in catalog.synonyms.groups for word in group}
        self._word = re.compile("|".join(map(re.escape, sorted(self._same, key=len, reverse=True))) or r"\Z.")
        own = {id_: (item.name,) for id_, item in self.ours.items()}
        platform = {id_: tuple(map(_text, names)) for id_, names in catalog.synonyms.platform.items()}
        said = {id_: tuple(map(_text, names)) for id_, names in catalog.synonyms.words.items()}
        self._own = self._by(normal, own)
        self._platform = self._by(normal, own, platform)
        self._called = self._by(normal, platform, said)
        self._plain = self._by(self._as_plain, own, platform)
        self._alike = [_Alike(None, self._plain)]
        for heading, words in _FAMILIES.items():
            bare: dict[str, list[Item]] = defaultdict(list)
            for called, items in self._plain.items():
                bare[words.sub("", called)] += [item for item in items if item.level1 == heading]
            self._alike.append(_Alike(words, {called: items for called, items in bare.items() if items}))
        self._apart = {
            id_: frozenset(_APART.findall("，".join((*names, *platform.get(id_, ()), *said.get(id_, ())))))
            for id_, names in own.items()
        }

    def meant(self, name: str) -> Meant:
        """The items that are also called so; nothing where a name of the directory decides."""
        apart = self._told_apart(name)
        if apart or normal(name) in self._own:
            return Meant(apart)
        called = self._called.get(normal(name)) or self._plain.get(self._as_plain(name))
        if (
            called
            and len(called) == 1
            and normal(name) not in self._platform
            and self._as_plain(name) not in self._plain
        ):
            said, ours = normal(name), normal(called[0].name)
            alike = said in ours or likeness(said, ours) >= LIKELY
            return Meant(called) if alike else Meant(near=called)  # 失业补助金 is asked for there, and is another thing
        return Meant(called) if called else self._likely(self._as_plain(name))

    def apart(self, name: str, item: Item) -> str:
        """The first word of the name that makes another matter of the item; empty if none does."""
        return next((word for word in _APART.findall(name) if word not in self._apart[item.id]), "")

    def _likely(self, plain: str) -> Meant:
        """The item with a name that is nearly the same and clearly the most similar, or at most two that are near."""
        figures: dict[str, float] = defaultdict(float)
        for alike in self._alike:
            for id_, similarity in alike.figures(plain):
                figures[id_] = max(similarity, figures[id_])
        ranked = sorted(figures, key=lambda id_: (-figures[id_], id_))[:2]
        second = sum(figures[id_] for id_ in ranked[1:])
        near = tuple(self.ours[id_] for id_ in ranked)
        sure = bool(near) and figures[ranked[0]] >= CERTAIN and figures[ranked[0]] - second >= LEAD
        return Meant(near[:1]) if sure else Meant(near=near)

    def _told_apart(self, name: str) -> Sequence[Item]:
        """The items that differ by what stands in brackets: 劳动能力鉴定（复查）申请 is not 劳动能力鉴定申请."""
        bare = normal(name)
        for word in _BRACKETED.findall(name):
            put_in = [bare[:at] + word + bare[at:] for at in range(len(bare) + 1)]
            for called in (self._own, self._called):
                if other := next((other for other in put_in if other in called), None):
                    return called[other]
        return ()

    def _by(self, form: Callable[[str], str], *called: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[Item, ...]]:
        """Names in that form → the items that are called so."""
        found: dict[str, dict[str, Item]] = defaultdict(dict)
        for names in called:
            for id_ in names.keys() & self.ours.keys():
                for name in names[id_]:
                    found[form(name)][id_] = self.ours[id_]
        return {name: tuple(items[id_] for id_ in sorted(items)) for name, items in found.items()}

    def _as_plain(self, name: str) -> str:
        """The name in the words that stand for others, without what is done with the thing."""
        plain = self._word.sub(lambda match: self._same[match[0]], normal(_HOW.sub("", name)))
        while (verb := next((verb for verb in _VERBS if plain.endswith(verb)), None)) and len(plain) > 2 * len(verb):
            plain = plain.removesuffix(verb)
        return plain


def _text(written: Written) -> str:
    return written.text


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


def _of_name(given: PlatformItem, match: Match, names: _Names, meant: Meant) -> Paired:
    if match.national is not None and match.matched_by is not None and not match.below:
        item = names.ours[match.national.id]
        if word := names.apart(given.name.text, item):
            return Paired(given, why_not=f"可能是“{item.name}”（{item.id}），那一项没有“{word}”")
        by_word = meant.only is not None and meant.only.id == item.id
        return Paired(given, item, BY_WORD if by_word else match.matched_by.value)
    also = [f"“{item.name}”（{item.id}，也这样叫）" for item in meant.called[:2]] if len(meant.called) > 1 else []
    alike = [_candidate(one) for one in shown_candidates(match.candidates)]
    near = [f"“{item.name}”（{item.id}，有叫法和它相近）" for item in meant.near]
    named = "、".join(also or (alike if match.candidates and match.candidates[0].taken else near or alike))
    return Paired(given, why_not=f"可能是{named}" if named else "本县的目录里没有像它的事项")


def _candidate(one: Candidate) -> str:
    taken = "，另一项已是它" if one.taken else ""
    return f"“{one.item.name}”（{one.item.id}，相似 {one.similarity:.2f}{taken}）"
