"""Changes → lines for a person to read, worded as in ``gkdir diff``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gkdir.excel_form.guides import GUIDES
from gkdir.excel_form.table import RowChange


def as_text(changes: Sequence[RowChange], slug: str, troubled: bool = False) -> str:
    """The lines, by table: additions, changes with old and new value, deletions.

    ``troubled``: other changes were not accepted.
    """
    lines: list[str] = []
    for title in dict.fromkeys(change.table.title for change in changes):
        lines += [title, *(line for change in changes if change.table.title == title for line in _lines(change)), ""]
    return "\n".join([*lines, _summary(changes, slug, troubled)]) + "\n"


def _lines(change: RowChange) -> Iterator[str]:
    yield from _changed(change)
    if change.settles:
        yield f"    来自存疑的 {change.settles}，从“存疑”里去掉。"


def _changed(change: RowChange) -> Iterator[str]:
    if change.removed:
        yield f"  删去 {change.row.name}"
        return
    if change.new:
        given = {key: text for key, text in change.texts.items() if text}
        yield "  新增"
        for key, text in given.items():
            yield f"    {change.table.column(key).label}：{_on_one_line(text)}"
        return
    blank = change.table.key == GUIDES and not any(text for key, text in change.row.texts.items() if key != "item")
    yield f"  {'新写' if blank else '修改'} {change.row.name}"
    for key, text in change.texts.items():
        yield f"    {change.table.column(key).label}"
        yield f"      原：{_on_one_line(change.row.texts[key])}"
        yield f"      现：{_on_one_line(text)}"
    if change.texts.get("omitted") and change.row.own:
        yield "    不列入以后，本县原来为这一项写的栏目随之删去。"


def _on_one_line(text: str) -> str:
    return "；".join(line for line in text.split("\n") if line) or "空着"


def _summary(changes: Sequence[RowChange], slug: str, troubled: bool) -> str:
    if not changes and troubled:
        return "没有能写进项目的改动。"
    if not changes:
        return f"和项目里 {slug} 现在的内容没有不同。"
    counts = {
        "新增": sum(change.new for change in changes),
        "修改": sum(not change.new and not change.removed for change in changes),
        "删去": sum(change.removed for change in changes),
    }
    return "，".join(f"{word} {count} 行" for word, count in counts.items() if count) + "。"
