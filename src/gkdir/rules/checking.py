"""A county and the rules → findings: every subject judged, allowances applied, one finding for one fault, by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gkdir.finding import Finding
from gkdir.rules.allowances import apply
from gkdir.rules.rule import Context, Rule
from gkdir.rules.subjects import subjects


def findings(context: Context) -> tuple[Finding, ...]:
    """All findings of the context's rules, in the order of places."""
    raw = list(_judged(context))
    kept = apply(raw, context)
    return tuple(sorted(_merged(kept), key=lambda found: (found.place.order, found.rule)))


def _judged(context: Context) -> Iterator[Finding]:
    by_subject: dict[type, list[Rule]] = defaultdict(list)
    for rule in context.rules:
        for kind in rule.on:
            by_subject[kind].append(rule)
    for subject in subjects(context):
        for rule in by_subject.get(type(subject), ()):
            for fault in rule.judge(subject, context):
                yield rule.finding(fault, context.county.slug)


def _merged(found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each rule and place, so that a fault in 默认 is not repeated for every item."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in found:
        groups[finding.rule, finding.place].append(finding)
    for group in groups.values():
        items = {finding.item for finding in group}
        messages = {finding.message for finding in group}
        first = group[0]
        if len(items) > 1:
            yield replace(first, message=f"{first.message}（同一处写法共影响 {len(items)} 项）", item=None)
        elif len(messages) > 1:
            yield replace(first, message=f"{first.message}（同一处另有 {len(messages) - 1} 个同样的问题）")
        else:
            yield first
