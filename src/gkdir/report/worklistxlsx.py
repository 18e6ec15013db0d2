"""A Worklist → the bytes of a workbook: a sheet with one cause a row to fill in, and a sheet of all places."""

from __future__ import annotations

from collections.abc import Sequence

from gkdir.export.plain import PlainSheet, plain_workbook
from gkdir.finding import WORDS, Finding
from gkdir.report.text import summary, where
from gkdir.report.worklist import Job, Worklist

_JOBS = {
    "序号": 6, "检查怎么说": 14, "轻重": 7, "规则": 8, "县": 12, "问题": 38, "处数": 7, "第一处": 30, "依据": 26,
    "怎么改": 38, "责任人": 12, "期限": 12, "改好了": 9, "备注": 16,
}  # fmt: skip
_PLACES = {"清单序号": 9, "规则": 8, "县": 12, "在哪里": 44, "问题": 60, "怎么改": 50}
"""Headings, and the widths of their columns."""
_DONE = {"改好了": ("改好了", "正在改", "不用改（已写明理由）")}


def workbook(found: Worklist) -> bytes:
    """The workbook, the same bytes for the same findings on the same day."""
    counts = summary([finding for job in found.jobs for finding in job.findings])
    title = f"整改清单（按 {found.day} 核对）"
    each = [_place(job, finding) for job in found.jobs for finding in job.findings]
    sheets = (
        PlainSheet("整改清单", title, counts, _JOBS, [_job(job) for job in found.jobs], _DONE),
        PlainSheet("每一处", "每一处", "“清单序号”是前一张表里的序号。", _PLACES, each),
    )
    return plain_workbook(sheets, found.day)


def _job(job: Job) -> Sequence[str | int]:
    first = job.first
    called = (job.number, job.reason, WORDS[first.severity], first.rule, first.county or "")
    asked = (first.cite, first.hint, "、".join(job.owners), job.by, "", "")
    return (*called, job.problem, len(job.findings), where(first), *asked)


def _place(job: Job, finding: Finding) -> Sequence[str | int]:
    texts = (where(finding), finding.message, finding.hint)
    return (job.number, finding.rule, finding.county or "", *texts)
