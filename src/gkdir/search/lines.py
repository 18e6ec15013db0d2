"""Guides and directories → what a search shows below the items: questions that guides answer, and policies."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gkdir.model.county import Catalog
from gkdir.model.guide import Guide

_HEADING = re.compile(r"^###+[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A heading of a guide: the item, what it says, and the anchor on the item's page."""

    item: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A law or document that items are based on, by its name, and these items."""

    name: str
    number: str | None
    items: tuple[str, ...]


def questions(catalog: Catalog) -> Iterator[Question]:
    """Every heading inside a guide's sections, and the titles of sections that only one guide has."""
    shared = Counter(section.title for guide in catalog.guides.values() for section in guide.sections)
    for entry in catalog.entries():
        guide = catalog.guides.get(entry.item.id)
        if guide:
            yield from _headings(guide, shared)


def _headings(guide: Guide, shared: Counter[str]) -> Iterator[Question]:
    for number, section in enumerate(guide.sections, 1):
        if shared[section.title] == 1:
            yield Question(guide.id, section.title, f"s{number}")
        for match in _HEADING.finditer(section.markdown):
            yield Question(guide.id, match[1], f"s{number}-{_slug(match[1])}")


def _slug(heading: str) -> str:
    """The id that the Markdown renderer gives a heading (its ``slugify_unicode``)."""
    kept = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKC", heading)).strip().lower()
    return re.sub(r"[-\s]+", "-", kept)


def policies(catalog: Catalog) -> tuple[Policy, ...]:
    """Every named basis, in the order of the directories."""
    numbers: dict[str, str | None] = {}
    items: dict[str, list[str]] = {}
    for entry in catalog.entries():
        for basis in entry.item.basis:
            if basis.name:
                numbers.setdefault(basis.name, basis.number)
                items.setdefault(basis.name, []).append(entry.item.id)
    return tuple(Policy(name, numbers[name], tuple(dict.fromkeys(found))) for name, found in items.items())
