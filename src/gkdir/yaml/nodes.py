"""The nodes of a YAML file: what was written, what it means, and the place of every key and value."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from gkdir.finding import Place


class Scalar(Struct, frozen=True):
    """One word or text: ``text`` as written, ``value`` what it means (only null, true, false and whole numbers)."""

    text: str
    value: str | int | bool | None
    place: Place
    key: Place
    """Where its key was written; its own place where it has none (in a list)."""

    @property
    def blank(self) -> bool:
        """Whether nothing was written: ``电话:`` or ``电话: ""``."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class Listing(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    place: Place
    key: Place

    @property
    def blank(self) -> bool:
        """A list that was written is never blank, even when empty: ``[]`` says that there is none."""
        return False


class Branch(Struct, frozen=True):
    """A mapping: keys with their values, in order, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    key: Place
    by_key: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    """Made of ``entries``."""

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

    def place_of(self, key: str) -> Place:
        """Where that key, which must be there, was written."""
        return self.by_key[key][0].place


Node = Scalar | Listing | Branch
Path = tuple[str | int, ...]


def steps(root: Node, location: Path) -> Path:
    """Those parts of ``location`` that lead somewhere in the tree; a last key that is missing is kept."""
    found: list[str | int] = []
    node: Node | None = root
    for index, step in enumerate(location):
        child = child_of(node, step) if node is not None else None
        if child is not None:
            node = child
            found.append(step)
        elif index == len(location) - 1 and isinstance(node, Branch) and isinstance(step, str):
            found.append(step)
    return tuple(found)


def child_of(node: Node, step: str | int) -> Node | None:
    """The node one step below, by key or by index."""
    if isinstance(node, Branch) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def node_at(root: Node, path: Path) -> Node | None:
    """The node at the end of ``path``."""
    node: Node | None = root
    for step in path:
        node = child_of(node, step) if node is not None else None
    return node


def without(root: Node, paths: set[Path]) -> Node | None:
    """The tree without the nodes at ``paths``; ``None`` when the root itself is one of them."""
    return _without(root, paths, ())


def _without(node: Node, paths: set[Path], here: Path) -> Node | None:
    if here in paths:
        return None
    if isinstance(node, Branch):
        kept = ((key, _without(child, paths, (*here, key.text))) for key, child in node.entries)
        return replace(node, entries=tuple((key, child) for key, child in kept if child is not None))
    if isinstance(node, Listing):
        items = (_without(child, paths, (*here, index)) for index, child in enumerate(node.items))
        return replace(node, items=tuple(child for child in items if child is not None))
    return node
