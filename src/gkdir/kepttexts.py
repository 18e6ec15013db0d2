"""A text → a result that is slow to compute, from this run or, through the user's cache, an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache as once
from typing import Any, Generic, TypeVar

from gkdir import cache
from gkdir.stamps import program

Made = TypeVar("Made")


class KeptTexts(Generic[Made]):
    """Text → result (``made``), stored as ``name`` in the cache; ``most``: how many are kept between counties and runs.

    Results are of type ``kind``, and must depend on nothing but the text and gkdir's version.
    """

    def __init__(self, name: str, most: int, kind: type[Made]) -> None:
        self._name, self._most = name, most
        made_by, earlier = cache.kept_value(name, tuple[str, dict[str, kind]]) or ("", {})  # type: ignore[valid-type]
        self._earlier: dict[str, Made] = earlier if made_by == program() else {}
        self._changed = False
        self.made: dict[str, Made] = {}

    def lacking(self, texts: Iterable[str]) -> list[str]:
        """The texts without a result, each once; the results of the others are in ``made``."""
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
        """Add results, by text."""
        self.made.update(made)
        self._changed = True

    def forget(self) -> None:
        """Drop the last results if there are too many; the first county's are those that all share."""
        while len(self.made) > self._most:
            self.made.popitem()
        while len(self.made) + len(self._earlier) > self._most:
            self._earlier.popitem()

    def keep(self) -> None:
        """Store the results for the next run if there are new ones, those of this run first."""
        self.forget()
        if self._changed:
            cache.keep_value(self._name, (program(), _copied(self.made | self._earlier)))
        self._changed = False


def _copied(made: Mapping[str, object]) -> dict[str, object]:
    """A copy down to the strings: each string that msgpack has encoded keeps its UTF-8 bytes as long as it lives."""
    return {_copy(text): _copy(one) if isinstance(one, str) else one for text, one in made.items()}


def _copy(text: str) -> str:
    return "".join((text[:1], text[1:]))


@once
def _all() -> dict[str, KeptTexts[Any]]:
    return {}


def kept_texts(name: str, most: int, kind: type[Made]) -> KeptTexts[Made]:
    """The results stored as ``name``; one object for the whole run."""
    known = _all()
    if name not in known:
        known[name] = KeptTexts(name, most, kind)
    return known[name]


def keep_texts() -> None:
    """Store all results for the next run."""
    for texts in _all().values():
        texts.keep()


def forget_texts() -> None:
    """Drop results beyond what is kept for the next counties."""
    for texts in _all().values():
        texts.forget()
