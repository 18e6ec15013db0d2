"""A county, rules and files → findings: subjects judged, allowances applied, duplicates merged, sorted by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Finding, Severity, cause
from gkdir.model.county import County, Omitted
from gkdir.model.guide import Guide
from gkdir.rules import finished
from gkdir.rules.addresses import page_link_faults
from gkdir.rules.allowances import apply
from gkdir.rules.finished import FoundNumbers
from gkdir.rules.rule import Context, Rule
from gkdir.rules.subjects import Edit, LocalGuide, subjects

DATE = "no-review-date"
LATER = frozenset(
    (
        "plain-copy", "channel-without-address", "board-without-sheet", "nothing-to-say", "items-without-guide",
        "unchecked-guides", "blanks-in-guides", "empty-column", "no-change-list", "incomplete-footer",
    )
)  # fmt: skip
"""Rules about what a county's tables do not contain, or what it has not changed yet."""
_NARROWED = frozenset(("on-request-without-ground", "narrowed-audience"))
"""Two rules with a common cause: an item for a group is often published on request only."""


def is_first_day(county: County) -> bool:
    """Whether the county has only directories so far, and none has been reviewed."""
    own = county.overlay
    begun = own.website.written or county.guides or county.articles or county.forms or county.towns
    return bool(own.domains) and not begun and all(part.reviewed is None for part in own.domains.values())


def for_first_day(found: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for each cause of ``found`` (sorted by place); that of the missing date counts those left for later.

    Before the first review it is no news that the website, guides and boards are incomplete: such findings are only
    counted until a review date is written.
    """
    dated = all(each.name != DATE for each in found)  # the missing date is allowed: no finding could count the others
    waiting = {each.name for each in found if each.name in LATER and not dated}
    causes: dict[object, list[Finding]] = {}
    for each in found:
        if each.name not in waiting:
            causes.setdefault(("narrowed", each.severity) if each.name in _NARROWED else cause(each), []).append(each)
    for same in causes.values():
        joined = _joined(same)
        if joined.name == DATE and waiting:
            later = f"另有 {len(waiting)} 类提示（网站、办事指南、公示栏等），写上审核日期以后再列出"
            joined = replace(joined, message=f"{joined.message}；{later}")
        yield joined


def _joined(same: Sequence[Finding]) -> Finding:
    """The first finding, with the messages of one finding of each rule."""
    if len(same) == 1:
        return same[0]
    by_rule = {each.rule: each for each in reversed(same)}
    distinct = [each for each in same if by_rule[each.rule] is each]
    return replace(
        same[0],
        message=f"{'；'.join(each.message for each in distinct)}（同一个原因，共 {len(same)} 处）",
        hint="".join(dict.fromkeys(each.hint for each in distinct)),
        item=None,
        joined=tuple(same),
    )


NAMED = 5
"""The most items to name in one finding."""
SHEETS = "templates/_sheets"
"""The folder of a project's own templates for printing."""


class Judged(Struct, frozen=True):
    """What the rules found in the sources of ``context``, before allowances."""

    context: Context
    found: tuple[Finding, ...]

    @classmethod
    def of(cls, context: Context) -> Judged:
        """Every subject of the context, judged by its rules."""
        return cls(context, tuple(_judged(context)))

    def unfinished(self) -> tuple[Finding, ...]:
        """The findings before pages are made: an allowance may turn out to be for a number on one of them."""
        return self._sorted_by_place(apply(self.found, self.context, finished=False))

    def find_numbers(self, files: Mapping[str, bytes]) -> FoundNumbers:
        """The personal numbers in the finished ``files`` (path → content).

        PDFs are only searched if the project has its own templates for printing.
        """
        own = (self.context.project.folder / SHEETS).is_dir()
        shown = files if own else {path: data for path, data in files.items() if not path.endswith(".pdf")}
        return finished.find_numbers(shown, self.context.county.slug, self._known)

    def with_files(
        self, files: Mapping[str, bytes], there: Container[str] = (), numbers: FoundNumbers | None = None
    ) -> tuple[Finding, ...]:
        """All findings, in the order of places; the finished ``files`` by path are judged as well.

        ``there`` are the paths of these and of others that pages can link to, ``numbers`` the result of
        ``find_numbers`` if it was called before.
        """
        county = self.context.county.slug or None
        faults = chain(
            (numbers or self.find_numbers(files)).faults,
            page_link_faults(files, there, self.context.project.folder, county) if county else (),
        )
        on_pages = (rule.finding(fault, county) for rule, fault in faults)
        return self._sorted_by_place(apply((*self.found, *on_pages), self.context))

    def of_sheets(self, files: Mapping[str, bytes]) -> tuple[Finding, ...]:
        """The errors of sheets that were printed without pages: numbers that only sheets show."""
        printed = {path: data for path, data in files.items() if path.endswith(".pdf")}
        found = self.with_files(printed)
        return tuple(one for one in found if one.place.file.endswith(".pdf") and one.severity is Severity.ERROR)

    def _sorted_by_place(self, kept: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings in the order of places, equal ones merged; on the first day, one for each cause."""
        ordered = sorted(_merged(kept), key=lambda found: (found.place.order, found.rule))
        return tuple(for_first_day(ordered) if is_first_day(self.context.county) else ordered)

    def _known(self) -> frozenset[str]:
        """The long numbers in the sources, which were judged at their own places."""
        return frozenset(finished.figures((*self.context.project.searched, *self.context.county.searched)))


def _judged(context: Context) -> Iterator[Finding]:
    known: dict[tuple[type | str, ...], list[Rule]] = {}
    on = _by_kind(context.rules)
    national = {guide.place.file for guide in context.project.guides.values()}
    for subject in subjects(context):
        kinds = subject.kinds if isinstance(subject, Edit) else (type(subject),)
        rules = known.get(kinds)
        if rules is None:
            numbers = sorted({number for kind in kinds for number in on[kind]})
            rules = known[kinds] = [context.rules[number] for number in numbers]
        for rule in rules:
            for fault in rule.judge(subject, context):
                if fault.place.file not in national:  # not in a national guide, which the county only completes
                    yield rule.finding(fault, context.county.slug, _item_of(subject))


def _item_of(subject: object) -> str | None:
    """The item that a subject is about; ``None`` if it is about none, or several."""
    if isinstance(subject, Edit | Omitted):
        return subject.item.id
    if isinstance(subject, Guide):
        return subject.id
    return subject.item if isinstance(subject, LocalGuide) else None


def _by_kind(rules: tuple[Rule, ...]) -> dict[type | str, list[int]]:
    """Kind of subject → the indexes of its rules."""
    on: dict[type | str, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        for kind in rule.on:
            on[kind].append(number)
    return on


def _merged(found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each rule and place, so that a fault in 默认 is not repeated for every item."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in found:
        groups[finding.rule, finding.place].append(finding)
    for group in groups.values():
        items = dict.fromkeys(finding.item for finding in group)
        messages = {finding.message for finding in group}
        first = group[0]
        if len(items) > 1:
            named = "、".join(item.rpartition("/")[2] for item in islice(filter(None, items), NAMED))
            shown = f"：{named}{' 等' if len(items) > NAMED else ''}" if named else ""
            yield replace(first, message=f"{first.message}（同一处写法共影响 {len(items)} 项{shown}）", item=None)
        elif len(messages) > 1:
            yield replace(first, message=f"{first.message}（同一处另有 {len(messages) - 1} 个同样的问题）")
        else:
            yield first
