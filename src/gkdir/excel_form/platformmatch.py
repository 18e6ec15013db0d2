"""Items of the platform's export and the county's items → which are the same, and which are in doubt."""

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
    """An item of the export with the county's item and how it was recognised, or why it is in doubt."""

    given: PlatformItem
    item: Item | None = None
    how: str = ""
    why_not: str = ""


def paired(items: Sequence[PlatformItem], catalog: Catalog) -> tuple[Paired, ...]:
    """A pair for each item, in order: matched by the code in a guide, by a synonym, or by name and number."""
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
    by_name = {at: names.match(items[at].name.text) for at in left}
    rows = [_row(items[at], by_name[at].only) for at in left]
    matches = dict(zip(left, match_rows(rows, free), strict=True))
    return tuple(
        _of_code(given, by_code[at]) if at in by_code else _of_name(given, matches[at], names, by_name[at])
        for at, given in enumerate(items)
    )


_VERBS = ("审批", "审核", "核准", "核定", "支付", "领取", "发放", "服务", "申领", "申请", "办理")
_HEADING_WORDS: Mapping[str, re.Pattern[str]] = {
    "工伤保险服务": re.compile("工伤保险|工伤(?:职工|人员)|因?工[伤亡](?:死亡)?(?:职工|人员)?|因工死亡(?:职工|人员)?"),
    "失业保险服务": re.compile("失业保险(?!金)|失业人员|领取?(?:失业保险)?金(?:期间|人员)*"),
}
"""一级事项 → words that platforms put into its items' names, where our directory has only the heading."""
_DISTINGUISHING = re.compile(
    "注销|撤销|终止|中止|暂停|停保|恢复|续领|续期|续保|延期|延长|展期|再次|复查|提前|特殊工种|因病|非因[工公]|就业补助|先行|预支"
    "|调整|稽核|认证|追回|退回|退费|申诉|复议|仲裁|变更|挂失|补换|核查|公示"
)
"""Words that name a different matter: an item whose names lack the word is not the one meant."""
_CHANNEL_WORDS = re.compile("线上|网上|掌上|网办")
_BRACKETED = re.compile(r"[（(]([^（）()]{2,8})[）)]")


class NameMatch(Struct, frozen=True):
    """The items that a name stands for, and if it is not certain, the items with a similar name."""

    meant: Sequence[Item] = ()
    similar: Sequence[Item] = ()

    @property
    def only(self) -> Item | None:
        """The one item that is meant; ``None`` if there are none or several."""
        return self.meant[0] if len(self.meant) == 1 else None


class _SimilarNames:
    """Finds items with a similar name.

    With a ``family``, only names with its words are looked up, and they are compared without these words.
    """

    def __init__(self, family: re.Pattern[str] | None, called: Mapping[str, Sequence[Item]]) -> None:
        self._family = family
        self._ids = {name: tuple(item.id for item in items) for name, items in called.items()}
        self._likenesses = Likenesses(called)

    def scores(self, name: str) -> Iterator[tuple[str, float]]:
        """Item id and likeness of each likely item; an item with several names may come several times."""
        if self._family is None or self._family.search(name):
            bare = self._family.sub("", name) if self._family else name
            for called, similarity in self._likenesses.of(bare, LIKELY).items():
                yield from ((id_, similarity) for id_ in self._ids[called])


class _Names:
    """All names of the county's items: official ones, those on platforms, everyday ones."""

    def __init__(self, catalog: Catalog) -> None:
        self.ours = {entry.item.id: entry.item for entry in catalog.entries()}
        self._same = {word.text: group[0].text for group in catalog.synonyms.groups for word in group}
        self._word = re.compile("|".join(map(re.escape, sorted(self._same, key=len, reverse=True))) or r"\Z.")
        own = {id_: (item.name,) for id_, item in self.ours.items()}
        platform = {id_: tuple(map(_text, names)) for id_, names in catalog.synonyms.platform.items()}
        said = {id_: tuple(map(_text, names)) for id_, names in catalog.synonyms.words.items()}
        self._own = self._index(normal, own)
        self._platform = self._index(normal, own, platform)
        self._called = self._index(normal, platform, said)
        self._plain = self._index(self._canonical, own, platform)
        self._similar = [_SimilarNames(None, self._plain)]
        for heading, words in _HEADING_WORDS.items():
            bare: dict[str, list[Item]] = defaultdict(list)
            for called, items in self._plain.items():
                bare[words.sub("", called)] += [item for item in items if item.level1 == heading]
            self._similar.append(_SimilarNames(words, {called: items for called, items in bare.items() if items}))
        self._distinguishing = {
            id_: frozenset(_DISTINGUISHING.findall("，".join((*names, *platform.get(id_, ()), *said.get(id_, ())))))
            for id_, names in own.items()
        }

    def match(self, name: str) -> NameMatch:
        """The items that ``name`` stands for or is like; none if it is an official name, which is matched elsewhere."""
        bracketed = self._by_bracketed_word(name)
        if bracketed or normal(name) in self._own:
            return NameMatch(bracketed)
        called = self._called.get(normal(name)) or self._plain.get(self._canonical(name))
        if (
            called
            and len(called) == 1
            and normal(name) not in self._platform
            and self._canonical(name) not in self._plain
        ):
            said, ours = normal(name), normal(called[0].name)
            alike = said in ours or likeness(said, ours) >= LIKELY
            return NameMatch(called) if alike else NameMatch(similar=called)  # such as 失业补助金, a different benefit
        return NameMatch(called) if called else self._most_similar(self._canonical(name))

    def conflicting_word(self, name: str, item: Item) -> str:
        """The first distinguishing word of ``name`` that no name of ``item`` has; blank if there is none."""
        return next((word for word in _DISTINGUISHING.findall(name) if word not in self._distinguishing[item.id]), "")

    def _most_similar(self, plain: str) -> NameMatch:
        """The item whose name is nearly the same and clearly the most similar; else at most two candidates."""
        scores: dict[str, float] = defaultdict(float)
        for alike in self._similar:
            for id_, similarity in alike.scores(plain):
                scores[id_] = max(similarity, scores[id_])
        ranked = sorted(scores, key=lambda id_: (-scores[id_], id_))[:2]
        second = sum(scores[id_] for id_ in ranked[1:])
        similar = tuple(self.ours[id_] for id_ in ranked)
        sure = bool(similar) and scores[ranked[0]] >= CERTAIN and scores[ranked[0]] - second >= LEAD
        return NameMatch(similar[:1]) if sure else NameMatch(similar=similar)

    def _by_bracketed_word(self, name: str) -> Sequence[Item]:
        """The items whose name is this one with its bracketed word put in somewhere.

        劳动能力鉴定（复查）申请 is 劳动能力鉴定复查申请, not 劳动能力鉴定申请.
        """
        bare = normal(name)
        for word in _BRACKETED.findall(name):
            put_in = [bare[:at] + word + bare[at:] for at in range(len(bare) + 1)]
            for called in (self._own, self._called):
                if other := next((other for other in put_in if other in called), None):
                    return called[other]
        return ()

    def _index(
        self, form: Callable[[str], str], *called: Mapping[str, Sequence[str]]
    ) -> Mapping[str, tuple[Item, ...]]:
        """``form`` of each name → the items with that name."""
        found: dict[str, dict[str, Item]] = defaultdict(dict)
        for names in called:
            for id_ in names.keys() & self.ours.keys():
                for name in names[id_]:
                    found[form(name)][id_] = self.ours[id_]
        return {name: tuple(items[id_] for id_ in sorted(items)) for name, items in found.items()}

    def _canonical(self, name: str) -> str:
        """The name with each synonym replaced by its group's first word, without channel words and final verbs."""
        plain = self._word.sub(lambda match: self._same[match[0]], normal(_CHANNEL_WORDS.sub("", name)))
        while (verb := next((verb for verb in _VERBS if plain.endswith(verb)), None)) and len(plain) > 2 * len(verb):
            plain = plain.removesuffix(verb)
        return plain


def _text(written: Written) -> str:
    return written.text


def _row(given: PlatformItem, meant: Item | None) -> Item:
    """The item as a directory row, with the county's name for it if one is known."""
    return Item("", given.text(NUMBER) or None, given.text(PARENT), meant.name if meant else given.name.text)


def _flat(item: Item) -> Item:
    """The item with its third level as second level, as platforms list it."""
    return replace(item, level2=item.name, level3=None)


def _of_code(given: PlatformItem, item: Item) -> Paired:
    if likeness(given.name.text, item.name) < LIKELY:
        why = f"实施编码和 {item.id} {item.name} 的一样，名称却不像"
        return Paired(given, why_not=why)
    return Paired(given, item, BY_CODE)


def _of_name(given: PlatformItem, match: Match, names: _Names, by_name: NameMatch) -> Paired:
    if match.national is not None and match.matched_by is not None and not match.below:
        item = names.ours[match.national.id]
        if word := names.conflicting_word(given.name.text, item):
            return Paired(given, why_not=f"可能是“{item.name}”（{item.id}），那一项没有“{word}”")
        by_word = by_name.only is not None and by_name.only.id == item.id
        return Paired(given, item, BY_WORD if by_word else match.matched_by.value)
    also = [f"“{item.name}”（{item.id}，也这样叫）" for item in by_name.meant[:2]] if len(by_name.meant) > 1 else []
    alike = [_candidate(one) for one in shown_candidates(match.candidates)]
    similar = [f"“{item.name}”（{item.id}，有叫法和它相近）" for item in by_name.similar]
    named = "、".join(also or (alike if match.candidates and match.candidates[0].taken else similar or alike))
    return Paired(given, why_not=f"可能是{named}" if named else "本县的目录里没有像它的事项")


def _candidate(one: Candidate) -> str:
    taken = "，另一项已是它" if one.taken else ""
    return f"“{one.item.name}”（{one.item.id}，相似 {one.similarity:.2f}{taken}）"
