"""YAML text → nodes that know their spans, so that one node can be changed without touching any other byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import yaml
from msgspec import Struct

Step = str | int


class CannotEdit(Exception):
    """The file is valid, but written in a way that cannot be edited automatically: a person must do it."""


class _Mark(Protocol):
    line: int
    column: int


_BREAK = re.compile(r"\r\n|\r|\n")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Leaf(Struct, frozen=True):
    """A scalar; ``style`` is its quote or block indicator, or empty."""

    text: str
    start: int
    end: int
    style: str = ""
    implicit: bool = True

    @property
    def blank(self) -> bool:
        """Whether it is empty."""
        return self.implicit and self.text in ("", "~", "null")


class KeyValue(Struct, frozen=True):
    """``key: value``."""

    key: Leaf
    value: Tree


class Mapping(Struct, frozen=True):
    """A mapping, in braces if ``flow``; ``column`` is that of its keys, counted from 0."""

    entries: tuple[KeyValue, ...]
    start: int
    end: int
    flow: bool
    column: int

    def get(self, key: str) -> KeyValue | None:
        """The entry of that key."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


class Sequence(Struct, frozen=True):
    """A list, in brackets if ``flow``; ``column`` is that of its dashes."""

    items: tuple[Tree, ...]
    start: int
    end: int
    flow: bool
    column: int


Tree = Leaf | Mapping | Sequence


def tree(text: str) -> Tree:
    """The tree of a text that ``gkdir.read`` could read.

    :raises CannotEdit: it is not YAML any more, or has aliases or keys that are not scalars
    """
    try:
        return _SpanComposer(text).root()
    except yaml.YAMLError as error:
        raise CannotEdit(str(error)) from error


class _SpanComposer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def root(self) -> Tree:
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return Leaf("", len(self._text), len(self._text))
        return self._node(next(self._events))

    def _node(self, event: yaml.Event) -> Tree:
        start = self._offset(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            end = self._offset(event.end_mark)
            if event.style in ("|", ">"):  # the parser ends it where the next node begins
                end = start + len(self._text[start:end].rstrip())
            return Leaf(event.value, start, max(start, end), event.style or "", event.implicit[0])
        column = event.start_mark.column if event.start_mark else 0
        if not isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            raise CannotEdit(f"neither a word, a list nor a mapping at {start}")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Tree] = []
            while not isinstance(event_ := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(event_))
            end = self._offset(event_.end_mark) if event.flow_style else _end(items[-1])
            return Sequence(tuple(items), start, end, bool(event.flow_style), column)
        entries: list[KeyValue] = []
        while not isinstance(event_ := next(self._events), yaml.MappingEndEvent):
            key = self._node(event_)
            if not isinstance(key, Leaf):
                raise CannotEdit(f"a key that is no word at {start}")
            value = self._node(next(self._events))
            if (
                isinstance(value, Leaf) and value.start == value.end
            ):  # empty: the parser may place it anywhere before the next node
                colon = self._text.find(":", key.end) + 1
                if not colon:
                    raise CannotEdit(f"a key without a colon at {key.start}")
                value = Leaf("", colon, colon)
            entries.append(KeyValue(key, value))
        end = self._offset(event_.end_mark) if event.flow_style else _end(entries[-1])
        return Mapping(tuple(entries), start, end, bool(event.flow_style), column)

    def _offset(self, mark: _Mark | None) -> int:
        assert mark is not None  # every event has marks
        if mark.line >= len(self._starts):
            return len(self._text)
        return min(self._starts[mark.line] + mark.column, len(self._text))


def _end(node: Tree | KeyValue) -> int:
    return node.value.end if isinstance(node, KeyValue) else node.end


def line_start(text: str, at: int) -> int:
    """The start of the line that contains ``at``."""
    return max((match.end() for match in _BREAK.finditer(text, 0, at)), default=0) if at else 0


def line_end(text: str, at: int) -> int:
    """The end of the line that contains ``at``, including its line break."""
    match = _BREAK.search(text, at)
    return match.end() if match else len(text)


def comments(text: str, start: int, end: int, taken: tuple[Tree, ...]) -> list[str]:
    """The comments between ``start`` and ``end``, ignoring the leaves in ``taken``, whose texts may contain ``#``."""
    spans = sorted((leaf.start, leaf.end) for node in taken for leaf in _leaves(node))
    edges = [start, *(edge for span in spans for edge in span), end]
    gaps = (text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    return [match[0].rstrip() for gap in gaps for match in re.finditer(r"(?<!\S)#[^\r\n]*", gap)]


def _leaves(node: Tree) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _leaves(item)
    else:
        for entry in node.entries:
            yield entry.key
            yield from _leaves(entry.value)
