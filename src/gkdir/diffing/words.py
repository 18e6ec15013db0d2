"""Two sides → their differences by place and domain, as sections; sections → text, Markdown, JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from gkdir.diffing.compare import Difference, DifferenceKind, FieldChange, amended, compare, compare_described
from gkdir.diffing.sides import Key, Listed, Side
from gkdir.harmless import json_text, shown_lines
from gkdir.model.amendment import AMENDMENT_SUBJECTS, GUIDE
from gkdir.read.text import one_line


class DiffSection(Struct, frozen=True):
    """What differs in one directory, or (with a blank ``domain``) in a county's guides, forms and so on.

    ``county``: the folder, the stem of the file, or blank. ``label``: the name of the domain, or 办事指南 ….
    """

    county: str
    town: str
    domain: str
    place: str
    label: str
    differences: tuple[Difference, ...]

    @property
    def title(self) -> str:
        """The place and the domain, as far as known."""
        return " ".join(part for part in (self.place, self.label or "没有认出领域") if part)


def sections(old: Side, new: Side) -> tuple[DiffSection, ...]:
    """The differences by county: its directories, those of its townships, then guides, forms, articles, organisations.

    A township's directory has only differences that its county's does not have.
    """
    keys = sorted({*old.directories, *new.directories})
    found = [*_sections(old, new, keys), *_described(old, new)]
    return tuple(sorted(found, key=lambda section: section.county))


def _sections(old: Side, new: Side, keys: list[Key]) -> Iterator[DiffSection]:
    of_county: dict[tuple[str, str], tuple[Difference, ...]] = {}
    for county, town, domain in keys:
        before = old.directories.get((county, town, domain))
        after = new.directories.get((county, town, domain))
        known = after or before or Listed("", "")
        found = compare(before.items if before else (), after.items if after else (), after.reasons if after else {})
        if town:
            above = of_county.get((county, domain), ())
            found = tuple(one for one in found if one not in above)
        else:
            of_county[county, domain] = found  # keys are sorted, so the county comes before its townships
        if found:
            yield DiffSection(county, town, domain, known.place, known.label, found)


def _described(old: Side, new: Side) -> Iterator[DiffSection]:
    keys = {*old.described, *new.described}
    places = {**old.places, **new.places}
    for county, town, subject in sorted(keys, key=lambda key: (key[0], AMENDMENT_SUBJECTS.index(key[2]), key[1])):
        key = county, town, subject
        found = compare_described(subject, old.described.get(key, {}), new.described.get(key, {}))
        if found:
            yield DiffSection(county, town, "", places[county, town], subject, found)


WORDS: Mapping[DifferenceKind, str] = {
    DifferenceKind.ADDED: "新增",
    DifferenceKind.CHANGED: "修改",
    DifferenceKind.STOPPED: "停用",
}
EMPTY = "没有写"
NOTHING = "两边没有不同。"

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_text(found: Sequence[DiffSection]) -> str:
    """One line for each item, with the old and new texts below it."""
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

    ``about`` is 事项 for a directory, else 办事指南, 表格, 文章 or 机构.
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
    """原 and 现 with their texts, or for a list 去掉 and 增加."""
    wording = amended(change)
    if wording.removed or wording.added:
        yield from (
            (word, "；".join(texts)) for word, texts in (("去掉", wording.removed), ("增加", wording.added)) if texts
        )
    else:
        yield from (("原", wording.old or EMPTY), ("现", wording.new or EMPTY))


def _plain(text: str) -> str:
    """The text with Markdown's characters escaped: a county's texts are not markup."""
    return _MARKS.sub(r"\\\1", one_line(text))


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
