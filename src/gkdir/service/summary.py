"""Service → a summary for screens, loudspeakers and text messages."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.county import Catalog, Organisation
from gkdir.service.phones import PHONE
from gkdir.service.service import Service, told_by
from gkdir.service.texts import TEXTS


class Summary(Struct, frozen=True):
    """An item in a few words; unknown values are empty, ``materials`` is ``None``.

    ``place`` is the short name of county, township or village; ``consult`` and ``complaint`` are texts with a number.
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
        found = PHONE.search(self.consult)
        return found[0] if found else TEXTS.hotlines[0].number


def summary_of(service: Service, catalog: Catalog) -> Summary:
    """The summary of a service, as seen from the place of ``catalog``."""
    service = told_by(service, catalog)
    steps = (service.own.steps if service.own else None) or ()
    materials = service.materials
    return Summary(
        id=service.item.id,
        place=catalog.overlay.short_name or catalog.overlay.name,
        title=service.title,
        official=service.item.name,
        guided=service.own is not None,
        summary=service.summary,
        served=service.served,
        materials=None if materials is None else tuple(material.name for material in materials),
        steps=tuple(f"{step.name}，{step.text}" if step.text else step.name for step in steps),
        office=service.offices[0] if service.offices else None,
        limit=service.limit.text if service.limit else "",
        fee=service.fee,
        consult=service.consult[0].text,
        complaint=service.complaint[0].text,
    )
