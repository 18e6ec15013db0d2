"""Entry → 一次性告知单: all that one item asks for, on one A4 where the text allows."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.county import Catalog, Entry, Organisation
from gkdir.model.guide import Guide, Material
from gkdir.service.address import item_path, notice_path
from gkdir.service.elements import OTHER
from gkdir.service.guide import GuideView, guide_view, offices
from gkdir.service.phones import Phone, phones
from gkdir.service.texts import TEXTS
from gkdir.sheets.sheet import Sheet, Value, head
from gkdir.site.page import Site

UNKNOWN = "还没有写明，请打咨询电话问清"
UNGUIDED = "这一项还没有办事指南。要办理，请先打电话问清要带什么、去哪里。"


class Paper(Struct, frozen=True):
    """One material to bring: how many of which form, from where, what to heed; empty texts are not known."""

    name: str
    amount: str
    source: str
    note: str
    must: bool


class Stage(Struct, frozen=True):
    """One step: its name, what happens, who does it, within what time."""

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
    """What the sheet shows. ``papers`` ``None``: not written down; empty: nothing is asked for.

    An item without a guide has no papers and stages: the sheet then says what the directory says of it.
    """

    guided: bool
    name: str
    official: str
    number: str
    group: str
    summary: str
    unguided: str
    served: tuple[str, ...]
    conditions: tuple[str, ...]
    papers: tuple[Paper, ...] | None
    stages: tuple[Stage, ...] | None
    spots: tuple[Spot, ...]
    ways: tuple[str, ...]
    limit: str
    legal_limit: str
    fee: str
    delivery: str
    further: tuple[tuple[str, str], ...]
    """What else 公开内容 asks for: its name, and what is told of it or why there is none."""
    consult: tuple[Phone, ...]
    complaint: tuple[Phone, ...]
    basis: tuple[str, ...]
    content: tuple[str, ...]
    disclosure: str
    channels: tuple[str, ...]


def notice_sheets(catalog: Catalog, site: Site) -> Iterator[Sheet]:
    """One sheet an item."""
    for entry in catalog.entries():
        item = entry.item
        value = notice_value(entry, catalog, site)
        kind = "一次性告知单" if value.guided else "公开事项单"
        path = notice_path(item.domain, item.number or "")
        yield Sheet(path, "notice.typ", f"{kind}：{value.name}", value)


def notice_value(entry: Entry, catalog: Catalog, site: Site) -> NoticeValue:
    """What is to be told of an entry."""
    item = entry.item
    guide = catalog.guides.get(item.id)
    known = (guide.summary or UNKNOWN) if guide else catalog.lines.get(item.id, "")
    view = guide_view(guide, entry, catalog) if guide else None
    found = offices(guide, entry, catalog)
    directory = catalog.directories[item.domain]
    issued = (guide.checked if guide else None) or directory.reviewed
    return NoticeValue(
        head=head(catalog, site, item_path(item.domain, item.number or ""), issued),
        guided=guide is not None,
        name=entry.alias or item.name,
        official=item.name,
        number=item.number or "",
        group=f"{directory.label or directory.title}　{item.level1}",
        summary="".join((known, *catalog.notes.get(item.id, ()))),
        unguided="" if guide else entry.note or UNGUIDED,
        served=(guide.served or (UNKNOWN,)) if guide else item.audience,
        conditions=(guide.conditions or ()) if guide else (),
        papers=None if not guide or guide.materials is None else tuple(map(_paper, guide.materials)),
        stages=_stages(view),
        spots=tuple(Spot(office.name, office.address or "", office.hours or "") for office in found),
        ways=_ways(view, found),
        limit=_limit(guide),
        legal_limit=guide.statutory.text if guide and guide.promised and guide.statutory else "",
        fee=(guide.fee or UNKNOWN) if guide else "",
        delivery=(guide.delivery or "") if guide else "",
        further=tuple(_further(view)),
        consult=phones(guide.consult if guide else None, found, "phone") or _hotline(0),
        complaint=phones(guide.complaint if guide else None, found, "complaint_phone") or _hotline(1),
        basis=tuple(basis.text for basis in item.basis),
        content=item.content,
        disclosure=item.time_limit.text,
        channels=item.channels,
    )


def _further(view: GuideView | None) -> Iterator[tuple[str, str]]:
    for element in view.elements if view else ():
        if element.reason:
            yield element.heading, f"无。{element.reason}"
        elif element.kind == OTHER:
            yield element.heading, element.text or UNKNOWN


def _paper(material: Material) -> Paper:
    copies = f"{material.copies}份" if material.copies else ""
    return Paper(
        name=material.name,
        amount=f"{material.original or ''}{copies}",
        source=material.source or "",
        note="；".join(filter(None, (_less(material), material.note))),
        must=material.necessity in (None, "必要"),
    )


def _less(material: Material) -> str | None:
    return None if material.necessity in (None, "必要") else material.necessity


def _stages(view: GuideView | None) -> tuple[Stage, ...] | None:
    if view is None or view.steps is None:
        return None
    return tuple(
        Stage(line.step.name, line.step.text or "", line.office or "", line.step.limit.text if line.step.limit else "")
        for line in view.steps
    )


def _ways(view: GuideView | None, found: tuple[Organisation, ...]) -> tuple[str, ...]:
    """The ways to do it that are no office already named."""
    names = {office.name for office in found}
    return tuple(f"{way.kind}：{way.text}" for way in (view.ways if view else None) or () if way.text not in names)


def _limit(guide: Guide | None) -> str:
    if guide is None:
        return ""
    limit = guide.promised or guide.statutory
    return limit.text if limit else UNKNOWN


def _hotline(which: int) -> tuple[Phone, ...]:
    hotline = TEXTS.hotlines[which]
    return (Phone(hotline.name, hotline.number),)
