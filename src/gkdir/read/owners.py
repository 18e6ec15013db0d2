"""The files of a project → the person responsible for each place: the 责任人 written nearest to it.

责任人 is for internal use: it is not part of a county's values, so no page can show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.yaml.front_matter import read_headed
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.parse import read_yaml

_OWNER = "责任人"


class OwnedLines(Struct, frozen=True):
    """The lines ``first`` to ``last`` of a file, for which ``owner`` is responsible."""

    first: int
    last: int
    owner: str


def owner_of(place: Place) -> str:
    """The person named in the smallest part of the file around the place; empty if none is named."""
    line = place.line or 1
    around = [lines for lines in _owned_lines(place.file) if lines.first <= line <= lines.last]
    return min(around, key=lambda lines: lines.last - lines.first).owner if around else ""


@lru_cache(maxsize=256)
def _owned_lines(file: str) -> tuple[OwnedLines, ...]:
    path = Path(file)
    try:
        if path.suffix == ".md":
            owner = _owner(read_headed(path, file, "", "").head)
            return (OwnedLines(1, 1_000_000, owner),) if owner else ()
        if path.suffix in (".yaml", ".yml"):
            return tuple(_within(read_yaml(path, file).root, 1, 1_000_000))
    except Unreadable:
        pass  # a finding reports it
    return ()


def _within(node: Node, first: int, last: int) -> Iterator[OwnedLines]:
    """The owned lines in ``node``, which spans the lines ``first`` to ``last``."""
    if isinstance(node, Branch):
        if owner := _owner(node):
            yield OwnedLines(first, last, owner)
        nodes = [(key.place.line or first, child) for key, child in node.entries]
    elif isinstance(node, Listing):
        nodes = [(child.place.line or first, child) for child in node.items]
    else:
        return
    ends = (*(line - 1 for line, _ in nodes[1:]), last)
    for (line, child), end in zip(nodes, ends, strict=False):  # without nodes there is still one end
        yield from _within(child, line, max(line, end))


def _owner(node: Node) -> str:
    node_of = node.get(_OWNER) if isinstance(node, Branch) else None
    return " ".join(node_of.text.split()) if isinstance(node_of, Scalar) and not node_of.blank else ""
