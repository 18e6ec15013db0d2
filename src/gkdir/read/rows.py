"""The body rows of a table → groups of rows, one for each item. No row is dropped."""

from __future__ import annotations

import re

from msgspec import Struct, field

from gkdir.model.columns import NAME_KEYS
from gkdir.read.headings import Headings
from gkdir.read.remarks import (
    can_continue,
    fillable,
    fitting,
    is_day,
    is_footer,
    is_note,
    is_page_mark,
    is_usual,
    remark,
)
from gkdir.read.sheet import Cell, Row
from gkdir.read.tables import TableSection, sole
from gkdir.read.text import fold, take_number
from gkdir.read.words import is_ditto, is_organisation

_REPEATED = re.compile(r"目录\Z|续表|\(续\)")
_COUNT = re.compile(r"[\d一二三四五六七八九十①-⒛]")
_EXAMPLE = re.compile("例|示例|样例|举例|范例|填写示例|填写说明|填表说明|填写要求|说明|要求|必填|选填")
_DRAWN = re.compile(":?[-—─=_]{2,}:?")
_SHOWN = re.compile(r"[(〔](?:填写)?(?:示例|样例|范例|例)[)〕]|(?:必填|选填|请填写)\Z")
_FEW = 2
"""The fewest columns that a row below a footer must fill plausibly to belong to the directory."""


class RowGroup(Struct):
    """The rows of one item, each with its headings, and the cells with its name and those of the levels above it."""

    level1: Cell | None
    level2: Cell | None
    level3: Cell | None
    rows: list[tuple[Row, Headings]] = field(default_factory=list)

    @property
    def name(self) -> Cell | None:
        """The cell with the item's own name."""
        return self.level3 or self.level2 or self.level1

    @property
    def span(self) -> tuple[int, int]:
        """The first and last row."""
        return self.rows[0][0].number, self.rows[-1][0].number


class Grouped(Struct):
    """The rows of a table, sorted by what they are."""

    groups: list[RowGroup] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    footers: list[Row] = field(default_factory=list)
    lost: list[tuple[Row, str]] = field(default_factory=list)


def group(sections: list[TableSection]) -> Grouped:
    """Sort the rows: items, continuations of items, 一级事项 in rows of their own, notes, lost ones.

    A lost row comes with the reason, in Chinese.
    """
    grouping = _Grouping()
    for section in sections:
        grouping.turn_page()
        for row in section.rows:
            grouping.take(row, section.headings)
    grouping.close()
    return grouping.result


class _Grouping:
    def __init__(self) -> None:
        self.result = Grouped()
        self._level1: Cell | None = None
        self._level2: Cell | None = None
        self._waiting: list[tuple[Row, Cell]] = []  # rows with a 一级事项 that no item has followed yet
        self._aside = False  # whether the row above was a 一级事项 or a note
        self._closed = False  # whether a footer ended the item above
        self._labels: set[int] = set()  # columns in which the footer above has a label without a value
        self._joined: Row | None = None  # the last row joined to the item above, if it is only an office
        self._void = False  # whether the name of the item above is struck out, and with it its continuations

    def turn_page(self) -> None:
        """A new section begins: rows may continue the item above the footer."""
        self._closed = False
        self._labels = set()

    def take(self, row: Row, headings: Headings) -> None:
        if len(row.own) > 1 and all(_DRAWN.fullmatch(cell.text.strip()) for cell in row.own):
            return  # a line of a table drawn with characters: |---|---|
        if _names_nothing(row, headings):
            self._void = True
            if row.own:
                self.result.lost.append((row, "这一行的事项名称划掉了"))
        elif not (self._void and not row.own):
            self._take(row, headings)

    def _take(self, row: Row, headings: Headings) -> None:
        if not row.own:  # the continuation of a merged cell
            if self.result.groups and not self._aside:
                self.result.groups[-1].rows.append((row, headings))
            return
        if is_footer(row, headings) or self._is_below_labels(row):
            self._footer(row)
            return
        self._labels = set()
        names = {key: _cell(row, headings, key) for key in NAME_KEYS}
        cell = sole(row)
        self._aside = cell is not None and self._take_single_cell(row, cell, headings)
        if self._aside:
            return
        kind = _kind(row, headings, names)
        if kind == "item" and self._is_of_another_table(row, headings):
            self._closed = True
            self.result.lost.append((row, "它在目录的下面，各栏也不像目录的内容，像是另一张表"))
        elif kind == "item" and _is_example(row, headings, names):
            self.result.lost.append((row, "这一行像是填写的说明或者示例"))
        elif kind == "item":
            self._void = False
            self._item(row, headings, names)
        elif kind == "more" and self._void:
            self.result.lost.append((row, "这一行接在划掉的事项下面"))
        else:
            self._rest(row, headings, kind)

    def _rest(self, row: Row, headings: Headings, kind: str) -> None:
        """Take a row that names no item: it continues the one above, or is reported."""
        if kind != "more":
            self.result.lost.append((row, kind))
        elif not self.result.groups or self._waiting or self._closed:
            self.result.lost.append((row, "这一行没有事项名称，上面也没有它可以接续的事项"))
        elif not can_continue(row, headings, [above for above, _ in self.result.groups[-1].rows[-2:]]):
            self.result.lost.append((row, "这一行没有事项名称，内容也不像上一个事项的延续"))
        else:
            self.result.groups[-1].rows.append((row, headings))
            alone = len(row.own) == 1 and is_organisation(row.own[0].text)
            self._joined = row if alone else None

    def _footer(self, row: Row) -> None:
        signed = self._joined is not None and all(is_day(cell.text) for cell in row.own)
        if signed and self._joined is not None and self.result.groups[-1].rows[-1][0] is self._joined:
            self.result.groups[-1].rows.pop()  # an office with a date below it is the table's signature
            self.result.notes += self._joined.own
            self.result.footers.append(self._joined)
        self._joined = None
        self.result.notes += row.own
        if len(row.own) > 1 or not is_usual(row.own[0].text):
            self.result.footers.append(row)
        self._aside = True
        self._closed = self._closed or not all(is_page_mark(cell.text) for cell in row.own)
        labels = [cell.column for cell in row.own if (one := remark(cell.text)) and one.label]
        self._labels = set(labels) if len(labels) == len(row.own) else set()

    def _is_below_labels(self, row: Row) -> bool:
        """Whether a row has the values for the labels above: 填报人 | 审核人, and in the next row 张某 | 李某."""
        return bool(self._labels) and all(cell.column in self._labels and len(cell.text) <= 30 for cell in row.own)

    def _is_of_another_table(self, row: Row, headings: Headings) -> bool:
        """Whether a row belongs to another table below the directory, such as a list of phones."""
        if self._closed:
            return fitting(row, headings) < min(_FEW, fillable(headings))
        number = _cell(row, headings, "number")
        counts = number is None or number.row != row.number or bool(_COUNT.search(fold(number.text)))
        return not counts and bool(self.result.groups) and fitting(row, headings) == 0  # the slow test last

    def close(self) -> None:
        """Report 一级事项 at the very end, which no item follows."""
        self.result.lost += [(row, "这一行像是一级事项的标题，下面却没有事项") for row, _ in self._waiting]

    def _take_single_cell(self, row: Row, cell: Cell, headings: Headings) -> bool:
        """Take a row with one cell; ``False`` if it is an item or a continuation after all."""
        name_columns = [heading for heading in headings.columns if heading.key in NAME_KEYS]
        keys = {heading.key for heading in name_columns}
        last_name = max((heading.column for heading in name_columns), default=0)
        if cell.column > last_name:
            return False
        if is_note(cell.text) or _REPEATED.search(fold(cell.text)):
            self.result.notes.append(cell)
            return True
        shown = {heading.key for heading in headings.columns if row.cells.get(heading.column) == cell}
        mark = row.own[0]
        counted = cell is not mark and "level1" not in keys and not re.search(r"\d", fold(mark.text))  # 一 before it
        if shown <= {"number"} and re.fullmatch(r"[\d.]+", fold(cell.text)):
            return False
        if shown == {"level2"} and keys >= {"level1", "level3"}:
            self._level2 = cell
        elif shown == {"level3"} or (shown == {"level2"} and not (counted or _is_first_level(cell.text, keys))):
            return False
        else:
            self._level1, self._level2 = cell, None
        self._waiting.append((row, cell))
        return True

    def _item(self, row: Row, headings: Headings, names: dict[str, Cell | None]) -> None:
        self._closed = False
        level1, level2, level3 = (_unless_ditto(names[key]) for key in NAME_KEYS)
        if level1 is not None and level1 != self._level1:
            self._level1, self._level2 = level1, None
        if level2 is not None:
            self._level2 = level2
        elif level1 is not None and level1.row == row.number and level3 is None and names["level2"] is None:
            self._level2 = level1
        self.result.groups.append(RowGroup(self._level1, self._level2, level3, [(row, headings)]))
        # a banner does not apply to items that name their first level themselves, but is kept
        self.result.notes += [cell for _, cell in self._waiting if cell not in (self._level1, self._level2)]
        self._waiting.clear()


def _is_example(row: Row, headings: Headings, names: dict[str, Cell | None]) -> bool:
    """Whether the row shows how to fill in the table: its number is 例, its names are 必填 or begin with （示例）."""
    number = _cell(row, headings, "number")
    says_so = number is not None and number.row == row.number and _EXAMPLE.fullmatch(fold(number.text).strip("()〔〕:"))
    own = [cell.text for cell in names.values() if cell is not None and cell.row == row.number]
    return bool(says_so) or any(_SHOWN.match(fold(text)) for text in own)


def _names_nothing(row: Row, headings: Headings) -> bool:
    """Whether the item's own name in the row is struck out."""
    if not row.struck:
        return False
    names = {h.key: h.column for h in headings.columns if h.key in ("level2", "level3")}
    deepest = [
        column for _, column in sorted(names.items(), reverse=True) if column in row.struck or _owns(row, column)
    ]
    return bool(deepest) and deepest[0] in row.struck


def _owns(row: Row, column: int) -> bool:
    return column in row.cells and row.cells[column].row == row.number


def _cell(row: Row, headings: Headings, key: str) -> Cell | None:
    return next((row.cells[column] for column in headings.of(key) if column in row.cells), None)


def _unless_ditto(cell: Cell | None) -> Cell | None:
    return None if cell is None or is_ditto(cell.text) else cell


def _kind(row: Row, headings: Headings, names: dict[str, Cell | None]) -> str:
    """``item``, ``more`` (a continuation), or the reason why it is neither."""
    own = {key: cell for key, cell in names.items() if cell is not None and cell.row == row.number}
    if "level3" in own or "level2" in own:
        return "item"
    number = _cell(row, headings, "number")
    numbered = number is not None and number.row == row.number and bool(re.search(r"\d", number.text))
    if names["level2"] is not None:  # merged from above
        if numbered and names["level3"] is None:
            return "item"
        return "这一行写了一级事项，二级事项却和上面合并在一起" if "level1" in own else "more"
    if "level1" in own:
        return "item"
    return "这一行有序号，没有事项名称" if numbered else "more"


def _is_first_level(text: str, keys: set[str]) -> bool:
    """Whether a single name in the column of second levels is a first level in a table without a column for these.

    It is if the table has third levels, or if it is numbered like a heading: 一、就业信息服务.
    """
    number, _ = take_number(text)
    return "level1" not in keys and ("level3" in keys or (number is not None and "." not in number))
