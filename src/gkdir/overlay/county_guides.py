"""A laid Catalog, the project and the county → the Catalog with the guide of each of its items, from all layers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gkdir.model.county import Catalog, County, Entry, Organisation
from gkdir.model.guide import Form, Guide, Review, Way
from gkdir.model.item import Written
from gkdir.model.project import Project
from gkdir.overlay.guides import adds, elements_named, laid_guides, unfilled

SELF_SERVING = ("免申即享", "已停止")
"""办理类型 of items for which nobody goes to a counter."""
COUNTER = "窗口"
COUNTRY = "国家"
SERVING = "公共服务机构"
"""类别 of organisations with counters of their own."""
_SAID = {"hours": "hours", "consult": "phone", "complaint": "complaint_phone"}
"""Element of a guide → the field of its organisation that answers it."""


def with_guides(catalog: Catalog, project: Project, county: County) -> Catalog:
    """``catalog`` with its guides, of which ``guide_layers`` has the parts."""
    layers: dict[str, tuple[Guide, ...]] = {}
    guides: dict[str, Guide] = {}
    for entry in catalog.entries():
        id_ = entry.item.id
        found = _of_layers(entry, project, county)
        layers[id_] = tuple(guide for _, guide in found)
        if found:
            guides[id_] = _settled(entry, found, county.guides.get(id_), catalog)
    return replace(catalog, guides={**county.guides, **guides}, guide_layers=layers)


def used_forms(guides: Mapping[str, Guide], every: Mapping[str, Form], own: Mapping[str, Form]) -> Mapping[str, Form]:
    """The county's own forms, and of the layers above those that a guide asks for."""
    asked = {material.form for guide in guides.values() for material in guide.materials or ()}
    return {name: form for name, form in every.items() if name in own or name in asked}


def _of_layers(entry: Entry, project: Project, county: County) -> list[tuple[str, Guide]]:
    """The guides of all layers from the top down, after the last layer that does not use those above it, by name."""
    found = [(COUNTRY, guide) for guide in (project.guides.get(entry.item.id),) if guide]
    for layer, files in zip((*county.above, county.overlay), (*county.inherited, county), strict=False):
        part = layer.domains.get(entry.item.domain)
        if part and any(item.number == entry.item.number and item.guide_unused for item in part.items):
            found.clear()
        found += [(layer.name, guide) for guide in (files.guides.get(entry.item.id),) if guide]
    return found


def _settled(entry: Entry, layers: list[tuple[str, Guide]], own: Guide | None, catalog: Catalog) -> Guide:
    """The laid guide; what is inherited gets the county's offices and counters, and the day it was checked here."""
    guide = laid_guides([guide for _, guide in layers])
    if own is not None and not adds(guide, own):
        return replace(guide, pending=unfilled(guide))
    part = catalog.overlay.domains.get(entry.item.domain)
    guide = replace(guide, inherited=layers[0][0], review=own.review if own else None)
    if guide.review is None and part and part.guides_checked:
        checked = Written(part.guides_checked.isoformat(), part.guides_checked_place or part.place)
        guide = replace(guide, review=Review(part.guides_checked), written={**guide.written, "核对": checked})
    offices = _offices(entry, catalog)
    if guide.offices is None and offices:
        guide = replace(guide, offices=tuple(office.key for office in offices))
    if not (guide.nature in SELF_SERVING or (own and own.ways) or any(way.kind == COUNTER for way in guide.ways or ())):
        counters = tuple(Way(COUNTER, office.key, guide.place) for office in offices if office.address)
        guide = replace(guide, ways=(*counters, *(guide.ways or ())) or None)
    known = {name for name, label in _SAID.items() if any(getattr(office, label) for office in offices)}
    return replace(guide, pending=tuple(blank for blank in unfilled(guide) if not elements_named(blank.name) & known))


def _offices(entry: Entry, catalog: Catalog) -> tuple[Organisation, ...]:
    """The organisations that publish the item: the centre that serves people first, the bureau behind it after."""
    found = (catalog.organisation(name) for name in entry.item.publisher)
    return tuple(sorted((office for office in found if office), key=lambda office: office.kind != SERVING))
