"""A text → what was made of it in this or an earlier run, for results that are slow to make; in the user's cache."""

from __future__ import annotations

from functools import cache as once

from gkdir import cache
from gkdir.stamps import program


class KeptTexts:
    """What was made of each text, under ``name`` in the cache; kept for the next run if there are at most ``most``.

    What is made must depend on the text and on gkdir alone.
    """

    def __init__(self, name: str, most: int) -> None:
        self._name, self._most = name, most
        self.made = _read(name)
        self._before = len(self.made)

    def keep(self) -> None:
        """Keep all for the next run, if there is anything new."""
        if self._before < len(self.made) <= self._most:
            cache.keep_value(self._name, (program(), self.made))
        self._before = len(self.made)


@once
def _all() -> dict[str, KeptTexts]:
    return {}


def kept_texts(name: str, most: int) -> KeptTexts:
    """The texts under that name, the same for the whole run."""
    known = _all()
    if name not in known:
        known[name] = KeptTexts(name, most)
    return known[name]


def keep_texts() -> None:
    """Keep what was made in this run."""
    for texts in _all().values():
        texts.keep()


def _read(name: str) -> dict[str, str]:
    made_by, made = cache.kept_value(name, tuple[str, dict[str, str]]) or ("", {})
    return made if made_by == program() else {}
