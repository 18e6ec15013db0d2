"""Findings → formats for programs: GitHub's annotations, GitLab's code quality, JUnit, SARIF, and our own JSON."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree import ElementTree

from gkdir import __version__
from gkdir.finding import WORDS, Finding, Place, Severity
from gkdir.harmless import json_text, shown, shown_lines
from gkdir.report.text import summary

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_report(findings: Sequence[Finding]) -> str:
    """One annotation a line, the most severe first: GitHub shows ten of each kind and drops the others."""
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


_GITLAB_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab_report(findings: Sequence[Finding]) -> str:
    """A JSON list of issues."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in findings:
        print_ = _fingerprint(finding, seen)
        issues.append(
            {
                "description": " ".join(part for part in (finding.message, finding.hint, finding.cite) if part),
                "check_name": finding.rule,
                "fingerprint": print_,
                "severity": _GITLAB_SEVERITIES[finding.severity],
                "location": {"path": finding.place.file, "lines": {"begin": finding.place.line or 1}},
            }
        )
    return json_text(issues) + "\n"


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """A hash that stays the same when the fault moves to another line; equal faults are numbered."""
    place = finding.place
    parts = (finding.rule, place.file, place.sheet, finding.county, finding.item, finding.message)
    base = "\x1f".join(part or "" for part in parts)
    seen[base] += 1
    return hashlib.sha256(f"{base}\x1f{seen[base]}".encode("utf-8", "replace")).hexdigest()


def junit_report(findings: Sequence[Finding]) -> str:
    """A document with one suite even if nothing was found, so that CI sees that the check ran."""
    root = ElementTree.Element("testsuites", name="gkdir check")
    counties = sorted({finding.county or "" for finding in findings}) or [""]
    for county in counties:
        own = [finding for finding in findings if (finding.county or "") == county]
        errors = sum(finding.severity is Severity.ERROR for finding in own)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=shown_lines(county) or "项目",
            tests=str(len(own) or 1),
            failures=str(errors),
            errors="0",
        )
        for finding in own:
            _case(suite, finding)
        if not own:
            ElementTree.SubElement(suite, "testcase", classname="gkdir", name="没有发现问题")
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _case(suite: ElementTree.Element, finding: Finding) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname=finding.rule, name=shown_lines(f"{finding.place} {finding.message}")
    )
    parts = (str(finding.place), finding.message, finding.hint, finding.cite)
    words = shown_lines("\n".join(part for part in parts if part))
    if finding.severity is Severity.ERROR:
        failure = ElementTree.SubElement(case, "failure", message=shown_lines(finding.message), type=finding.rule)
        failure.text = words
    else:
        ElementTree.SubElement(case, "system-out").text = words


_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_report(findings: Sequence[Finding]) -> str:
    """One run, describing once each rule that found something."""
    from gkdir.rules import RULES  # slow to import, and no other format needs them

    used = sorted({finding.rule for finding in findings})
    known = {rule.id: rule for rule in RULES}
    rules = [
        {
            "id": identity,
            "name": known[identity].name,
            "shortDescription": {"text": known[identity].title},
            "fullDescription": {"text": known[identity].cite or known[identity].title},
            "help": {"text": known[identity].document, "markdown": known[identity].document},
            "defaultConfiguration": {"level": _SARIF_LEVELS[known[identity].severity]},
        }
        for identity in used
    ]
    run = {
        "tool": {"driver": {"name": "gkdir", "semanticVersion": __version__, "language": "zh-CN", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, used.index(finding.rule)) for finding in findings],
    }
    content = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(content) + "\n"


def _result(finding: Finding, index: int) -> dict[str, object]:
    place = finding.place
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(shown(place.file))}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
    location: dict[str, object] = {"physicalLocation": physical}
    if place.cell is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": f"{place.sheet or ''}!{place.cell}"}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": "\n".join(part for part in (finding.message, finding.hint, finding.cite) if part)},
        "locations": [location],
        "properties": {"county": finding.county, "item": finding.item, "requirement": finding.requirement},
    }


def json_report(findings: Sequence[Finding]) -> str:
    """An object with ``findings`` and their ``counts`` by severity."""
    counts = {severity.value: sum(f.severity is severity for f in findings) for severity in Severity}
    return json_text({"findings": objects(findings), "counts": counts}) + "\n"


def objects(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Each finding as plain data."""
    return [_object(finding) for finding in findings]


def _object(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "cite": finding.cite,
        "requirement": finding.requirement,
        **_place(finding.place),
        "county": finding.county,
        "item": finding.item,
        "also": [_place(each.place) for each in finding.joined[1:]],
        "form": finding.form or None,
    }


def _place(place: Place) -> dict[str, str | int | None]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "sheet": place.sheet,
        "cell": place.cell,
    }
