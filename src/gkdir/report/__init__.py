"""Findings → reports for people, scripts and CI. One module for each format.

``glance`` is for a terminal; ``worklist`` makes of findings what is to be done, as a page or a workbook to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gkdir.finding import Finding, apart
from gkdir.report import github, gitlab, json, junit, sarif, text
from gkdir.report.text import render as text_report

__all__ = ["FORMATS", "text_report"]

Rendering = Callable[[Sequence[Finding]], str]


def _each(render: Rendering) -> Rendering:
    """A rendering that marks files, and therefore wants every place by itself."""
    return lambda findings: render(apart(findings))


FORMATS: Mapping[str, Rendering] = {
    "text": text.render,
    "json": json.render,
    "github": _each(github.render),
    "gitlab": _each(gitlab.render),
    "sarif": _each(sarif.render),
    "junit": _each(junit.render),
}
"""The names of ``--format``. A rendering ends with a line break."""
