"""A table's headings and body → the headings, with ambiguous labels decided by the cells below.

公开方式 is 主动 or 依申请 in one table and 全文发布 in another, where 公开属性 is 主动公开; 公开形式 may be a channel.
The likeliest meaning is used unless the cells contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from gkdir.read.channels import knows
from gkdir.read.headings import Heading, Headings
from gkdir.read.sheet import Row
from gkdir.read.ticks import tick
from gkdir.read.words import audience, is_ditto, levels, mode

_SPEAKS_FOR: Mapping[str, Callable[[str], bool]] = {
    "mode": lambda text: bool(mode(text)),
    "channels": knows,
    "levels": lambda text: bool(levels(text)),
    "audience": lambda text: bool(audience(text)[0]),
}
_MOST_ROWS = 50
"""The most rows that are examined."""


def settled(headings: Headings, rows: Iterable[Row]) -> Headings:
    """The headings; if only another column's cells fit a meaning, that column gets it, and the former ``extra``."""
    open_ = [one for one in headings.columns if one.option is None and set(one.maybe) & _SPEAKS_FOR.keys()]
    if not any(len(one.maybe) > 1 or one.key == "extra" for one in open_):
        return headings
    texts: dict[int, list[str]] = {one.column: [] for one in open_}
    for row, _ in zip(rows, range(_MOST_ROWS), strict=False):
        for column, text in texts.items():
            if column in row.cells and not is_ditto(row.cells[column].text):
                text.append(row.cells[column].text)
    now = {one.column: one.key for one in headings.columns}
    for key, speaks in _SPEAKS_FOR.items():
        holders = [one.column for one in headings.columns if now[one.column] == key]
        if any(one.option for one in headings.columns if one.column in holders and one.option):
            continue
        if any(_share(texts.get(column, ()), speaks) for column in holders):
            continue
        better = next((one for one in _claimants(open_, key, now) if _share(texts[one.column], speaks) > 0.5), None)
        if better is not None:
            now |= dict.fromkeys(holders, "extra") | {better.column: key}
    return replace(headings, columns=tuple(replace(one, key=now[one.column]) for one in headings.columns))


def _claimants(columns: Iterable[Heading], key: str, now: Mapping[int, str]) -> Iterator[Heading]:
    """The columns that can mean ``key`` and have another meaning now."""
    return (one for one in columns if key in one.maybe and now[one.column] != key)


def _share(texts: Iterable[str], speaks: Callable[[str], bool]) -> float:
    spelled = [text for text in texts if tick(text) is None]
    return sum(map(speaks, spelled)) / len(spelled) if spelled else 0.0
