"""Service → 一次性告知单: everything that one item requires, on one A4 if the text fits."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.guide import Material
from gkdir.overlay.elements import OTHER
from gkdir.service.address import notice_path
from gkdir.service.guide import NEEDS, GuideView
from gkdir.service.phones import Phone
from gkdir.service.row import guided_siblings
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.service.texts import TEXTS
from gkdir.sheets.sheet import PrintedSheet, Value, head

UNKNOWN = "还没有写明，请打咨询电话问清"
CALL_FIRST = "要办理，请先打电话问清要带什么、去哪里。"


IN_ROWS = frozenset(("name", "summary", "basis", "served", "conditions", "delivery", "hours", "offices"))
SHOWN_ELSEWHERE = frozenset(("online_degree", "consult", "complaint"))
"""Elements with rows of their own, and those shown in another form; all other texts are under 还要知道."""
OWN_REASON = frozenset(("served", "materials", "steps", "limit", "fee", "delivery"))
"""Elements whose own row gives the reason if there are none."""


class DocumentToBring(Struct, frozen=True):
    """One document to bring: copies and form, source, remarks; empty if unknown. ``some``: not everybody brings it."""

    name: str
    amount: str
    source: str
    note: str
    some: bool


class Stage(Struct, frozen=True):
    """One step: its name, description, office and time limit."""

    name: str
    text: str
    office: str
    limit: str


class Spot(Struct, frozen=True):
    """Where to go: the office, its address and hours."""

    name: str
    address: str
    hours: str


class NoticeValue(Value, frozen=True):
    """The content of the sheet. ``papers``: ``None`` if unknown, empty if nothing is required.

    ``dated``: what the day in the head is, the check of the guide or of the directory.
    For an item without a guide, the sheet has ``questions`` to ask on the phone instead of papers and stages.
    """

    dated: str
    guided: bool
    name: str
    official: str
    number: str
    group: str
    now: str
    """What to do at once."""
    summary: str
    unguided: str
    served: tuple[str, ...]
    conditions: tuple[str, ...]
    papers: tuple[DocumentToBring, ...] | None
    no_papers: str
    """What to say if ``papers`` are unknown."""
    stages: tuple[Stage, ...] | None
    no_stages: str
    spots: tuple[Spot, ...]
    ways: tuple[str, ...]
    limit: str
    legal_limit: str
    due: tuple[str, ...]
    """The deadlines for applying."""
    fee: str
    delivery: str
    further: tuple[tuple[str, str], ...]
    """Further elements of 公开内容: name, and content or the reason for having none."""
    consult: tuple[Phone, ...]
    complaint: tuple[Phone, ...]
    basis: tuple[str, ...]
    questions: tuple[str, ...]
    """Questions to ask on the phone, if there is no guide."""


def notice_sheets(site: Site) -> Iterator[PrintedSheet]:
    """One sheet for each item."""
    for service in site.services.values():
        value = notice_value(service, site)
        kind = "一次性告知单" if value.guided else "公开事项单"
        path = notice_path(service.item.domain, service.item.number or "")
        yield PrintedSheet(path, "notice.typ", f"{kind}：{value.name}", value)


def notice_value(service: Service, site: Site) -> NoticeValue:
    """The content of the notice of a service."""
    item, guide = service.item, service.own
    known = (service.summary or UNKNOWN) if guide else service.line
    directory = site.catalog.directories[item.domain]
    return NoticeValue(
        head=head(site, service.path, service.checked or directory.reviewed),
        dated="核对" if service.checked else "目录审核" if directory.reviewed else "",
        guided=guide is not None,
        name=service.title,
        official=item.name,
        number=item.number or "",
        group=f"{directory.label or directory.title}　{item.level1}",
        now=service.now,
        summary="".join((known, *service.notes)),
        unguided="" if guide else service.entry.note or _unguided(service, site),
        served=(service.served or (service.instead("served") or UNKNOWN,)) if guide else item.audience,
        conditions=(guide.conditions or ()) if guide else (),
        papers=None if service.materials is None else tuple(map(_paper, service.materials)),
        no_papers=service.instead("materials") or UNKNOWN,
        stages=_stages(service.guide),
        no_stages=service.instead("steps") or UNKNOWN,
        spots=tuple(Spot(office.name, office.address or "", office.hours or "") for office in service.handling_offices),
        ways=_ways(service),
        limit=(service.limit.text if service.limit else service.instead("limit") or UNKNOWN) if guide else "",
        legal_limit=_legal_limit(service.guide) if guide and guide.promised else "",
        due=service.deadlines,
        fee=(service.fee or service.instead("fee") or UNKNOWN) if guide else "",
        delivery=(guide.delivery or service.instead("delivery")) if guide else "",
        further=tuple(_further(service.guide)),
        consult=service.consult,
        complaint=service.complaint,
        basis=tuple(basis.text for basis in item.basis),
        questions=() if guide or service.entry.note else TEXTS.asking,
    )


def _unguided(service: Service, site: Site) -> str:
    """What to do without a guide: call, or read the guide of the item of the same 二级事项."""
    wider = next(guided_siblings(service.item.id, site.catalog.guides, site.rows), None)
    sentence = f"{service.unguided}{CALL_FIRST}"
    return f"{sentence}它是“{wider.title}”里的一种，可以先看那一项的指南。" if wider else sentence


def _further(view: GuideView | None) -> Iterator[tuple[str, str]]:
    if view and view.guide.proxy:
        yield "代办", view.guide.proxy
    for element in view.elements if view else ():
        if element.reason:
            if element.kind not in OWN_REASON:
                yield element.heading, f"无。{element.reason}"
        elif element.kind == OTHER:
            yield element.heading, element.text or element.blank or UNKNOWN
        elif element.text and element.kind not in IN_ROWS | SHOWN_ELSEWHERE:
            yield element.heading, element.text


def _legal_limit(view: GuideView | None) -> str:
    """The statutory limit, or the reason why there is none."""
    if view is None or view.guide.statutory:
        return view.guide.statutory.text if view and view.guide.statutory else ""
    return next((one.reason for one in view.elements if one.kind == "limit" and one.reason and not one.blank), "")


def _paper(material: Material) -> DocumentToBring:
    copies = f"{material.copies}份" if material.copies else ""
    return DocumentToBring(
        name=material.name,
        amount=f"{material.original or ''}{copies}",
        source=material.source or "",
        note=_need(material),
        some=material.optional,
    )


def _need(material: Material) -> str:
    """Who must bring the material, if not everybody, and its 要求; only the 要求 of optional ones, which says who."""
    need = None if material.necessity in (None, "必要") else NEEDS.get(material.necessity, material.necessity)
    if material.note and material.optional:
        return material.note
    return "；".join(filter(None, (need, material.note)))


def _stages(view: GuideView | None) -> tuple[Stage, ...] | None:
    if view is None or view.steps is None:
        return None
    return tuple(
        Stage(line.step.name, line.step.text or "", line.office or "", line.step.limit.text if line.step.limit else "")
        for line in view.steps
    )


def _ways(service: Service) -> tuple[str, ...]:
    """The ways to apply, without the offices of ``spots``."""
    names = {office.name for office in service.handling_offices}
    ways = service.guide.ways if service.guide else None
    return tuple(f"{way.kind}：{way.text}" for way in ways or () if way.text not in names)
