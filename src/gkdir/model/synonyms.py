"""Synonyms: everyday words by item, and groups of words for the same thing; a words.yaml as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.finding import Place
from gkdir.model.declared import InForm, Key, PlacesUnder, Separated
from gkdir.model.item import Placed, Written

Names = Annotated[tuple[Written, ...], Separated()]
ByItem = Mapping[str, Names]


class HandledElsewhere(Placed, frozen=True):
    """A matter that another office handles: how people ask for it, what to tell them, and that office.

    ``offices``: keys of the county's organisations, or ends of their full names; ``phone``: if the county has none.
    """

    called: ClassVar[str] = "不归这里管的事"

    asked: Annotated[Names, Key("说法", "群众会说的话，用“、”隔开。", "生育津贴、生孩子报销")]
    line: Annotated[
        Written,
        Key("说明", "一句话：归谁管。", "生育津贴归医保局管，不归人社局。"),
        InForm(40, "不归这里管的事：一句话，归谁管。"),
    ]
    offices: Annotated[
        Names,
        Key(
            "机构", "“机构”里的简称，或者全称的后几个字，用“、”隔开；有的就给出名称、电话和地址。", "医保局、医疗保障局"
        ),
        InForm(24, "不归这里管的事：“机构”表里的简称，一行一个。"),
    ] = ()
    phone: Annotated[
        Written | None,
        Key("电话", "县里没有写这个机构时，打哪个电话。", "12393"),
        InForm(14, "县里没有写这个机构时，打哪个电话。", takes="phone"),
    ] = None


class Synonyms(Placed, frozen=True):
    """The content of one words.yaml, or of several laid over each other.

    ``words``: everyday words by item id (``employment/4.1``); ``removed``: words of the file above that do not apply
    here. ``groups``: synonyms, the official name first; ``alike``: words that are related but no synonyms.
    ``platform``: names of the items on service platforms, for recognising their exports, not for search.
    ``places``: the places of the items' words.
    """

    not_compared: ClassVar[frozenset[str]] = frozenset({"places"})
    called: ClassVar[str] = "日常说法"

    groups: Annotated[
        tuple[Names, ...], Key("同义", "同一样东西的几种叫法，每组一行，用“、”隔开。", "社会保障卡、社保卡")
    ] = ()
    alike: tuple[Names, ...] = ()
    words: Annotated[
        ByItem, Key("增加", "事项（领域/编号）和群众会说的话，用“、”隔开。", {"employment/4.1": "失业了、没活干"})
    ] = field(default_factory=dict)
    removed: Annotated[ByItem, Key("去掉", "全国的说法里，本县不用的。", {"employment/4.1": "下岗登记"})] = field(
        default_factory=dict
    )
    elsewhere: Annotated[tuple[HandledElsewhere, ...], Key("不归这里管", "常有人来问、归别的部门管的事。")] = ()
    platform: Annotated[
        ByItem,
        Key(
            "平台名称",
            "政务服务平台上这一项叫什么，和目录不一样的：gkdir import-guides 靠它认出来，搜索不用。",
            {"social_insurance/5.1": "企业职工退休申请"},
        ),
    ] = field(default_factory=dict)
    places: Annotated[Mapping[str, Place], PlacesUnder(("去掉", "增加"))] = field(default_factory=dict)

    def over(self, above: Synonyms) -> Synonyms:
        """This file laid over ``above``: its words and groups are added, its ``removed`` words are removed."""
        words = dict(above.words)
        for item in (*self.words, *(item for item in self.removed if item in above.words)):
            removed = {word.text for word in self.removed.get(item, ())}
            kept = [word for word in above.words.get(item, ()) if word.text not in removed]
            known = {word.text for word in kept}
            words[item] = (*kept, *(word for word in self.words.get(item, ()) if word.text not in known))
        return Synonyms(
            words=words,
            groups=above.groups + self.groups,
            alike=above.alike + self.alike,
            places={**above.places, **self.places},
            elsewhere=self.elsewhere + above.elsewhere,
            platform={
                item: above.platform.get(item, ()) + self.platform.get(item, ())
                for item in {**above.platform, **self.platform}
            },
        )


class NationalSynonyms(Synonyms, frozen=True):
    """The national words.yaml, which has nothing to remove."""

    called: ClassVar[str] = "全国的日常说法"

    alike: Annotated[
        tuple[Names, ...],
        Key("相近", "不能互换、但说的是一类事的词，每类一行，用“、”隔开；里面的数字代表任何数字。", "砸、摔、夹、骨折"),
    ] = ()
    words: Annotated[ByItem, Key("事项", "事项（领域/编号）和群众会说的话。", {"employment/4.1": "失业了、没活干"})] = (
        field(default_factory=dict)
    )
    removed: ByItem = field(default_factory=dict)
    places: Annotated[Mapping[str, Place], PlacesUnder(("事项",))] = field(default_factory=dict)


NO_WORDS = Synonyms()
"""No synonyms: items are found by their names only."""
