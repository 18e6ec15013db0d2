"""The shape of a layer's file → the Overlay of the model."""

from __future__ import annotations

from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.county import (
    Addition,
    DomainOverlay,
    Doubt,
    ItemOverlay,
    Omission,
    Overlay,
    Website,
)
from gkdir.model.item import Written
from gkdir.model.reckoning import NO_STANDARDS
from gkdir.read.changes import changes
from gkdir.read.schema.layer import (
    OMISSION_REASON,
    AdditionPart,
    CountyPart,
    DomainPart,
    DoubtPart,
    ItemPart,
    LayerPart,
)
from gkdir.read.schema.town import TownItemPart


def overlay(part: LayerPart, slug: str, kind: str) -> Overlay:
    """The layer that ``part`` describes; ``kind`` is what it is when it does not say so itself."""
    return Overlay(
        slug=slug,
        place=part.place,
        name=part.name.text,
        code=_text(part.code) or "",
        kind=_text(part.kind) or kind,
        example=part.example,
        short_name=_text(part.short_name),
        english=_text(part.english),
        website=part.website or Website(),
        organisations=part.organisations,
        domains={domain: _domain(domain, each) for domain, each in part.domains.items()},
        allowances=part.allowances,
        parent=_text(part.parent),
        urgent=part.urgent if isinstance(part, CountyPart) else None,
        standards=(part.standards if isinstance(part, CountyPart) else None) or NO_STANDARDS,
        doubts=tuple(_doubt(each) for each in part.doubts) if isinstance(part, CountyPart) else (),
        signings=part.signings if isinstance(part, CountyPart) else (),
        written=part.written(),
    )


def minimal(slug: str, place: Place, kind: str) -> Overlay:
    """The substitute for a layer whose file could not be read."""
    return Overlay(slug, place, name=slug, code="", kind=kind)


def _text(written: Written | None) -> str | None:
    return written.text if written else None


def _domain(domain: str, part: DomainPart) -> DomainOverlay:
    return DomainOverlay(
        domain=domain,
        place=part.place,
        reviewed=part.reviewed,
        reviewed_place=part.key_place("审核日期"),
        guides_checked=part.guides_checked,
        guides_checked_place=part.key_place("指南核对"),
        defaults=changes(part.defaults),
        items=tuple(_item(number, each, part) for number, each in part.items.items()),
        additions=tuple(_addition(each) for each in part.additions),
    )


def _item(number: str, part: ItemPart, domain: DomainPart) -> ItemOverlay:
    return ItemOverlay(
        number=number,
        place=part.place,
        changes=changes(part),
        omission=_omission(part, domain),
        guide_unused=part.guide_use.unused if part.guide_use else None,
        ground=part.ground,
        alias=_text(part.alias),
        note=_text(part.note),
        guide=part.guide if isinstance(part, TownItemPart) else None,
        written=_told(part),
    )


def _omission(part: ItemPart, domain: DomainPart) -> Omission | None:
    """With the domain's reason where the item has none of its own."""
    said, shared = part.omission, domain.node(OMISSION_REASON)
    if said is None or said.reason or shared is None:
        return said
    reason = domain.omission_reason.text if domain.omission_reason else ""
    return replace(said, reason=reason, place=shared.key, shared=True)


def _addition(part: AdditionPart) -> Addition:
    names = {"number": part.number, "level1": part.level1, "level2": part.level2, "level3": part.level3}
    return Addition(
        number=part.number.text,
        place=part.number.place,
        level1=_text(part.level1),
        level2=_text(part.level2),
        level3=_text(part.level3),
        changes=changes(part),
        alias=_text(part.alias),
        note=_text(part.note),
        ground=part.ground,
        written={name: written for name, written in names.items() if written} | _told(part),
    )


def _doubt(part: DoubtPart) -> Doubt:
    names = {"level1": part.level1, "level2": part.level2, "level3": part.level3}
    item = Addition(
        number=_text(part.number) or "",
        place=part.place,
        level1=_text(part.level1),
        level2=_text(part.level2),
        level3=_text(part.level3),
        changes=changes(part),
        alias=_text(part.alias),
        note=_text(part.note),
    )
    return Doubt(
        source=part.source.text,
        place=part.source.place,
        domain=_text(part.domain),
        candidates=tuple(each.text for each in part.candidates or ()),
        item=item if any(names.values()) else None,
        reason=_text(part.refused),
    )


def _told(part: ItemPart | AdditionPart) -> dict[str, Written]:
    """The keys of an item that are not columns."""
    return {key: said for key, said in (("通俗名称", part.alias), ("说明", part.note)) if said}
