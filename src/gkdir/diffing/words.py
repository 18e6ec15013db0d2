"""Sections → words for a terminal, Markdown for a page or a merge request, data for programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from gkdir.diffing.compare import Difference, Kind
from gkdir.diffing.sections import Section

WORDS: Mapping[Kind, str] = {Kind.ADDED: "新增", Kind.CHANGED: "修改", Kind.STOPPED: "停用"}
NOTHING = "两边的目录没有不同。"

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_text(found: Sequence[Section]) -> str:
    """One line an item, and below it what was and what is."""
    lines = [line for section in found for line in (section.title, *_items(section), "")]
    return "\n".join([*lines, _summary(found)]) + "\n"


def _items(section: Section) -> Iterator[str]:
    for one in section.differences:
        yield f"  {WORDS[one.kind]} {_called(one)}" + (f"：{one.reason}" if one.reason else "")
        if one.kind is Kind.CHANGED:
            for change in one.fields:
                yield f"    {change.label}"
                yield f"      原：{_said(change.old)}"
                yield f"      现：{_said(change.new)}"


def as_markdown(found: Sequence[Section]) -> str:
    """A heading for each directory, one for each of 新增, 修改, 停用, and a list below."""
    lines: list[str] = []
    for section in found:
        lines += [f"## {_plain(section.title)}", ""]
        for kind, word in WORDS.items():
            ones = [one for one in section.differences if one.kind is kind]
            if ones:
                lines += [f"### {word}", "", *(line for one in ones for line in _bullets(one)), ""]
    return "\n".join([*lines, _summary(found)]) + "\n"


def _bullets(one: Difference) -> Iterator[str]:
    yield f"- {_plain(_called(one))}" + (f"：{_plain(one.reason)}" if one.reason else "")
    if one.kind is Kind.CHANGED:
        for change in one.fields:
            yield f"  - {_plain(change.label)}：原“{_plain(_said(change.old))}”，现“{_plain(_said(change.new))}”"


def as_json(found: Sequence[Section]) -> str:
    """``{"directories": [{county, town, domain, name, differences: [{kind, number, …, fields}]}]}``."""
    directories = [
        {
            "county": section.county or None,
            "town": section.town or None,
            "domain": section.domain or None,
            "title": section.title,
            "differences": [_data(one) for one in section.differences],
        }
        for section in found
    ]
    return json.dumps({"directories": directories}, ensure_ascii=False, indent=2) + "\n"


def _data(one: Difference) -> dict[str, object]:
    fields = [{"label": each.label, "old": list(each.old), "new": list(each.new)} for each in one.fields]
    data: dict[str, object] = {"kind": one.kind.value, "number": one.number, "level1": one.level1, "name": one.name}
    return data | {"reason": one.reason or None, "fields": fields}


def _called(one: Difference) -> str:
    name = f"{one.number} {one.name}" if one.number else one.name
    return name if one.level1 == one.name else f"{name}（{one.level1}）"


def _said(texts: Sequence[str]) -> str:
    return "；".join(" ".join(text.split()) for text in texts) or "没有写"


def _plain(text: str) -> str:
    """The text with Markdown's own signs made letters: what a county wrote is no markup."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _summary(found: Sequence[Section]) -> str:
    counts = Counter(one.kind for section in found for one in section.differences)
    if not counts:
        return NOTHING
    return "，".join(f"{word} {counts[kind]} 项" for kind, word in WORDS.items()) + "。"


FORMATS: Mapping[str, Callable[[Sequence[Section]], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}
