"""The shape of words.yaml: the country's, and a county's own."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict

from gkdir.model.item import Written
from gkdir.read.schema.part import Part, key
from gkdir.read.schema.values import ValueReader, mapping, text, texts
from gkdir.yaml.nodes import Node

_BETWEEN = re.compile(r"[、，,；;\s]+")


def _words(node: Any) -> tuple[Written, ...]:
    """Words in a list, or in one text with 、 between them; each once."""
    found: dict[str, Written] = {}
    for child in texts(node):
        written = text(child)
        for word in filter(None, _BETWEEN.split(written.text)):
            found.setdefault(word, Written(word, written.place))
    return tuple(found.values())


def _groups(node: Node) -> tuple[tuple[Written, ...], ...]:
    return tuple(_words(child) for child in texts(node))


_STRINGS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "integer"]}}]}
Words = Annotated[tuple[Written, ...], ValueReader(_words, _STRINGS)]
Groups = Annotated[tuple[tuple[Written, ...], ...], ValueReader(_groups, {"type": "array", "items": _STRINGS})]
ByItem = Annotated[dict[str, Words], BeforeValidator(mapping)]


class WordsPart(Part):
    """A county's words.yaml."""

    model_config = ConfigDict(title="日常说法")
    groups: Groups = key("同义", "同一样东西的几种叫法，每组一行，用“、”隔开。", "社会保障卡、社保卡", default=())
    added: ByItem = key(
        "增加", "事项（领域/编号）和群众会说的话，用“、”隔开。", {"employment/4.1": "失业了、没活干"}, default={}
    )
    removed: ByItem = key("去掉", "全国的说法里，本县不用的。", {"employment/4.1": "下岗登记"}, default={})


class NationalWordsPart(Part):
    """The country's words.yaml."""

    model_config = ConfigDict(title="全国的日常说法")
    groups: Groups = key("同义", "同一样东西的几种叫法，每组一行，用“、”隔开。", "社会保障卡、社保卡", default=())
    items: ByItem = key("事项", "事项（领域/编号）和群众会说的话。", {"employment/4.1": "失业了、没活干"}, default={})
