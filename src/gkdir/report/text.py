"""Findings → lines for a person: by place, what is wrong, what to do, which clause asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gkdir.finding import Finding, Severity
from gkdir.harmless import shown

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}

Paint = Callable[[str, Severity], str]
"""Colours a word by severity, where there are colours."""


def unpainted(word: str, severity: Severity) -> str:
    """The word as it is: for files and pipes."""
    del severity
    return word


def render(findings: Sequence[Finding], *, cap: int | None = None, paint: Paint = unpainted) -> str:
    """All findings, or the ``cap`` weightiest of them with a line that says how many are left out."""
    shown = _weightiest(findings, cap)
    blocks = ["\n".join(_lines(finding, paint)) for finding in shown]
    left_out = len(findings) - len(shown)
    if left_out:
        blocks.append(f"另有 {left_out} 条，用 -o 文件名 写到文件里看全部。")
    blocks.append(summary(findings))
    return "\n\n".join(blocks) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """How many there are of each weight, in one line."""
    if not findings:
        return "没有发现问题。"
    counts = [f"{word} {n}" for severity, word in WORDS.items() if (n := sum(f.severity is severity for f in findings))]
    return f"共 {len(findings)} 处：{'，'.join(counts)}。"


def _weightiest(findings: Sequence[Finding], cap: int | None) -> Sequence[Finding]:
    if cap is None or len(findings) <= cap:
        return findings
    order = list(Severity)
    chosen = sorted(range(len(findings)), key=lambda index: (order.index(findings[index].severity), index))[:cap]
    return [findings[index] for index in sorted(chosen)]


def _lines(finding: Finding, paint: Paint) -> Iterator[str]:
    word = paint(WORDS[finding.severity], finding.severity)
    yield f"{shown(str(finding.place))}  {word} {finding.rule}（{finding.name}）"
    yield f"  {shown(finding.message)}"
    if finding.hint:
        yield f"  怎么改：{shown(finding.hint)}"
    if finding.cite:
        yield f"  依据：{finding.cite}"
