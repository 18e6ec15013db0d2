"""A word and the choices → the one that is meant, if that is unambiguous, else the three nearest."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from gkdir.importing.likeness import likeness

MANY = 3
"""The most choices that a hint lists: nobody reads a list of a hundred."""


def meant(word: str, choices: Collection[str]) -> str | None:
    """The only choice that ``word`` can mean, ignoring blanks and widths, or by a part that no other choice has.

    Parts of ``就业 4.1 失业登记`` are its number, its name, and either with the adjacent part.
    """
    bare = _bare(word)
    same = [choice for choice in choices if _bare(choice) == bare]
    found = same or [choice for choice in choices if bare in _parts(choice)]
    return found[0] if len(found) == 1 else None


def nearest(word: str, choices: Collection[str]) -> tuple[str, ...]:
    """At most three of the choices, the likeliest first."""
    bare = _bare(word)

    def figure(choice: str) -> float:
        return max(likeness(bare, part) for part in (_bare(choice), *_parts(choice)))

    ranked = sorted(choices, key=figure, reverse=True) if len(choices) > MANY else choices
    return tuple(ranked)[:MANY]


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _parts(choice: str) -> Iterator[str]:
    words = choice.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if (start, end) != (0, 1):  # the domain alone does not identify an item
                yield _bare("".join(words[start:end]))
