"""Findings → what fits on a terminal: the most severe causes in twenty rows, and how many others there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from unicodedata import east_asian_width

from gkdir.finding import WORDS, Finding
from gkdir.harmless import shown
from gkdir.report.text import Paint, render, summary, unpainted, where
from gkdir.report.worklist import Job, worklist

ROWS = 20
"""The most rows of a terminal that a check fills."""


def glance(findings: Sequence[Finding], width: int, paint: Paint = unpainted) -> str:
    """All findings if they fit on a terminal ``width`` columns wide; else a few rows for each cause, as many as fit."""
    whole = render(findings, paint=paint)
    if _rows(render(findings).splitlines(), width) <= ROWS:
        return whole
    jobs = worklist(findings, date.min).jobs  # any day: only a saved worklist shows it
    text, left = "", ROWS - 1 - _rows(_rest(jobs, findings), width)
    count = 0
    for job in jobs:
        rows = _rows(_lines(job, unpainted), width)
        if rows > left:
            break
        text += "".join(f"{line}\n" for line in _lines(job, paint))
        left, count = left - rows, count + 1
    rest = _rest(jobs[count:], findings)
    return text + "\n" + "".join(f"{line}\n" for line in rest)


def _lines(job: Job, paint: Paint) -> Iterator[str]:
    first = job.first
    word = paint(WORDS[first.severity], first.severity)
    yield f"{word} {first.rule} {shown(job.problem)}"
    more = " 等" if len(job.findings) > 1 else ""
    yield f"  {shown(where(first))}{more}"
    if first.hint:
        yield f"  怎么改：{shown(first.hint)}"


def _rest(jobs: Sequence[Job], findings: Sequence[Finding]) -> Iterator[str]:
    """How much was left out and where to see it, and the counts of all findings."""
    if jobs:
        places = sum(len(job.findings) for job in jobs)
        yield f"另有 {len(jobs)} 类 {places} 处。加上 --all 逐条看；--format xlsx -o 整改清单.xlsx 写成清单。"
    yield summary(findings)


def _rows(lines: Iterator[str] | Sequence[str], width: int) -> int:
    """How many rows the lines take on the terminal."""
    return sum(max(1, -(-_columns(line) // width)) for line in lines)


def _columns(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in line)
