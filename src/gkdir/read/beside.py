"""Objects of a worksheet (comments, text boxes, pictures, controls) → flaws, or texts of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gkdir.finding import TroubleKind, Unreadable
from gkdir.read.archive import Archive
from gkdir.read.building import GridBuilder
from gkdir.read.comments import comments
from gkdir.read.controls import Control, named, settle
from gkdir.read.drawing import PICTURE, drawn
from gkdir.read.grid import Flaw
from gkdir.read.package import Relation, relations
from gkdir.read.placedcontrols import PlacedControl
from gkdir.read.properties import Properties, activex, form_control
from gkdir.read.vml import Shape, shapes
from gkdir.read.worksheet import Worksheet

_BOXES = frozenset(("Checkbox", "Radio"))
_SILENT = frozenset(("Note", "Button", "Spin", "Scroll", "Dialog", "CommandButton"))
_EMBEDDED = ("oleObject", "package")
"""Files of other programs: a table of Word."""
_CALLED = {"Drop": "下拉框控件", "List": "列表控件"}
_CHOSEN = dict.fromkeys(_CALLED, "选了什么，文件里没有写成文字")
_DIGITS = re.compile(r"(\d+)\Z")


def beside(archive: Archive, part: str, sheet: Worksheet, builder: GridBuilder) -> None:
    """Add the objects of the sheet ``part`` to its ``builder``.

    :raises Unreadable: broken, or too large
    """
    found = relations(archive, part)
    if not found:
        return
    comments(archive, found, builder)
    for relation in found:
        if relation.kind in _EMBEDDED:
            builder.beside(0, 0, "嵌入的对象", relation.path.rpartition("/")[2])
    labels = _drawings(archive, found, builder)
    controls = _Controls(_properties(archive, found, sheet), labels, builder)
    for path in _parts(archive, found, "vmlDrawing"):
        for shape in _shapes(archive, path, builder):
            controls.shape(shape)
    controls.rest(sheet.controls.found.values())
    settle(controls.boxes, builder)


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
                builder.beside(one.row, one.column, one.kind, one.text)
    return labels


class _Controls:
    """The form controls of a sheet: check boxes are read, others with texts are reported."""

    def __init__(self, known: dict[str, Properties], labels: dict[str, str], builder: GridBuilder) -> None:
        self.boxes: list[Control] = []
        self._known, self._labels, self._builder = known, labels, builder

    def shape(self, shape: Shape) -> None:
        """A shape of the drawing where controls lie."""
        properties = self._known.pop(_number(shape.id), None)
        kind = properties.kind if properties and properties.kind else shape.kind
        if kind in _BOXES:
            self._box(shape, properties, self._labels.get(_number(shape.id), ""))
        elif kind in _SILENT or not shape.row:
            return
        elif text := (properties.value if properties else "") or shape.text or _CHOSEN.get(kind, ""):
            self._builder.beside(shape.row, shape.column, _CALLED.get(kind, "文本框"), text)
        elif shape.picture and properties is None:
            self._builder.picture_at(shape.row, shape.column, "")

    def rest(self, placed: Iterable[PlacedControl]) -> None:
        """Controls that are not in a drawing, at the place given in the sheet."""
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
    read: dict[str, Properties] = {}  # by path: a hostile list may repeat one part endlessly
    for placed in sheet.controls.found.values():
        relation = parts.get(placed.relation)
        if relation is None or relation.kind not in ("ctrlProp", "control"):
            continue
        if relation.path not in read:
            reader = form_control if relation.kind == "ctrlProp" else activex
            read[relation.path] = reader(archive, relation.path)
        by_shape[placed.shape] = read[relation.path]
    return by_shape
