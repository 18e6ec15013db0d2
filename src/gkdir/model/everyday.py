"""How people ask: everyday words by item, and groups of words for the same thing; a words.yaml as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import field

from gkdir.finding import Place
from gkdir.model.item import Written
from gkdir.model.placed import Placed


class Everyday(Placed, frozen=True):
    """What one words.yaml says, or several laid over each other.

    ``words`` are by item id (``employment/4.1``), ``removed`` those of the file above that are not to count here;
    each of ``groups`` begins with the official name. ``places`` says where an item's words were written.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"places"})

    words: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    removed: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    groups: tuple[tuple[Written, ...], ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def over(self, above: Everyday) -> Everyday:
        """This file laid over ``above``: its words and groups come on top, what it removes is gone."""
        words = {}
        for item in (*above.words, *(own for own in self.words if own not in above.words)):
            gone = {word.text for word in self.removed.get(item, ())}
            kept = [word for word in above.words.get(item, ()) if word.text not in gone]
            known = {word.text for word in kept}
            words[item] = (*kept, *(word for word in self.words.get(item, ()) if word.text not in known))
        return Everyday(words, groups=above.groups + self.groups, places={**above.places, **self.places})


NO_WORDS = Everyday()
"""Where nobody has written any: items are found by their names alone."""
