"""Findings → annotations of GitHub Actions, and the Markdown of a job's summary."""

from __future__ import annotations

from collections.abc import Sequence

from gkdir.finding import WORDS, Finding, Severity
from gkdir.harmless import shown_lines
from gkdir.report.text import summary

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Sequence[Finding]) -> str:
    """One annotation a line, the weightiest first: GitHub shows ten of each kind and drops the rest."""
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    return "".join(f"{_annotation(finding)}\n" for finding in ranked) + f"{summary(findings)}\n"


def render_summary(findings: Sequence[Finding]) -> str:
    """A Markdown table of all findings, for the file that ``GITHUB_STEP_SUMMARY`` names."""
    rows = [
        f"| {WORDS[f.severity]} | {f.rule} | {_cell(str(f.place))} | {_cell(f.message)} | {_cell(f.hint)} |"
        for f in findings
    ]
    head = ["| 轻重 | 规则 | 位置 | 问题 | 怎么改 |", "| --- | --- | --- | --- | --- |"] if rows else []
    return "\n".join(["## 目录核对", "", summary(findings), "", *head, *rows]) + "\n"


def _annotation(finding: Finding) -> str:
    place = finding.place
    where = {"file": place.file, "line": place.line, "col": place.column, "title": f"{finding.rule} {finding.name}"}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value is not None)
    cell = f"{place.sheet or ''}!{place.cell}：" if place.cell else ""
    body = "\n".join(part for part in (cell + finding.message, finding.hint, finding.cite) if part)
    return f"::{COMMANDS[finding.severity]} {properties}::{_data(body)}"


def _data(text: str) -> str:
    return shown_lines(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    text = " ".join(shown_lines(text).split("\n"))
    return text.replace("\\", "\\\\").replace("|", "\\|")
