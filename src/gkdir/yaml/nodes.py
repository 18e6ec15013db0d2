"""The nodes of a parsed YAML file: text and value, the place of every key and value, and their spans.

``start`` and ``end`` are offsets in the text, for editing it; a collection that is ``flow`` is in brackets, and
``column``, from 0, is that of the keys or dashes of one that is not.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from gkdir.finding import Place


class Scalar(Struct, frozen=True):
    """A scalar: ``text`` as written; ``value`` is the same text, or null, true, false or a whole number."""

    text: str
    value: str | int | bool | None
    place: Place
    key: Place
    """Where its key was written; its own place if it has none (in a list)."""
    start: int = 0
    end: int = 0
    style: str = ""
    """Its quote or block indicator; empty if it is plain."""

    @property
    def absent(self) -> bool:
        """Whether there is no value: nothing at all, ``~`` or ``null``."""
        return self.value is None

    @property
    def blank(self) -> bool:
        """Whether nothing was written: ``电话:`` or ``电话: ""``."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class Listing(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    place: Place
    key: Place
    start: int = 0
    end: int = 0
    flow: bool = False
    column: int = 0
    inner: int = 0
    """By how many characters its children have moved; applied by ``opened``."""

    @property
    def blank(self) -> bool:
        """A list that was written is never blank, even when empty: ``[]`` says that there is none."""
        return False


class Branch(Struct, frozen=True):
    """A mapping: keys with their values, in order, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    key: Place
    start: int = 0
    end: int = 0
    flow: bool = False
    column: int = 0
    inner: int = 0
    by_key: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    """Derived from ``entries``."""

    def __post_init__(self) -> None:
        force_setattr(self, "by_key", {entry[0].text: entry for entry in self.entries})

    @property
    def blank(self) -> bool:
        """A mapping is blank when it is empty."""
        return not self.entries

    def get(self, key: str) -> Node | None:
        """The value of that key."""
        entry = self.by_key.get(key)
        return entry[1] if entry else None


Node = Scalar | Listing | Branch
Kind = TypeVar("Kind", bound=Scalar | Listing | Branch)
Step = str | int
Path = tuple[Step, ...]


def moved(node: Kind, by: int) -> Kind:
    """The node with its offsets moved by ``by`` characters; its children are moved when it is ``opened``."""
    if not by:
        return node
    if isinstance(node, Scalar):
        return replace(node, start=node.start + by, end=node.end + by)
    return replace(node, start=node.start + by, end=node.end + by, inner=node.inner + by)


def opened(node: Kind) -> Kind:
    """The node with the offsets of its direct children brought up to date."""
    if isinstance(node, Scalar) or not node.inner:
        return node
    if isinstance(node, Listing):
        return replace(node, items=tuple(moved(each, node.inner) for each in node.items), inner=0)
    entries = tuple((moved(key, node.inner), moved(value, node.inner)) for key, value in node.entries)
    return replace(node, entries=entries, inner=0)
