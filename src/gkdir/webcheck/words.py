"""Answers and places → the report that is read, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from gkdir.finding import Place
from gkdir.harmless import json_text, shown
from gkdir.webcheck.ask import OFFLINE, AskedLink, LinkState

_TOLD = (LinkState.DEAD, LinkState.UNSURE, LinkState.MOVED)
_MOST = 5
"""Places that are listed of one address."""
_REMEDY = {
    LinkState.DEAD: "请换成打得开的网址，或者删去。",
    LinkState.UNSURE: "请用浏览器打开看一看。",
    LinkState.MOVED: "请改成新的网址。",
}


def text(asked: Sequence[AskedLink], places: Mapping[str, Sequence[Place]]) -> str:
    """What does not open first; of what opens, only the number."""
    lines = []
    for answer in _TOLD:
        some = [one for one in asked if one.answer is answer]
        if some:
            lines += [f"{answer.value}（{len(some)} 个）：{_REMEDY[answer]}", *_each(some, places), ""]
    counted = Counter(one.answer for one in asked)
    parts = "，".join(f"{answer.value} {counted[answer]}" for answer in LinkState)
    if asked and all(one.detail == OFFLINE for one in asked):
        lines = ["一个也连不上：请看看本机是不是连着网，要不要代理（https_proxy）。", ""]
    return "\n".join([*lines, f"问了 {len(asked)} 个网址：{parts}。", ""])


def _each(asked: Sequence[AskedLink], places: Mapping[str, Sequence[Place]]) -> list[str]:
    lines = []
    for one in asked:
        lines.append(shown(f"  {one.address}  {one.detail}"))
        where = places[one.address]
        lines += [shown(f"    {place}") for place in where[:_MOST]]
        lines += [f"    另有 {len(where) - _MOST} 处"] if len(where) > _MOST else []
    return lines


def as_json(asked: Sequence[AskedLink], places: Mapping[str, Sequence[Place]]) -> str:
    """Every address with its answer, and all its places."""
    return json_text(
        {
            "links": [
                {
                    "address": one.address,
                    "answer": one.answer.name.lower(),
                    "detail": one.detail,
                    "places": [{"file": place.file, "line": place.line} for place in places[one.address]],
                }
                for one in asked
            ]
        }
    )


def listing(places: Mapping[str, Sequence[Place]]) -> str:
    """The addresses and where they stand, nothing asked."""
    lines = [line for address, where in places.items() for line in (address, *(f"    {place}" for place in where))]
    return "".join(f"{shown(line)}\n" for line in lines) + f"共 {len(places)} 个网址。\n"


def dead(asked: Sequence[AskedLink]) -> bool:
    """Whether one of them does not open."""
    return any(one.answer is LinkState.DEAD for one in asked)
