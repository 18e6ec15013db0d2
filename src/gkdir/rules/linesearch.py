"""Texts, and a search within lines → what it finds; a line that many counties have is searched once in a run.

The guides and forms of a province have most lines in common.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, filterfalse
from typing import Generic, TypeVar

Found = TypeVar("Found")
_MOST = 1 << 12
"""The most lines that are kept for the next texts: the first ones, mostly those of the nation and a province."""


class LineSearch(Generic[Found]):
    """A search that remembers lines.

    ``look`` gets new lines as one text and yields (offset, result); a result must not depend on other lines.
    """

    def __init__(self, look: Callable[[str], Iterator[tuple[int, Found]]]) -> None:
        self._look = look
        self._seen: dict[str, None] = {}
        self._found: dict[str, tuple[tuple[int, Found], ...]] = {}
        """Line → results, only for the few lines that have any."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Search the new lines of all texts at once, which is faster than text by text."""
        # the newest lines are forgotten: only one county has them
        while len(self._seen) > _MOST:
            self._found.pop(self._seen.popitem()[0], None)
        new: dict[str, None] = {}
        for text in texts:
            new |= dict.fromkeys(filterfalse(self._seen.__contains__, text.split("\n")))
        self._search_lines(list(new))

    def found(self, text: str) -> Iterator[tuple[int, Found]]:
        """(offset, result) for everything that is found in the text."""
        lines = text.split("\n")
        if not all(map(self._seen.__contains__, lines)):
            self.prepare((text,))
        if self._found.keys().isdisjoint(lines):
            return
        start = 0
        for line in lines:
            for at, found in self._found.get(line, ()):
                yield start + at, found
            start += len(line) + 1

    def _search_lines(self, lines: list[str]) -> None:
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        found: dict[str, list[tuple[int, Found]]] = {}
        for at, one in self._look("\n".join(lines)) if lines else ():
            number = bisect_right(starts, at) - 1
            found.setdefault(lines[number], []).append((at - starts[number], one))
        self._seen |= dict.fromkeys(lines)
        self._found |= {line: tuple(each) for line, each in found.items()}
