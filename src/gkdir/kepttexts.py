"""A text → what was made of it in this or an earlier run, for results that are slow to make; in the user's cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache as once
from itertools import islice
from typing import Any, Generic, TypeVar

from gkdir import cache
from gkdir.stamps import program

Made = TypeVar("Made")


class KeptTexts(Generic[Made]):
    """What was made of each text, under ``name`` in the cache: of at most ``most`` texts between counties and runs.

    It is of one ``kind``, and must depend on the text and on gkdir alone.
    """

    def __init__(self, name: str, most: int, kind: type[Made]) -> None:
        self._name, self._most = name, most
        made_by, earlier = cache.kept_value(name, tuple[str, dict[str, kind]]) or ("", {})  # type: ignore[valid-type]
        self._earlier: dict[str, Made] = earlier if made_by == program() else {}
        self._unkept = False
        self.made: dict[str, Made] = {}

    def lacking(self, texts: Iterable[str]) -> list[str]:
        """Those of the texts, each once, of which nothing was made so far; of the others it is in ``made``."""
        found = []
        for text in dict.fromkeys(texts):
            if text in self.made:
                continue
            if text in self._earlier:
                self.made[text] = self._earlier.pop(text)
            else:
                found.append(text)
        return found

    def add(self, made: Mapping[str, Made]) -> None:
        """What was made of texts that were lacking."""
        self.made.update(made)
        self._unkept = True

    def forget(self) -> None:
        """Forget the last ones, if there are too many: the first county has brought what all have in common."""
        while len(self.made) > self._most:
            self.made.popitem()

    def keep(self) -> None:
        """Keep them for the next run, if there is anything new; first those of this run."""
        self.forget()
        if self._unkept:
            cache.keep_value(self._name, (program(), dict(islice((self.made | self._earlier).items(), self._most))))
        self._unkept = False


@once
def _all() -> dict[str, KeptTexts[Any]]:
    return {}


def kept_texts(name: str, most: int, kind: type[Made]) -> KeptTexts[Made]:
    """The texts under that name, the same for the whole run."""
    known = _all()
    if name not in known:
        known[name] = KeptTexts(name, most, kind)
    return known[name]


def keep_texts() -> None:
    """Keep what was made in this run."""
    for texts in _all().values():
        texts.keep()


def forget_texts() -> None:
    """Forget what is too much to be held for the counties to come."""
    for texts in _all().values():
        texts.forget()
