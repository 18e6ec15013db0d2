"""The shape of words.yaml: the country's, and a county's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import field

from gkdir.model.declared import Key
from gkdir.model.item import Written
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import STRINGS, Names, names, read_by, texts
from gkdir.yaml.nodes import Node


def _groups(node: Node) -> tuple[tuple[Written, ...], ...]:
    return tuple(names(child) for child in texts(node))


Groups = Annotated[tuple[tuple[Written, ...], ...], read_by(_groups, {"type": "array", "items": STRINGS})]
ByItem = Mapping[str, Names]


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


class NationalWordsPart(Part, frozen=True, kw_only=True):
    """The country's words.yaml."""

    called: ClassVar[str] = "全国的日常说法"
    groups: Annotated[Groups, Key("同义", "同一样东西的几种叫法，每组一行，用“、”隔开。", "社会保障卡、社保卡")] = ()
    items: Annotated[ByItem, Key("事项", "事项（领域/编号）和群众会说的话。", {"employment/4.1": "失业了、没活干"})] = (
        field(default_factory=dict)
    )
