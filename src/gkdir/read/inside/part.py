"""The values found inside a file, and the limits on the time and memory for finding them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from gkdir.read.longnumber import LONG_NUMBER

BYTES = 64 << 20
"""The most bytes of a file and of everything unpacked from it, at any depth: a form has far fewer."""
PARTS = 4_000
DEPTH = 5
_PIECE = re.compile("[^\t\r\n]+")


class InsideText(Struct, frozen=True):
    """A text and the name of its place. ``again``: it repeats, at least in part, an earlier one.

    ``heading`` is the column's heading for a cell that holds only digits, because it says what they are.
    """

    text: str
    where: str | None = None
    cell: str | None = None
    again: bool = False
    heading: str = ""


def not_repeated(found: Iterable[InsideText], headed: Collection[str]) -> Iterator[InsideText]:
    """The texts; from repeated ones, what the ``headed`` cells say is removed, as it was given with headings before."""
    for text in found:
        left = text.text
        if headed:
            left = _PIECE.sub(lambda piece: "" if piece[0].strip() in headed else piece[0], left)
        if not text.again:
            yield text
        elif LONG_NUMBER.search(left):
            yield replace(text, text=left)


class Unseen(Struct, frozen=True):
    """A part that only a person can examine, by its name for people."""

    what: str


Looked = Iterator[InsideText | Unseen]
Look = Callable[[bytes, str], Looked]
"""Examines an embedded file: (its bytes, its name for people) → its texts and unseen parts."""


class TooMuch(Exception):
    """The budget is spent."""


class Budget:
    """What may still be read of one file: bytes, parts, and levels of files within files."""

    def __init__(self) -> None:
        self.bytes = BYTES
        self.parts = PARTS
        self.depth = DEPTH

    def spend(self, size: int) -> None:
        """Subtract a part of ``size`` bytes. :raises TooMuch: not enough is left"""
        self.bytes -= size
        self.parts -= 1
        if self.bytes < 0 or self.parts < 0:
            raise TooMuch

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """A context one level deeper. :raises TooMuch: that is too deep"""
        self.depth -= 1
        try:
            if self.depth < 0:
                raise TooMuch
            yield
        finally:
            self.depth += 1
