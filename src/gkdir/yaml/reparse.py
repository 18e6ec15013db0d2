"""The nodes of a text, and the text after one change → its new nodes, parsing only the changed lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Unreadable
from gkdir.yaml.lines import dash, line_start
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar, moved, opened
from gkdir.yaml.parse import parse_yaml

_DOCUMENT = re.compile(r"^(?:---|\.\.\.|%)", re.M)


class _Change(Struct, frozen=True):
    """``old[first:last]`` was replaced, and what follows has moved by ``shift`` characters."""

    old: str
    new: str
    first: int
    last: int
    shift: int


def reparsed(old: str, root: Node, new: str) -> Node | None:
    """The nodes of ``new``; ``None`` if it must be parsed as a whole.

    Only their offsets are right: places are still those in ``old``, or in the lines that were parsed.
    """
    first = _common_prefix(old, new)
    after = _common_prefix(old[first:][::-1], new[first:][::-1])
    if 2 * (len(new) - first - after) > len(new):
        return None
    return _changed(_Change(old, new, first, len(old) - after, len(new) - len(old)), root, len(old))


def _common_prefix(one: str, other: str) -> int:
    """The number of characters with which both begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _changed(change: _Change, node: Node, end: int) -> Node | None:
    """The node, whose lines end at ``end``, after a change within these lines; ``None`` as in ``reparsed``."""
    if isinstance(node, Scalar) or node.flow:
        return None
    node = opened(node)
    parts = _parts(node)

    def start(at: int) -> int:
        return line_start(change.old, _start(change.old, node, at)) if at < len(parts) else end

    at = bisect_right(range(len(parts)), change.first, key=start) - 1
    if at < 0 or change.old[start(at) : _start(change.old, node, at)].strip(" "):
        return None
    to = bisect_right(range(len(parts)), max(change.last - 1, change.first), lo=at, key=start)
    fresh: tuple[Any, ...] | None = None
    if to == at + 1:
        value = node.items[at] if isinstance(node, Listing) else node.entries[at][1]
        inner = _changed(change, value, start(to))
        if inner is not None:
            fresh = (inner,) if isinstance(node, Listing) else ((node.entries[at][0], inner),)
    if fresh is None:
        fresh = _parsed(change, node, (start(at), start(to)))
    if fresh is None:
        return None
    return _with_parts(change, node, (*parts[:at], *fresh, *(_moved(part, change.shift) for part in parts[to:])))


def _parts(node: Branch | Listing) -> tuple[Any, ...]:
    return node.items if isinstance(node, Listing) else node.entries


def _start(text: str, node: Branch | Listing, at: int) -> int:
    """The offset of the ``at``-th key, or of the dash of the ``at``-th element."""
    return dash(text, node.column, node.items[at].start) if isinstance(node, Listing) else node.entries[at][0].start


def _parsed(change: _Change, node: Branch | Listing, lines: tuple[int, int]) -> tuple[Any, ...] | None:
    """The parts in the changed lines (offsets in the old text); ``None`` if they are no parts of the same node."""
    text, end = change.new[lines[0] : lines[1] + change.shift], lines[1] == len(change.old)
    if (not end and text and not text.endswith(("\n", "\r"))) or _DOCUMENT.search(text):
        return None  # the next line has become part of it, or another document begins
    try:
        read = parse_yaml(text, "")
    except Unreadable:
        return None
    root = read.root
    if isinstance(root, Scalar):
        return () if root.absent and root.start == root.end else None
    if read.troubles or root.flow or type(root) is not type(node) or root.column != node.column:
        return None
    return tuple(_moved(part, lines[0]) for part in _parts(root))


def _moved(part: Any, by: int) -> Any:
    return (moved(part[0], by), moved(part[1], by)) if isinstance(part, tuple) else moved(part, by)


def _with_parts(change: _Change, node: Branch | Listing, parts: tuple[Any, ...]) -> Node | None:
    """The node with other parts; ``None`` if none is left or a mapping has a key twice."""
    if not parts:
        return None
    if isinstance(node, Listing):
        start = dash(change.new, node.column, parts[0].start)
        return replace(node, items=parts, start=start, end=parts[-1].end)
    branch = replace(node, entries=parts, start=parts[0][0].start, end=parts[-1][1].end)
    return branch if len(branch.by_key) == len(parts) else None
