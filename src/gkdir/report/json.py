"""Findings → the JSON of ``gkdir check --format json`` (docs/contract: its keys never change)."""

from __future__ import annotations

from collections.abc import Sequence

from gkdir.finding import Finding, Place, Severity
from gkdir.harmless import json_text


def render(findings: Sequence[Finding]) -> str:
    """An object with ``findings`` and, by severity, ``counts``."""
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
