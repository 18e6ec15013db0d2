"""An item's columns of one kind (audience, mode, levels or channels) → the values chosen, and words not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from gkdir.model.columns import AUDIENCES, CHANNELS, LEVELS, MODES
from gkdir.read.channels import beside_blank
from gkdir.read.fields import Field
from gkdir.read.headings import Heading
from gkdir.read.leftover import left_over
from gkdir.read.sheet import Cell
from gkdir.read.text import one_line
from gkdir.read.ticks import Ticks, after_mark
from gkdir.read.unread import behind_tick, unread
from gkdir.read.words import audience, blank_words, channels, group, levels, mode, other_names

_ORDER: Mapping[str, Sequence[str]] = {"audience": AUDIENCES, "mode": MODES, "levels": LEVELS}
_WORDED: Mapping[str, Callable[[str], tuple[str, ...]]] = {"mode": mode, "levels": levels, "channels": channels}
_REFUSING = re.compile(r"[不未无暂非]|否")
"""Prefixes of words in a tick column that mean no: 暂不公开."""

_OPTIONS = tuple(
    re.compile(words)
    for words in (
        "全社会|社会公众|公众|特定(?:群体|群众|对象|人群|人员)",
        "依申请(?:公开)?|主动(?:公开)?",
        "[县区市旗州乡镇村街道社区嘎查苏木]+级?",
        "请写明|请注明|请说明",
    )
)
"""The options of 公开对象, 公开方式 and 公开层级 in all their spellings, and the prompts of forms."""
_WORDS = re.compile(r"[\u4e00-\u9fff]\W*[\u4e00-\u9fff]|[A-Za-z]{4}")
_CODE = re.compile(r"\w{2}")
"""At least two letters or digits, as in the name of a channel: 12333, APP."""
_EXCLUSIVE = frozenset(("audience", "mode"))
"""Kinds of which one value is chosen: a mark merged over several of their columns is ambiguous."""
CHOICES = frozenset(("audience", "mode", "levels", "channels"))
"""The keys of columns that are chosen from."""


class Choice(Struct, frozen=True):
    """The ``chosen`` values, the group that 公开对象 names, and the words not understood, by cell."""

    chosen: tuple[str, ...]
    detail: str | None
    unread: tuple[tuple[Cell, str], ...]


class _Ticked(Struct, frozen=True):
    """The values that one cell chooses, and its words that were not understood."""

    chosen: tuple[str, ...] = ()
    detail: str | None = None
    unread: str = ""


def choose(key: str, columns: Sequence[Field], ticks: Ticks) -> Choice:
    """The choice in the columns of ``key``.

    If a cell merged over several tick columns has words, they are read; if it has a mark, it counts for all of these
    levels or channels, and is ambiguous for audiences and modes.
    """
    own = [one.cells[0] if one.cells else None for one in columns]
    if any(len(one.cells) > 1 or (one.cells and one.cells[0].column != one.heading.column) for one in columns):
        return _chosen(key, columns, ticks)
    chosen = _choice(key, tuple((one.heading.option, one.text if one.cells else None) for one in columns), ticks)
    unread = tuple((cell, words) for at, words in chosen.unread if (cell := own[at.column]) is not None)
    return Choice(chosen.chosen, chosen.detail, unread)


@lru_cache(maxsize=1 << 12)
def _choice(key: str, written: tuple[tuple[str | None, str | None], ...], ticks: Ticks) -> Choice:
    """The same for columns without merged cells, from (option, text) pairs; cached, because most rows tick alike.

    Each word not understood comes with the index of its column.
    """
    columns = []
    for at, (option, text) in enumerate(written):
        cells = () if text is None else (Cell(text, 1, at),)
        columns.append(Field(Heading(at, key, "", option), cells, text or "", ""))
    return _chosen(key, columns, ticks)


def _chosen(key: str, columns: Sequence[Field], ticks: Ticks) -> Choice:
    found = [*_cells(key, columns, ticks)]
    chosen = dict.fromkeys(option for _, text in found for option in text.chosen)
    ordered = tuple(option for option in _ORDER[key] if option in chosen) if key in _ORDER else tuple(chosen)
    details = dict.fromkeys(text.detail for _, text in found if text.detail)
    unread = dict.fromkeys((cell, text.unread) for cell, text in found if text.unread)
    return Choice(ordered, "、".join(filter(None, details)) or None, tuple(unread))


def _cells(key: str, columns: Sequence[Field], ticks: Ticks) -> Iterator[tuple[Cell, _Ticked]]:
    plain = [one for one in columns if one.cells and _is_worded(one, columns, ticks)]
    if plain:
        # a cell may be merged over two columns, and a text broken over several rows: each cell counts once
        cells = dict.fromkeys(cell for one in plain for cell in one.cells)
        texts = dict.fromkeys(cell.text for cell in cells)
        yield next(iter(cells)), _worded(key, "\n".join(texts))
    over: set[Cell] = set()
    if key in _EXCLUSIVE:
        columns_of = {one.heading.column for one in columns}
        over = {cell for one in columns for cell in one.cells if one.heading.column != cell.column in columns_of}
    for one in columns:
        for cell in one.cells if not plain or one not in plain else ():
            if over and cell in over and ticks.ticked(cell.text):
                yield cell, _Ticked(unread=cell.text)
            else:
                yield cell, _marked(key, one.heading.option or "", cell.text, ticks)


def _is_worded(one: Field, columns: Sequence[Field], ticks: Ticks) -> bool:
    if one.heading.option is None:
        return True
    return sum(other.cells == one.cells for other in columns) > 1 and ticks.ticked(one.text) is None


@lru_cache(maxsize=1 << 12)
def _worded(key: str, text: str) -> _Ticked:
    left = " ".join((*unread(key, text), *_at_blank_boxes(key, text)))
    chosen, detail = audience(text) if key == "audience" else (_WORDED[key](text), None)
    if not chosen and not left:  # every box is blank
        left = one_line(text)
    return _Ticked(chosen, detail, left)


def _at_blank_boxes(key: str, text: str) -> Iterator[str]:
    """The words at unticked boxes, except the choices themselves and the labels of the form."""
    if key == "channels":
        yield from beside_blank(text)
        return
    for words in blank_words(text):
        yield from left_over(words, _OPTIONS, key)


def _says_something(option: str, words: str) -> bool:
    """Whether a text in a tick column has words, and is not just an unknown mark: . 、 空."""
    return bool((_CODE if option == CHANNELS[-1] else _WORDS).search(words))


@lru_cache(maxsize=1 << 10)
def _marked(key: str, option: str, text: str, ticks: Ticks) -> _Ticked:
    """What a cell in the column of ``option`` chooses."""
    if ticks.undecided(text):
        return _Ticked(unread=text)
    ticked, words = ticks.ticked(text), after_mark(text)
    if ticked is None and (_REFUSING.match(words) or not _says_something(option, words)):
        return _Ticked(unread=words)
    if ticked is False:
        return _Ticked(unread=behind_tick(option, words))
    if key == "channels" and option == CHANNELS[-1]:
        return _Ticked(other_names(words))
    if option == AUDIENCES[1]:
        return _Ticked((option,), group(words))
    return _Ticked((option,), None, behind_tick(option, words))
