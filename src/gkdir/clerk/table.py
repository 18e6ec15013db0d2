"""A clerk's form as values: tables of rows of texts, what each column takes, and the one form of every text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from gkdir.export.cells import TICK, clean
from gkdir.model.columns import CHANNELS
from gkdir.read import words
from gkdir.read.grid import visible
from gkdir.read.text import line
from gkdir.read.timelimit import time_limit

VERSION = "1"
"""Of the form: a workbook of another version is not read."""

LONGEST = 30_000
"""Characters that a cell may hold; Excel's own limit is a little more."""


class Takes(Enum):
    """What a column takes."""

    TEXT = "text"
    LINES = "lines"  # one element a line
    BASES = "bases"  # one law or document a line
    CHANNELS = "channels"  # channels of the county's own, one a line
    LIMIT = "limit"  # a time limit
    DAY = "day"
    TICK = "tick"


class Untidy(ValueError):
    """A text that cannot stand in its column: what is wrong and, as ``hint``, what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Column(Struct, frozen=True):
    """A column: its key and heading (each once in a table), the heading above, what it takes.

    ``choices`` are offered as a list; with ``only`` nothing else may stand there. ``keys`` are the short names that
    full names in its lines are brought to.
    """

    key: str
    label: str
    takes: Takes = Takes.TEXT
    width: int = 16
    group: str = ""
    choices: tuple[str, ...] = ()
    only: bool = False
    prompt: str = ""
    keys: Mapping[str, str] | None = None


class Row(Struct, frozen=True):
    """A row: its id (never changes while what it stands for is there), what it is called, its texts by column key.

    ``locked`` are columns that must not be changed in this row; ``own`` those where the county says something else
    than the directory above it.
    """

    id: str
    name: str
    texts: Mapping[str, str]
    locked: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def having(self, texts: Mapping[str, str]) -> Row:
        """The row with some of its texts changed."""
        return replace(self, texts={**self.texts, **texts})


class Table(Struct, frozen=True):
    """One sheet: ``spare`` blank rows at its end take new entries; ``about`` is said above it."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    spare: int = 0
    frozen: int = 2
    by_id: Mapping[str, Row] = field(default_factory=dict)
    """Made of ``rows``."""

    def __post_init__(self) -> None:
        force_setattr(self, "by_id", {row.id: row for row in self.rows})

    def column(self, key: str) -> Column:
        """The column of that key, which must be there."""
        return next(column for column in self.columns if column.key == key)


def row(table: Iterable[Column], id_: str, name: str, texts: Mapping[str, str | None], **marks: frozenset[str]) -> Row:
    """A row whose texts are brought to their one form; columns not given are blank, too long ones locked."""
    tidied = {column.key: _as_it_is(column, texts.get(column.key) or "") for column in table}
    long = frozenset(key for key, text in tidied.items() if len(text) > LONGEST)
    cut = {key: text[:LONGEST].rstrip() if key in long else text for key, text in tidied.items()}
    return Row(plain(id_), name, cut, marks.get("locked", frozenset()) | long, marks.get("own", frozenset()))


def _as_it_is(column: Column, text: str) -> str:
    try:
        return tidy(column, text)
    except Untidy:  # what the county's file says stays as it says it: the rules judge it
        return plain(text)


def tidy(column: Column, text: str) -> str:
    """The one form of ``text`` in that column; tidying again changes nothing. :raises Untidy: it cannot stand there"""
    said = plain(text)
    if not said:
        return ""
    tidied = _TIDY[column.takes](said)
    if column.keys is not None:
        names = re.split(r"[\n、]", tidied)
        tidied = "\n".join(dict.fromkeys(column.keys.get(name.strip(), name.strip()) for name in names if name.strip()))
    if column.only and tidied not in column.choices:
        raise Untidy(f"“{_short(said)}”不在可选的词里。", f"请从下拉列表里选：{'、'.join(column.choices)}。")
    return tidied


def plain(text: str) -> str:
    """The text without what nobody sees, and without blanks at the ends of its lines."""
    lines = visible(clean(text)).replace("\t", " ").split("\n")
    return "\n".join(each.strip() for each in lines).strip()


def _lines(text: str) -> str:
    lines = [" ".join(each.split()) for each in text.split("\n") if each]
    marks = [re.match(r"(\d{1,2})\s*[.．、]\s*(?!\d)", each) for each in lines]
    if len(lines) > 1 and all(mark and int(mark[1]) == count for count, mark in enumerate(marks, 1)):
        lines = [each[mark.end() :] for each, mark in zip(lines, marks, strict=True) if mark]
    return "\n".join(dict.fromkeys(each for each in lines if each))


def _bases(text: str) -> str:
    return "\n".join(dict.fromkeys(words.basis(each).text for each in _lines(text).split("\n")))


def _channels(text: str) -> str:
    found = [channel for each in _lines(text).split("\n") for channel in words.channels(each)]
    national = [channel for channel in found if channel in CHANNELS]
    if national:
        raise Untidy(f"“{_short(text)}”是国家目录里的渠道。", f"请在“{national[0]}”一栏打“√”，这里只写另外的渠道。")
    return "\n".join(dict.fromkeys(found))


def _limit(text: str) -> str:
    return time_limit(text).text


_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")


def _day(text: str) -> str:
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        pass
    raise Untidy(f"“{_short(text)}”不是日期。", "请写成 2026-03-01 这样。")


def _tick(text: str) -> str:
    ticked = words.tick(text)
    if ticked is None:
        raise Untidy(f"“{_short(text)}”不是勾选。", "这一格只打“√”或者空着，请从下拉列表里选。")
    return TICK if ticked else ""


def _short(text: str) -> str:
    text = line(text)
    return text if len(text) <= 30 else text[:29] + "…"


_TIDY: Mapping[Takes, Callable[[str], str]] = {
    Takes.TEXT: str,
    Takes.LINES: _lines,
    Takes.BASES: _bases,
    Takes.CHANNELS: _channels,
    Takes.LIMIT: _limit,
    Takes.DAY: _day,
    Takes.TICK: _tick,
}


def listed(text: str) -> tuple[str, ...]:
    """The elements of a cell that has one a line."""
    return tuple(text.split("\n")) if text else ()
