"""Findings → lines for a person: where, what is wrong, what to do, which clause requires it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from gkdir.finding import WORDS, Finding, Severity, apart
from gkdir.harmless import shown

Paint = Callable[[str, Severity], str]
"""Colours a word by severity, on a terminal with colours."""


def unpainted(word: str, severity: Severity) -> str:
    """The word without colour, for files and pipes."""
    del severity
    return word


def render(findings: Sequence[Finding], *, paint: Paint = unpainted) -> str:
    """All findings in their order, and how many there are of each severity."""
    blocks = ["\n".join(_lines(finding, paint)) for finding in findings]
    return "\n\n".join([*blocks, summary(findings)]) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """How many places there are of each severity, on one line; a joined finding counts once for each place."""
    if not findings:
        return "没有发现问题。"
    weights = Counter(finding.severity for finding in apart(findings))
    counts = [f"{word} {weights[severity]}" for severity, word in WORDS.items() if weights[severity]]
    return f"共 {weights.total()} 处：{'，'.join(counts)}。"


def where(finding: Finding) -> str:
    """The place in the file, and the place in the form if there is one."""
    return f"{finding.place}；填写表：{finding.form}" if finding.form else str(finding.place)


def _lines(finding: Finding, paint: Paint) -> Iterator[str]:
    word = paint(WORDS[finding.severity], finding.severity)
    yield f"{shown(str(finding.place))}  {word} {finding.rule}（{finding.name}）"
    if finding.form:
        yield f"  填写表：{shown(finding.form)}"
    yield f"  {shown(finding.message)}"
    if finding.joined:
        yield f"  还有：{shown('、'.join(_others(finding)))}"
    if finding.hint:
        yield f"  怎么改：{shown(finding.hint)}"
    if finding.cite:
        yield f"  依据：{finding.cite}"


def _others(finding: Finding) -> Iterator[str]:
    """The other places of the same cause; those in the same file by line only."""
    for place in (each.place for each in finding.joined[1:]):
        yield f"第 {place.line} 行" if place.file == finding.place.file and place.line else str(place)
