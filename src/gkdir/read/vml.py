"""A drawing of old (VML), where form controls and text boxes lie → the shapes that say something, each at its cell."""

from __future__ import annotations

import re

from msgspec import Struct, field

from gkdir.finding import Unreadable
from gkdir.read.archive import Archive, Handlers, feed
from gkdir.read.grid import visible

_UNCLOSED = re.compile(rb"<(br|hr)\s*>", re.IGNORECASE)
_SHAPES = frozenset(("shape", "rect", "roundrect", "oval", "line", "polyline"))
_NUMBER = re.compile(r"-?\d{1,9}")


class Shape(Struct):
    """A shape. ``kind`` is what the program calls it: ``Checkbox``, ``Radio``, ``Note``, ``Pict`` …

    ``anchor`` has the column, row (from 1) and offsets of its top left; all zero if the file does not say.
    """

    id: str
    kind: str = ""
    row: int = 0
    column: int = 0
    offset: tuple[int, int] = (0, 0)
    text: str = ""
    checked: bool | None = False
    picture: bool = False
    pieces: list[str] = field(default_factory=list)


def shapes(archive: Archive, part: str) -> list[Shape]:
    """The shapes of the part, in its order. :raises Unreadable: no reader can make sense of it"""
    try:
        return _VmlReading().run(archive, archive.read(part))
    except Unreadable:  # programs have written HTML into it that is no XML
        return _VmlReading().run(archive, _UNCLOSED.sub(rb"<\1/>", archive.read(part)))


class _VmlReading:
    def __init__(self) -> None:
        self._found: list[Shape] = []
        self._open: list[Shape] = []
        self._within: list[str] = []
        self._texts: list[str] = []

    def run(self, archive: Archive, data: bytes) -> list[Shape]:
        feed(iter((data,)), archive.place, Handlers(self._start, self._end, self._text))
        return self._found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._within.append(tag)
        self._texts.clear()
        if tag in _SHAPES:
            id_ = next((value for key, value in attributes.items() if key.endswith(":spid")), attributes.get("id", ""))
            self._open.append(Shape(id_))
        elif self._open and tag == "ClientData":
            self._open[-1].kind = attributes.get("ObjectType", "")
        elif self._open and tag == "imagedata":
            self._open[-1].picture = True
        elif self._open and tag == "textpath":  # WordArt
            self._open[-1].pieces.append(attributes.get("string", ""))
        elif self._open and tag == "br":
            self._open[-1].pieces.append("\n")

    def _end(self, tag: str) -> None:
        self._within.pop()
        if not self._open:
            return
        shape = self._open[-1]
        if tag in _SHAPES:
            shape.text = visible("".join(shape.pieces)).strip()
            self._found.append(self._open.pop())
        elif tag == "Anchor":
            numbers = [int(number) for number in _NUMBER.findall("".join(self._texts))[:8]]
            if len(numbers) == 8:
                shape.column, shape.row, shape.offset = numbers[0] + 1, numbers[2] + 1, (numbers[3], numbers[1])
                _centred(shape, numbers)
        elif tag == "Checked":
            state = "".join(self._texts).strip()
            shape.checked = {"": True, "1": True, "0": False}.get(state)
        elif tag == "div" and shape.pieces:
            shape.pieces.append("\n")

    def _text(self, data: str) -> None:
        self._texts.append(data)
        if self._open and "textbox" in self._within:
            self._open[-1].pieces.append(" ".join(data.split("\n")))


def _centred(shape: Shape, anchor: list[int]) -> None:
    """A box that begins at the very end of a row, and lies in the next, belongs to that."""
    if anchor[6] == anchor[2] + 1 and anchor[7] >= 10 and shape.kind in ("Checkbox", "Radio"):
        shape.row, shape.offset = anchor[6] + 1, (0, shape.offset[1])
