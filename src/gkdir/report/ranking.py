"""A finding → how soon an inspector would fail the county for it: the table of reasons, and the order they give."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from gkdir.finding import Finding, Severity


class Reason(Struct, frozen=True):
    """What inspections fail county sites for, by its usual name, and the rules that find it."""

    name: str
    rules: tuple[str, ...]


VETO = Reason(
    "一票否决",
    ("grave-wording", "identity-number", "mobile-number", "bank-card", "vetoed-guide"),
)
"""What fails a site whatever else is right: grave words, leaked personal data, guides without their elements."""

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
