"""Findings → SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from gkdir import __version__
from gkdir.finding import Finding, Severity
from gkdir.harmless import json_text, shown

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(findings: Sequence[Finding]) -> str:
    """One run, with every rule that found something described once."""
    from gkdir.rules import RULES  # heavy, and the other formats do not need them

    used = sorted({finding.rule for finding in findings})
    known = {rule.id: rule for rule in RULES}
    rules = [
        {
            "id": identity,
            "name": known[identity].name,
            "shortDescription": {"text": known[identity].title},
            "fullDescription": {"text": known[identity].cite or known[identity].title},
            "help": {"text": known[identity].document, "markdown": known[identity].document},
            "defaultConfiguration": {"level": LEVELS[known[identity].severity]},
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
        "level": LEVELS[finding.severity],
        "message": {"text": "\n".join(part for part in (finding.message, finding.hint, finding.cite) if part)},
        "locations": [location],
        "properties": {"county": finding.county, "item": finding.item, "requirement": finding.requirement},
    }
