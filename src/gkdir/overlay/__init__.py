"""National directories and a county's layers → the Catalog: what is published, and where each value comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.county import (
    Catalog,
    County,
    DomainOverlay,
    Entry,
    LaidDirectory,
    LayerFiles,
    Organisation,
    Overlay,
    Step,
)
from gkdir.model.domain import facts_of
from gkdir.model.item import Item
from gkdir.model.project import Project
from gkdir.overlay.county_guides import used_forms, with_guides
from gkdir.overlay.layer import lay_layer

__all__ = ["lay", "lay_items"]


class _LaidLayers(Struct, frozen=True):
    """The layers laid so far, and the result. Publishers are still keys: a lower layer may define the organisation."""

    layers: tuple[Overlay, ...]
    directories: Mapping[str, LaidDirectory]
    organisations: Mapping[str, Organisation]
    unmatched_domains: tuple[DomainOverlay, ...] = ()


def lay(project: Project, county: County) -> Catalog:
    """The catalog of a county: directories from the province down to each village, guides, synonyms, navigation.

    ``Catalog.towns`` has townships and villages in the county's order; a village is laid over its township
    (``Overlay.parent``). Parts of a layer that match nothing (``unmatched``) are listed in the county's catalog if the
    layer is the county's or above it, else only in the town's.
    """
    laid = _county_layers(project, county)
    naming = _PublisherNames.of(laid.organisations)
    catalog = with_guides(_without_guides(laid, naming, project, county), project, county)
    forms = laid_files((project, *county.inherited, county)).forms
    catalog = replace(catalog, forms=used_forms(catalog.guides, forms, county.forms))
    towns = (_town(laid, town, county.towns) for town in county.towns)
    return replace(catalog, towns=tuple(_catalog_at(town, catalog, naming.below(town.organisations)) for town in towns))


def lay_items(project: Project, county: County) -> Catalog:
    """The same catalog without guides, forms and towns, which is quicker."""
    laid = _county_layers(project, county)
    return _without_guides(laid, _PublisherNames.of(laid.organisations), project, county)


def _county_layers(project: Project, county: County) -> _LaidLayers:
    laid = _LaidLayers((), {domain: _national(project, domain) for domain in project.national}, {})
    for layer in (*county.above, county.overlay):
        laid = _lay_over(laid, layer)
    return laid


def _without_guides(laid: _LaidLayers, naming: _PublisherNames, project: Project, county: County) -> Catalog:
    files = laid_files((project, *county.inherited, county))
    return _catalog_at(
        laid,
        Catalog(
            overlay=county.overlay,
            layers=laid.layers,
            articles=files.articles,
            amendments=county.amendments,
            navigation=files.navigation,
            synonyms=files.words,
            traditional=files.traditional,
            glossary=project.glossary,
            lines={item: line.text for item, line in files.navigation.lines.items()},
            notes=files.navigation.notes_by_item(),
        ),
        naming,
    )


def _national(project: Project, domain: str) -> LaidDirectory:
    directory = project.national[domain]
    entries = tuple(Entry(item, national=item) for item in directory.items)
    facts = facts_of(domain, directory.label, project.domains)
    return LaidDirectory(domain, directory.title, directory.label, entries, national_count=len(entries), facts=facts)


def _lay_over(laid: _LaidLayers, layer: Overlay) -> _LaidLayers:
    directories = {
        domain: lay_layer(directory, layer, layer.domains[domain]) if domain in layer.domains else directory
        for domain, directory in laid.directories.items()
    }
    unmatched = tuple(part for domain, part in layer.domains.items() if domain not in directories)
    organisations = {**laid.organisations, **layer.organisations}
    return _LaidLayers((*laid.layers, layer), directories, organisations, laid.unmatched_domains + unmatched)


def _town(county: _LaidLayers, town: Overlay, towns: tuple[Overlay, ...]) -> _LaidLayers:
    """``county`` with ``town`` laid over it, and between them, if it is a village, its township."""
    chain = [town]
    slugs = {other.slug: other for other in towns}
    while (parent := slugs.get(chain[-1].parent or "")) is not None and parent not in chain:
        chain.append(parent)
    laid = county
    for layer in reversed(chain):
        fresh = {domain: replace(directory, unmatched=()) for domain, directory in laid.directories.items()}
        laid = _lay_over(replace(laid, directories=fresh, unmatched_domains=()), layer)
    return laid


def _catalog_at(laid: _LaidLayers, catalog: Catalog, naming: _PublisherNames) -> Catalog:
    """``catalog`` with the directories and organisations of ``laid``, for the place of its lowest layer."""
    return replace(
        catalog,
        overlay=laid.layers[-1],
        layers=laid.layers,
        directories=naming.directories(laid.directories),
        organisations=laid.organisations,
        unmatched_domains=laid.unmatched_domains,
    )


def laid_files(layers: Sequence[LayerFiles]) -> LayerFiles:
    """The files of ``layers``, top down, laid over each other; a lower one's forms and questions come first."""
    whole = layers[0]
    for own in layers[1:]:
        whole = LayerFiles(
            forms={**own.forms, **{name: form for name, form in whole.forms.items() if name not in own.forms}},
            articles=_articles(own.articles, whole.articles),
            words=own.words.over(whole.words),
            traditional=own.traditional.over(whole.traditional),
            navigation=own.navigation.over(whole.navigation),
        )
    return whole


def _articles(own: Sequence[Article], above: Sequence[Article]) -> tuple[Article, ...]:
    """The articles of both layers, sorted by kind and slug; of two with the same address, the lower layer's."""
    known = {(article.kind, article.slug) for article in own}
    every = (*own, *(article for article in above if (article.kind, article.slug) not in known))
    kinds = tuple(ARTICLE_KINDS)
    return tuple(sorted(every, key=lambda article: (kinds.index(article.kind), article.slug))) if above else tuple(own)


class _PublisherNames(Struct, dict=True):
    """Replaces publishers that are keys of organisations (``names``) by their full names.

    Each item and step is replaced once: results are cached by ``id()`` together with the original, which keeps it
    alive. Layers and towns share most of their items.
    """

    names: Mapping[str, str]
    items: dict[int, tuple[Item, Item]] = field(default_factory=dict)
    steps: dict[int, tuple[Step, Step]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    """All publishers met so far, as they were written."""

    @classmethod
    def of(cls, organisations: Mapping[str, Organisation]) -> _PublisherNames:
        return cls({key: organisation.name for key, organisation in organisations.items()})

    def below(self, organisations: Mapping[str, Organisation]) -> _PublisherNames:
        """The names for a place below, with the results so far unless a publisher met so far has another name there."""
        made = _PublisherNames.of(organisations)
        if any(self.names.get(word) != made.names.get(word) for word in self.words):
            return made
        return _PublisherNames(made.names, dict(self.items), dict(self.steps), set(self.words))

    def directories(self, directories: Mapping[str, LaidDirectory]) -> dict[str, LaidDirectory]:
        """The directories with full names of publishers."""
        return {
            domain: replace(directory, entries=tuple(map(self.entry, directory.entries)))
            for domain, directory in directories.items()
        }

    def entry(self, entry: Entry) -> Entry:
        if not entry.steps:
            item = self.item(entry.item)
            return entry if item is entry.item else replace(entry, item=item)
        return replace(entry, item=self.item(entry.item), steps=tuple(map(self.step, entry.steps)))

    def step(self, step: Step) -> Step:
        known = self.steps.get(id(step))
        if known is None:
            before = None if step.before is None else self.item(step.before)
            made = Step(step.layer, step.place, self.item(step.after), before, step.changes, step.ground)
            known = self.steps[id(step)] = step, made
        return known[1]

    def item(self, item: Item) -> Item:
        known = self.items.get(id(item))
        if known is None:
            known = self.items[id(item)] = item, self.renamed(item)
        return known[1]

    def renamed(self, item: Item) -> Item:
        self.words.update(item.publisher)
        if self.names.keys().isdisjoint(item.publisher):
            return item
        return replace(item, publisher=tuple(dict.fromkeys(self.names.get(word, word) for word in item.publisher)))
