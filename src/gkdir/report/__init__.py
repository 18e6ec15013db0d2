"""Findings → reports for people, scripts and CI.

``glance`` is for a terminal; ``worklist`` groups findings into jobs, as a page or as a workbook to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gkdir.finding import Finding, apart
from gkdir.report.formats import github_report, gitlab_report, json_report, junit_report, sarif_report
from gkdir.report.text import render as text_report

__all__ = ["FORMATS", "text_report"]

Rendering = Callable[[Sequence[Finding]], str]


def _each(render: Rendering) -> Rendering:
    """A rendering that annotates files, and therefore needs every place as a finding of its own."""
    return lambda findings: render(apart(findings))


FORMATS: Mapping[str, Rendering] = {
    "text": text_report,
    "json": json_report,
    "github": _each(github_report),
    "gitlab": _each(gitlab_report),
    "sarif": _each(sarif_report),
    "junit": _each(junit_report),
}
"""The names of ``--format``. A rendering ends with a line break."""
