"""Entry → the direct answers that stand on a first result: what to bring, where to go, whom to call."""

from __future__ import annotations

from dataclasses import dataclass

from gkdir.model.county import Catalog, Entry, Organisation
from gkdir.pages.guide import offices

FEW = 2
"""Offices that an answer names; more would be a list to search in turn."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known: ``bring`` is ``None`` where no guide says it, empty where nothing is needed."""

    bring: tuple[str, ...] | None
    offices: tuple[Organisation, ...]
    consult: str | None


def answer(entry: Entry, catalog: Catalog) -> Answer:
    """The answers for one item."""
    guide = catalog.guides.get(entry.item.id)
    materials = guide.materials if guide else None
    return Answer(
        bring=None if materials is None else tuple(material.name for material in materials),
        offices=tuple(office for office in offices(guide, entry, catalog) if office.address or office.phone)[:FEW],
        consult=guide.consult if guide else None,
    )
