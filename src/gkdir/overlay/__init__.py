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
    ground = _ground(project, county)
    naming = _Naming.of(ground.organisations)
    catalog = with_guides(_without_guides(ground, naming, project, county), project, county)
    forms = laid_files((project, *county.inherited, county)).forms
    catalog = replace(catalog, forms=used_forms(catalog.guides, forms, county.forms))
    towns = (_town(ground, town, county.towns) for town in county.towns)
    return replace(catalog, towns=tuple(_at(town, catalog, naming.below(town.organisations)) for town in towns))


def lay_items(project: Project, county: County) -> Catalog:
    """The same without guides, forms and towns."""
    ground = _ground(project, county)
    return _without_guides(ground, _Naming.of(ground.organisations), project, county)


def _ground(project: Project, county: County) -> _Ground:
    ground = _Ground((), {domain: _national(project, domain) for domain in project.national}, {})
    for layer in (*county.above, county.overlay):
        ground = _lay_over(ground, layer)
    return ground


def _without_guides(ground: _Ground, naming: _Naming, project: Project, county: County) -> Catalog:
    files = laid_files((project, *county.inherited, county))
    return _at(
        ground,
        Catalog(
            overlay=county.overlay,
            layers=ground.layers,
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


def _at(ground: _Ground, catalog: Catalog, naming: _Naming) -> Catalog:
    """``catalog`` for the place of the lowest layer of ``ground``."""
    return replace(
        catalog,
        overlay=ground.layers[-1],
        layers=ground.layers,
        directories=naming.directories(ground.directories),
        organisations=ground.organisations,
        unmatched_domains=ground.unmatched_domains,
    )


def laid_files(layers: Sequence[LayerFiles]) -> LayerFiles:
    """The files of ``layers``, from the top down, laid over each other; those of the county come first in lists."""
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
    """The articles of both, by kind; of two with the same address, the lower layer's."""
    known = {(article.kind, article.slug) for article in own}
    every = (*own, *(article for article in above if (article.kind, article.slug) not in known))
    kinds = tuple(ARTICLE_KINDS)
    return tuple(sorted(every, key=lambda article: (kinds.index(article.kind), article.slug))) if above else tuple(own)


class _Naming(Struct, dict=True):
    """Replaces each publisher that is an organisation's key by its full name.

    What was named is known by identity: one layer's result is the next one's input, and all towns have the county's.
    """

    names: Mapping[str, str]
    items: dict[int, tuple[Item, Item]] = field(default_factory=dict)
    steps: dict[int, tuple[Step, Step]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    """The publishers as they were written."""

    @classmethod
    def of(cls, organisations: Mapping[str, Organisation]) -> _Naming:
        return cls({key: organisation.name for key, organisation in organisations.items()})

    def below(self, organisations: Mapping[str, Organisation]) -> _Naming:
        """For a place below: what is named already keeps its name, if the place gives none of its words another."""
        made = _Naming.of(organisations)
        if any(self.names.get(word) != made.names.get(word) for word in self.words):
            return made
        return _Naming(made.names, dict(self.items), dict(self.steps), set(self.words))

    def directories(self, directories: Mapping[str, LaidDirectory]) -> dict[str, LaidDirectory]:
        """The directories with full names."""
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
