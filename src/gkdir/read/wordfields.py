"""The fields of a Word document, as they begin and end → the code of one that has no result, and what that shows."""

from __future__ import annotations

import re

_ENCLOSED = re.compile(r"EQ\s*\\o\s*(?:\\a[clr]\s*)?\(([^,，;；()]{1,20})[,，;；]([^,，;；()]{1,20})\)", re.IGNORECASE)
_FRAMES = "○◯〇□口△◇"
_LONGEST = 2_000
_MOST_PIECES = 200
"""Pieces that a code may be written in; none that is looked at here has more than some twenty."""


class WordFields:
    """The fields that are open, each with its code and whether it has a result."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []
        self._shown = 0  # so many of them, from the outermost, have a result and no code since

    def begin(self) -> None:
        """A field begins."""
        self._open.append([])

    def code(self, text: str) -> None:
        """Some of its code."""
        if self._open and len(self._open[-1]) < _MOST_PIECES:
            self._open[-1].append(text[:_LONGEST])
            self._shown = min(self._shown, len(self._open) - 1)

    def result(self) -> None:
        """Text is shown: the fields that are open have a result."""
        for one in self._open[self._shown :]:
            one.clear()
        self._shown = len(self._open)

    def end(self) -> str:
        """The field ends: its code, if it has no result."""
        code = "".join(self._open.pop()) if self._open else ""
        self._shown = min(self._shown, len(self._open))
        return " ".join(code.split())


def enclosed(code: str) -> str:
    """What a character shows that Word puts into a frame (带圈字符): □ with √ in it is ticked, ○ with 1 is ①."""
    match = _ENCLOSED.search(code)
    if match is None:
        return ""
    frame, inner = (match[1].strip(), match[2].strip()) if match[1].strip() in _FRAMES else (match[2], match[1])
    inner = inner.strip()
    if inner.isascii() and inner.isdecimal() and 1 <= int(inner) <= 20 and frame in "○◯〇":
        return chr(0x245F + int(inner))
    return inner
