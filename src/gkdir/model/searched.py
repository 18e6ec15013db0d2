"""What a published file has that needs checking: passages with long numbers, and parts that programs cannot read."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Place


class Passage(Struct, frozen=True):
    """A piece of text as a reader would see it: lines of a file, a cell, or a part of an office file.

    ``again``: it repeats other passages of the file, so that nothing is reported twice.
    """

    text: str
    place: Place
    again: bool = False


class Searched(Struct, frozen=True, cache_hash=True):
    """A published file: its passages with long numbers, and the names of parts that only people can read."""

    place: Place
    passages: tuple[Passage, ...]
    unseen: tuple[str, ...] = ()
