"""Part, the base of every shape: a mapping of a file with the places of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.item import Written
from gkdir.yaml.lookalike import meant_as_mapping
from gkdir.yaml.nodes import Branch, Node, Scalar

INTERNAL = frozenset(("责任人", "审核人", "核对人"))
"""Keys for internal use that are read and not published: who is responsible in the office (R5.1)."""


class Part(Struct, frozen=True, kw_only=True):
    """A mapping of a file, without values that could not be read.

    Keys that were left blank count as missing, except those in ``blanks``.
    """

    called: ClassVar[str] = ""
    """Its title in the JSON Schema."""
    blanks: ClassVar[frozenset[str]] = frozenset()

    branch: Branch

    @property
    def place(self) -> Place:
        """The place of the mapping's own key, or of the mapping if it is in a list."""
        return self.branch.key

    def node(self, key: str) -> Node | None:
        """The value of ``key``, ``None`` if it is missing."""
        return self.branch.get(key)

    def key_place(self, key: str) -> Place:
        """The place of ``key``, or of the mapping if the key is missing."""
        node = self.node(key)
        return node.key if node is not None else self.place

    def written(self) -> Mapping[str, Written]:
        """Every filled key that is not internal: a text with the place of the value, others with that of the key."""
        return {
            key.text: Written(node.text.strip(), node.place) if isinstance(node, Scalar) else Written("", node.key)
            for key, node in self.branch.entries
            if not node.blank and key.text not in INTERNAL
        }


class Unfit(Exception):
    """A value is left out, because something in it is wrong, which has been reported."""


class Misfit(Unfit):
    """A value is wrong: its place, what is wrong and what to do."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.place, self.message, self.hint = place, message, hint


def wrong(node: Node | Written, message: str, hint: str = "") -> Misfit:
    """The error for a wrong value."""
    return Misfit(node.place, message, hint)


def not_a_mapping(node: Node) -> Misfit:
    """The error for a text or list in place of a mapping; names a look-alike of YAML's punctuation that caused it."""
    hint = "请把内容写在下一行，缩进两个空格，每行一个“键: 值”。"
    odd = meant_as_mapping(node.text) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    return wrong(node, f"这里要写成“键: 值”的形式。{odd.message if odd else ''}", odd.hint if odd else hint)
