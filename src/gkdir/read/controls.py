"""Form controls on a sheet, listed in its XML or drawn → the text of their cells: ☑政府网站 □政府公报."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import TroubleKind
from gkdir.read.building import GridBuilder
from gkdir.read.grid import Flaw, Span, letters
from gkdir.read.text import fold


class PlacedControl(Struct):
    """A control: the number of its shape, its relation, and the cell that it begins at, counted from 0."""

    shape: str
    relation: str
    row: int = 0
    column: int = 0


class PlacedControls:
    """Collects the list, element by element; a control that the file repeats for older programs counts once."""

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
        digits = data.strip()
        if self._open is None or self._within[-2:-1] != ["from"] or not digits.isascii() or not digits.isdecimal():
            return
        if self._within[-1] == "row":
            self._open.row = int(digits[:7])
        elif self._within[-1] == "col":
            self._open.column = int(digits[:7])


_DEFAULT = re.compile(r"(?:check ?box|option ?button|复选框|选项按钮|单选按钮|toggle ?button)\s*\d*", re.IGNORECASE)
_MARK = {True: "☑", False: "□"}
_ROW = 1 << 24
"""Larger than any offset within a cell."""
_CHECKS = 1_000_000
_MOST = 100
"""The most boxes on one cell; there are thirteen channels."""
_BY_HAND = "请在文字前面用 ■ 或 □ 写明哪些选中、哪些没有，再删去控件。"


class Control(Struct, frozen=True):
    """One box at a cell, ``offset`` (down, right) within it. ``checked`` is ``None`` if the file does not say."""

    row: int
    column: int
    offset: tuple[int, int]
    label: str
    checked: bool | None


def write_boxes(controls: list[Control], builder: GridBuilder) -> None:
    """Write the boxes' states into the cells they lie over if it is clear which words they tick, else report them."""
    at: dict[tuple[int, int], list[Control]] = defaultdict(list)
    for control in _on_merged(controls, builder.merges):
        at[control.row, control.column].append(control)
    for (row, column), found in sorted(at.items()):
        found.sort(key=lambda control: control.offset)
        text = builder.cells.get((row, column), "")
        unknown = not row or len(found) > _MOST or any(control.checked is None for control in found)
        written = None if unknown else _written(found, text)
        if written is not None:
            builder.put(row, column, written)
            continue
        wording = "、".join(f"{_state(control)}{control.label or '（没有文字）'}" for control in found[:30])
        where = f"单元格 {letters(column)}{row} " if row else "这张工作表"
        message = f"{where}上有 {len(found)} 个复选框控件，不知道选的是哪些文字：{wording}。"
        builder.flaw(Flaw(row, column, message, _BY_HAND, TroubleKind.WRONG_VALUE))


def _state(control: Control) -> str:
    return "？" if control.checked is None else _MARK[control.checked]


def _written(controls: list[Control], text: str) -> str | None:
    """The cell's text with the state of each box before its words; ``None`` if boxes and words cannot be matched.

    For a blank cell, the boxes' labels with their states.
    """
    labelled = [control for control in controls if control.label]
    if not text.strip():
        return "\n".join(_state(control) + control.label for control in controls)
    if len(labelled) == len(controls) and (joined := _with_labels(controls, text)) is not None:
        return joined
    lines = [line for line in text.split("\n") if line.strip()]
    if not labelled and len(lines) == len(controls):
        return "\n".join(_state(control) + line.strip() for control, line in zip(controls, lines, strict=True))
    return None


def _with_labels(controls: list[Control], text: str) -> str | None:
    """The labels with their boxes, if the cell's words are exactly these labels; else ``None``."""
    rest = fold(text)
    for label in sorted((fold(control.label) for control in controls), key=len, reverse=True):
        if label not in rest:
            return None
        rest = rest.replace(label, "\n", 1)
    left = [piece for piece in rest.split("\n") if piece.strip("、,;。. ")]
    return None if left else "\n".join(_state(control) + control.label for control in controls)


def named(label: str) -> str:
    """The label of a box, without a program's default label."""
    label = " ".join(label.split())
    return "" if _DEFAULT.fullmatch(label) else label


def _on_merged(controls: list[Control], merges: list[Span]) -> list[Control]:
    """The controls; those within a merged area are moved to its first cell, which has the text."""
    found = sorted(controls, key=lambda control: control.row)
    rows = [control.row for control in found]
    checks = 0
    for span in merges:
        for index in range(bisect_left(rows, span.top), bisect_right(rows, span.bottom)):
            control = found[index]
            checks += 1
            if span.left <= control.column <= span.right:
                down, right = control.offset
                offset = (control.row - span.top) * _ROW + down, (control.column - span.left) * _ROW + right
                found[index] = replace(control, row=span.top, column=span.left, offset=offset)
        if checks > _CHECKS:
            break
    return found
