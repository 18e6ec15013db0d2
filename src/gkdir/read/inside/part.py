"""The values found inside a file, and the limits on the time and memory for finding them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from gkdir.read.longnumber import LONG_NUMBER

BYTES = 64 << 20
"""Bytes of a file and of all that is unpacked of it, however deep: a form has far fewer."""
PARTS = 4_000
DEPTH = 5
_PIECE = re.compile("[^\t\r\n]+")


class InsideText(Struct, frozen=True):
    """A text, with what its place is called. ``again``: it repeats, at least in part, what was given before.

    ``heading`` is that of the column of a cell that holds nothing but figures: it says what they are.
    """

    text: str
    where: str | None = None
    cell: str | None = None
    again: bool = False
    heading: str = ""


def not_repeated(found: Iterable[InsideText], headed: Collection[str]) -> Iterator[InsideText]:
    """The texts without what ``headed`` cells say, which is given with their headings already."""
    for text in found:
        left = text.text
        if headed:
            left = _PIECE.sub(lambda piece: "" if piece[0].strip() in headed else piece[0], left)
        if not text.again:
            yield text
        elif LONG_NUMBER.search(left):
            yield replace(text, text=left)


class Unseen(Struct, frozen=True):
    """A part that only a person can look into, as people call it."""

    what: str


Looked = Iterator[InsideText | Unseen]
Look = Callable[[bytes, str], Looked]
"""Looks into what lies within: its bytes, and what it is called."""


class TooMuch(Exception):
    """The budget is spent."""


class Budget:
    """What is left to be spent on one file: bytes, parts, and levels of files within files."""

    def __init__(self) -> None:
        self.bytes = BYTES
        self.parts = PARTS
        self.depth = DEPTH

    def spend(self, size: int) -> None:
        """Take a part of ``size`` bytes from what is left. :raises TooMuch: there is not so much left"""
        self.bytes -= size
        self.parts -= 1
        if self.bytes < 0 or self.parts < 0:
            raise TooMuch

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level down. :raises TooMuch: that is too deep"""
        self.depth -= 1
        try:
            if self.depth < 0:
                raise TooMuch
            yield
        finally:
            self.depth += 1
