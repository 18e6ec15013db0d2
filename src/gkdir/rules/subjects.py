"""A context → everything that rules judge, each once, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, takewhile

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.model.county import Catalog, Change, County, Entry, LaidDirectory, Overlay, Step
from gkdir.model.guide import Guide
from gkdir.model.item import Item
from gkdir.model.reference import Law, Phrase
from gkdir.model.townguide import TownGuide
from gkdir.overlay.guides import laid_guides
from gkdir.read.published import published
from gkdir.rules.lexicon import Lexicon
from gkdir.rules.nameindex import NameIndex
from gkdir.rules.rule import Context
from gkdir.service.town import town_guides

ADDED, GROUND = "added", "ground"
"""The kinds of an edit other than columns: it adds the item, or gives the law by which it is not 主动."""


class Edit(Struct, frozen=True):
    """The changes of one layer to one item, or the item that it adds."""

    entry: Entry
    step: Step
    catalog: Catalog
    names: NameIndex
    last: dict[str, Change]
    """Field → the layer's last change of it, which is the effective one."""

    @property
    def added(self) -> bool:
        """Whether this layer added the item."""
        return self.step.before is None

    @property
    def item(self) -> Item:
        """The item after this layer's changes."""
        return self.step.after

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the edit, which select the rules: the columns that the layer wrote, ADDED, GROUND."""
        added = (ADDED,) if self.added else ()
        return (*self.last, *added, GROUND) if self.step.ground else (*self.last, *added)

    def change(self, field: str) -> Change | None:
        """The layer's last change of a field, which is the effective one; ``None`` if there is none."""
        return self.last.get(field)

    def changes(self, field: str) -> Sequence[Change]:
        """All changes of a field by the layer: in 默认, and for the item."""
        if field not in self.last:
            return ()
        if len(self.last) == len(self.step.changes):  # each field only once
            return (self.last[field],)
        return [change for change in self.step.changes if change.field == field]

    def place(self, field: str, word: str = "") -> Place:
        """The place of the field's key, or of its only value (the only one with ``word``) if that is on another line.

        The place of the whole step if the layer did not write the field.
        """
        change = self.change(field)
        if change is None:
            return self.step.place
        holding = [element for element in change.elements if word in element.text]
        alone = len(holding) == 1 and (word or len(change.elements) == 1)
        return holding[0].place if alone and holding[0].place.line != change.place.line else change.place

    def above(self, field: str) -> Iterator[tuple[str, Item]]:
        """The items above that are minimums for this one: (name of the layer, item), the nearest first."""
        if self.step.before is not None:
            setters = (step for step in self.entry.steps if any(change.field == field for change in step.changes))
            before = [step.layer.name for step in takewhile(lambda step: step is not self.step, setters)]
            yield (f"上一级（{before[-1]}）" if before and field in self.last else "国家目录"), self.step.before
        if self.entry.national is not None:
            yield "国家目录", self.entry.national


class Laid(Struct, frozen=True):
    """One domain's directory for one place, with the layers that are judged in it."""

    directory: LaidDirectory
    catalog: Catalog
    layers: tuple[Overlay, ...]

    @property
    def place(self) -> Place:
        """The place of the domain in the place's own file, or of the file."""
        overlay = self.catalog.overlay
        domain = overlay.domains.get(self.directory.domain)
        return domain.place if domain else overlay.place


class OrphanGuide(Struct, frozen=True):
    """A guide to an item that the county does not have. It is not published, so no other faults are reported."""

    guide: Guide


class GuideLayer(Struct, frozen=True):
    """The part of one layer in the guide to an item, and the combined guide of the layers above."""

    own: Guide
    above: Guide


class LocalGuide(Struct, frozen=True):
    """A township's or village's own guide to an item; ``name`` is the item's, ``town`` the place's.

    ``above`` is the guide of a village's township to the same item.
    """

    guide: TownGuide
    item: str
    name: str
    town: str
    above: TownGuide | None = None


class DatedInformation(Struct, frozen=True):
    """Information with the days on which it was created (or changed) and published.

    ``formed_place`` and ``day_place`` are the places of these dates.
    """

    title: str
    formed: date
    day: date
    formed_place: Place
    day_place: Place


def subjects(context: Context) -> Iterator[object]:
    """Troubles, texts, layers and their parts, directories and the edits in them, guides, forms, articles."""
    yield from context.county.troubles
    above = [layer.place.file for layer in context.county.above]
    yield from context.county.searched
    texts = published(context.project.folder, context.county.folder, above)
    yield texts
    lists = (files.wording for files in (*context.county.inherited, context.county))
    yield from _lexicon(context.reference.laws, context.reference.wording, *lists).mistakes(texts.texts)
    if context.catalog is None or not context.county.overlay.code:
        return  # the county's own file could not be read; its replacement is not judged
    yield context.county
    yield from _catalog(context.catalog, context.catalog.layers)
    yield from _guides(context.catalog, context)
    for files in (*context.county.inherited, context.county):
        yield from files.forms.values()
        yield from files.articles
    yield from context.county.amendments
    yield from dated_information(context.county)


def _guides(catalog: Catalog, context: Context) -> Iterator[object]:
    """The guides to which a layer below the nation contributed, each with its layers but the top one; then orphans."""
    national = context.project.guides
    for id_, layers in catalog.guide_layers.items():
        if not layers or layers == (national.get(id_),):
            continue
        yield catalog.guides[id_]
        for index in range(1, len(layers)):
            yield GuideLayer(layers[index], laid_guides(layers[:index]))
    for files in (*context.county.inherited, context.county):
        yield from (OrphanGuide(guide) for id_, guide in files.guides.items() if id_ not in catalog.guide_layers)


@lru_cache(maxsize=2)
def _lexicon(laws: tuple[Law, ...], *lists: tuple[Phrase, ...]) -> Lexicon:
    return Lexicon(chain.from_iterable(lists), laws)


def dated_information(county: County) -> Iterator[DatedInformation]:
    """All information of the county that has a date of creation."""
    articles = [(f"《{one.title}》", one.formed, one.published, one.written) for one in county.articles]
    articles += [(f"更新记录“{one.name}”", one.formed, one.day, one.written) for one in county.amendments]
    for title, formed, day, written in articles:
        if formed is not None:
            yield DatedInformation(title, formed, day, written["形成日期"].place, written["日期"].place)


def _catalog(catalog: Catalog, layers: tuple[Overlay, ...]) -> Iterator[object]:
    files = {layer.place.file for layer in layers}
    for layer in layers:
        yield layer
        yield from layer.organisations.values()
        yield from layer.allowances
        yield from layer.doubts
    yield from (domain for domain in catalog.unmatched_domains if domain.place.file in files)
    names = NameIndex(catalog)
    for directory in catalog.directories.values():
        yield Laid(directory, catalog, layers)
        yield from (unmatched for unmatched in directory.unmatched if unmatched.place.file in files)
        yield from (omitted for omitted in directory.omitted if omitted.omission.place.file in files)
        for entry in directory.entries:
            own = (step for step in entry.steps if step.layer.place.file in files)
            for step in own:
                yield Edit(entry, step, catalog, names, {change.field: change for change in step.changes})
    for town in catalog.towns:
        # a township inherits the county's texts; only its own are judged here
        yield from _catalog(town, (town.overlay,))
        yield from _local(town)


def _local(town: Catalog) -> Iterator[LocalGuide]:
    names = {entry.item.id: entry.item.name for entry in town.entries()}
    over = replace(town, layers=town.layers[:-1])
    for domain in town.overlay.domains.values():
        above = town_guides(over, domain.domain)
        for item in domain.items:
            id_ = f"{domain.domain}/{item.number}"
            if item.guide is not None and id_ in names:
                yield LocalGuide(item.guide, id_, names[id_], town.overlay.name, above.get(item.number))
