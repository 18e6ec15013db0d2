"""Findings → GitLab's code quality report, with fingerprints that outlive a change of line numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from gkdir.finding import Finding, Severity
from gkdir.harmless import json_text

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(findings: Sequence[Finding]) -> str:
    """A list of issues."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in findings:
        print_ = _fingerprint(finding, seen)
        issues.append(
            {
                "description": " ".join(part for part in (finding.message, finding.hint, finding.cite) if part),
                "check_name": finding.rule,
                "fingerprint": print_,
                "severity": SEVERITIES[finding.severity],
                "location": {"path": finding.place.file, "lines": {"begin": finding.place.line or 1}},
            }
        )
    return json_text(issues) + "\n"


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """Equal for the same fault wherever it moves; the n-th of equal faults is distinguished by n."""
    place = finding.place
    parts = (finding.rule, place.file, place.sheet, finding.county, finding.item, finding.message)
    base = "\x1f".join(part or "" for part in parts)
    seen[base] += 1
    return hashlib.sha256(f"{base}\x1f{seen[base]}".encode("utf-8", "replace")).hexdigest()
