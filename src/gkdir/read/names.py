"""The name cells of a row → numbers and names, also if one cell holds several or both levels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct, field

from gkdir.read.rows import RowGroup
from gkdir.read.sheet import Cell
from gkdir.read.text import dotted_number, fold, name, take_number

_DOTTED = re.compile(r"(\d(?<![\d.．]\d)\d?\s*[.．]\s*\d{1,2})(?:\s*[.．]\s*(?=\D)|(?![\d.．]))[、\s]*(?=[^\d\s、])")
_RANGE = re.compile(r"(\d{1,3})(?:\s*[-–—~～至到]\s*(\d{1,3}))?[.．、]?")
SPACED_NUMBERS = re.compile(r"\d\s+\d")
"""The blank between two numbers in one 序号."""
_POINT = re.compile(r"\s*[.．]\s*")
_SEQUENCE = re.compile(r"\d{1,2}(\.\d{1,3}){1,2}")
_OWN_COUNT = re.compile(r"\d{1,3}(?:[.．·\-]\d{1,3}){0,2}[、.．]*")
"""The 序号 of one of several names in a row: 3, 1.2."""
_COUNTED = re.compile(r"^\s*\d+\s*[.．、](?=\s*\d)")
_COUNT = re.compile(r"\s*(?:([①-⑨])|[(（]?([1-9])(?!\d)\s*[)）.．、]+)(?=\s*\D)")
"""The number of one of several names in a cell."""
_CONTINUED = re.compile(r"[（(]续[)）]\Z")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_STARS = re.compile(r"^\s*[*＊★☆△▲※#]+\s*|\s*(?:[*＊★☆△▲※#]+|[\[(（〔【]?[①-⑳][\])）〕】]?|\[\d{1,2}\])\s*\Z")
"""Marks beside a name that a note below the table explains: *岗位信息发布, 求职信息登记★."""


def marks(text: str) -> str:
    """The marks beside a name."""
    return "".join(match[0].strip() for match in _STARS.finditer(text))


def _unmarked(text: str) -> str:
    """The name without marks and repetitions, because Word keeps the texts of all cells that are merged into one."""
    first, *others = text.split("\n")
    return _STARS.sub("", first if all(line == first for line in others) else text)


class ItemName(Struct, frozen=True):
    """An item's number and names."""

    number: str | None
    level1: str
    level2: str
    level3: str | None


class Naming(Struct):
    """Names the groups of one table in order. ``taken`` are the numbers from 序号 so far; ``counts`` is true if 序号
    counts rows, also several at once (1-3), instead of numbering items.
    """

    taken: dict[str, None] = field(default_factory=dict)
    counts: bool = False

    def names(self, group: RowGroup, sequence: str) -> Iterator[ItemName]:
        """The items of the group: one, or several if a cell numbers several names. ``sequence`` is its 序号."""
        level1, found = _second_level(group)
        level1 = _CONTINUED.sub("", name(take_number(level1)[1]))
        number3, level3 = take_number(_unmarked(group.level3.text)) if group.level3 else (None, "")
        counts = sequence.split()
        for index, (number, level2) in enumerate(found):
            own = number3 if level3 else number
            count = counts[index] if len(counts) == len(found) else sequence
            yield ItemName(self._number(own, count), level1, name(level2), name(level3) or None)

    def _number(self, own: str | None, sequence: str) -> str | None:
        """The number in the name, else the 序号 if it is like 4.1; a second 4.1, after 4.9, is 4.10."""
        named = own is not None and "." in own
        counts = self.counts or SPACED_NUMBERS.search(sequence)  # 1.1 and 1.2 in one cell must not become 1.11.2
        plain = own or "" if named else "" if counts else dotted_number(fold(sequence)) or ""
        if not named and not _SEQUENCE.fullmatch(plain):
            return None
        if plain in self.taken:
            above = next(reversed(self.taken))
            plain = f"{plain}0" if _is_next(above, f"{plain}0") else plain
        self.taken[plain] = None
        return plain


def counts_rows(groups: Iterable[RowGroup]) -> bool:
    """Whether 序号 counts continuously from row to row, and several rows at once somewhere: 1-3, 4, 5."""
    spans = [match and (int(match[1]), int(match[2] or match[1])) for match in map(_row_range, groups)]
    known = [span for span in spans if span is not None]
    return (
        len(known) == len(spans)
        and any(first < last for first, last in known)
        and all(first <= last for first, last in known)
        and all(before[1] + 1 == after[0] for before, after in pairwise(known))
        and len(known) > 1
    )


def _row_range(group: RowGroup) -> re.Match[str] | None:
    number = _sequence(group)
    return _RANGE.fullmatch(number.text.strip()) if number is not None else None


def _sequence(group: RowGroup) -> Cell | None:
    """The cell of the group's 序号."""
    row, headings = group.rows[0]
    return next((row.cells[h.column] for h in headings.columns if h.key == "number" and h.column in row.cells), None)


def _is_next(before: str, after: str) -> bool:
    """Whether 4.10 comes after 4.9."""
    group, _, count = before.rpartition(".")
    return f"{group}.{int(count) + 1}" == after


def _second_level(group: RowGroup) -> tuple[str, list[tuple[str | None, str]]]:
    """The first level as written, and the number and name of each second level in the group's cell."""
    level1 = _unmarked(group.level1.text) if group.level1 else ""
    text = _unmarked(group.level2.text) if group.level2 else level1
    marks: list[re.Match[str]] = []
    for match in _DOTTED.finditer(text):
        if not marks or _follows(marks[-1][1], match[1]):
            marks.append(match)
    if group.level3 is not None or not marks:
        return _several_lines(level1, text, group)
    head = text[: marks[0].start()].strip()
    if head and not _is_first_level(head, level1, group):
        return level1, [take_number(text)]
    ends = [*(match.start() for match in marks[1:]), len(text)]
    names: list[tuple[str | None, str]] = [
        (_POINT.sub(".", mark[1]), text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)
    ]
    return (_COUNTED.sub("", head) if head else level1), names


def _several_lines(level1: str, text: str, group: RowGroup) -> tuple[str, list[tuple[str | None, str]]]:
    """The first level, and the number and name of each item: several if 序号 numbers the lines or the names have
    numbers of their own, else one.
    """
    number = _sequence(group)
    lines = [line for line in text.split("\n") if line.strip()]
    counts = number.text.split() if number else []
    several = len(lines) > 1 and len(counts) == len(lines) and all(map(_OWN_COUNT.fullmatch, counts))
    if not several and group.level3 is None:
        lines = _numbered_names(lines)
        several = len(lines) > 1
    return level1, [take_number(line) for line in (lines if several and group.level3 is None else [text])]


def _numbered_names(lines: list[str]) -> list[str]:
    """The names numbered 1. 2. 3. or ① ② ③, each of one or more lines; empty if they are not numbered so."""
    found: list[str] = []
    for line in lines:
        count = _COUNT.match(line)
        if count is not None and unicodedata.numeric(count[1] or count[2][0]) == len(found) + 1:
            found.append(line[count.end() :])
        elif count is not None or not found:
            return []
        else:
            found[-1] += line
    return found


def _is_first_level(head: str, level1: str, group: RowGroup) -> bool:
    """Whether the words before the first dotted number are the first level: 6.工伤保险服务6.1工伤认定申请."""
    if not _CHINESE.search(head):
        return False
    known = group.level1 is None or group.level1 == group.level2
    return known or fold(take_number(name(_COUNTED.sub("", head)))[1]) in fold(name(level1))


def _follows(before: str, after: str) -> bool:
    """Whether 6.2 comes after 6.1."""
    (a, b), (c, d) = ([int(part) for part in _POINT.split(text)] for text in (before, after))
    return a == c and d == b + 1
