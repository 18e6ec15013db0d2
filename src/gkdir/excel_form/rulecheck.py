"""Changes to guides → those that cause no new finding of any rule, and why the others are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gkdir.excel_form.apply import Exchange, Rewritten, applied, trial_copy
from gkdir.excel_form.guides import GUIDES, ITEM, LISTS, PATHS, guide_of
from gkdir.excel_form.plan import Plan
from gkdir.excel_form.prose import PROSE
from gkdir.excel_form.table import RowChange
from gkdir.finding import Finding, Place, Severity, Trouble, apart, wrong_value
from gkdir.model.dated import newest_date
from gkdir.overlay import lay
from gkdir.rules import check

_IGNORED_RULES = frozenset(("incomplete-guide", "unclear-material", "no-online-degree", "no-plain-words"))
"""Rules about what is missing: an added element is not refused because others are still missing."""
_DOUBTFUL_CONDITION = "not-said-above"
"""The rule about conditions that may be new or only reworded: it only informs, but what it finds is not written."""
MAX_ROUNDS = 6
"""How often to drop the refused changes and check the rest again; the last round refuses all that are left."""
_HEAD_KEY = re.compile(r"([^\s#:\-][^:\n]*):")


def passing_rules(exchange: Exchange, planned: Plan) -> Rewritten:
    """The files after all changes that read back as written and cause no new error or warning."""
    before = set(map(_identity, _findings(exchange, Rewritten({}, (), ()))))
    changes, troubles = list(planned.changes), list(planned.troubles)
    for round_ in range(MAX_ROUNDS + 1):
        done = applied(exchange, Plan(tuple(changes), ()))
        new = [one for one in _findings(exchange, done) if _identity(one) not in before] if done.files else []
        if not new:
            return replace(done, troubles=(*troubles, *done.troubles))
        kept = list(done.changes)
        for finding in new:
            causes = list(_causes(exchange, done, finding)) if round_ < MAX_ROUNDS - 1 else []
            for change, key in causes or [(change, "") for change in kept]:
                if change in kept:
                    kept.remove(change)
                    kept += _without_column(change, key)
                    troubles.append(_refused(change, key, finding))
        changes = [change for change in done.changes if change in kept] + [
            change for change in kept if change not in done.changes
        ]
        troubles += done.troubles
    raise AssertionError("the last round refuses everything")


def _findings(exchange: Exchange, done: Rewritten) -> list[Finding]:
    with trial_copy(exchange.project, exchange.county, done.files) as (project, county):
        catalog = lay(project, county)
        found = apart(check(project, county, catalog, newest_date(catalog)))
        return [
            replace(one, place=replace(one.place, file=one.place.file.removeprefix(f"{project.folder.as_posix()}/")))
            for one in found
            if (one.severity is not Severity.INFO or one.name == _DOUBTFUL_CONDITION) and one.name not in _IGNORED_RULES
        ]


def _identity(finding: Finding) -> tuple[str, str, str | None]:
    return finding.rule, finding.message, finding.item


def _causes(exchange: Exchange, done: Rewritten, finding: Finding) -> Iterator[tuple[RowChange, str]]:
    """The changes that wrote the line of the finding, each with its column key; else all changes of its item."""
    name = next((name for name in done.files if finding.place.file.endswith(name)), None)
    item = name.partition("/guides/")[2].removesuffix(".md") if name else finding.item
    item_changes = [change for change in done.changes if _item(exchange, change) == item]
    after = done.files[name][1] if name else None
    if after is None or not finding.place.line:
        yield from ((change, "") for change in item_changes)
        return
    lines = after.decode().split("\n")[: finding.place.line]
    heading = _heading(lines)
    exact = []
    for change in item_changes:
        if change.table.key == GUIDES:
            named = (key for key in change.texts if heading in (PROSE.get(key), PATHS.get(key, ("",))[0]))
            exact += [(change, key) for key in named]
        elif LISTS.get(change.table.key) == heading:
            exact.append((change, ""))
    inside = [
        (change, key)
        for change, key in exact
        if not key and _element_name(change) and _element_name(change) in lines[-1]
    ]
    yield from inside or exact or [(change, "") for change in item_changes]


def _heading(lines: Sequence[str]) -> str:
    """The key in the head, or the heading in the body, that the last of the lines is under."""
    for line in reversed(lines):
        if line.startswith("## "):
            return line[3:].strip()
        if found := _HEAD_KEY.match(line):
            return found[1].strip()
    return ""


def _element_name(change: RowChange) -> str:
    return change.texts.get("name") or change.row.texts.get("name", "")


def _item(exchange: Exchange, change: RowChange) -> str:
    if not change.new:
        return guide_of(change.row)
    guides = exchange.form.table(GUIDES)
    assert guides is not None
    return next(row.id for row in guides.rows if row.texts[ITEM] == change.texts[ITEM])


def _without_column(change: RowChange, key: str) -> list[RowChange]:
    """The change without one of its columns; nothing if that was the only one, or if ``key`` is blank."""
    texts = {each: text for each, text in change.texts.items() if each != key}
    return [replace(change, texts=texts)] if key and texts else []


def _refused(change: RowChange, key: str, finding: Finding) -> Trouble:
    what = change.table.column(key).label if key else LISTS.get(change.table.key, change.table.title)
    name = change.row.name or change.texts.get(ITEM, "")
    place: Place = change.places.get(key, change.place)
    message = f"{name}的“{what}”没有采用：{finding.message}（{finding.rule}）。"
    return wrong_value(place, message, finding.hint)
