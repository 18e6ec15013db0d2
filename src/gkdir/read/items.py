"""A group of rows → its item or items; each value has its original text and cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.model.columns import COLUMN, FIELDS, LEVELS
from gkdir.model.item import NO_LIMIT, Item, TimeLimit, Written
from gkdir.read.choices import CHOICES, choose
from gkdir.read.fields import Field, fields, merged_over_kinds
from gkdir.read.headings import Heading
from gkdir.read.labels import limit_called
from gkdir.read.names import SPACED_NUMBERS, Naming, marks
from gkdir.read.rows import RowGroup
from gkdir.read.sheet import Cell
from gkdir.read.text import fold, line
from gkdir.read.ticks import Ticks
from gkdir.read.timelimit import time_limit
from gkdir.read.unread import says_something, spaced, unread
from gkdir.read.words import bases, chosen, elements, is_ditto, publishers

_REMARKS = re.compile("备注|说明|变更|调整|状态|情况|意见|处理")
_WHETHER = re.compile("是否(?:公开|列入|纳入|保留|有效|认领|实施|开展|公示)|公开与否|有无此项")
_REVOKED = re.compile(
    "(?:已|予以|建议|拟|现|此项|该项|本项|事项)(?:被|经)?(?:取消|废止|撤销|删除|删去|停办|停止|作废|合并|并入|划转|移交|下放|失效)"
    "|^(?:取消|废止|撤销|删除|删去|停办|作废|失效|不公开|不予公开|不列入|不涉及|与.{1,12}合并)(?:\\Z|[。,;，；])|不再(?:公开|办理|开展|实施|保留|列入)"
    "|暂[不缓停](?:公开|办理|开展|实施|列入)?|(?:此项|该项|本项|本县|我县|我局)(?:不予?公开|不涉及|无此|没有此|未开展|不开展)"
)
_BRACKET = re.compile(r"[(（]([^()（）]{2,20})[)）]")
_HINT = "确实不再公开的，请从表里删去这一行，并写明不列入的理由；仍然公开的，请删去这几个字。"


def revoked(group: RowGroup, by_key: Mapping[str, Sequence[Field]], ticks: Ticks, at: Place) -> Iterator[Trouble]:
    """Troubles of cells that revoke the item; ``at`` is the place of the sheet."""
    for one in by_key.get("extra", ()):
        label, text = one.heading.label, line(one.text)
        is_back = _REMARKS.search(label) and _REVOKED.search(fold(text))
        if is_back or (text and _WHETHER.search(label) and ticks.ticked(text) is False):
            yield _trouble(f"“{label}”写着“{text[:40]}”", one.cell, at)
    if group.name is not None:
        for match in _BRACKET.finditer(group.name.text):
            if _REVOKED.search(fold(match[1])):
                yield _trouble(f"事项名称里写着“{match[1]}”", group.name.name, at)


def _trouble(text: str, cell: str, at: Place) -> Trouble:
    place = Place(at.file, sheet=at.sheet, cell=cell)
    return Trouble(TroubleKind.UNREAD_CELL, place, f"单元格 {cell} 的{text}，这一行照样读成了事项。", _HINT)


def _limit(text: str) -> TimeLimit:
    return time_limit(text) if text else NO_LIMIT


_GRAMMARS: Mapping[str, Callable[[str], object]] = {
    "content": elements,
    "basis": lambda text: bases(chosen(text)),
    "time_limit": _limit,
    "publisher": publishers,
}
_COUNTS = re.compile(
    r"['‘’′]?(?:[第项条]|[\s.．、，,()（）\-—–~～*★☆①-⒛]|(?<!\d)\d{1,4}(?!\d)|[一二三四五六七八九十百])*"
)
"""A 序号 that is only a count; words and office codes are kept."""
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s.*)?|\d{1,2}月\d{1,2}日")
"""What Excel turns 9-10 into: 2026-09-10, 9月10日."""
_TWO = re.compile(r"\d{1,2}\s*[、，,。;；]\s*\d{1,3}")
"""Two numbers without a point between them: 1、2 may mean 1.2 or two items."""
_UNIT = re.compile(
    r"(?:\(|(?=单位))(?:单位[:为]?|以)?个?(法定工作日|工作日|自然日|日历日|小时|日|天|月)(?:内|计)?(?:\)|\Z)"
)
"""The unit in a heading: 公开时限（工作日）, 公开时限（单位：日）."""
_FIGURE = re.compile(r"\d{1,4}(?:\s*[-~～—至]\s*\d{1,4})?", re.ASCII)
_MERGED_HINT = "请取消合并，在每一栏各写各的内容。"
_UNREAD = "请照认得的写法写；确实要公开的补充说明，请写进“公开内容”或单独的一栏。"


def _with_unit(one: Field) -> str:
    """The text of a column; a number alone gets the unit in its heading: 20 under 公开时限（工作日）."""
    unit = _UNIT.search(fold(one.heading.label)) if one.heading.key == "time_limit" else None
    if unit is None or not _FIGURE.fullmatch(one.text.strip()):
        return one.text
    return f"{one.text.strip()}{'个' if unit[1] in ('工作日', '月') else ''}{unit[1]}"


def _limits(columns: Sequence[Field]) -> str:
    """The text of all columns of limits: 首次公开时限：20个工作日；更新时限：每季度. Columns with the same label are
    one; labels are left out if only the first has a text, or all say the same.
    """
    by_label: dict[str, dict[str, None]] = {}
    for one in columns:
        by_label.setdefault(one.heading.label, {}).update({_with_unit(one): None} if one.cells else {})
    texts = {label: "\n".join(each) for label, each in by_label.items()}
    first, *others = texts.values()
    if not any(others) or all(each == first for each in others):
        return first
    return "；".join(f"{limit_called(label) or line(label)}：{text}" for label, text in texts.items() if text)


def _own_number(columns: Sequence[Field], group: RowGroup) -> str:
    """The text of the item's 序号; empty if it is merged from an item above, whose number it is."""
    cells = columns[0].cells if columns else ()
    return columns[0].text.lstrip("'‘’′") if cells and cells[0].row >= group.span[0] else ""


def _odd(sequence: str, counts: bool, items: int) -> str | None:
    """What is odd about the 序号 of a row with ``items`` items, as a phrase for a message; ``None`` if nothing is.

    ``counts`` says whether the table's 序号 count its rows.
    """
    plain = sequence.strip("、. ")
    if _DATE.fullmatch(plain):
        return f"{plain}，像是编号被当成了日期"
    if (counts and not plain.isdecimal()) or (items == 1 and SPACED_NUMBERS.search(plain)):
        return f"{plain}，像是几项合在一行"
    return f"{plain}，没有认作编号" if _TWO.fullmatch(plain) else None


class ItemReader(Struct):
    """Reads the groups of one table in order, as 同上 refers to the item above. ``ticks`` are the table's marks."""

    file: str
    sheet: str
    domain: str
    ticks: Ticks = field(default_factory=Ticks)
    naming: Naming = field(default_factory=Naming)
    troubles: list[Trouble] = field(default_factory=list)
    _above: Item | None = None

    def read(self, group: RowGroup) -> Iterator[Item]:
        """The items of the group: one, or several where a cell numbers several names."""
        by_key = fields(group)
        for cell, heading in merged_over_kinds(group):
            self._report_merged_over_kinds(cell, heading)
        self.troubles += revoked(group, by_key, self.ticks, Place(self.file, sheet=self.sheet))
        written = self._written(group, by_key)
        numbers = (one for one in by_key.get("number", []) if len(one.text) > 4 or not one.text.isdecimal())
        kept = [*by_key.get("extra", []), *(one for one in numbers if not _COUNTS.fullmatch(fold(one.text)))]
        values: dict[str, Any] = {"written": written, "rows": group.span, "extra": self._extra(kept)}
        if group.name and (mark := marks(group.name.text)):
            values["extra"] = {**values["extra"], "记号": mark}
        for key in FIELDS:
            if key in by_key:
                columns = by_key[key]
                if key == "publisher" and any(one.heading.option for one in columns):
                    values["levels"] = self._levels(columns)
                    columns = [one for one in columns if self.ticks.ticked(one.text) is None]
                values |= self._values(key, columns, written[key])
        sequence = _own_number(by_key.get("number", []), group)
        names = tuple(self.naming.names(group, sequence))
        if odd := _odd(sequence, self.naming.counts, len(names)):
            self._unread("number", by_key["number"][0].cells[0], odd)
        if len(names) > 1:
            self._report_ambiguous_limits(by_key.get("time_limit", ()), len(names))
        for named in names:
            self._above = Item(self.domain, named.number, named.level1, named.level2, named.level3, **values)
            yield self._above

    def _values(self, key: str, columns: list[Field], written: Written) -> dict[str, Any]:
        """The field ``key`` of the item, with ``audience_detail`` for the audience."""
        if any(is_ditto(one.text) for one in columns):
            return self._same_as_above(key, columns, written)
        if key in _GRAMMARS:
            # one label over two columns is one column: a text merged over both, or repeated in both, counts once
            texts = dict.fromkeys(one.text for one in columns if one.cells)
            text = _limits(columns) if key == "time_limit" else "\n".join(texts)
            first = next((one.cells[0] for one in columns if one.cells), None)
            if first is not None:
                self._report_leftovers(key, first, text)
            if key != "time_limit" and not says_something(text):
                return {}
            return {key: _GRAMMARS[key](text)}
        choice = choose(key, columns, self.ticks)
        for cell, words in choice.unread:
            self._unread(key, cell, words)
        return {key: choice.chosen, "audience_detail": choice.detail} if key == "audience" else {key: choice.chosen}

    def _levels(self, columns: Sequence[Field]) -> tuple[str, ...]:
        """The levels under 公开主体 whose column has a tick or the name of an office."""
        used = {one.heading.option for one in columns if self.ticks.ticked(one.text) is not False}
        return tuple(level for level in LEVELS if level in used)

    def _report_leftovers(self, key: str, cell: Cell, text: str) -> None:
        """Report the words that the column's grammar does not understand, and blanks that may be separators."""
        if left := unread(key, text):
            self._unread(key, cell, "、".join(left))
        for words in spaced(key, text):
            self._spaced(key, cell, words)

    def _same_as_above(self, key: str, columns: Sequence[Field], written: Written) -> dict[str, Any]:
        """The field of the item above; other texts beside 同上 in columns of the same kind are reported."""
        for cell in dict.fromkeys(cell for one in columns for cell in one.cells):
            if not is_ditto(cell.text) and (key not in CHOICES or self.ticks.ticked(cell.text) is None):
                self._unread(key, cell, cell.text)
        if self._above is not None:
            same = {key: getattr(self._above, key)}
            return same | ({"audience_detail": self._above.audience_detail} if key == "audience" else {})
        message = f"“{COLUMN[key].label}”写着“{line(written.text)}”，上面却没有可以相同的事项。"
        self.troubles.append(Trouble(TroubleKind.WRONG_VALUE, written.place, message, "请写出具体内容。"))
        return {}

    def _report_ambiguous_limits(self, columns: Sequence[Field], items: int) -> None:
        """Report several limits in a row of as many items: each may belong to one of them."""
        for one in columns:
            if one.cells and len(set(one.text.split("\n"))) == items:
                self._unread("time_limit", one.cells[0], f"{one.text}，分不出各是哪一项的")

    def _report_merged_over_kinds(self, cell: Cell, heading: Heading) -> None:
        message = f"单元格 {cell.name} 合并到了“{heading.label}”一栏，那一栏没有读它。"
        self._report(cell, message, _MERGED_HINT)

    def _unread(self, key: str, cell: Cell, words: str) -> None:
        self._report(cell, f"“{COLUMN[key].label}”这一格有没读懂的字：“{line(words)}”。", _UNREAD)

    def _spaced(self, key: str, cell: Cell, words: str) -> None:
        message = f"“{COLUMN[key].label}”这一格只用空格隔开，分不出是一项还是几项，当作一项读了：“{words}”。"
        self._report(cell, message, "是几项的，请换成“；”或者分行写；是一项的，请删去空格。")

    def _report(self, cell: Cell, message: str, hint: str) -> None:
        place = Place(self.file, sheet=self.sheet, cell=cell.name)
        self.troubles.append(Trouble(TroubleKind.UNREAD_CELL, place, message, hint))

    def _written(self, group: RowGroup, by_key: Mapping[str, list[Field]]) -> dict[str, Written]:
        written: dict[str, Written] = {}
        for key, columns in by_key.items():
            if key == "extra":
                written |= {one.heading.label: one.written(self.file, self.sheet) for one in columns}
                continue
            ticked = columns[0]
            if len(columns) > 1:
                ticked = next(
                    (one for one in columns if one.cells and self.ticks.ticked(one.text) is not False), ticked
                )
            written[key] = ticked.written(self.file, self.sheet)
        first = group.level1 or group.level2  # one cell may have both levels: 6.工伤保险服务6.1工伤认定申请
        for key, cell in (("level1", first), ("level2", group.level2), ("level3", group.level3)):
            if cell is not None:
                written[key] = Written(cell.text, Place(self.file, sheet=self.sheet, cell=cell.name))
        return written

    def _extra(self, columns: list[Field]) -> dict[str, str]:
        above = self._above.extra if self._above else {}
        extra: dict[str, str] = {}
        for one in columns:
            label, text = one.heading.label, line(one.text)
            if text:
                value = above.get(label, text) if is_ditto(text) else text
                extra[label] = f"{extra[label]} {value}" if label in extra and extra[label] != value else value
        return extra
