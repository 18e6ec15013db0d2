"""Steps of a guide → the geometry of a flow chart, one box below the other, with text lines and arrows.

All numbers are units of the drawing; letters are ``LETTER`` units high. The texts repeat the list next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from gkdir.service.guide import StepView

WIDTH = 256
LETTER = 16
_LINE = 22
_LEFT, _RIGHT = 46, 10
_TOP, _BOTTOM = 9, 11
_ARROW = 24
_NARROW = re.compile("[\x00-\u1fff]")
_GAP = re.compile(r"\s+(?=[，。、；：？！）》】”’…])|\s*\n\s*")
_PIECE = re.compile(r"[（《【“‘(]*(?:[A-Za-z0-9.:/~%-]+|.)[，。、；：？！）》】”’…,;!?)]*", re.DOTALL)
"""A unit that is not broken: a character, or a number or Latin word, with its opening and closing marks."""


class FlowText(Struct, frozen=True):
    """One line of text: its class in the stylesheet, its baseline, its words."""

    kind: str
    y: int
    words: str


class Box(Struct, frozen=True):
    """One step: its number, its top and height, its lines. ``arrow`` says whether another follows."""

    number: int
    y: int
    height: int
    texts: tuple[FlowText, ...]
    arrow: bool

    @property
    def middle(self) -> int:
        """The vertical middle, for the number."""
        return self.y + _TOP + _LINE // 2

    @property
    def foot(self) -> int:
        """The bottom edge, where the arrow begins."""
        return self.y + self.height


class Flow(Struct, frozen=True):
    """The drawing: ``height`` units high, ``WIDTH`` wide; ``title`` is its text alternative."""

    title: str
    boxes: tuple[Box, ...]
    height: int
    width: int = WIDTH
    left: int = _LEFT
    arrow: int = _ARROW


def flow(steps: Sequence[StepView]) -> Flow | None:
    """The drawing of the steps; ``None`` if there is only one."""
    if len(steps) < 2:
        return None
    boxes: list[Box] = []
    y = 1
    for number, view in enumerate(steps, 1):
        lines = tuple(_lines(view))
        height = _TOP + len(lines) * _LINE + _BOTTOM
        texts = tuple(
            FlowText(kind, y + _TOP + index * _LINE + LETTER, text) for index, (kind, text) in enumerate(lines)
        )
        boxes.append(Box(number, y, height, texts, number < len(steps)))
        y += height + _ARROW
    names = "，".join(f"{box.number} {view.step.name}" for box, view in zip(boxes, steps, strict=True))
    return Flow(f"办理流程图：{names}", tuple(boxes), y - _ARROW + 1)


def _lines(view: StepView) -> Iterator[tuple[str, str]]:
    limit = view.step.limit.text if view.step.limit else ""
    for kind, text in (("name", view.step.name), ("limit", limit), ("office", view.office or "")):
        for line in balanced(text, WIDTH - _LEFT - _RIGHT):
            yield kind, line


@lru_cache(maxsize=4096)  # offices and steps are called the same in many guides
def balanced(text: str, width: float) -> tuple[str, ...]:
    """The text in as few lines as ``wrapped`` needs, about equally long: none holds a single character."""
    lines = wrapped(text, width)
    while width > 2 * LETTER and len(tighter := wrapped(text, width - LETTER)) == len(lines) > 1:
        width, lines = width - LETTER, tighter
    return lines


def wrapped(text: str, width: float) -> tuple[str, ...]:
    """The text in lines at most ``width`` units long, broken by the rules for Chinese.

    Numbers and Latin words are not broken if they fit in a line; no line begins with a closing mark or ends with an
    opening one.
    """
    lines, used = [""], 0.0
    for piece in _PIECE.findall(" ".join(_GAP.sub("", text).split())):
        for part in (piece,) if measured(piece) <= width else piece:
            wide = measured(part)
            if used + wide > width:
                lines.append("")
                used = 0.0
            lines[-1] += part if lines[-1] else part.lstrip()
            used += wide
    return tuple(filter(None, (line.rstrip() for line in lines)))


def measured(text: str) -> float:
    """The width of a text: a Chinese character is as wide as it is high, a Latin letter or digit at most two thirds."""
    return LETTER * (len(text) - len(_NARROW.findall(text)) / 3)
