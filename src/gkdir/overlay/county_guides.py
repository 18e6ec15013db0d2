"""A laid Catalog, the project and the county → the Catalog with the guide of each item, laid from all layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gkdir.model.benefits import laid
from gkdir.model.county import Catalog, County, Entry, Organisation
from gkdir.model.guide import Form, Guide, Review, Way
from gkdir.model.guidedefaults import GuideDefaults
from gkdir.model.item import Written
from gkdir.model.project import Project
from gkdir.overlay.guides import adds, elements_named, from_defaults, from_standards, laid_guides, unfilled

WITHOUT_COUNTER = ("免申即享", "已停止")
"""办理类型 of items for which nobody goes to a counter."""
COUNTER = "窗口"
COUNTRY = "国家"
WITH_COUNTERS = "公共服务机构"
"""类别 of organisations with counters of their own."""
FROM_OFFICE = {"hours": "hours", "consult": "phone", "complaint": "complaint_phone"}
"""Element of a guide → the field of an organisation that gives it, if the guide does not."""


def with_guides(catalog: Catalog, project: Project, county: County) -> Catalog:
    """``catalog`` with its guides; ``guide_layers`` has what each was laid from, those that fill blanks last."""
    standards = laid(layer.standards for layer in catalog.layers).sound()
    layers: dict[str, tuple[Guide, ...]] = {}
    guides: dict[str, Guide] = {}
    unused: dict[str, Written] = {}
    for entry in catalog.entries():
        id_ = entry.item.id
        found, why = _layer_guides(entry, project, county)
        layers[id_] = tuple(guide for _, guide in found)
        if why is not None:
            unused[id_] = why
        if found:
            guide, own = laid_guides(layers[id_]), county.guides.get(id_)
            above = [name for name, each in found if each is not own]
            inherited = "、".join(above) if own is None or adds(guide, own) else ""
            for filling in (
                from_defaults(guide, _defaults(entry.item.domain, catalog)),
                from_standards(guide, standards),
            ):
                if filling is not None:
                    layers[id_] = (*layers[id_], filling)
                    guide = laid_guides((filling, guide))
            guides[id_] = _completed(entry, replace(guide, inherited=inherited), own, catalog)
    return replace(catalog, guides={**county.guides, **guides}, guide_layers=layers, unused_guides=unused)


def _defaults(domain: str, catalog: Catalog) -> Iterator[GuideDefaults]:
    """指南默认 of the domain and for all domains, from the lowest layer up."""
    for layer in reversed(catalog.layers):
        every = layer.defaults_of_guides
        yield from (every[key] for key in (domain, "") if key in every)


def used_forms(guides: Mapping[str, Guide], every: Mapping[str, Form], own: Mapping[str, Form]) -> Mapping[str, Form]:
    """The county's ``own`` forms, and those forms of the layers above that a guide asks for."""
    asked = {material.form for guide in guides.values() for material in guide.materials or ()}
    return {name: form for name, form in every.items() if name in own or name in asked}


def _layer_guides(entry: Entry, project: Project, county: County) -> tuple[list[tuple[str, Guide]], Written | None]:
    """Each layer's name and guide from the top down, and the reason of 指南.不用, if a layer has it.

    A layer with 指南.不用 discards the guides above it.
    """
    why = None
    found = [(COUNTRY, guide) for guide in (project.guides.get(entry.item.id),) if guide]
    for layer, files in zip((*county.above, county.overlay), (*county.inherited, county), strict=False):
        part = layer.domains.get(entry.item.domain)
        unused = (item.guide_unused for item in part.items if item.number == entry.item.number) if part else ()
        if reason := next(filter(None, unused), None):
            why = reason
            found.clear()
        found += [(layer.name, guide) for guide in (files.guides.get(entry.item.id),) if guide]
    return found, why


def _completed(entry: Entry, guide: Guide, own: Guide | None, catalog: Catalog) -> Guide:
    """The laid guide; an inherited one gets the county's offices, counters and day of checking (指南核对)."""
    if not guide.inherited:
        return replace(guide, pending=unfilled(guide))
    part = catalog.overlay.domains.get(entry.item.domain)
    guide = replace(guide, review=own.review if own else None)
    if guide.review is None and part and part.guides_checked:
        checked = Written(part.guides_checked.isoformat(), part.guides_checked_place or part.place)
        guide = replace(guide, review=Review(part.guides_checked), written={**guide.written, "核对": checked})
    offices = _offices(entry, catalog)
    if guide.offices is None and offices:
        guide = replace(guide, offices=tuple(office.key for office in offices))
    if not (
        guide.nature in WITHOUT_COUNTER or (own and own.ways) or any(way.kind == COUNTER for way in guide.ways or ())
    ):
        counters = tuple(Way(COUNTER, office.key, guide.place) for office in offices if office.address)
        guide = replace(guide, ways=(*counters, *(guide.ways or ())) or None)
    known = {name for name, label in FROM_OFFICE.items() if any(getattr(office, label) for office in offices)}
    return replace(guide, pending=tuple(blank for blank in unfilled(guide) if not elements_named(blank.name) & known))


def _offices(entry: Entry, catalog: Catalog) -> tuple[Organisation, ...]:
    """The organisations that publish the item, those with counters (公共服务机构) first."""
    found = (catalog.organisation(name) for name in entry.item.publisher)
    return tuple(sorted((office for office in found if office), key=lambda office: office.kind != WITH_COUNTERS))
