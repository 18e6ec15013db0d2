"""Texts, and what looks for something within lines → what it finds, each line looked at once in a run.

The guides and forms of one province have most lines in common.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

Found = TypeVar("Found")
_MOST = 1 << 14


class ByLines(Generic[Found]):
    """``look`` gets lines that were not seen so far, as one text, and tells where what is; never across lines."""

    def __init__(self, look: Callable[[str], Iterator[tuple[int, Found]]]) -> None:
        self._look = look
        self._seen: dict[str, tuple[tuple[int, Found], ...]] = {}

    def found(self, text: str) -> Iterator[tuple[int, Found]]:
        """Where what is found in the text."""
        lines = text.split("\n")
        if len(self._seen) > _MOST:
            self._seen.clear()
        self._see([line for line in dict.fromkeys(lines) if line not in self._seen])
        start = 0
        for line in lines:
            for at, found in self._seen[line]:
                yield start + at, found
            start += len(line) + 1

    def _see(self, lines: list[str]) -> None:
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        found: dict[int, list[tuple[int, Found]]] = {}
        for at, one in self._look("\n".join(lines)) if lines else ():
            number = bisect_right(starts, at) - 1
            found.setdefault(number, []).append((at - starts[number], one))
        for number, line in enumerate(lines):
            self._seen[line] = tuple(found.get(number, ()))
