"""YAML text → its nodes, and the comments between them, for edits that change nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import TroubleKind, Unreadable
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.nodes import Listing, Node, Scalar, opened
from gkdir.yaml.parse import parse_yaml
from gkdir.yaml.reparse import reparsed

_last: tuple[str, Node | None] = "", None
"""The last text and its nodes, so that in a series of edits each parses only the changed lines."""


def tree(text: str) -> Node:
    """The nodes of a text that has been read without errors before.

    :raises CannotEdit: it is not YAML any more, or has a key twice
    """
    global _last
    before, root = _last
    if root is None or text != before:
        root = (reparsed(before, root, text) if root is not None else None) or _parsed(text)
        _last = text, root
    return root


def _parsed(text: str) -> Node:
    try:
        document = parse_yaml(text, "")
    except Unreadable as error:
        raise CannotEdit(str(error)) from error
    if any(trouble.kind is TroubleKind.DUPLICATE_KEY for trouble in document.troubles):
        raise CannotEdit("which of the two is meant is for a person to say")
    return document.root


def comments(text: str, start: int, end: int, taken: tuple[Node, ...]) -> list[str]:
    """The comments between ``start`` and ``end``; scalars in ``taken`` are skipped, since they may contain ``#``."""
    spans = sorted((leaf.start, leaf.end) for node in taken for leaf in _leaves(node))
    edges = [start, *(edge for span in spans for edge in span), end]
    gaps = (text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    return [match[0].rstrip() for gap in gaps for match in re.finditer(r"(?<!\S)#[^\r\n]*", gap)]


def _leaves(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Listing):
        for item in opened(node).items:
            yield from _leaves(item)
    else:
        for key, value in opened(node).entries:
            yield key
            yield from _leaves(value)
