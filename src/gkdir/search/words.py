"""Synonyms of the country and of a county → texts by item and groups, for an index."""

from __future__ import annotations

from collections.abc import Iterable

from gkdir.model.synonyms import Synonyms

BETWEEN = "、"
"""The separator of words in an index; no word contains it."""


def item_words(everyday: Synonyms, item_id: str, known: Iterable[str]) -> tuple[str, ...]:
    """The everyday words of an item, without those contained in its ``known`` names."""
    names = frozenset(known)
    return tuple(word.text for word in everyday.words.get(item_id, ()) if word.text not in names)


def groups(everyday: Synonyms) -> tuple[tuple[str, ...], ...]:
    """The groups of synonyms, each with the official name first."""
    return tuple(tuple(word.text for word in group) for group in everyday.groups)
