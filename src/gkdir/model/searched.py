"""A published file → its texts with long numbers, perhaps a person's, and the parts that only people can check."""

from __future__ import annotations

from msgspec import Struct

from gkdir.finding import Place


class Passage(Struct, frozen=True):
    """A piece of text as a reader would see it: lines of a file, a cell, or a part of an office file.

    ``again``: it repeats other passages of the file, so that what they hold is not reported twice.
    """

    text: str
    place: Place
    again: bool = False


class Searched(Struct, frozen=True, cache_hash=True):
    """A file that is published: what of it holds long numbers, and its parts that only a person can look into."""

    place: Place
    passages: tuple[Passage, ...]
    unseen: tuple[str, ...] = ()
