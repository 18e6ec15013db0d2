"""A column and a text → the normalised text, or why it is not allowed in that column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from gkdir.excel_form.doubtful import doubtful
from gkdir.excel_form.table import TableColumn, TableRow, Takes
from gkdir.export.cells import TICK
from gkdir.importing.likeness import likeness
from gkdir.model.columns import CHANNELS
from gkdir.read import words
from gkdir.read.grid import visible
from gkdir.read.leftover import quoted
from gkdir.read.text import line, nfkc, numbered
from gkdir.read.timelimit import time_limit
from gkdir.read.unread import unread
from gkdir.yaml.emit import writable

LONGEST = 30_000
"""The most characters of a cell; Excel's own limit is a little higher."""

_TRAILING = "；;。，,、 "
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_WIDE = str.maketrans("０１２３４５６７８９－", "0123456789-")


class BadText(ValueError):
    """A text that is not allowed in its column: what is wrong and, as ``hint``, what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def row(
    table: Iterable[TableColumn], id_: str, name: str, texts: Mapping[str, str | None], **marks: frozenset[str]
) -> TableRow:
    """A row with normalised texts; missing columns are blank, those with too long texts locked."""
    tidied = {column.key: _as_it_is(column, text) if (text := texts.get(column.key)) else "" for column in table}
    long = frozenset(key for key, text in tidied.items() if len(text) > LONGEST)
    cut = tidied | {key: tidied[key][:LONGEST].rstrip() for key in long}
    return TableRow(plain(id_), name, cut, marks.get("locked", frozenset()) | long, marks.get("own", frozenset()))


def _as_it_is(column: TableColumn, text: str) -> str:
    text_only = plain(text)
    try:
        return _tidied(column, text_only, text_only.split("\n")) if text_only else ""
    except BadText:  # a text from the county's file stays as it is: the rules judge it
        return text_only


def tidy(column: TableColumn, text: str, was: str = "") -> str:
    """The normalised ``text``; normalising is idempotent. Lines that ``was`` has stay as they are.

    :raises BadText: it is not allowed there, or ambiguous
    """
    bare = plain(text)
    if not bare:
        return ""
    why = doubtful(column, bare)
    if why is not None:
        raise BadText(*why)
    return _tidied(column, bare, was.split("\n"))


def _tidied(column: TableColumn, text: str, was: Collection[str]) -> str:
    tidied = _TIDY[column.takes](text, was)
    if column.takes is Takes.ITEMS:
        named = tuple(dict.fromkeys(_item(column, each, was) for each in tidied.split("\n")))
        if column.only and len(named) > 1:
            raise BadText("这一格只能写一个。", f"请只留一个“{column.label}”；要几个的，分几行写。")
        return "\n".join(named)
    if column.keys is not None:
        names = re.split(r"[\n、；;，,]", tidied)
        return "\n".join(dict.fromkeys(column.keys.get(name.strip(), name.strip()) for name in names if name.strip()))
    if column.only and tidied not in column.choices:
        choice = only_match(tidied, column.choices)
        if choice is None:
            raise BadText(f"“{_short(text)}”不在可选的词里。", f"请从下拉列表里选，{_such_as(text, column.choices)}。")
        return choice
    return tidied


def _item(column: TableColumn, each: str, was: Collection[str]) -> str:
    """The full name of what has an id, which may be written itself, or a part of the name."""
    ids = column.keys or {}
    called = next((name for name, id_ in ids.items() if id_ == each), None) or only_match(each, tuple(ids))
    if called is None and each not in was:
        hint = f"请从下拉列表里选，一行一个，{_such_as(each, tuple(ids))}。" if ids else "现在还没有可选的，请空着。"
        raise BadText(f"“{_short(each)}”看不出是哪一个“{column.label}”。", hint)
    return called or each


def _such_as(text: str, choices: tuple[str, ...]) -> str:
    near = "、".join(nearest(text, choices))
    return f"如 {near}" if len(choices) > MANY else f"可选的有：{near}"


def plain(text: str) -> str:
    """The text without invisible characters, and without blanks at the ends of lines."""
    if not text.replace("\n", "").isprintable() or "\u00ad" in text:  # nearly all texts of nearly all cells are
        text = visible(writable(text)).replace("\t", " ")
    return "\n".join(map(str.strip, text.split("\n"))).strip() if text else ""


def _text(text: str, _was: Collection[str]) -> str:
    return text


def _unnumbered(text: str) -> list[str]:
    """The lines without their list numbers."""
    lines = [" ".join(each.split()) for each in text.split("\n") if each]
    marks = [re.match(r"(\d{1,2})\s*[.．、]\s*(?!\d)", each) for each in lines]
    if len(lines) > 1 and all(mark and int(mark[1]) == count for count, mark in enumerate(marks, 1)):
        lines = [each[mark.end() :] for each, mark in zip(lines, marks, strict=True) if mark]
    return lines


def _listed(text: str, was: Collection[str], parts: Callable[[str], Iterable[str]]) -> str:
    """One element a line; a new line that lists several is split."""
    found = [part for each in _unnumbered(text) for part in ([each] if each in was else parts(each))]
    return "\n".join(dict.fromkeys(each for each in found if each))


def _numbered(text: str) -> list[str]:
    """The parts of a line with numbered parts."""
    parts = [part.strip(_TRAILING) for part in numbered(text) or ()]
    return parts if len(parts) > 1 and all(parts) else [text]


def _lines(text: str, was: Collection[str]) -> str:
    return _listed(text, was, _numbered)


def _named(text: str, was: Collection[str]) -> str:
    """A name and a text a line."""
    found = []
    for each in _lines(text, was).split("\n"):
        name, mark, value = each.replace(":", "：", 1).partition("：")
        if not (mark and name.strip() and value.strip()):
            raise BadText(f"“{_short(each)}”没有写成“名称：内容”。", "一行一个，名称和内容中间用冒号隔开。")
        found.append(f"{name.strip()}：{value.strip()}")
    return "\n".join(found)


def _dated(text: str, was: Collection[str]) -> str:
    """A day and a text a line."""
    found = []
    for each in _lines(text, was).split("\n"):
        match = re.match(rf"(?P<day>{_DATE.pattern})\s*[：:，,、]?\s*(?=\S)", each)
        if match is None:
            raise BadText(f"“{_short(each)}”没有写成“日期：内容”。", "一行一次，如 2026-03-01：办理地点改到二楼。")
        found.append(f"{_day(match['day'], ())}：{each[match.end() :]}")
    return "\n".join(found)


def _money(text: str, _was: Collection[str]) -> str:
    match = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,2}))?元?", text.translate(_WIDE).replace(",", ""), re.ASCII)
    if match is None:
        raise BadText(f"“{_short(text)}”不是多少元。", "只写数字，最多两位小数，如 1850、6420.50。")
    cents = (match[2] or "").ljust(2, "0")
    return str(int(match[1])) + (f".{cents}" if int(cents) else "")


def _elements(text: str, was: Collection[str]) -> str:
    alone = "\n" not in text

    def parts(each: str) -> Iterable[str]:
        several = words.elements(each) if alone or re.search("[；;]", each) else _numbered(each)
        return several if len(several) > 1 else [each]

    return _listed(text, was, parts)


def _bases(text: str, was: Collection[str]) -> str:
    def parts(each: str) -> Iterator[str]:
        several = words.bases(each)
        yield from (basis.text for basis in (several if len(several) > 1 else [words.basis(each)]))

    kept = _listed(text, was, parts)
    return "\n".join(dict.fromkeys(words.basis(each).text for each in kept.split("\n")))


def _channels(text: str, was: Collection[str]) -> str:
    found = [channel for each in _lines(text, was).split("\n") for channel in words.channels(each)]
    national = [channel for channel in found if channel in CHANNELS]
    if national:
        raise BadText(f"“{_short(text)}”是国家目录里的渠道。", f"请在“{national[0]}”一栏打“√”，这里只写另外的渠道。")
    left = [word for each in _lines(text, was).split("\n") for word in unread("channels", each)]
    if left:
        raise BadText(f"“{_short(text)}”里，{quoted(left)}没有读懂。", "这里只写渠道的名称，一行一个，不要加别的话。")
    return "\n".join(dict.fromkeys(found))


def _limit(text: str, _was: Collection[str]) -> str:
    return time_limit(text).text


def _day(text: str, _was: Collection[str]) -> str:
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        pass
    raise BadText(f"“{_short(text)}”不是日期。", "请写成 2026-03-01 这样。")


def _tick(text: str, _was: Collection[str]) -> str:
    ticked = words.tick(text)
    if ticked is None:
        raise BadText(f"“{_short(text)}”不是勾选。", "这一格只打“√”或者空着，请从下拉列表里选。")
    return TICK if ticked else ""


def _phone(text: str, _was: Collection[str]) -> str:
    return text.translate(_WIDE)


def _short(text: str) -> str:
    text = line(text)
    return text if len(text) <= 30 else text[:29] + "…"


_TIDY: Mapping[Takes, Callable[[str, Collection[str]], str]] = {
    Takes.TEXT: _text,
    Takes.LINES: _lines,
    Takes.ELEMENTS: _elements,
    Takes.ITEMS: _lines,
    Takes.NAMED: _named,
    Takes.DATED: _dated,
    Takes.MONEY: _money,
    Takes.BASES: _bases,
    Takes.CHANNELS: _channels,
    Takes.LIMIT: _limit,
    Takes.PHONE: _phone,
    Takes.HOURS: _text,
    Takes.DAY: _day,
    Takes.TICK: _tick,
}


MANY = 3
"""The most choices that a hint lists."""


def only_match(word: str, choices: Collection[str]) -> str | None:
    """The only choice that ``word`` can mean, ignoring blanks and widths, or by a part that no other choice has.

    Parts of ``就业 4.1 失业登记`` are its number, its name, and either with the adjacent part.
    """
    bare = _bare(word)
    same = [choice for choice in choices if _bare(choice) == bare]
    found = same or [choice for choice in choices if bare in _parts(choice)]
    return found[0] if len(found) == 1 else None


def nearest(word: str, choices: Collection[str]) -> tuple[str, ...]:
    """At most three of the choices, the likeliest first."""
    bare = _bare(word)

    def figure(choice: str) -> float:
        return max(likeness(bare, part) for part in (_bare(choice), *_parts(choice)))

    ranked = sorted(choices, key=figure, reverse=True) if len(choices) > MANY else choices
    return tuple(ranked)[:MANY]


def _bare(text: str) -> str:
    return "".join(nfkc(text).split())


def _parts(choice: str) -> Iterator[str]:
    words = choice.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if (start, end) != (0, 1):  # the domain alone does not identify an item
                yield _bare("".join(words[start:end]))
