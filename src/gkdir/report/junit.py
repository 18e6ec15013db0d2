"""Findings → JUnit XML: a suite for each county, a case for each finding; only errors fail."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from gkdir.finding import Finding, Severity
from gkdir.harmless import shown_lines


def render(findings: Sequence[Finding]) -> str:
    """A document with one suite even where nothing was found, so that a CI sees that the check ran."""
    root = ElementTree.Element("testsuites", name="gkdir check")
    counties = sorted({finding.county or "" for finding in findings}) or [""]
    for county in counties:
        own = [finding for finding in findings if (finding.county or "") == county]
        errors = sum(finding.severity is Severity.ERROR for finding in own)
        suite = ElementTree.SubElement(
            root, "testsuite", name=_clean(county) or "项目", tests=str(len(own) or 1), failures=str(errors), errors="0"
        )
        for finding in own:
            _case(suite, finding)
        if not own:
            ElementTree.SubElement(suite, "testcase", classname="gkdir", name="没有发现问题")
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _case(suite: ElementTree.Element, finding: Finding) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname=finding.rule, name=_clean(f"{finding.place} {finding.message}")
    )
    parts = (str(finding.place), finding.message, finding.hint, finding.cite)
    words = _clean("\n".join(part for part in parts if part))
    if finding.severity is Severity.ERROR:
        failure = ElementTree.SubElement(case, "failure", message=_clean(finding.message), type=finding.rule)
        failure.text = words
    else:
        ElementTree.SubElement(case, "system-out").text = words


def _clean(text: str) -> str:
    """What XML can carry and a terminal can show."""
    return shown_lines(text)
