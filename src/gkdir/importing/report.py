"""The report of an import → Chinese text: every row, every national item without a row, what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gkdir.harmless import shown_lines
from gkdir.importing.draft import FieldDifference, Report, ReportRow, RowOutcome
from gkdir.importing.fieldchange import FieldValue, missing
from gkdir.importing.match import MatchedBy, shown_candidates
from gkdir.model.columns import COLUMN
from gkdir.model.item import Item
from gkdir.read.domains import LABELS

_KEPT = "存疑和没有读懂的行记在 county.yaml 的“存疑”里。"
_BY_FIGURE = (MatchedBy.NUMBER, MatchedBy.LIKENESS)


def report_text(report: Report, town: bool = False) -> str:
    """The whole report: rows in the order of the tables, a last line with counts. ``town``: the tables are a town's."""
    lines = [line for row in report.rows for line in _row(row)]
    lines += _omitted(report.omitted)
    lines += [f"待定    {item.numbered_name}：可能就是上面存疑的一行，先按国家目录" for item in report.pending]
    lines += [f"未读懂  {text}" for text in report.unread]
    lines += [f"说明    {note}" for note in report.notes]
    text = shown_lines("\n".join([*lines, "", summary(report)])) + "\n"
    return text.replace(_KEPT, "").replace("国家目录", "县里的目录") if town else text


def summary(report: Report) -> str:
    """One line with the number of rows of each outcome."""
    counts = [f"{outcome.value} {report.count(outcome)}" for outcome in RowOutcome if outcome is not RowOutcome.OMITTED]
    unread = f"，另有 {len(report.unread)} 处没有读懂" if report.unread else ""
    doubtful = report.count(RowOutcome.DOUBTFUL)
    kept = _KEPT if doubtful or unread else ""
    return (
        f"共 {len(report.rows)} 行：{'，'.join(counts)}；国家目录有而表里没有的：未列入 {len(report.omitted)}"
        f"{unread}。{kept}"
    )


def _omitted(omitted: Sequence[Item]) -> Iterator[str]:
    """The national items without a row, in one line for each domain."""
    for domain, items in groupby(omitted, key=lambda item: item.domain):
        named = [item.numbered_name for item in items]
        if len(named) == 1:
            yield f"未列入  {named[0]}：表里没有这一项，请写明不列入的理由"
        else:
            text = f"{LABELS.get(domain, domain)}领域 {len(named)} 项，表里没有，理由写一次就行"
            yield f"未列入  {text}：{'、'.join(named)}"


def _row(row: ReportRow) -> Iterator[str]:
    number = f"{row.number} " if row.number else ""
    yield f"{row.outcome.value}    {row.place}  {number}{row.name}{_how(row)}"
    yield from (f"        {_difference(each)}" for each in row.changes)
    yield from (f"        {note}。" for note in row.notes)
    for candidate in shown_candidates(row.match.candidates):
        taken = "，另一行已是这一项" if candidate.taken else ""
        yield f"        可能是 {candidate.item.numbered_name}（相似 {candidate.similarity:.2f}{taken}）"


def _how(row: ReportRow) -> str:
    match = row.match
    if match.national is None or match.matched_by is None:
        return ""
    if match.below:
        return f"（在 {match.national.numbered_name} 之下）"
    return (
        f"（{match.matched_by.value}，相似 {match.similarity:.2f}）"
        if match.matched_by in _BY_FIGURE
        else f"（{match.matched_by.value}）"
    )


def _difference(found: FieldDifference) -> str:
    change, above = found.change, found.above or FieldValue(())
    label = COLUMN[change.key].label
    if change.key == "time_limit":
        return f"{label}：{''.join(above.texts) or '（空）'} → {change.value.texts[0]}"
    if change.adds:
        return f"{label}：增加 {_listed(change.key, change.value.texts)}"
    gone, come = missing(above, change.value), missing(change.value, above)
    parts = [f"去掉 {_listed(change.key, gone)}"] if gone else []
    parts += [f"增加 {_listed(change.key, come)}"] if come else []
    if above.detail != change.value.detail:
        parts.append(f"特定群体写明“{change.value.detail}”" if change.value.detail else "没有写明特定群体")
    return f"{label}：{'，'.join(parts) or '顺序或重复不同'}"


def _listed(key: str, texts: tuple[str, ...]) -> str:
    return ("" if key == "basis" else "、").join(texts)
