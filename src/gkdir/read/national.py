"""A national workbook → its Directory, every item numbered: by the sheet, or by position if it has no numbers."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable, wrong_value
from gkdir.model.item import Directory, Item
from gkdir.read.directory import read_directories

WORKBOOKS = frozenset((".xlsx", ".xls", ".ods", ".csv", ".html", ".htm"))

_NUMBER = re.compile(r"\d{1,4}(\.\d{1,4}){0,2}", re.ASCII)


def read_national(path: Path, name: str, domain: str) -> tuple[Directory, tuple[Trouble, ...]]:
    """The directory of ``domain`` in the workbook at ``path``, and troubles. Raises Unreadable."""
    found = read_directories(path, name=name, domain=domain)
    troubles = [trouble for each in found for trouble in each.troubles]
    tables = [each for each in found if each.items]
    if not tables:
        raise Unreadable(
            Place(name), "工作簿里没有找到目录表。", "请检查表头：要有一级事项、二级事项、公开内容等栏目。"
        )
    for other in tables[1:]:
        message = f"工作簿里有不止一张目录表，这一张“{other.title}”没有用到。"
        troubles.append(Trouble(TroubleKind.NOT_A_ROW, other.place, message, "请每个领域一个工作簿。"))
    items, twice = _numbered(tuple(replace(item, domain=domain) for item in tables[0].items))
    return replace(tables[0], domain=domain, items=items), (*troubles, *twice)


def _numbered(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], tuple[Trouble, ...]]:
    """The items with the sheet's numbers, if these are complete and unique; otherwise with numbers by position."""
    count = Counter(item.number for item in items)
    if all(number and _NUMBER.fullmatch(number) and times == 1 for number, times in count.items()):
        return items, ()
    # a sheet may number only its first levels: then the same number for all items of one is correct
    of_groups = {item.number: item.level1 for item in items if item.number}
    only_groups = len(of_groups) == len(set(of_groups.values())) and all(
        of_groups[item.number] == item.level1 for item in items if item.number
    )
    twice = [] if only_groups else [item for item in items if item.number and count[item.number] > 1]
    return _by_position(items), tuple(_twice(item) for item in twice)


def _by_position(items: tuple[Item, ...]) -> tuple[Item, ...]:
    firsts: dict[str, dict[tuple[str, int | None], int]] = {}
    thirds: Counter[tuple[str, str]] = Counter()
    numbered = []
    for index, item in enumerate(items):
        seconds = firsts.setdefault(item.level1, {})
        # items of a third level share their second level's number; without third levels, each row is a second level
        second = seconds.setdefault((item.level2, None if item.level3 else index), len(seconds) + 1)
        number = f"{list(firsts).index(item.level1) + 1}.{second}"
        if item.level3:
            thirds[item.level1, item.level2] += 1
            number += f".{thirds[item.level1, item.level2]}"
        numbered.append(replace(item, number=number))
    return tuple(numbered)


def _twice(item: Item) -> Trouble:
    place = item.place("number") or item.place("level2")
    assert place is not None
    message = f"编号 {item.number} 用了不止一次，各事项已按位置重新编号。"
    return wrong_value(place, message, "请改正序号，每个事项一个。")
