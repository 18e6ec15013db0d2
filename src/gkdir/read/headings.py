"""The heading rows of a table → which column is which: by name, never by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from gkdir.model.columns import NAME_KEYS
from gkdir.read.channels import channel_label
from gkdir.read.labels import (
    GROUP,
    MAX_LABEL,
    Meaning,
    known,
    level_label,
    limit_called,
    may_be,
    meaning_of,
    subdivides_group,
)
from gkdir.read.sheet import Cell, Row
from gkdir.read.text import fold, line

MAX_HEIGHT = 4
_WITH_OPTIONS = (GROUP, "channels", "audience", "mode", "levels")
_WITH_SEVERAL_COLUMNS = (*_WITH_OPTIONS, "basis", "publisher", "time_limit")
"""The keys whose heading may span several columns with headings of their own."""
_LEAST_CHANNELS = 3
"""The least number of columns named after channels that count as channels without the heading 公开渠道和载体."""


class Heading(Struct, frozen=True):
    """One column: its ``key`` (``extra`` for an unknown column), its ``option`` (what a tick means or, under 公开主体,
    the level of the office), and its label as found, joined with its group's. ``maybe`` are the keys that an ambiguous
    label can mean.
    """

    column: int
    key: str
    label: str
    option: str | None = None
    maybe: tuple[str, ...] = ()


class Headings(Struct, frozen=True, dict=True):
    """The heading of a table: rows ``first`` to ``last`` of the sheet, and its columns."""

    first: int
    last: int
    columns: tuple[Heading, ...]

    @cached_property
    def at(self) -> dict[int, Heading]:
        """Column → heading."""
        return {heading.column: heading for heading in self.columns}

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        columns: dict[str, list[int]] = {}
        for heading in self.columns:
            columns.setdefault(heading.key, []).append(heading.column)
        return columns

    def of(self, key: str) -> Sequence[int]:
        """The columns of that key, from left to right."""
        return self._by_key.get(key, ())

    @property
    def labels(self) -> tuple[str, ...]:
        """The headings as found, from left to right, each once."""
        return tuple(dict.fromkeys(heading.label for heading in self.columns))


def find(rows: Sequence[Row], index: int) -> Headings | None:
    """The heading that begins at ``rows[index]``, if one does.

    It names at least three columns, one of them for items; up to three rows below belong to it as long as they only
    name columns.
    """
    if any(len(cell.text) > 3 * MAX_LABEL for cell in rows[index].cells.values()):
        return None
    keys = _keys(rows[index].own)
    if len(keys) < 3 or not keys & {GROUP, *NAME_KEYS}:
        return None
    last = index
    while last + 1 < len(rows) and last - index + 1 < MAX_HEIGHT and _continues(rows, index, last + 1):
        last += 1
    block = rows[index : last + 1]
    if last + 1 < len(rows) and _counts_columns(rows[last + 1]):
        last += 1
    return Headings(block[0].number, rows[last].number, _columns(block))


def _counts_columns(row: Row) -> bool:
    """Whether a row below the heading only numbers the columns: 1, 2, 3 …"""
    marks = [fold(cell.text).strip("().、") for cell in row.own]
    letters = [mark for mark in marks if not mark.isdecimal()]
    counts = [str(number) for number in range(1, len(marks) - len(letters) + 1)]
    return len(marks) > 3 and any(
        letters == [*series[: len(letters)]] and marks == letters + counts for series in ("甲乙丙丁戊己庚", "abcdefgh")
    )


def _keys(cells: Sequence[Cell]) -> set[str]:
    return {meaning.key for cell in cells if (meaning := known(cell.text))}


def _continues(rows: Sequence[Row], first: int, index: int) -> bool:
    """Whether the row ``index`` is part of the heading that begins at ``first``: most of its own cells name columns,
    and no new heading begins.
    """
    row = rows[index]
    if row.number != rows[index - 1].number + 1:
        return False
    own = row.own
    if not own:  # everything in it is merged from above
        return True
    named = [cell for cell in own if _names_a_column(cell, rows[first:index])]
    begins_another = _keys(own) >= {GROUP, "content"}
    if begins_another or any(cell not in named and _names_an_item(cell, rows[first:index]) for cell in own):
        return False
    return 2 * len(named) >= len(own) and all(len(cell.text) <= MAX_LABEL for cell in own)


def _names_an_item(cell: Cell, above: Sequence[Row]) -> bool:
    """Whether a cell is below a heading of numbers or names, so that 全社会, 主动 and 县级 beside it are values."""
    label = next((row.cells[cell.column] for row in reversed(above) if cell.column in row.cells), None)
    meaning = known(label.text) if label else None
    return meaning is not None and meaning.key in ("number", *NAME_KEYS)


def _names_a_column(cell: Cell, above: Sequence[Row]) -> bool:
    """Whether a cell in a heading row is a label; a level is one only under 公开层级, a channel only under 公开渠道."""
    if known(cell.text):
        return True
    labels = [(row, row.cells[cell.column]) for row in above if cell.column in row.cells]
    if subdivides_group([*(label.text for _, label in labels), cell.text]):
        return True
    row, group = next(
        ((row, label) for row, label in reversed(labels) if known(label.text)),
        labels[-1] if labels else (above[-1], None),
    )
    meaning = known(group.text) if group else None
    if meaning is not None and meaning.key == "channels":
        return sum(shown == group for shown in row.cells.values()) > 1
    if channel_label(cell.text):
        return group is None
    return level_label(cell.text) is not None and (group is None or (meaning is not None and meaning.key == "levels"))


def _columns(block: Sequence[Row]) -> tuple[Heading, ...]:
    """The columns with a label. Of two with the same key, that with the exact name keeps it; the other is extra."""
    labels = _labels(block)
    meanings = {column: meaning_of(texts) for column, texts in labels.items()}
    meanings = _with_levels(_with_channels(_with_groups(_with_names(meanings), labels), labels), labels)
    joined = {column: "/".join(map(line, _without_subdivision(texts))) for column, texts in labels.items()}
    holders: dict[tuple[str, str | None], str] = {}
    for column in sorted(meanings, key=lambda column: not meanings[column].exact):
        meaning = meanings[column]
        holders.setdefault((meaning.key, meaning.option), joined[column])
    return tuple(
        Heading(column, meaning.key, joined[column], meaning.option, may_be(labels[column][-1]))
        # one label over several columns is one column; limits of publication may have several
        if _goes_with(meaning.key, joined[column], holders[meaning.key, meaning.option])
        else Heading(column, "extra", joined[column], maybe=may_be(labels[column][-1]))
        for column, meaning in meanings.items()
    )


def _goes_with(key: str, label: str, holder: str) -> bool:
    """Whether a column belongs to the one that has its key: the same label, or another limit of publication."""
    return label == holder or (key == "time_limit" and limit_called(label) is not None)


def _without_subdivision(labels: Sequence[str]) -> Sequence[str]:
    """The labels of a column, without a lowest one that only subdivides its group; each limit keeps its own."""
    parted = len(labels) > 1 and subdivides_group(labels) and limit_called("/".join(map(line, labels))) is None
    return labels[:-1] if parted else labels


def _with_groups(meanings: dict[int, Meaning], labels: Mapping[int, Sequence[str]]) -> dict[int, Meaning]:
    """The meanings, where a column with an unknown label takes the label above it, if that spans no other column."""
    above = {column: known(texts[-2]) for column, texts in labels.items() if len(texts) > 1}
    given = Counter(meaning.key for meaning in meanings.values())
    groups = Counter(meaning.key for meaning in above.values() if meaning is not None)
    alone = {
        column: Meaning(group.key, exact=False)
        for column, group in above.items()
        if group is not None
        and group.key not in _WITH_OPTIONS
        and meanings[column].key == "extra"
        and (groups[group.key], given[group.key]) == (1, 0)
    }
    return meanings | alone


def _with_levels(meanings: dict[int, Meaning], labels: Mapping[int, Sequence[str]]) -> dict[int, Meaning]:
    """The meanings with more levels: 乡镇（街道） beside a column 县级, and 县, 乡 and 村 side by side."""
    named = {
        column: canonical
        for column, texts in labels.items()
        if meanings[column].key == "extra" and len(texts) == 1 and (canonical := level_label(texts[0]))
    }
    has_levels = any(meaning.key == "levels" and meaning.option for meaning in meanings.values())
    if not has_levels and (
        len(set(named.values())) < 2 or any(meaning.key == "levels" for meaning in meanings.values())
    ):
        return meanings
    return meanings | {column: Meaning("levels", canonical, exact=False) for column, canonical in named.items()}


def _with_channels(meanings: dict[int, Meaning], labels: Mapping[int, Sequence[str]]) -> dict[int, Meaning]:
    """The meanings, where columns such as 政府网站 and 政府公报 are channels even without 公开渠道和载体."""
    named = {
        column: label
        for column, texts in labels.items()
        if meanings[column].key == "extra" and (label := channel_label(texts[-1]))
    }
    if len(named) < _LEAST_CHANNELS or any(
        meaning.key == "channels" and not meaning.option for meaning in meanings.values()
    ):
        return meanings
    return meanings | {column: Meaning("channels", label) for column, label in named.items()}


def _with_names(meanings: dict[int, Meaning]) -> dict[int, Meaning]:
    """The meanings of 公开事项 without names below it: one column holds the item, two hold 一级 and 二级."""
    plain = [column for column, meaning in meanings.items() if meaning.key == GROUP]
    given = {meaning.key for meaning in meanings.values()}
    keys = {1: ("level2",), 2: ("level1", "level2"), 3: NAME_KEYS}.get(len(plain), ())
    chosen = dict(zip(plain, (key for key in keys if key not in given), strict=False))
    return {
        column: Meaning(chosen.get(column, "extra")) if meaning.key == GROUP else meaning
        for column, meaning in meanings.items()
    }


def _labels(block: Sequence[Row]) -> dict[int, list[str]]:
    """Column → its labels from top to bottom, merged ones once; only columns that have any."""
    labels: dict[int, list[str]] = {}
    for column in sorted({column for row in block for column in row.cells}):
        cells = [row.cells.get(column) or _group_to_the_left(block, index, column) for index, row in enumerate(block)]
        labels[column] = [cell.text for cell in dict.fromkeys(cells) if cell is not None]
    return labels


def _group_to_the_left(block: Sequence[Row], index: int, column: int) -> Cell | None:
    """The group heading left of a blank cell above a sub-heading, if it covers that column without being merged."""
    if index + 1 >= len(block):
        return None
    here, below = block[index].cells, block[index + 1].cells
    start = max((other for other in here if other < column), default=0)
    if (
        not start
        or any(other not in below for other in range(start, column + 1))
        or below[column].row == block[index].number
        or below[start].row == block[index].number  # merged downwards: it has no sub-headings
    ):
        return None
    meaning = known(here[start].text)
    return here[start] if meaning is not None and meaning.key in _WITH_SEVERAL_COLUMNS else None
