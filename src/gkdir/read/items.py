"""A group of rows → the item or items written in it, every value with what was written and its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from gkdir.finding import Kind, Place, Trouble
from gkdir.model.columns import COLUMN, FIELDS
from gkdir.model.item import NO_LIMIT, Item, TimeLimit, Written
from gkdir.read.fields import Field, fields, ticked
from gkdir.read.names import Naming
from gkdir.read.rows import Group
from gkdir.read.text import line
from gkdir.read.timelimit import time_limit
from gkdir.read.words import bases, channels, elements, is_ditto, publishers, tick


def _limit(text: str) -> TimeLimit:
    return time_limit(text) if text else NO_LIMIT


_GRAMMARS: Mapping[str, Callable[[str], object]] = {
    "content": elements,
    "basis": bases,
    "time_limit": _limit,
    "publisher": publishers,
    "channels": channels,
}


class ItemReader(Struct):
    """Reads the groups of one table in order, for 同上 looks back. ``domain`` is that of all its items."""

    file: str
    sheet: str
    domain: str
    troubles: list[Trouble] = field(default_factory=list)
    _above: Item | None = None
    _naming: Naming = field(default_factory=Naming)

    def read(self, group: Group) -> Iterator[Item]:
        """The items of the group: one, or several where a cell numbers several names."""
        by_key = fields(group)
        written = self._written(group, by_key)
        values: dict[str, Any] = {"written": written, "rows": group.span, "extra": self._extra(by_key.get("extra", []))}
        for key in FIELDS:
            if key in by_key:
                values |= self._values(key, by_key[key], written[key])
        sequence = by_key["number"][0].text if "number" in by_key else ""
        item: Item | None = None
        for named in self._naming.names(group, sequence):
            item = Item(self.domain, named.number, named.level1, named.level2, named.level3, **values)
            yield item
        self._above = item

    def _values(self, key: str, columns: list[Field], written: Written) -> dict[str, Any]:
        """The field ``key`` of the item, and what comes with it."""
        if any(is_ditto(one.text) for one in columns):
            if self._above is not None:
                same = {key: getattr(self._above, key)}
                return same | ({"audience_detail": self._above.audience_detail} if key == "audience" else {})
            message = f"“{COLUMN[key].label}”写着“{line(written.text)}”，上面却没有可以相同的事项。"
            self.troubles.append(Trouble(Kind.WRONG_VALUE, written.place, message, "请写出具体内容。"))
            return {}
        if key in _GRAMMARS:
            text = columns[0].text if len(columns) == 1 else "\n".join(one.text for one in columns if one.cells)
            return {key: _GRAMMARS[key](text)}
        value, detail = ticked(key, columns)
        return {key: value, "audience_detail": detail} if key == "audience" else {key: value}

    def _written(self, group: Group, by_key: Mapping[str, list[Field]]) -> dict[str, Written]:
        written: dict[str, Written] = {}
        for key, columns in by_key.items():
            if key == "extra":
                written |= {one.heading.label: one.written(self.file, self.sheet) for one in columns}
                continue
            said = columns[0]
            if len(columns) > 1:
                said = next((one for one in columns if one.cells and tick(one.text) is not False), said)
            written[key] = said.written(self.file, self.sheet)
        first = group.level1 or group.level2  # one cell may hold both: 6.工伤保险服务6.1工伤认定申请
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
