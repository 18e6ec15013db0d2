"""The clean HTML of a guide's section → a tree of tags and texts, for Typst."""

from __future__ import annotations

from html.parser import HTMLParser

from msgspec import Struct

SKIPPED = frozenset(("hr",))
ALONE = frozenset(("br",))


class Node(Struct, frozen=True):
    """An element with its ``nodes``, or a ``text`` if ``tag`` is empty."""

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
        self._open: list[tuple[str, list[Node]]] = [("body", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ALONE:
            self._open[-1][1].append(Node(tag))
        elif tag not in SKIPPED:
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1][0] == tag:
            name, nodes = self._open.pop()
            self._open[-1][1].append(Node(name, "", tuple(nodes)))

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split()) if data.strip() else ""
        if text:
            self._open[-1][1].append(Node("", text))

    def result(self) -> tuple[Node, ...]:
        while len(self._open) > 1:
            self.handle_endtag(self._open[-1][0])
        return tuple(self._open[0][1])
