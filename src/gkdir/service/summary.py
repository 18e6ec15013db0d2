"""Entry → an item in a few words: what a screen shows, a loudspeaker says, a short message holds."""

from __future__ import annotations

import re

from msgspec import Struct

from gkdir.model.county import Catalog, Entry, Organisation
from gkdir.model.guide import Guide
from gkdir.service.guide import offices
from gkdir.service.phones import phones
from gkdir.service.texts import TEXTS

NUMBER = re.compile(r"(?<![\d-])(?:0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4}|1[3-9]\d{9}|(?:12|96)\d{3,4})(?![\d-])")
"""A phone number in running words."""


class Brief(Struct, frozen=True):
    """An item in a few words; what is not known is empty, ``materials`` ``None``.

    ``place`` is the short name of county, township or village; ``consult`` and ``complaint`` are words with a number.
    """

    id: str
    place: str
    title: str
    official: str
    guided: bool
    summary: str
    served: tuple[str, ...]
    materials: tuple[str, ...] | None
    steps: tuple[str, ...]
    office: Organisation | None
    limit: str
    fee: str
    consult: str
    complaint: str

    @property
    def number(self) -> str:
        """The first number to call."""
        found = NUMBER.search(self.consult)
        return found[0] if found else TEXTS.hotlines[0].number


def brief(entry: Entry, catalog: Catalog) -> Brief:
    """What there is to tell of an entry: of several offices, the place's own goes before those above it."""
    item = entry.item
    guide = catalog.guides.get(item.id)
    found = offices(guide, entry, catalog)
    found = tuple(office for office in found if office.key in catalog.overlay.organisations) or found
    consult = phones(guide.consult if guide else None, found, "phone")
    complaint = phones(guide.complaint if guide else None, found, "complaint_phone")
    return Brief(
        id=item.id,
        place=catalog.overlay.short_name or catalog.overlay.name,
        title=entry.alias or item.name,
        official=item.name,
        guided=guide is not None,
        summary=(guide.summary if guide else catalog.lines.get(item.id)) or "",
        served=(guide.served if guide else None) or (),
        materials=_materials(guide),
        steps=_steps(guide),
        office=found[0] if found else None,
        limit=_limit(guide),
        fee=(guide.fee if guide else None) or "",
        consult=consult[0].text if consult else TEXTS.hotlines[0].number,
        complaint=complaint[0].text if complaint else TEXTS.hotlines[1].number,
    )


def _materials(guide: Guide | None) -> tuple[str, ...] | None:
    if guide is None or guide.materials is None:
        return None
    return tuple(material.name for material in guide.materials)


def _steps(guide: Guide | None) -> tuple[str, ...]:
    steps = (guide.steps if guide else None) or ()
    return tuple(f"{step.name}，{step.text}" if step.text else step.name for step in steps)


def _limit(guide: Guide | None) -> str:
    limit = (guide.promised or guide.statutory) if guide else None
    return limit.text if limit else ""
