"""A drawing of a worksheet (DrawingML) → its text boxes, pictures and diagrams, each at the cell where it begins."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from gkdir.read.archive import Archive
from gkdir.read.grid import visible
from gkdir.read.package import Relation, relations

_ANCHORS = frozenset(("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
PICTURE = "图片"
_KINDS = {"sp": "文本框", "pic": PICTURE, "graphicFrame": "图示"}

_SEPARATE_PARTS = {"diagramData": "图示", "chart": "图表"}


class Drawn(Struct):
    """An object. ``control`` is the number of the form control that it represents, or empty."""

    row: int
    column: int
    kind: str
    text: str = ""
    control: str = ""
    pieces: list[str] = field(default_factory=list)


def drawn(archive: Archive, part: str) -> list[Drawn]:
    """The pictures, controls and objects with text, then diagrams. :raises Unreadable: broken, or too large"""
    reading = _DrawingReading()
    archive.parse(part, reading.start, reading.end, reading.text)
    found = [one for one in reading.found if one.text or one.kind == PICTURE or one.control]
    return found + diagrams(archive, relations(archive, part))


def diagrams(archive: Archive, related: Iterable[Relation]) -> list[Drawn]:
    """The texts of diagrams and charts, which are in parts of their own. Raises like :func:`drawn`."""
    found: list[Drawn] = []
    for relation in related:
        if relation.kind in _SEPARATE_PARTS and relation.path in archive:
            diagram = _DrawingReading(Drawn(0, 0, _SEPARATE_PARTS[relation.kind]))
            archive.parse(relation.path, diagram.start, diagram.end, diagram.text)
            found += [one for one in diagram.found if one.text]
    return found


class _DrawingReading:
    def __init__(self, whole: Drawn | None = None) -> None:
        self.found: list[Drawn] = []
        self._whole = whole
        self._open: list[Drawn] = [whole] if whole else []
        self._within: list[str] = []
        self._position = {"row": 0, "col": 0}
        self._fallback = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self._within.append(tag)
        if tag == "Fallback" or self._fallback:
            self._fallback += 1
        elif tag in _ANCHORS:
            self._position = {"row": -1, "col": -1}
        elif tag in _KINDS:
            self._open.append(Drawn(self._position["row"] + 1, self._position["col"] + 1, _KINDS[tag]))
        elif not self._open:
            return
        elif tag == "compatExt":
            self._open[-1].control = attributes.get("spid", "")
        elif tag == "cNvPr" and self._open[-1].kind == PICTURE:
            self._open[-1].text = visible(attributes.get("descr", "")).strip()
        elif tag == "br":
            self._open[-1].pieces.append("\n")

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._within.pop()
        if self._fallback:
            self._fallback -= 1
        elif not self._open:
            return
        elif tag == "p":
            self._open[-1].pieces.append("\n")
        elif tag in _KINDS or (self._whole and not self._within):
            one = self._open.pop()
            one.text = one.text or visible("".join(one.pieces)).strip()
            self.found.append(one)

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._fallback or not self._within:
            return
        if self._within[-1] == "t" and self._open:
            self._open[-1].pieces.append(data)
        elif self._within[-1] in self._position and self._within[-2:-1] == ["from"] and data.strip().isdecimal():
            self._position[self._within[-1]] = int(data.strip()[:7])
