"""The list of form controls in a worksheet's XML → where each lies, and by which relation its part is found."""

from __future__ import annotations

from msgspec import Struct


class PlacedControl(Struct):
    """A control: the number of its shape, its relation, and the cell that it begins at, counted from 0."""

    shape: str
    relation: str
    row: int = 0
    column: int = 0


class PlacedControls:
    """Collects the list, element by element; a control that is written for two kinds of readers counts once."""

    def __init__(self) -> None:
        self.found: dict[str, PlacedControl] = {}
        self._open: PlacedControl | None = None
        self._within: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag within the list opens."""
        self._within.append(tag)
        if tag == "control":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            shape = attributes.get("shapeId", "")
            self._open = None if shape in self.found else self.found.setdefault(shape, PlacedControl(shape, relation))

    def end(self, _: str) -> None:
        """A tag within the list closes."""
        if self._within:
            self._within.pop()

    def text(self, data: str) -> None:
        """Text between the tags."""
        figures = data.strip()
        if self._open is None or self._within[-2:-1] != ["from"] or not figures.isascii() or not figures.isdecimal():
            return
        if self._within[-1] == "row":
            self._open.row = int(figures[:7])
        elif self._within[-1] == "col":
            self._open.column = int(figures[:7])
