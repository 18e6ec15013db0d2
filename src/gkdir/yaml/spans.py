"""YAML text → its nodes, and the lines and comments around them, for changing one without touching any other byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gkdir.finding import TroubleKind, Unreadable
from gkdir.yaml.nodes import Listing, Node, Scalar
from gkdir.yaml.parse import parse_yaml


class CannotEdit(Exception):
    """The file is valid, but written in a way that cannot be edited automatically: a person must do it."""


_BREAK = re.compile(r"\r\n|\r|\n")


@lru_cache(maxsize=1)  # one change asks of the same text several times; parsing is nearly all that it costs
def tree(text: str) -> Node:
    """The nodes of a text that ``gkdir.read`` could read.

    :raises CannotEdit: it is not YAML any more, or has a key twice
    """
    try:
        document = parse_yaml(text, "")
    except Unreadable as error:
        raise CannotEdit(str(error)) from error
    if any(trouble.kind is TroubleKind.DUPLICATE_KEY for trouble in document.troubles):
        raise CannotEdit("which of the two is meant is for a person to say")
    return document.root


def line_start(text: str, at: int) -> int:
    """The start of the line that contains ``at``."""
    return max((match.end() for match in _BREAK.finditer(text, 0, at)), default=0) if at else 0


def line_end(text: str, at: int) -> int:
    """The end of the line that contains ``at``, including its line break."""
    match = _BREAK.search(text, at)
    return match.end() if match else len(text)


def comments(text: str, start: int, end: int, taken: tuple[Node, ...]) -> list[str]:
    """The comments between ``start`` and ``end``, ignoring the leaves in ``taken``, whose texts may contain ``#``."""
    spans = sorted((leaf.start, leaf.end) for node in taken for leaf in _leaves(node))
    edges = [start, *(edge for span in spans for edge in span), end]
    gaps = (text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    return [match[0].rstrip() for gap in gaps for match in re.finditer(r"(?<!\S)#[^\r\n]*", gap)]


def _leaves(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _leaves(item)
    else:
        for key, value in node.entries:
            yield key
            yield from _leaves(value)
