"""An en.yaml as values: what items, categories and common phrases are called in English, all written by hand."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gkdir.model.item import Item


class EnglishItem(Struct, frozen=True):
    """An item: what it is called in Chinese and in English, and a line about it where it has a page of its own."""

    chinese: str
    name: str
    line: str | None = None


class Glossary(Struct, frozen=True):
    """``domains``, ``groups`` (一级事项) and ``items`` are by key, Chinese name and id; ``words`` are whole phrases.

    ``hours`` are the parts of which opening hours are made.
    """

    wanted: bool = True
    domains: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, EnglishItem] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)
    wants: Mapping[str, str] = field(default_factory=dict)
    """What people want most, in their words, by the item that answers it."""

    def item(self, item: Item) -> EnglishItem | None:
        """The item in English; none where the directory means another one by that number."""
        found = self.items.get(item.id)
        return found if found and found.chinese == item.name else None


NO_GLOSSARY = Glossary(wanted=False)
"""Where there are no English pages."""
