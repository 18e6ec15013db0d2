"""The heading rows of a table → which column is which: by name, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gkdir.model.columns import AUDIENCES, COLUMNS, MODES
from gkdir.read.sheet import Cell, Row
from gkdir.read.text import fold, line
from gkdir.read.words import level

MAX_HEIGHT = 4
_MAX_LABEL = 40
_GROUP = "公开事项"
_NAMES = ("level1", "level2", "level3")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its ``key`` (``extra`` for what the directory does not know), the ``option`` it is ticked for, and
    the label as found, joined with its group's."""

    column: int
    key: str
    label: str
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading of a table: rows ``first`` to ``last`` of the sheet, and its columns."""

    first: int
    last: int
    columns: tuple[Heading, ...]

    @property
    def at(self) -> dict[int, Heading]:
        """The headings by their column."""
        return {heading.column: heading for heading in self.columns}

    @property
    def labels(self) -> tuple[str, ...]:
        """The headings as found, from left to right, each once."""
        return tuple(dict.fromkeys(heading.label for heading in self.columns))


def _key(text: str) -> str:
    return re.sub(r"[\"'*·:/、,。()]", "", fold(text))


def _bare(text: str) -> str:
    """The label without what it says in brackets."""
    return re.sub(r"\(.*?\)|\(.*$", "", fold(text))


_LABELS = {_key(word): column.key for column in COLUMNS for word in (column.label, *column.aliases)}
_OPTIONS: dict[str, tuple[str, str]] = {
    **{_key(word): ("audience", AUDIENCES[0]) for word in ("全社会", "社会公众", "面向社会")},
    **{_key(word): ("audience", AUDIENCES[1]) for word in ("特定群体", "特定群众", "特定对象", "特定人群", "特定人员")},
    **{_key(word): ("mode", MODES[0]) for word in ("主动", "主动公开")},
    **{_key(word): ("mode", MODES[1]) for word in ("依申请", "依申请公开")},
}
_LIKELY = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"公开.*(渠道|载体)", "channels"), (r"公开.*(时限|时间|期限)", "time_limit"), (r"公开.*依据", "basis"),
        (r"公开.*(主体|单位|部门|机构)|责任(单位|部门|主体)", "publisher"), (r"公开.*(内容|要素)", "content"),
        (r"公开.*(对象|范围)", "audience"), (r"公开.*方式", "mode"), (r"公开.*(层级|级别)", "levels"),
        (r"一级(事项|目录|类目)", "level1"), (r"二级(事项|目录|类目)", "level2"), (r"三级(事项|目录|类目)", "level3"),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)  # every cell of every row is tried as a heading
@lru_cache(maxsize=1 << 12)
def known(text: str) -> str | None:
    """The key of the column or group that a heading names; ``None`` for words that are no heading we know."""
    if len(text) > _MAX_LABEL:
        return None
    for word in (_key(text), _key(_bare(text))):
        if word == _GROUP:
            return "group"
        if word in _LABELS:
            return _LABELS[word]
        if word in _OPTIONS:
            return _OPTIONS[word][0]
    return next((key for pattern, key in _LIKELY if pattern.fullmatch(_key(_bare(text)))), None)


def find(rows: Sequence[Row], index: int) -> Headings | None:
    """The heading that begins at ``rows[index]``, if one does.

    It names at least three columns, one of them of items; up to three more rows below belong to it as long as they
    name nothing but columns.
    """
    if any(len(cell.text) > 3 * _MAX_LABEL for cell in rows[index].cells.values()):
        return None
    cells = rows[index].own
    keys = {key for cell in cells if (key := known(cell.text))}
    if len(keys) < 3 or not keys & {"group", *_NAMES}:
        return None
    last = index
    while last + 1 < len(rows) and last - index + 1 < MAX_HEIGHT and _continues(rows, index, last + 1):
        last += 1
    block = rows[index : last + 1]
    return Headings(block[0].number, block[-1].number, tuple(_columns(block)))


def _continues(rows: Sequence[Row], first: int, index: int) -> bool:
    """Whether a row below a heading is part of it: its own words name columns, or levels under 公开层级."""
    row = rows[index]
    if row.number != rows[index - 1].number + 1:
        return False
    own = row.own
    if not own:  # all of it merged from above
        return True
    named = [cell for cell in own if _sub_heading(cell, rows[first:index])]
    return (
        len(named) >= max(1, (len(own) + 1) // 2)
        and all(len(cell.text) <= _MAX_LABEL for cell in own)
        and not ({known(cell.text) for cell in own} >= {"group", "content"})
    )


def _sub_heading(cell: Cell, above: Sequence[Row]) -> bool:
    if known(cell.text):
        return True
    group = next((row.cells[cell.column] for row in reversed(above) if cell.column in row.cells), None)
    return level(cell.text) is not None and (group is None or known(group.text) == "levels")


def _columns(block: Sequence[Row]) -> Iterator[Heading]:
    groups = _groups(block)
    taken: set[tuple[str, str | None]] = set()
    found: list[tuple[bool, Heading]] = []
    for column, labels in groups.items():
        exact, key, option = _meaning(labels)
        found.append((exact, Heading(column, key, "/".join(line(label) for label in labels), option)))
    found = _name_columns(found)
    for _, heading in sorted(found, key=lambda pair: not pair[0]):  # exact names choose first
        place = (heading.key, heading.option)
        if heading.key == "extra" or (place in taken and not _same_cell(heading, found)):
            found = [
                (exact, Heading(one.column, "extra", one.label)) if one is heading else (exact, one)
                for exact, one in found
            ]
        taken.add(place)
    yield from (heading for _, heading in found)


def _same_cell(heading: Heading, found: list[tuple[bool, Heading]]) -> bool:
    """Whether the heading is one label over several columns, which then belong together."""
    return any(
        other.label == heading.label and abs(other.column - heading.column) == 1
        for _, other in found
        if other is not heading
    )


def _groups(block: Sequence[Row]) -> dict[int, list[str]]:
    """For each column with a label its labels from the top, a merged one once.

    A label that is not merged over its neighbours covers them all the same where the row below has sub-headings
    and it has none of its own beside it.
    """
    columns = sorted({column for row in block for column in row.cells})
    groups: dict[int, list[str]] = {}
    for column in columns:
        cells: list[Cell] = []
        for index, row in enumerate(block):
            cell = row.cells.get(column) or _spread(block, index, column)
            if cell and cell not in cells:
                cells.append(cell)
        if cells:
            groups[column] = [cell.text for cell in cells]
    return groups


def _spread(block: Sequence[Row], index: int, column: int) -> Cell | None:
    """The group to the left of a blank above a sub-heading, where it was not merged."""
    if (
        index + 1 >= len(block)
        or column not in block[index + 1].cells
        or block[index + 1].cells[column].row == block[index].number
    ):
        return None
    left = [other for other in block[index].cells if other < column]
    if not left:
        return None
    cell = block[index].cells[max(left)]
    between = range(max(left), column + 1)
    return (
        cell
        if known(cell.text) in ("group", "audience", "mode", "levels")
        and all(c in block[index + 1].cells for c in between)
        else None
    )


def _meaning(labels: list[str]) -> tuple[bool, str, str | None]:
    """Whether the name is an exact one, the key, and the option; from the lowest label that says something."""
    for label in reversed(labels):
        for exact, word in ((True, _key(label)), (False, _key(_bare(label)))):
            if word in _OPTIONS:
                return exact, *_OPTIONS[word]
            if word in _LABELS:
                return exact, _LABELS[word], None
        key = known(label)
        if label is labels[-1] and len(labels) > 1 and known(labels[-2]) == "levels":
            return (True, "levels", level(label)) if level(label) else (False, "extra", None)
        if key == "group":
            return True, "group", None
        if key is not None:
            return False, key, None
        if label is labels[-1] and level(label) and len(labels) == 1 and fold(label).endswith("级"):
            return False, "levels", level(label)
        if label is labels[-1] and len(labels) > 1:
            return False, "extra", None
    return False, "extra", None


def _name_columns(found: list[tuple[bool, Heading]]) -> list[tuple[bool, Heading]]:
    """公开事项 with no names below it: one column holds the item, two hold 一级 and 二级."""
    plain = [heading.column for _, heading in found if heading.key == "group"]
    keys = {1: ("level2",), 2: ("level1", "level2"), 3: _NAMES}.get(len(plain), ())
    free = [key for key in keys if all(heading.key != key for _, heading in found)]
    chosen = dict(zip(plain, free, strict=False))
    return [
        (exact, Heading(one.column, chosen.get(one.column, "extra"), one.label)) if one.key == "group" else (exact, one)
        for exact, one in found
    ]
