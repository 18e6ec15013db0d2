"""National directories and a county's layers → the Catalog: what is published, and where each value comes from."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import Catalog, County, DomainOverlay, Entry, LaidDirectory, Organisation, Overlay
from gkdir.model.domain import facts_of
from gkdir.model.project import Project
from gkdir.overlay.county_guides import used_forms, with_guides
from gkdir.overlay.files import laid_files
from gkdir.overlay.layer import lay_layer
from gkdir.overlay.organisations import with_full_names

__all__ = ["lay"]


class _Ground(Struct, frozen=True):
    """The state below the next layer. Organisations are still keys, because a lower layer may define them."""

    layers: tuple[Overlay, ...]
    directories: Mapping[str, LaidDirectory]
    organisations: Mapping[str, Organisation]
    unmatched_domains: tuple[DomainOverlay, ...] = ()


def lay(project: Project, county: County) -> Catalog:
    """Lay everything layered: directories from the province down to each village, synonyms, navigation, languages.

    ``Catalog.towns`` has townships and villages in the county's order; a village is laid over its township
    (``Overlay.parent``). What could not be placed in a layer above the county is reported with the county; towns
    report only their own.
    """
    ground = _Ground((), {domain: _national(project, domain) for domain in project.national}, {})
    for layer in (*county.above, county.overlay):
        ground = _lay_over(ground, layer)
    files = laid_files((project, *county.inherited, county))
    catalog = _at(
        ground,
        Catalog(
            overlay=county.overlay,
            layers=ground.layers,
            articles=files.articles,
            amendments=county.amendments,
            navigation=files.ways,
            synonyms=files.words,
            traditional=files.traditional,
            glossary=project.glossary,
            lines={item: line.text for item, line in files.ways.lines.items()},
            notes=files.ways.notes_by_item(),
        ),
    )
    catalog = with_guides(catalog, project, county)
    catalog = replace(catalog, forms=used_forms(catalog.guides, files.forms, county.forms))
    return replace(catalog, towns=tuple(_at(_town(ground, town, county.towns), catalog) for town in county.towns))


def _national(project: Project, domain: str) -> LaidDirectory:
    directory = project.national[domain]
    entries = tuple(Entry(item, national=item) for item in directory.items)
    facts = facts_of(domain, directory.label, project.domains)
    return LaidDirectory(domain, directory.title, directory.label, entries, national_count=len(entries), facts=facts)


def _lay_over(ground: _Ground, layer: Overlay) -> _Ground:
    directories = {
        domain: lay_layer(directory, layer, layer.domains[domain]) if domain in layer.domains else directory
        for domain, directory in ground.directories.items()
    }
    unmatched = tuple(part for domain, part in layer.domains.items() if domain not in directories)
    organisations = {**ground.organisations, **layer.organisations}
    return _Ground((*ground.layers, layer), directories, organisations, ground.unmatched_domains + unmatched)


def _town(county: _Ground, town: Overlay, towns: tuple[Overlay, ...]) -> _Ground:
    """The ground after ``town`` and, if it is a village, its township."""
    chain = [town]
    slugs = {other.slug: other for other in towns}
    while (parent := slugs.get(chain[-1].parent or "")) is not None and parent not in chain:
        chain.append(parent)
    ground = county
    for layer in reversed(chain):
        fresh = {domain: replace(directory, unmatched=()) for domain, directory in ground.directories.items()}
        ground = _lay_over(replace(ground, directories=fresh, unmatched_domains=()), layer)
    return ground


def _at(ground: _Ground, catalog: Catalog) -> Catalog:
    """``catalog`` for the place of the lowest layer of ``ground``."""
    return replace(
        catalog,
        overlay=ground.layers[-1],
        layers=ground.layers,
        directories=with_full_names(ground.directories, ground.organisations),
        organisations=ground.organisations,
        unmatched_domains=ground.unmatched_domains,
    )
