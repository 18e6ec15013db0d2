"""An item as the government service platform tells it, as values: texts with their places, and lists of rows."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gkdir.model.item import Written

Told = Mapping[str, Written]
"""Element or column → what is written there."""


class PlatformItem(Struct, frozen=True):
    """One item of the export: its names, single elements, lists (of materials, steps and questions).

    ``apart`` are headings without a place in a guide, with their texts.
    """

    name: Written
    texts: Told
    lists: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    apart: Told = field(default_factory=dict)

    def said(self, element: str) -> str:
        """The text of the element, empty if there is none."""
        return self.texts[element].text if element in self.texts else ""
