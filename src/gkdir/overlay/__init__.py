"""National directories and a county's layers → the Catalog: what is published, and how each item came to be so."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import Catalog, County, DomainOverlay, Entry, LaidDirectory, Organisation, Overlay
from gkdir.model.item import Directory
from gkdir.overlay.layer import lay_layer
from gkdir.overlay.organisations import with_full_names

__all__ = ["lay"]


class _Ground(Struct, frozen=True):
    """What the next layer is laid on. Organisations are still keys: a layer below may yet say which they are."""

    layers: tuple[Overlay, ...]
    directories: Mapping[str, LaidDirectory]
    organisations: Mapping[str, Organisation]
    unmatched_domains: tuple[DomainOverlay, ...] = ()


def lay(national: Mapping[str, Directory], county: County) -> Catalog:
    """Lay the county's layers over the national directories, from the province down to each village.

    ``Catalog.towns`` holds townships and villages side by side, in the county's order; a village is laid over what
    its township made (``Overlay.parent``). What a layer above the county could not place is reported with the
    county's own; towns report only theirs.
    """
    ground = _Ground((), {domain: _national(domain, each) for domain, each in national.items()}, {})
    for layer in (*county.above, county.overlay):
        ground = _lay_over(ground, layer)
    towns = tuple(_catalog(_town(ground, town, county.towns), county) for town in county.towns)
    return replace(_catalog(ground, county), towns=towns)


def _national(domain: str, directory: Directory) -> LaidDirectory:
    entries = tuple(Entry(item, national=item) for item in directory.items)
    return LaidDirectory(domain, directory.title, directory.label, entries, national_count=len(entries))


def _lay_over(ground: _Ground, layer: Overlay) -> _Ground:
    directories = {
        domain: lay_layer(directory, layer, layer.domains[domain]) if domain in layer.domains else directory
        for domain, directory in ground.directories.items()
    }
    unmatched = tuple(part for domain, part in layer.domains.items() if domain not in directories)
    organisations = {**ground.organisations, **layer.organisations}
    return _Ground((*ground.layers, layer), directories, organisations, ground.unmatched_domains + unmatched)


def _town(county: _Ground, town: Overlay, towns: tuple[Overlay, ...]) -> _Ground:
    """The ground after ``town`` and, below the county, everything it lies in."""
    chain = [town]
    slugs = {other.slug: other for other in towns}
    while (parent := slugs.get(chain[-1].parent or "")) is not None and parent not in chain:
        chain.append(parent)
    ground = county
    for layer in reversed(chain):
        fresh = {domain: replace(directory, unmatched=()) for domain, directory in ground.directories.items()}
        ground = _lay_over(replace(ground, directories=fresh, unmatched_domains=()), layer)
    return ground


def _catalog(ground: _Ground, county: County) -> Catalog:
    return Catalog(
        overlay=ground.layers[-1],
        layers=ground.layers,
        directories=with_full_names(ground.directories, ground.organisations),
        organisations=ground.organisations,
        guides=county.guides,
        forms=county.forms,
        unmatched_domains=ground.unmatched_domains,
        articles=county.articles,
        amendments=county.amendments,
        lines=county.lines,
        notes=county.notes,
    )
