"""Part, the base of every shape: a mapping of the file that knows its places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from gkdir.finding import Place
from gkdir.model.item import Written
from gkdir.yaml.lookalike import meant_as_mapping
from gkdir.yaml.nodes import Branch, Node, Scalar

INTERNAL = frozenset(("责任人", "审核人", "核对人"))
"""Keys that may be written and go no further: who answers for it inside the office (R5.1)."""


class Part(Struct, frozen=True, kw_only=True):
    """A mapping of the file, without what could not be read.

    Keys that were left blank count as missing, except those in ``blanks``.
    """

    called: ClassVar[str] = ""
    """Its title in the JSON Schema."""
    blanks: ClassVar[frozenset[str]] = frozenset()

    branch: Branch

    @property
    def place(self) -> Place:
        """Where the mapping's own key is, or the mapping itself where it is in a list."""
        return self.branch.key

    def node(self, key: str) -> Node | None:
        """What was written under ``key``."""
        return self.branch.get(key)

    def key_place(self, key: str) -> Place:
        """Where ``key`` was written, or the mapping's own place."""
        node = self.node(key)
        return node.key if node is not None else self.place

    def written(self) -> Mapping[str, Written]:
        """Every key that was given and is not internal: a text at its value, anything else at its key."""
        return {
            key.text: Written(node.text.strip(), node.place) if isinstance(node, Scalar) else Written("", node.key)
            for key, node in self.branch.entries
            if not node.blank and key.text not in INTERNAL
        }


class Unfit(Exception):
    """A value that is left out; what is wrong in it has been reported."""


class Misfit(Unfit):
    """A value that is not what it should be: where, what is wrong and what to do."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.place, self.message, self.hint = place, message, hint


def wrong(node: Node | Written, message: str, hint: str = "") -> Misfit:
    """The error of a value that is not what it should be."""
    return Misfit(node.place, message, hint)


def not_a_mapping(node: Node) -> Misfit:
    """The error of a text or list where a mapping belongs; a look-alike of YAML's marks that made it one is named."""
    hint = "请把内容写在下一行，缩进两个空格，每行一个“键: 值”。"
    odd = meant_as_mapping(node.text) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    return wrong(node, f"这里要写成“键: 值”的形式。{odd.message if odd else ''}", odd.hint if odd else hint)
