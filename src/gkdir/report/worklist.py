"""Findings → the list of what is to be mended (整改清单): one job for each cause, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from gkdir.finding import Finding, Place, Severity, apart, cause

BEFORE_PUBLISHING = "发布以前"
OwnerOf = Callable[[Place], str]
"""The person responsible for what is written at a place; empty if unknown."""


class Job(Struct, frozen=True):
    """One cause: ``findings`` has it at every place; the first stands for all. ``title`` is the rule's."""

    number: int
    title: str
    findings: tuple[Finding, ...]
    owners: tuple[str, ...] = ()

    @property
    def first(self) -> Finding:
        """The finding that is shown for all."""
        return self.findings[0]

    @property
    def problem(self) -> str:
        """What is wrong: the finding's own words, or the rule's title and how often."""
        return self.first.message if len(self.findings) == 1 else f"{self.title}（{len(self.findings)} 处）"

    @property
    def reason(self) -> str:
        """What an inspection would call it."""
        return reason(self.first)

    @property
    def by(self) -> str:
        """The day before which it must be mended, as far as it is known: an error keeps the county from publishing."""
        return BEFORE_PUBLISHING if self.first.severity is Severity.ERROR else ""


class Worklist(Struct, frozen=True):
    """All jobs, as of ``day``; ``counties`` are those that have any, several of them only where several were asked."""

    day: date
    jobs: tuple[Job, ...]
    counties: tuple[str, ...] = ()

    @property
    def findings(self) -> int:
        """How many places there are."""
        return sum(len(job.findings) for job in self.jobs)


def worklist(findings: Sequence[Finding], day: date, owner: OwnerOf = lambda _: "") -> Worklist:
    """The jobs that ``findings`` make, those an inspector would fail first at the head."""
    from gkdir.rules import RULES  # heavy, and loaded already where there are findings

    titles = {rule.id: rule.title for rule in RULES}
    causes: dict[object, list[Finding]] = {}
    for finding in apart(findings):
        causes.setdefault(cause(finding), []).append(finding)
    ranked = sorted(causes.values(), key=lambda same: (rank(same[0]), -len(same)))
    jobs = tuple(
        Job(number, titles.get(same[0].rule, same[0].name), tuple(same), _owners(same, owner))
        for number, same in enumerate(ranked, 1)
    )
    return Worklist(day, jobs, tuple(dict.fromkeys(each.county for each in findings if each.county)))


def _owners(findings: Sequence[Finding], owner: OwnerOf) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (owner(finding.place) for finding in findings))))


class Reason(Struct, frozen=True):
    """What inspections fail county sites for, by its usual name, and the rules that find it."""

    name: str
    rules: tuple[str, ...]


VETO = Reason(
    "一票否决",
    ("grave-wording", "identity-number", "mobile-number", "bank-card", "vetoed-guide"),
)
"""What alone fails a site: grave words, leaked personal data, guides without their elements."""

INSPECTED: tuple[Reason, ...] = (
    VETO,
    Reason("错别字、过时的名称", ("misspelling", "renamed-office", "obsolete-term", "misdated")),
    Reason("空白、没有写完", ("unfinished-text", "placeholder-text", "policy-without-text", "empty-column")),
    Reason("逾期、不更新", ("published-late", "review-lapsed", "review-due", "stale-guide", "no-review-date")),
    Reason("链接打不开", ("dead-link", "closed-address", "missing-file", "address-elsewhere")),
    Reason(
        "附件打不开、不全", ("broken-form-file", "unknown-form", "form-without-instructions", "form-without-sample")
    ),
    Reason(
        "指南要素缺失、前后矛盾",
        (
            "incomplete-guide", "step-beyond-promise", "promise-beyond-law", "unclear-material", "catch-all-demand",
            "vague-guide", "vague-promise", "vague-limit", "same-phone", "no-area-code", "online-without-way",
            "copied-guide",
        ),
    ),
    Reason("可能泄露个人信息", ("office-mobile", "unsearchable-file", "left-traces", "miscounted-mobile")),
    Reason("解读没有关联文件", ("unjoined-interpretation", "half-interpretation")),
    Reason("网站标识不全", ("incomplete-footer", "foreign-site-code", "foreign-police-number", "foreign-icp")),
    Reason("征集、回应没有结果", ("no-result", "no-feedback", "old-response")),
)  # fmt: skip
"""In the order in which notices of inspections name them (docs/workflow.md); the weightiest first."""

_PLACES: Mapping[str, int] = {rule: place for place, reason in enumerate(INSPECTED) for rule in reason.rules}
_SEVERITIES = tuple(Severity)


def rank(finding: Finding) -> tuple[int, int]:
    """The sort key: what fails at once, other errors, warnings, hints; within each, in the order of inspections."""
    place = _PLACES.get(finding.name, len(INSPECTED))
    return (0 if place == 0 else 1 + _SEVERITIES.index(finding.severity), place)


def reason(finding: Finding) -> str:
    """What an inspection would call it: 一票否决, 链接打不开…; empty where it has no name of its own."""
    place = _PLACES.get(finding.name)
    return "" if place is None else INSPECTED[place].name
