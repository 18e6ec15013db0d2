"""Changes to guides → those after which no rule finds anything new, and why the others are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gkdir.excel_form.apply import Exchange, Rewritten, applied, rehearsed
from gkdir.excel_form.guides import GUIDES, ITEM, LISTS, PATHS, guide_of
from gkdir.excel_form.plan import Plan
from gkdir.excel_form.prose import PROSE
from gkdir.excel_form.table import RowChange
from gkdir.finding import Finding, Place, Severity, Trouble, apart, wrong_value
from gkdir.model.dated import newest_date
from gkdir.overlay import lay
from gkdir.rules import check

_LACKING = frozenset(("incomplete-guide", "unclear-material", "no-online-degree", "no-plain-words"))
"""Rules about what is missing: an added element is not refused because others are still missing."""
_IN_DOUBT = "not-said-above"
"""The rule about conditions that may be new or only said in other words: nothing in doubt is written."""
MOST_ROUNDS = 6
"""Rounds of leaving out refused changes and judging the rest again, before all are refused."""
_KEY = re.compile(r"([^\s#:\-][^:\n]*):")


def judged(desk: Exchange, planned: Plan) -> Rewritten:
    """The files after all changes that read back as written and bring no new error or warning."""
    before = set(map(_what, _found(desk, Rewritten({}, (), ()))))
    changes, troubles = list(planned.changes), list(planned.troubles)
    for round_ in range(MOST_ROUNDS + 1):
        done = applied(desk, Plan(tuple(changes), ()))
        new = [one for one in _found(desk, done) if _what(one) not in before] if done.files else []
        if not new:
            return replace(done, troubles=(*troubles, *done.troubles))
        kept = list(done.changes)
        for finding in new:
            guilty = list(_guilty(desk, done, finding)) if round_ < MOST_ROUNDS - 1 else []
            for change, key in guilty or [(change, "") for change in kept]:
                if change in kept:
                    kept.remove(change)
                    kept += _without(change, key)
                    troubles.append(_refused(change, key, finding))
        changes = [change for change in done.changes if change in kept] + [
            change for change in kept if change not in done.changes
        ]
        troubles += done.troubles
    raise AssertionError("the last round refuses everything")


def _found(desk: Exchange, done: Rewritten) -> list[Finding]:
    with rehearsed(desk.project, desk.county, done.files) as (project, county):
        catalog = lay(project, county)
        found = apart(check(project, county, catalog, newest_date(catalog)))
        return [
            replace(one, place=replace(one.place, file=one.place.file.removeprefix(f"{project.folder.as_posix()}/")))
            for one in found
            if (one.severity is not Severity.INFO or one.name == _IN_DOUBT) and one.name not in _LACKING
        ]


def _what(finding: Finding) -> tuple[str, str, str | None]:
    return finding.rule, finding.message, finding.item


def _guilty(desk: Exchange, done: Rewritten, finding: Finding) -> Iterator[tuple[RowChange, str]]:
    """The changes that wrote the line that is found fault with, each with the column; else all of its item."""
    name = next((name for name in done.files if finding.place.file.endswith(name)), None)
    item = name.partition("/guides/")[2].removesuffix(".md") if name else finding.item
    of_item = [change for change in done.changes if _item(desk, change) == item]
    after = done.files[name][1] if name else None
    if after is None or not finding.place.line:
        yield from ((change, "") for change in of_item)
        return
    lines = after.decode().split("\n")[: finding.place.line]
    heading = _heading(lines)
    exact = []
    for change in of_item:
        if change.table.key == GUIDES:
            named = (key for key in change.texts if heading in (PROSE.get(key), PATHS.get(key, ("",))[0]))
            exact += [(change, key) for key in named]
        elif LISTS.get(change.table.key) == heading:
            exact.append((change, ""))
    inside = [(change, key) for change, key in exact if not key and _names(change) and _names(change) in lines[-1]]
    yield from inside or exact or [(change, "") for change in of_item]


def _heading(lines: Sequence[str]) -> str:
    """The key of the head, or the heading of the body, that the last of the lines belongs to."""
    for line in reversed(lines):
        if line.startswith("## "):
            return line[3:].strip()
        if found := _KEY.match(line):
            return found[1].strip()
    return ""


def _names(change: RowChange) -> str:
    return change.texts.get("name") or change.row.texts.get("name", "")


def _item(desk: Exchange, change: RowChange) -> str:
    if not change.new:
        return guide_of(change.row)
    guides = desk.form.table(GUIDES)
    assert guides is not None
    return next(row.id for row in guides.rows if row.texts[ITEM] == change.texts[ITEM])


def _without(change: RowChange, key: str) -> list[RowChange]:
    """What is left of the change without one of its columns."""
    texts = {each: text for each, text in change.texts.items() if each != key}
    return [replace(change, texts=texts)] if key and texts else []


def _refused(change: RowChange, key: str, finding: Finding) -> Trouble:
    what = change.table.column(key).label if key else LISTS.get(change.table.key, change.table.title)
    name = change.row.name or change.texts.get(ITEM, "")
    place: Place = change.places.get(key, change.place)
    message = f"{name}的“{what}”没有采用：{finding.message}（{finding.rule}）。"
    return wrong_value(place, message, finding.hint)
