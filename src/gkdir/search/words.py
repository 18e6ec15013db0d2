"""The words of the country and of a county → what an index needs of them: texts by item, groups."""

from __future__ import annotations

from collections.abc import Iterable

from gkdir.model.everyday import Everyday

BETWEEN = "、"
"""Stands between words in an index; no word holds one."""


def item_words(everyday: Everyday, item_id: str, known: Iterable[str]) -> tuple[str, ...]:
    """The everyday words of an item, without those that are among its ``known`` names anyway."""
    names = frozenset(known)
    return tuple(word.text for word in everyday.words.get(item_id, ()) if word.text not in names)


def groups(everyday: Everyday) -> tuple[tuple[str, ...], ...]:
    """The groups of synonyms, each with the official name first."""
    return tuple(tuple(word.text for word in group) for group in everyday.groups)
