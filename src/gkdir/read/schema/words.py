"""The shape of words.yaml: the country's, and a county's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key
from gkdir.model.item import Written
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import STRINGS, Names, Text, names, read_by, texts
from gkdir.yaml.nodes import Node


def _groups(node: Node) -> tuple[tuple[Written, ...], ...]:
    return tuple(names(child) for child in texts(node))


Groups = Annotated[tuple[tuple[Written, ...], ...], read_by(_groups, {"type": "array", "items": STRINGS})]
ByItem = Mapping[str, Names]


class ElsewherePart(Part, frozen=True, kw_only=True):
    """What another office does."""

    called: ClassVar[str] = "不归这里管的事"
    asked: Annotated[Names, Key("说法", "群众会说的话，用“、”隔开。", "生育津贴、生孩子报销")]
    line: Annotated[Text, Key("说明", "一句话：归谁管。", "生育津贴归医保局管，不归人社局。")]
    offices: Annotated[
        Names | None,
        Key(
            "机构", "“机构”里的简称，或者全称的后几个字，用“、”隔开；有的就给出名称、电话和地址。", "医保局、医疗保障局"
        ),
    ] = None
    phone: Annotated[Text | None, Key("电话", "县里没有写这个机构时，打哪个电话。", "12393")] = None


Elsewheres = Annotated[tuple[ElsewherePart, ...], Key("不归这里管", "常有人来问、归别的部门管的事。")]


class WordsPart(Part, frozen=True, kw_only=True):
    """A county's words.yaml."""

    called: ClassVar[str] = "日常说法"
    groups: Annotated[Groups, Key("同义", "同一样东西的几种叫法，每组一行，用“、”隔开。", "社会保障卡、社保卡")] = ()
    added: Annotated[
        ByItem, Key("增加", "事项（领域/编号）和群众会说的话，用“、”隔开。", {"employment/4.1": "失业了、没活干"})
    ] = field(default_factory=dict)
    removed: Annotated[ByItem, Key("去掉", "全国的说法里，本县不用的。", {"employment/4.1": "下岗登记"})] = field(
        default_factory=dict
    )
    elsewhere: Elsewheres = ()


class NationalWordsPart(Part, frozen=True, kw_only=True):
    """The country's words.yaml."""

    called: ClassVar[str] = "全国的日常说法"
    groups: Annotated[Groups, Key("同义", "同一样东西的几种叫法，每组一行，用“、”隔开。", "社会保障卡、社保卡")] = ()
    items: Annotated[ByItem, Key("事项", "事项（领域/编号）和群众会说的话。", {"employment/4.1": "失业了、没活干"})] = (
        field(default_factory=dict)
    )
    elsewhere: Elsewheres = ()
