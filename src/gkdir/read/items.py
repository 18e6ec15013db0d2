"""A group of rows → the item or items written in it, every value with what was written and its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gkdir.finding import Kind, Place, Trouble
from gkdir.model.columns import AUDIENCES, COLUMN, LEVELS, MODES
from gkdir.model.item import NO_LIMIT, Item, Written
from gkdir.read.grid import letters
from gkdir.read.headings import Heading
from gkdir.read.rows import Group
from gkdir.read.sheet import Cell
from gkdir.read.text import fold, line, name, take_number
from gkdir.read.timelimit import time_limit
from gkdir.read.words import audience, bases, channels, elements, group, is_ditto, levels, mode, publishers, tick

_GRAMMARS: Mapping[str, Callable[[str], tuple[object, ...]]] = {
    "content": elements,
    "basis": bases,
    "publisher": publishers,
    "channels": channels,
}
_DOTTED = re.compile(r"(?<![\d.．])(\d{1,2}\s*[.．]\s*\d{1,2})(?:\s*[.．]\s*(?=\D)|(?![\d.．]))[、\s]*(?=[^\d\s、])")
_CONTINUED = re.compile(r"[（(]续[)）]$")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one item: the distinct cells its rows show, and the column's heading."""

    heading: Heading
    row: int
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """All that is written in it."""
        return "\n".join(cell.text for cell in self.cells)

    def written(self, file: str, sheet: str) -> Written:
        """What was written, and the cell; a blank cell is where nothing was written."""
        cell = self.cells[0].name if self.cells else f"{letters(self.heading.column)}{self.row}"
        return Written(self.text, Place(file, sheet=sheet, cell=cell))


@dataclass(slots=True)
class ItemReader:
    """Reads the groups of one table in order, for 同上 looks back. ``domain`` is that of all its items."""

    file: str
    sheet: str
    domain: str
    troubles: list[Trouble] = field(default_factory=list)
    _above: Item | None = None
    _numbers: set[str] = field(default_factory=set)

    def read(self, group: Group) -> Iterator[Item]:
        """The items of the group: one, or several where one cell numbers several names."""
        fields = _fields(group)
        item = self._values(group, fields)
        level1, names = _names(group)
        _, level1 = take_number(level1)
        sequence = next((one.text for one in fields if one.heading.key == "number"), "")
        counts = sequence.split()
        for index, (number, level2) in enumerate(names):
            level3_number, level3 = take_number(group.level3.text) if group.level3 else (None, None)
            if level3 is not None:
                number = level3_number if level3_number and "." in level3_number else None
            count = counts[index] if len(counts) == len(names) else sequence
            self._above = replace(
                item, number=self._number(number, count), level1=_CONTINUED.sub("", name(level1)), level2=name(level2),
                level3=name(level3) if level3 else None,
            )  # fmt: skip
            yield self._above

    def _number(self, own: str | None, sequence: str) -> str | None:
        """The number in the name; else the 序号 if that is of the kind 4.1, where 4.10 may have lost its nought."""
        if own is not None and "." in own:
            return own
        plain = fold(sequence)
        if not re.fullmatch(r"\d{1,2}(\.\d{1,3}){1,2}", plain):
            return None
        while plain in self._numbers:
            plain += "0"
        self._numbers.add(plain)
        return plain

    def _values(self, group: Group, fields: list[Field]) -> Item:
        by_key: dict[str, list[Field]] = {}
        for one in fields:
            by_key.setdefault(one.heading.key, []).append(one)
        item = Item(self.domain, None, "", "", written=self._written(group, by_key), rows=group.span)
        for key in ("content", "basis", "time_limit", "publisher", "channels", "audience", "mode", "levels"):
            if key in by_key:
                item = self._with(item, key, by_key[key])
        return replace(item, extra=self._extra(by_key.get("extra", [])))

    def _with(self, item: Item, key: str, fields: list[Field]) -> Item:
        if any(is_ditto(one.text) for one in fields):
            if self._above is not None:
                same: dict[str, Any] = {key: getattr(self._above, key)}
                if key == "audience":
                    same["audience_detail"] = self._above.audience_detail
                return replace(item, **same)
            self._no_row_above(item, key)
        if key in ("audience", "mode", "levels"):
            return _ticked(item, key, fields)
        text = "\n".join(one.text for one in fields if one.cells)
        if key == "time_limit":
            return replace(item, time_limit=time_limit(text) if text else NO_LIMIT)
        grammar = _GRAMMARS[key]
        read: dict[str, Any] = {key: () if is_ditto(text) else grammar(text)}
        return replace(item, **read)

    def _no_row_above(self, item: Item, key: str) -> None:
        written = item.written[key]
        message = f"“{COLUMN[key].label}”写着“{line(written.text)}”，上面却没有可以相同的事项。"
        self.troubles.append(Trouble(Kind.WRONG_VALUE, written.place, message, "请写出具体内容。"))

    def _written(self, group: Group, by_key: Mapping[str, list[Field]]) -> dict[str, Written]:
        written: dict[str, Written] = {}
        for key, fields in by_key.items():
            if key == "extra":
                written |= {one.heading.label: one.written(self.file, self.sheet) for one in fields}
            else:
                chosen = next((one for one in fields if one.cells and tick(one.text) is not False), fields[0])
                written[key] = chosen.written(self.file, self.sheet)
        for key, cell in (("level1", group.level1), ("level2", group.level2), ("level3", group.level3)):
            if cell is not None:
                written[key] = Written(cell.text, Place(self.file, sheet=self.sheet, cell=cell.name))
        return written

    def _extra(self, fields: list[Field]) -> dict[str, str]:
        above = self._above.extra if self._above else {}
        extra: dict[str, str] = {}
        for one in fields:
            label, text = one.heading.label, line(one.text)
            if text:
                value = above.get(label, text) if is_ditto(text) else text
                extra[label] = f"{extra[label]} {value}" if label in extra and extra[label] != value else value
        return extra


def _fields(group: Group) -> list[Field]:
    """The columns of the group in the order of the heading, their distinct cells gathered over its rows."""
    found: dict[tuple[str, str | None, int], tuple[Heading, int, dict[Cell, None]]] = {}
    for row, headings in group.rows:
        for heading in headings.columns:
            place = (heading.key, heading.label if heading.key == "extra" else heading.option, heading.column)
            cells = found.setdefault(place, (heading, row.number, {}))[2]
            if heading.column in row.cells:
                cells[row.cells[heading.column]] = None
        known = {heading.column for heading in headings.columns}
        for column, cell in row.cells.items():
            if column not in known and cell.column not in known:
                heading = Heading(column, "extra", f"{letters(column)}列")
                found.setdefault(("extra", heading.label, column), (heading, row.number, {}))[2][cell] = None
    return [Field(heading, row, tuple(cells)) for heading, row, cells in found.values()]


def _names(group: Group) -> tuple[str, list[tuple[str | None, str]]]:
    """The first level as written, and number and name of each second level that the group's cell holds."""
    level1 = group.level1.text if group.level1 else ""
    text = group.level2.text if group.level2 else level1
    marks = list(_DOTTED.finditer(text))
    marks = [match for index, match in enumerate(marks) if index == 0 or _follows(marks[index - 1][1], match[1])]
    if group.level3 is not None or not marks:
        return level1, [take_number(text)]
    head = text[: marks[0].start()].strip()
    if head and (
        not re.search(r"[\u4e00-\u9fff]", head)
        or (group.level1 and fold(take_number(name(head))[1]) not in fold(name(level1)))
    ):
        return level1, [take_number(text)]
    ends = [match.start() for match in marks[1:]] + [len(text)]
    names: list[tuple[str | None, str]] = [
        ("".join(mark[1].split()).replace("．", "."), text[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]
    if head:  # 6.工伤保险服务6.1工伤认定申请
        level1 = re.sub(r"^\s*\d+[.．、](?=\d)", "", head)
        level1 = head if not re.search(r"[\u4e00-\u9fff]", level1) else level1
    return level1, names


def _follows(before: str, after: str) -> bool:
    """Whether 6.2 comes after 6.1."""
    (a, b), (c, d) = (tuple(int(part) for part in re.split(r"[.．]", text)) for text in (before, after))
    return a == c and d == b + 1


def _ticked(item: Item, key: str, fields: list[Field]) -> Item:
    """Read 公开对象, 公开方式 or 公开层级: columns to tick, or one that says it in words."""
    order = {"audience": AUDIENCES, "mode": MODES, "levels": LEVELS}[key]
    chosen: set[str] = set()
    details: list[str] = []
    for one in fields:
        if not one.cells:
            continue
        marked = tick(one.text)
        several = sum(other.cells == one.cells for other in fields) > 1
        if one.heading.option is not None and (marked is not None or not several):
            if marked is not False:
                chosen.add(one.heading.option)
            if key == "audience" and one.heading.option == AUDIENCES[1] and (detail := group(one.text)):
                details.append(detail)
        else:
            said, detail = _worded(key, one.text)
            chosen.update(said)
            details += [detail] if detail else []
    value: dict[str, Any] = {key: tuple(option for option in order if option in chosen)}
    if details:
        value["audience_detail"] = "、".join(dict.fromkeys(details))
    return replace(item, **value)


def _worded(key: str, text: str) -> tuple[tuple[str, ...], str | None]:
    if key == "audience":
        return audience(text)
    return (mode(text) if key == "mode" else levels(text)), None
