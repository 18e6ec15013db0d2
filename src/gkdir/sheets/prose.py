"""The clean HTML of a guide's section → a tree of tags and texts, for Typst."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from msgspec import Struct

_NUMBER = re.compile("[0-9]{1,4}")
BACK = "↩"
"""The link from a footnote back to its place in the text: of no use on paper."""
SKIPPED = frozenset(("hr",))
ALONE = frozenset(("br",))


class Node(Struct, frozen=True):
    """An element with its ``nodes``, or a ``text`` if ``tag`` is empty; the ``text`` of a list is its first number."""

    tag: str
    text: str = ""
    nodes: tuple[Node, ...] = ()


def prose(html: str) -> tuple[Node, ...]:
    """The tree below the body."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.result()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str, list[Node]]] = [("body", "", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ALONE:
            self._open[-1][2].append(Node(tag))
        elif tag not in SKIPPED:
            first = dict(attrs).get("start") or ""
            self._open.append((tag, first if tag == "ol" and _NUMBER.fullmatch(first) else "", []))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1][0] == tag:
            name, first, nodes = self._open.pop()
            self._open[-1][2].append(Node(name, first, tuple(nodes)))

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split()) if data.strip() else ""
        if text and text != BACK:
            self._open[-1][2].append(Node("", text))

    def result(self) -> tuple[Node, ...]:
        while len(self._open) > 1:
            self.handle_endtag(self._open[-1][0])
        return tuple(self._open[0][2])
