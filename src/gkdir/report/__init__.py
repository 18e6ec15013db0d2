"""Findings → reports for people, scripts and CI. One module for each format.

``glance`` is for a terminal; ``worklist`` makes of findings what is to be done, as a page or a workbook to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gkdir.finding import Finding
from gkdir.report import github, gitlab, json, junit, sarif, text
from gkdir.report.text import render as text_report

__all__ = ["FORMATS", "text_report"]

FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": text.render,
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
"""The names of ``--format``. A rendering ends with a line break."""
