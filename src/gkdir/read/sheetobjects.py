"""The objects on a worksheet (comments, text boxes, pictures, form controls) → flaws at cells, or texts of cells."""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Iterable

from msgspec import Struct, field

from gkdir.finding import TroubleKind, Unreadable
from gkdir.read.archive import Archive, Handlers, feed
from gkdir.read.building import GridBuilder
from gkdir.read.controls import Control, PlacedControl, named, write_boxes
from gkdir.read.drawing import PICTURE, drawn
from gkdir.read.grid import Flaw, position, visible
from gkdir.read.package import Relation, addresses, relations
from gkdir.read.worksheet import Worksheet

_TEXT_TAGS = ("t", "text")
"""The elements with the words: runs, or in a threaded comment the text itself."""


def comments(archive: Archive, relations: tuple[Relation, ...], builder: GridBuilder) -> None:
    """Report every comment of the sheet that has these ``relations``. :raises Unreadable: broken or too large"""
    found: dict[str, list[str]] = {}
    paths = dict.fromkeys((one.kind, one.path) for one in relations if one.path in archive)
    for kind, path in paths:
        if kind == "threadedComment":
            for cell, text in _read(archive, path, "threadedComment"):
                found.setdefault(cell, []).append(text)
    threads = set(found)  # the same texts are repeated as plain comments for programs without threads
    for kind, path in paths:
        if kind == "comments":
            for cell, text in _read(archive, path, "comment"):
                if cell not in threads:
                    found.setdefault(cell, []).append(text)
    for cell, texts in found.items():
        row, column = position(cell.partition(":")[0])
        builder.text_in_object(row, column, "批注", "\n".join(filter(str.strip, texts)))


def _read(archive: Archive, part: str, wanted: str) -> list[tuple[str, str]]:
    """The name of the cell and the text of each ``wanted`` element."""
    found: list[tuple[str, str]] = []
    pieces: list[str] = []
    cell = ""
    within: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        within.append(tag)
        if tag == wanted:
            cell = attributes.get("ref", "")
            pieces.clear()

    def end(tag: str) -> None:
        within.pop()
        if tag == wanted:
            found.append((cell, "".join(pieces)))

    def text(data: str) -> None:
        if within and within[-1] in _TEXT_TAGS:
            pieces.append(data)

    archive.parse(part, start, end, text)
    return found


_UNCLOSED = re.compile(rb"<(br|hr)\s*>", re.IGNORECASE)
_SHAPES = frozenset(("shape", "rect", "roundrect", "oval", "line", "polyline"))
_NUMBER = re.compile(r"-?\d{1,9}")


class Shape(Struct):
    """A shape. ``kind`` is the object type in the file: ``Checkbox``, ``Radio``, ``Note``, ``Pict`` …

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
    """The shapes of the part, in its order. :raises Unreadable: it cannot be parsed even leniently"""
    try:
        return _VmlReading().run(archive, archive.read(part))
    except Unreadable:  # programs write HTML into it that is not well-formed XML
        return _VmlReading().run(archive, _UNCLOSED.sub(rb"<\1/>", archive.read(part)))


class _VmlReading:
    def __init__(self) -> None:
        self._found: list[Shape] = []
        self._open: list[Shape] = []
        self._within: list[str] = []
        self._texts: list[str] = []

    def run(self, archive: Archive, data: bytes) -> list[Shape]:
        feed(iter((data,)), archive.elements, Handlers(self._start, self._end, self._text))
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
    """Move the anchor of a box that begins at the very end of a row to the next row, where the box is."""
    if anchor[6] == anchor[2] + 1 and anchor[7] >= 10 and shape.kind in ("Checkbox", "Radio"):
        shape.row, shape.offset = anchor[6] + 1, (0, shape.offset[1])


_CLASSES = {
    "8BD21D40-EC42-11CE-9E0D-00AA006002F3": "Checkbox",
    "8BD21D50-EC42-11CE-9E0D-00AA006002F3": "Radio",
    "8BD21D60-EC42-11CE-9E0D-00AA006002F3": "Checkbox",  # a button that stays pressed
    "8BD21D10-EC42-11CE-9E0D-00AA006002F3": "Text",
    "8BD21D20-EC42-11CE-9E0D-00AA006002F3": "List",
    "8BD21D30-EC42-11CE-9E0D-00AA006002F3": "Drop",
    "978C9E23-D4B0-11CE-BF2D-00AA003F40D0": "Label",
}
_KINDS = {"CheckBox": "Checkbox", "Radio": "Radio", "Drop": "Drop", "List": "List", "Label": "Label", "Edit": "Text"}
_STATES = {"0": False, "1": True, "-1": True, "False": False, "True": True}
_SIZES = (4, 4, 4, 4, 1, 1, 1, 1, 0, 2, 4, 2, 2, 2, 2, 2, 1, 1, 1, 0, 1, 1, 4, 4, 4, 4, 4, 2, 2, 2, 0, 0, 4)
"""Bytes of each property of a control's binary form, by the bit that says that it is there ([MS-OFORMS] 2.2.5)."""
_SIZE, _VALUE, _CAPTION = 8, 22, 23


class Properties(Struct, frozen=True):
    """The properties of a control. ``checked`` is ``None`` if the file does not say; ``value`` is a text box's text."""

    kind: str
    checked: bool | None = None
    label: str = ""
    value: str = ""


def form_control(archive: Archive, part: str) -> Properties:
    """The properties in a part of ``ctrlProps``. :raises Unreadable: it is broken"""
    found = Properties("")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal found
        if tag == "formControlPr":
            kind = attributes.get("objectType", "")
            state = {"Checked": True, "Unchecked": False, "Mixed": None}
            found = Properties(_KINDS.get(kind, kind), state.get(attributes.get("checked", "Unchecked")))

    archive.parse(part, start)
    return found


def activex(archive: Archive, part: str) -> Properties:
    """The properties in a part of ``activeX``. :raises Unreadable: it is broken"""
    kind = persistence = ""
    stated: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal kind, persistence
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "ocx":
            kind = _CLASSES.get(plain.get("classid", "").strip("{}").upper(), "")
            persistence = plain.get("persistence", "")
        elif tag == "ocxPr":
            stated[plain.get("name", "")] = plain.get("value", "")

    archive.parse(part, start)
    if persistence == "persistStreamInit":
        for relation in relations(archive, part):
            if relation.kind == "activeXControlBinary" and relation.path in archive:
                stated = _stream(archive.read(posixpath.normpath(relation.path)))
    value = stated.get("Value", "")
    return Properties(kind, _STATES.get(value), stated.get("Caption", ""), value)


def _stream(data: bytes) -> dict[str, str]:
    """The value and the caption in the binary form of a control; empty if it has another format."""
    try:
        return _strings(data[16:])
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _strings(data: bytes) -> dict[str, str]:
    minor, major, _, mask = struct.unpack_from("<BBHQ", data)
    if (minor, major) != (0, 2):
        return {}
    at, lengths = 12, {}
    for bit, size in enumerate(_SIZES):
        if size and mask >> bit & 1:
            at += -at % size
            if bit in (_VALUE, _CAPTION):
                lengths[bit] = struct.unpack_from("<I", data, at)[0]
            at += size
    at += -at % 4
    at += 8 if mask >> _SIZE & 1 else 0
    found: dict[str, str] = {}
    for bit, name in ((_VALUE, "Value"), (_CAPTION, "Caption")):
        if bit in lengths:
            length, compressed = lengths[bit] & 0x7FFF_FFFF, lengths[bit] >> 31
            piece = data[at : at + length]
            if length > 10_000 or len(piece) < length:
                return {}
            found[name] = piece.decode("latin-1" if compressed else "utf-16-le")
            at += length + -length % 4
    return found


_BOXES = frozenset(("Checkbox", "Radio"))
_SILENT = frozenset(("Note", "Button", "Spin", "Scroll", "Dialog", "CommandButton"))
_EMBEDDED = ("oleObject", "package")
"""Files of other programs: a table of Word."""
_NAMES = {"Drop": "下拉框控件", "List": "列表控件"}
_CHOICE_UNKNOWN = dict.fromkeys(_NAMES, "选了什么，文件里没有写成文字")
_DIGITS = re.compile(r"(\d+)\Z")


def add_objects(archive: Archive, part: str, sheet: Worksheet, builder: GridBuilder) -> None:
    """Add the objects of the sheet ``part`` to its ``builder``.

    :raises Unreadable: broken, or too large
    """
    _links(archive, part, sheet, builder)
    found = relations(archive, part)
    if not found:
        return
    comments(archive, found, builder)
    for relation in found:
        if relation.kind in _EMBEDDED:
            builder.text_in_object(0, 0, "嵌入的对象", relation.path.rpartition("/")[2])
    labels = _drawings(archive, found, builder)
    controls = _Controls(_properties(archive, found, sheet), labels, builder)
    for path in _parts(archive, found, "vmlDrawing"):
        for shape in _shapes(archive, path, builder):
            controls.shape(shape)
    controls.rest(sheet.controls.found.values())
    write_boxes(controls.boxes, builder)


def _links(archive: Archive, part: str, sheet: Worksheet, builder: GridBuilder) -> None:
    """Pass the cells' hyperlinks to the builder."""
    known = addresses(archive, part) if sheet.links else {}
    for cell, id_ in sheet.links:
        builder.linked(*position(cell.partition(":")[0]), known.get(id_, ""))


def _drawings(archive: Archive, found: tuple[Relation, ...], builder: GridBuilder) -> dict[str, str]:
    """Report drawn objects; return the texts of form controls by the number of their shape."""
    labels: dict[str, str] = {}
    for path in _parts(archive, found, "drawing"):
        for one in drawn(archive, path):
            if one.control:
                labels[_number(one.control)] = one.text
            elif one.kind == PICTURE:
                builder.picture_at(one.row, one.column, one.text)
            else:
                builder.text_in_object(one.row, one.column, one.kind, one.text)
    return labels


class _Controls:
    """The form controls of a sheet: check boxes are read, others with texts are reported."""

    def __init__(self, known: dict[str, Properties], labels: dict[str, str], builder: GridBuilder) -> None:
        self.boxes: list[Control] = []
        self._known, self._labels, self._builder = known, labels, builder

    def shape(self, shape: Shape) -> None:
        """Take a shape of the drawing that contains the controls."""
        properties = self._known.pop(_number(shape.id), None)
        kind = properties.kind if properties and properties.kind else shape.kind
        if kind in _BOXES:
            self._box(shape, properties, self._labels.get(_number(shape.id), ""))
        elif kind in _SILENT or not shape.row:
            return
        elif text := (properties.value if properties else "") or shape.text or _CHOICE_UNKNOWN.get(kind, ""):
            self._builder.text_in_object(shape.row, shape.column, _NAMES.get(kind, "文本框"), text)
        elif shape.picture and properties is None:
            self._builder.picture_at(shape.row, shape.column, "")

    def rest(self, placed: Iterable[PlacedControl]) -> None:
        """Take the controls that are not in a drawing, at the place given in the sheet."""
        for one in placed:
            properties = self._known.get(one.shape)
            if properties is not None and properties.kind in _BOXES:
                self._box(
                    Shape("", row=one.row + 1, column=one.column + 1), properties, self._labels.get(one.shape, "")
                )

    def _box(self, shape: Shape, known: Properties | None, label: str) -> None:
        text = named(label or shape.text or (known.label if known else ""))
        checked = shape.checked if known is None else known.checked
        self.boxes.append(Control(shape.row, shape.column, shape.offset, text, checked))


def _parts(archive: Archive, found: tuple[Relation, ...], kind: str) -> list[str]:
    return list(dict.fromkeys(one.path for one in found if one.kind == kind and one.path in archive))


def _number(id_: str) -> str:
    """The number of a shape: _x0000_s1025 → 1025."""
    match = _DIGITS.search(id_[-20:])
    return match[1] if match else id_


def _shapes(archive: Archive, path: str, builder: GridBuilder) -> list[Shape]:
    try:
        return shapes(archive, path)
    except Unreadable:
        message = "这张工作表上的控件和文本框读不出来，里面的字和勾选没有读。"
        builder.flaw(Flaw(0, 0, message, "请打开文件核对：勾选的写成文字，再删去控件。", TroubleKind.WRONG_VALUE))
        return []


def _properties(archive: Archive, found: tuple[Relation, ...], sheet: Worksheet) -> dict[str, Properties]:
    """The properties of the controls, by the number of the control's shape."""
    parts = {relation.id: relation for relation in found if relation.path in archive}
    by_shape: dict[str, Properties] = {}
    read: dict[str, Properties] = {}  # by path: a hostile list may repeat one part many times
    for placed in sheet.controls.found.values():
        relation = parts.get(placed.relation)
        if relation is None or relation.kind not in ("ctrlProp", "control"):
            continue
        if relation.path not in read:
            reader = form_control if relation.kind == "ctrlProp" else activex
            read[relation.path] = reader(archive, relation.path)
        by_shape[placed.shape] = read[relation.path]
    return by_shape
