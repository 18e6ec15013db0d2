"""Sections → words for a terminal, Markdown for a page or a merge request, data for programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from gkdir.diffing.compare import Difference, DifferenceKind, FieldChange, amended
from gkdir.diffing.sections import DiffSection
from gkdir.harmless import json_text, shown_lines
from gkdir.model.amendment import GUIDE

WORDS: Mapping[DifferenceKind, str] = {
    DifferenceKind.ADDED: "新增",
    DifferenceKind.CHANGED: "修改",
    DifferenceKind.STOPPED: "停用",
}
EMPTY = "没有写"
NOTHING = "两边没有不同。"

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_text(found: Sequence[DiffSection]) -> str:
    """One line an item, and below it what was and what is."""
    lines = [line for section in found for line in (section.title, *_items(section), "")]
    return shown_lines("\n".join([*lines, _summary(found)])) + "\n"


def _items(section: DiffSection) -> Iterator[str]:
    for one in section.differences:
        yield f"  {WORDS[one.kind]} {_called(one)}" + (f"：{one.reason}" if one.reason else "")
        if one.kind is DifferenceKind.CHANGED:
            for change in one.fields:
                yield f"    {change.label}"
                yield from (f"      {word}：{text}" for word, text in _before_and_after(change))


def as_markdown(found: Sequence[DiffSection]) -> str:
    """A heading for each directory, one for each of 新增, 修改, 停用, and a list below."""
    lines: list[str] = []
    for section in found:
        lines += [f"## {_plain(section.title)}", ""]
        for kind, word in WORDS.items():
            ones = [one for one in section.differences if one.kind is kind]
            if ones:
                lines += [f"### {word}", "", *(line for one in ones for line in _bullets(one)), ""]
    return shown_lines("\n".join([*lines, _summary(found)])) + "\n"


def _bullets(one: Difference) -> Iterator[str]:
    yield f"- {_plain(_called(one))}" + (f"：{_plain(one.reason)}" if one.reason else "")
    if one.kind is DifferenceKind.CHANGED:
        for change in one.fields:
            wording = "，".join(f"{word}“{_plain(text)}”" for word, text in _before_and_after(change))
            yield f"  - {_plain(change.label)}：{wording}"


def as_json(found: Sequence[DiffSection]) -> str:
    """``{"directories": [{county, town, domain, about, title, differences: [{kind, id, number, …, fields}]}]}``.

    ``about`` is 事项 where it is a directory, else 办事指南, 表格, 文章 or 机构.
    """
    directories = [
        {
            "county": section.county or None,
            "town": section.town or None,
            "domain": section.domain or None,
            "about": section.differences[0].subject,
            "title": section.title,
            "differences": [_data(one) for one in section.differences],
        }
        for section in found
    ]
    return json_text({"directories": directories}) + "\n"


def _data(one: Difference) -> dict[str, object]:
    fields = [{"label": each.label, "old": list(each.old), "new": list(each.new)} for each in one.fields]
    data: dict[str, object] = {
        "kind": one.kind.value,
        "id": one.id,
        "number": one.number,
        "level1": one.level1,
        "name": one.name,
    }
    return data | {"reason": one.reason or None, "fields": fields}


def _called(one: Difference) -> str:
    number = one.number or (one.id if one.subject == GUIDE else None)
    name = f"{number} {one.name}" if number else one.name
    return name if one.level1 == one.name else f"{name}（{one.level1}）"


def _before_and_after(change: FieldChange) -> Iterator[tuple[str, str]]:
    """原 and 现, or of a list 去掉 and 增加."""
    wording = amended(change)
    if wording.removed or wording.added:
        yield from (
            (word, "；".join(texts)) for word, texts in (("去掉", wording.removed), ("增加", wording.added)) if texts
        )
    else:
        yield from (("原", wording.old or EMPTY), ("现", wording.new or EMPTY))


def _plain(text: str) -> str:
    """The text with Markdown escaped: a county's texts are not markup."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _summary(found: Sequence[DiffSection]) -> str:
    counts = Counter(one.kind for section in found for one in section.differences)
    if not counts:
        return NOTHING
    return "，".join(f"{word} {counts[kind]} 项" for kind, word in WORDS.items()) + "。"


FORMATS: Mapping[str, Callable[[Sequence[DiffSection]], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}
