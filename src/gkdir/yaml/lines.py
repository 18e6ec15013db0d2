"""A text and a position → the line around it, or the dash of a list's element, so that single lines can be changed."""

from __future__ import annotations

import re

_BREAK = re.compile(r"\r\n|\r|\n")


class CannotEdit(Exception):
    """The file is valid, but written in a way that cannot be edited automatically: a person must do it."""


def line_start(text: str, at: int) -> int:
    """The start of the line that contains ``at``."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """The end of the line that contains ``at``, including its line break."""
    match = _BREAK.search(text, at)
    return match.end() if match else len(text)


def dash(text: str, column: int, start: int) -> int:
    """The position of the dash, at ``column``, of the element that begins at ``start``."""
    first = line_start(text, start)
    while text[first + column : first + column + 1] != "-":
        if not first:
            raise CannotEdit("an element of a list without a dash")
        first = line_start(text, first - 1)
    return first + column
