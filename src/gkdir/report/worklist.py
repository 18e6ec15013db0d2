"""Findings → the list of what is to be mended (整改清单): one job for each cause, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from gkdir.finding import Finding, Place, Severity, apart, cause
from gkdir.report.ranking import rank, reason

BEFORE_PUBLISHING = "发布以前"
OwnerOf = Callable[[Place], str]
"""Who answers for what stands at a place; empty if the files do not say."""


class Job(Struct, frozen=True):
    """One cause: ``findings`` has it at every place; the first stands for all. ``title`` is the rule's."""

    number: int
    title: str
    findings: tuple[Finding, ...]
    owners: tuple[str, ...] = ()

    @property
    def first(self) -> Finding:
        """The finding whose words stand for all."""
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
    from gkdir.rules import RULES  # heavy, and loaded already by whoever has findings

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
