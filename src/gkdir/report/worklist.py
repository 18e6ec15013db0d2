"""Findings → what is to be corrected (整改清单), one job for each cause, the most severe first; also as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

from msgspec import Struct

from gkdir.finding import WORDS, Finding, Place, Severity, apart, cause
from gkdir.report.paper import page
from gkdir.report.text import summary, where

BEFORE_PUBLISHING = "发布以前"
OwnerOf = Callable[[Place], str]
"""The person responsible for a place; blank if unknown."""


class Job(Struct, frozen=True):
    """One cause. ``findings`` has it at every place, and the first of them is shown; ``title`` is the rule's."""

    number: int
    title: str
    findings: tuple[Finding, ...]
    owners: tuple[str, ...] = ()

    @property
    def first(self) -> Finding:
        """The finding that is shown for the job."""
        return self.findings[0]

    @property
    def problem(self) -> str:
        """What is wrong: the finding's message, or the rule's title and the number of places."""
        return self.first.message if len(self.findings) == 1 else f"{self.title}（{len(self.findings)} 处）"

    @property
    def reason(self) -> str:
        """The name that inspections have for it; blank if none."""
        return reason(self.first)

    @property
    def by(self) -> str:
        """The deadline, if known: an error must be corrected before publishing."""
        return BEFORE_PUBLISHING if self.first.severity is Severity.ERROR else ""


class Worklist(Struct, frozen=True):
    """All jobs, as of ``day``. ``counties`` are those with jobs; more than one only if several were checked."""

    day: date
    jobs: tuple[Job, ...]
    counties: tuple[str, ...] = ()

    @property
    def findings(self) -> int:
        """The number of places."""
        return sum(len(job.findings) for job in self.jobs)


def worklist(findings: Sequence[Finding], day: date, owner: OwnerOf = lambda _: "") -> Worklist:
    """The jobs for ``findings``, those that an inspection would fail first at the head."""
    from gkdir.rules import RULES  # slow to import, but imported already if there are findings

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
    """A reason for which inspections fail county sites, by its usual name, and the rules that find it."""

    name: str
    rules: tuple[str, ...]


VETO = Reason(
    "一票否决",
    ("grave-wording", "identity-number", "mobile-number", "bank-card", "vetoed-guide"),
)
"""Reasons that alone fail a site: serious wrong wordings, leaked personal data, guides without their elements."""

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
"""The reasons, the most serious first, as in notices of inspections (docs/workflow.md)."""

_PLACES: Mapping[str, int] = {rule: place for place, reason in enumerate(INSPECTED) for rule in reason.rules}
_SEVERITIES = tuple(Severity)


def rank(finding: Finding) -> tuple[int, int]:
    """The sort key: what alone fails a site, other errors, warnings, hints; within each, as in ``INSPECTED``."""
    place = _PLACES.get(finding.name, len(INSPECTED))
    return (0 if place == 0 else 1 + _SEVERITIES.index(finding.severity), place)


def reason(finding: Finding) -> str:
    """The name that inspections have for the fault: 一票否决, 链接打不开…; blank if none."""
    place = _PLACES.get(finding.name)
    return "" if place is None else INSPECTED[place].name


_MAX_PLACES = 3
"""How many places of one cause the table shows."""

_CLASSES = (' class="n"', "", "", "", "", *(' class="w"',) * 3)
_HEADINGS = ("序号", "问题", "在哪里", "依据", "怎么改", "责任人", "期限", "改好日期")


def worklist_page(found: Worklist) -> str:
    """The page, the same text for the same findings on the same day."""
    return page(f"整改清单 {found.day}", "整改清单", "\n".join(_body(found)))


def _body(found: Worklist) -> Iterator[str]:
    yield "<h1>整改清单</h1>"
    whose = f"{'、'.join(map(escape, found.counties))}。" if found.counties else ""
    yield f"<p>{whose}按 {found.day.year} 年 {found.day.month} 月 {found.day.day} 日核对。"
    yield f"{summary([each for job in found.jobs for each in job.findings])}"
    if not found.jobs:
        yield "</p>"
        return
    yield (
        f"同一个原因合成一行，一共 {len(found.jobs)} 行；检查时最先会扣的排在最前。"
        "责任人从“责任人”里取，没有写的留空；期限留空的由本单位定。</p>"
    )
    several = len(found.counties) > 1
    yield "<table><thead><tr>"
    yield "".join(f'<th scope="col"{kind}>{name}</th>' for kind, name in zip(_CLASSES, _HEADINGS, strict=True))
    yield "</tr></thead><tbody>"
    for job in found.jobs:
        yield _row(job, several)
    yield "</tbody></table>"
    yield from _all_places(found)


def _row(job: Job, several: bool) -> str:
    first = job.first
    called = f'<span class="grave">{escape(job.reason)}</span> ' if job.reason else ""
    county = f"{escape(first.county or '各县共用')}：" if several else ""
    cells = (
        str(job.number),
        f"{called}{WORDS[first.severity]} {first.rule}<br>{county}{escape(job.problem)}",
        _places(job),
        escape(first.cite),
        escape(first.hint),
        escape("、".join(job.owners)),
        escape(job.by),
        "",
    )
    columns = zip(_CLASSES, _HEADINGS, cells, strict=True)
    row = "".join(f'<td{kind} data-label="{label}">{cell}</td>' for kind, label, cell in columns)
    return f"<tr>{row}</tr>"


def _places(job: Job) -> str:
    lines = [_place_cell(each) for each in job.findings]
    if len(lines) == 1:
        return f"<code>{escape(where(job.first))}</code>"
    more = f'<p><a href="#p{job.number}">全部 {len(lines)} 处</a></p>' if len(lines) > _MAX_PLACES else ""
    return f"<ul>{''.join(lines[:_MAX_PLACES])}</ul>{more}"


def _place_cell(finding: Finding) -> str:
    return f"<li><code>{escape(where(finding))}</code> {escape(finding.message)}</li>"


def _all_places(found: Worklist) -> Iterator[str]:
    """Lists, below the table, of the places of causes with many, so that they are printed too."""
    many = [job for job in found.jobs if len(job.findings) > _MAX_PLACES]
    if many:
        yield "<h2>附：每一处</h2>"
    for job in many:
        yield f'<h3 id="p{job.number}">{job.number}. {escape(job.title)}</h3>'
        yield f"<ul>{''.join(map(_place_cell, job.findings))}</ul>"
