"""The rows of a county's table and the national items → the rows with their names at the levels they belong to.

Some counties write the domain as 一级事项, and so the national first level as 二级事项 and the item itself as 三级事项.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from gkdir.importing.likeness import exact
from gkdir.model.item import Item

_ENOUGH = 1 / 3
"""The share of third levels below one first level that must have names of national items."""


def levelled(rows: Sequence[Item], nationals: Sequence[Item]) -> tuple[Item, ...]:
    """The rows in order; a third level with the name of a national second level becomes a second level.

    If the second level itself has the name of a national item, the row lies below that item and stays as it is, unless
    both names are equal. The same holds below a first level that has the name of a national item.
    """
    firsts = {exact(item.level1) for item in nationals}
    above = {exact(item.level2): item.level1 for item in nationals if exact(item.level2) not in firsts}
    seconds = {exact(item.level2) for item in nationals if not item.level3}
    groups: dict[str, list[Item]] = {}
    for row in rows:
        if row.level3:
            groups.setdefault(exact(row.level1), []).append(row)
    lowered = {name for name, group in groups.items() if _is_lowered(group, seconds)}
    raised = (_raised(row) if _belongs_higher(row, seconds, lowered) else row for row in rows)
    return tuple(_sunk(row, above[exact(row.level1)]) if _belongs_lower(row, seconds, above) else row for row in raised)


def _is_lowered(group: Sequence[Item], seconds: Collection[str]) -> bool:
    """Whether all third levels below one first level are really second levels."""
    below = sum(exact(row.level2) in seconds for row in group)
    called = sum(exact(row.level3 or "") in seconds for row in group)
    return called > below and called >= _ENOUGH * len(group)


def _belongs_higher(row: Item, seconds: Collection[str], lowered: Collection[str]) -> bool:
    if not row.level3:
        return False
    name, above = exact(row.level3), exact(row.level2)
    if above in seconds:
        return name == above
    return name in seconds or exact(row.level1) in lowered


def _belongs_lower(row: Item, seconds: Collection[str], above: Collection[str]) -> bool:
    return not row.level3 and exact(row.level1) in above and exact(row.level2) not in seconds


def _sunk(row: Item, level1: str) -> Item:
    written = {key: said for key, said in row.written.items() if key not in ("level1", "level2")}
    for key, higher in (("level2", "level1"), ("level3", "level2")):
        if higher in row.written:
            written[key] = row.written[higher]
    return replace(row, level1=level1, level2=row.level1, level3=row.level2, written=written)


def _raised(row: Item) -> Item:
    written = dict(row.written)
    for key, lower in (("level1", "level2"), ("level2", "level3")):
        if lower in written:
            written[key] = written[lower]
    written.pop("level3", None)
    if exact(row.level2) == exact(row.level3 or ""):  # the same name twice: the first level was already right
        written |= {"level1": row.written["level1"]} if "level1" in row.written else {}
        return replace(row, level2=row.level3 or "", level3=None, written=written)
    return replace(row, level1=row.level2, level2=row.level3 or "", level3=None, written=written)
