"""Synonyms: everyday words by item, and groups of words for the same thing; a words.yaml as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import field

from gkdir.finding import Place
from gkdir.model.item import Written
from gkdir.model.placed import Placed


class Elsewhere(Placed, frozen=True):
    """What people ask us and another office does: what they say, what to tell them, and that office.

    ``offices`` are short names of the county's organisations, or ends of full ones; ``phone`` is for counties without.
    """

    asked: tuple[Written, ...]
    line: Written
    offices: tuple[Written, ...] = ()
    phone: Written | None = None


class Synonyms(Placed, frozen=True):
    """The content of one words.yaml, or of several laid over each other.

    ``words`` are by item id (``employment/4.1``), ``removed`` are words of the file above that do not apply here;
    each of ``groups`` begins with the official name. ``places`` are the places of the items' words.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"places"})

    words: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    removed: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    groups: tuple[tuple[Written, ...], ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    elsewhere: tuple[Elsewhere, ...] = ()

    def over(self, above: Synonyms) -> Synonyms:
        """This file laid over ``above``: its words and groups are added, its ``removed`` are taken away."""
        words = {}
        for item in (*above.words, *(own for own in self.words if own not in above.words)):
            gone = {word.text for word in self.removed.get(item, ())}
            kept = [word for word in above.words.get(item, ()) if word.text not in gone]
            known = {word.text for word in kept}
            words[item] = (*kept, *(word for word in self.words.get(item, ()) if word.text not in known))
        return Synonyms(
            words,
            groups=above.groups + self.groups,
            places={**above.places, **self.places},
            elsewhere=self.elsewhere + above.elsewhere,
        )


NO_WORDS = Synonyms()
"""No synonyms: items are found by their names only."""
