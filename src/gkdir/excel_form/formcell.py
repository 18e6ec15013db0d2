"""A type with declared keys → the columns of the form for its values; a cell's text → the value in the file.

The declaration in ``model/`` serves reading, schema and form alike; ``InForm`` marks which keys are columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import get_args, get_origin

from msgspec import Struct

from gkdir.excel_form.table import TableColumn, Takes, listed
from gkdir.model.declared import ByKind, ByMonths, ByName, DeclaredKey, InForm, OneOf, Yuan, bare, declared
from gkdir.model.guide import NamedText, Way
from gkdir.model.item import TimeLimit, Written
from gkdir.read.text import one_line
from gkdir.yaml.emit import Value

YES, NO = "是", "否"
BETWEEN = "："
"""Separates name and text in a line such as ``名称：内容``."""


class Choices(Struct, frozen=True):
    """The choices of a county for dropdowns, by ``InForm.of``: plain words, or full name → what the file has for it."""

    words: Mapping[str, tuple[str, ...]] = {}
    names: Mapping[str, Mapping[str, str]] = {}


class FormCell(Struct, frozen=True):
    """A column for one value: its path by key and by field, its declaration, its column in the form."""

    path: tuple[str, ...]
    fields: tuple[str, ...]
    one: DeclaredKey
    cell: InForm

    @property
    def key(self) -> str:
        """The column's key."""
        return self.cell.key or self.one.field

    def text(self, holder: object) -> str | None:
        """The cell's text for the value in ``holder``; ``None`` if it has none."""
        value: object = holder
        for field in self.fields:
            value = getattr(value, field) if value is not None else None
        if isinstance(value, int) and self.one.marks(Yuan):
            return f"{value // 100}" + (f".{value % 100:02d}" if value % 100 else "")
        return _shown(value)

    @property
    def default(self) -> str | None:
        """The text of the value that is used where the file has none."""
        return None if self.one.required else _shown(self.one.default)

    def column(self, offers: Choices) -> TableColumn:
        """The column, with the county's choices."""
        cell, takes, one_of = self.cell, self._takes(), self.one.marks(OneOf)
        only = one_of[0].choices if one_of else ((YES, NO) if self.one.kind is bool else ())
        names = offers.names.get(cell.of)
        offered = tuple(names) if names and takes is Takes.ITEMS else offers.words.get(cell.of, ())
        return TableColumn(
            self.key,
            cell.label or self.one.key.name,
            takes,
            cell.width,
            cell.group,
            choices=cell.choices or only or (offered if takes in (Takes.TEXT, Takes.ITEMS) else ()),
            only=bool(only) or (takes is Takes.ITEMS and get_origin(self.one.kind) is not tuple),
            prompt=cell.prompt or self.one.key.about.replace("，加英文引号", ""),
            keys=names if takes in (Takes.LINES, Takes.ITEMS) else None,
            count=cell.takes == "count" or self.one.kind is int,  # amounts of money are int too
            must=self.one.required,
        )

    def value(self, column: TableColumn, text: str) -> Value:
        """The value to write to the file for a cell's text, which is not blank."""
        if self._pair:
            first, second = self._pair
            pairs = [each.partition(BETWEEN)[::2] for each in listed(text)]
            if self.one.marks(ByMonths):
                return dict(pairs)
            return [{first.key.name: one, second.key.name: other} for one, other in pairs]
        if self.one.marks(ByKind):
            return [dict([each.partition(BETWEEN)[::2]]) for each in listed(text)]
        several = get_origin(self.one.kind) is tuple
        lines = listed(text) if several or column.takes is Takes.ITEMS else (text,)
        if column.takes is Takes.ITEMS and column.keys:
            lines = tuple(column.keys.get(line, line) for line in lines)
        return list(lines) if several else lines[0]

    @property
    def by_name(self) -> bool:
        """Whether the value maps names to texts, written one ``name：text`` a line."""
        return bool(self.one.marks(ByName))

    @property
    def _pair(self) -> Sequence[DeclaredKey]:
        """The two keys of each element, if the value is a list of pairs, written one pair a line; else empty."""
        inner = bare(get_args(self.one.kind)[0]) if get_origin(self.one.kind) is tuple else None
        if self.by_name or not (isinstance(inner, type) and issubclass(inner, Struct)):
            return ()
        found = tuple(declared(inner))
        return found if len(found) == 2 else ()

    def _takes(self) -> Takes:
        kind = self.one.kind
        if self._pair:
            return Takes.DATED if self._pair[0].kind is date else Takes.NAMED
        if self.by_name or self.one.marks(ByKind):
            return Takes.NAMED
        if self.one.marks(Yuan):
            return Takes.MONEY
        if kind in (TimeLimit, date):
            return Takes.LIMIT if kind is TimeLimit else Takes.DAY
        if self.cell.takes in ("phone", "hours", "items"):
            return Takes(self.cell.takes)
        return Takes.LINES if get_origin(kind) is tuple else Takes.TEXT


def _shown(value: object) -> str | None:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return "\n".join(_flat(one) for one in value)
    return None if value is None else _plain(value)


def _plain(value: object) -> str:
    return value.text if isinstance(value, TimeLimit | Written) else str(value)


def _flat(value: object) -> str:
    if isinstance(value, Struct) and len(pair := tuple(declared(type(value)))) == 2:
        text = BETWEEN.join(_plain(getattr(value, one.field)) for one in pair)
    elif isinstance(value, NamedText):
        text = f"{value.name}{BETWEEN}{value.text}"
    else:
        text = f"{value.kind}{BETWEEN}{value.target}" if isinstance(value, Way) else _plain(value)
    return one_line(text)


def cells(shape: type[Struct], path: tuple[str, ...] = (), fields: tuple[str, ...] = ()) -> Iterator[FormCell]:
    """The columns of a type, and of the types nested in it."""
    for one in declared(shape):
        where = ((*path, one.key.name), (*fields, one.field))
        for cell in one.marks(InForm):
            yield FormCell(*where, one, cell)
        if isinstance(one.kind, type) and issubclass(one.kind, Struct) and not path:
            yield from cells(one.kind, *where)
