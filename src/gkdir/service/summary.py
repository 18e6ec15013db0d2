"""Service → a summary for screens, loudspeakers and text messages."""

from __future__ import annotations

from msgspec import Struct

from gkdir.model.county import Catalog, Organisation
from gkdir.service.guide import MaterialView
from gkdir.service.phones import PHONE
from gkdir.service.service import Service, seen_from, unchecked


class Summary(Struct, frozen=True):
    """An item in a few words; unknown values are empty, ``materials`` is ``None``.

    ``materials``: what everybody brings; ``some``: what only some people bring, each with its remark.
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
    now: str = ""
    deadlines: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    unguided: str = ""
    unchecked: str = ""

    @property
    def number(self) -> str:
        """The first number to call."""
        found = PHONE.search(self.consult)
        return found[0] if found else self.consult


def summary_of(service: Service, catalog: Catalog) -> Summary:
    """The summary of a service, as seen from the place of ``catalog``."""
    service = seen_from(service, catalog)
    view = service.guide
    return Summary(
        id=service.item.id,
        place=catalog.overlay.short_name or catalog.overlay.name,
        title=service.title,
        official=service.item.name,
        guided=service.own is not None,
        unguided=service.unguided,
        unchecked=unchecked(service.own),
        summary=service.summary,
        served=service.served,
        materials=None if not view or view.materials is None else tuple(one.material.name for one in view.required),
        steps=tuple(f"{step.name}，{step.text}" if step.text else step.name for step in service.steps),
        office=service.handling_offices[0] if service.handling_offices else None,
        limit=service.limit.text if service.limit else "",
        fee=service.fee,
        consult=service.consult[0].text,
        complaint=service.complaint[0].text,
        now=service.now,
        deadlines=service.deadlines,
        some=tuple(_remarked(one) for one in view.materials or () if one.material.optional) if view else (),
    )


def _remarked(view: MaterialView) -> str:
    note = view.material.note
    return f"{view.material.name}（{note}）" if note else view.material.name
