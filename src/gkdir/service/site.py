"""Catalog, date and base address → the Site, from which every output of one county is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from gkdir import __version__
from gkdir.buildoptions import BuildOptions
from gkdir.model.article import Urgent
from gkdir.model.benefits import BenefitRules
from gkdir.model.county import Catalog
from gkdir.model.dated import newest_date
from gkdir.model.navigation import Event, Question
from gkdir.model.project import Project
from gkdir.service.address import (
    AZ,
    ENGLISH,
    HOME,
    KIOSK,
    PHONES,
    WIZARD,
    article_path,
    audience_path,
    event_path,
    wizard_path,
)
from gkdir.service.bundle import Bundle, Bundler
from gkdir.service.calculators import Calculator, calculators, calculators_by_item
from gkdir.service.changes import ChangeDay, ChangeLine, change_days, changes_by_item
from gkdir.service.columns import ArticleLine, ColumnView, articles_by_item, column_views
from gkdir.service.coredata import CoreData, core_data
from gkdir.service.county import Link
from gkdir.service.directory import DomainView, domain_view, downloads
from gkdir.service.guide import NO_FILES
from gkdir.service.headings import located
from gkdir.service.navigation import WIZARD_TITLE, AudienceView, audience_views, offered, results
from gkdir.service.row import ServiceRow
from gkdir.service.service import Service, service_of, with_files
from gkdir.service.texts import AZ_TITLE, PHONES_TITLE


class Site(Struct, frozen=True, dict=True):
    """One county as it is published, with every index that outputs share.

    ``date``: the date on its pages. ``base``: the address of the county's folder, ending in ``/``, ``None`` if
    unknown. ``benefit_rules``: the parameters of the calculators, ``None`` for no calculators. ``hant``: whether pages
    have copies in Traditional script. ``files``: sizes by path of the other files, the only ones that pages link to.
    Everything else is computed on first use.
    """

    catalog: Catalog
    date: date
    base: str | None = None
    version: str = ""
    benefit_rules: BenefitRules | None = None
    hant: bool = False
    files: Mapping[str, int] = NO_FILES

    @classmethod
    def of(cls, project: Project, catalog: Catalog, options: BuildOptions) -> Site:
        """The site of a county of ``project``, with the date and the address in ``options``."""
        day = options.today or newest_date(catalog)
        base = folder_address(catalog, options.base_url)
        return cls(located(catalog), day, base, __version__, project.reference.benefit_rules)

    def with_files(self, files: Mapping[str, int]) -> Site:
        """The same site with ``files`` to link to; indexes without such links are not computed again."""
        made, known = replace(self, files=files), dict(vars(self))
        known.pop("bundler", None)  # refers to the old services; bundles have no links to files
        if "domains" in known:
            known["domains"] = tuple(replace(one, downloads=downloads(one.domain, files)) for one in self.domains)
        if "services" in known:
            known["services"] = {item: with_files(one, self.catalog, files) for item, one in self.services.items()}
        vars(made).update(known)
        return made

    @cached_property
    def urgent(self) -> tuple[Urgent, ...]:
        """The current urgent notices of the county and of the layers above it."""
        return tuple(each.urgent for each in self.catalog.layers if each.urgent and each.urgent.until >= self.date)

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """The service of each item, by its id, in the order of the directories."""
        return {entry.item.id: service_of(entry, self.catalog, self.files) for entry in self.catalog.entries()}

    @cached_property
    def domains(self) -> tuple[DomainView, ...]:
        """The directories as tables."""
        return tuple(domain_view(one, self.catalog, self.files) for one in self.catalog.directories.values())

    @cached_property
    def rows(self) -> Mapping[str, ServiceRow]:
        """The items as rows of their tables, by id."""
        return {row.item.id: row for domain in self.domains for group in domain.groups for row in group.rows}

    @cached_property
    def columns(self) -> tuple[ColumnView, ...]:
        """The columns of articles that are not empty."""
        return column_views(self.catalog, self.date)

    @cached_property
    def articles_by_item(self) -> Mapping[str, tuple[ArticleLine, ...]]:
        """The articles that are about an item, by its id."""
        return articles_by_item(self.columns)

    @cached_property
    def core_data(self) -> Mapping[str, CoreData]:
        """The core metadata of each item and each article, by its id."""
        return core_data(self.catalog, self.services, self.columns)

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """Name or number of a published document → its page."""
        return {
            name.strip("《》"): article_path(article.kind, article.slug)
            for article in self.catalog.articles
            if article.kind == "policies"
            for name in (article.title, article.number)
            if name
        }

    @cached_property
    def changes(self) -> tuple[ChangeDay, ...]:
        """The days of 更新记录, the newest first."""
        return change_days(self.catalog)

    @cached_property
    def changes_by_item(self) -> Mapping[str, tuple[ChangeLine, ...]]:
        """The newest changes of an item, by its id."""
        return changes_by_item(self.changes, self.catalog)

    @cached_property
    def calculators(self) -> tuple[Calculator, ...]:
        """The calculators for items of the county."""
        return calculators(self.catalog, self.benefit_rules)

    @cached_property
    def calculators_by_item(self) -> Mapping[str, tuple[Calculator, ...]]:
        """The calculators of each item, by its id."""
        return calculators_by_item(self.calculators)

    @cached_property
    def bundler(self) -> Bundler:
        """Makes bundles of several items."""
        return Bundler(self.catalog, self.rows, self.services, self.calculators_by_item)

    @cached_property
    def events(self) -> tuple[tuple[Event, Bundle], ...]:
        """The life events for which the county has at least one item."""
        bundles = ((event, self.bundler.bundle(event.uses)) for event in self.catalog.navigation.events.values())
        return tuple((event, bundle) for event, bundle in bundles if event.slug and bundle)

    @cached_property
    def items_of_events(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the items of each life event."""
        return tuple(tuple(use.item for use in event.uses) for event in self.catalog.navigation.events.values())

    @cached_property
    def part_of(self) -> Mapping[str, tuple[Link, ...]]:
        """The life events that an item belongs to, by its id."""
        found: dict[str, list[Link]] = {}
        for event, bundle in self.events:
            for step in bundle.steps:
                found.setdefault(step.row.item.id, []).append(Link(event.name, event_path(event.slug)))
        return {item: tuple(links) for item, links in found.items()}

    @cached_property
    def cases(self) -> Mapping[str, tuple[str, ...]]:
        """Item id → the cases in which it is needed, from the life events."""
        found: dict[str, list[str]] = {}
        for _, bundle in self.events:
            for step in bundle.cases:
                found.setdefault(step.row.item.id, []).append(step.case)
        return {item: tuple(dict.fromkeys(cases)) for item, cases in found.items()}

    @cached_property
    def answering(self) -> Mapping[str, tuple[Link, ...]]:
        """The results of 我能办什么 that lead to an item, by its id."""
        found: dict[str, dict[Link, None]] = {}
        for slug, result in results(self.first_question):
            for use in result.uses:
                found.setdefault(use.item, {})[Link(result.title, wizard_path(slug))] = None
        return {item: tuple(links) for item, links in found.items()}

    @cached_property
    def audiences(self) -> tuple[AudienceView, ...]:
        """The audiences that use at least one item of the county."""
        return audience_views(self.catalog.navigation, self.domains)

    @cached_property
    def first_question(self) -> Question | None:
        """The first question of 我能办什么, with only the answers that lead to items of the county."""
        wizard = self.catalog.navigation.wizard
        return offered(wizard, self.rows) if wizard else None

    @cached_property
    def entrances(self) -> tuple[Link, ...]:
        """Navigation other than the directories: life events, audiences, letters, questions."""
        questions = (Link(WIZARD_TITLE, WIZARD),) if self.first_question else ()
        return (
            *(Link(event.name, event_path(event.slug)) for event, _ in self.events),
            *(Link(f"{view.audience.name}办事", audience_path(view.audience.slug)) for view in self.audiences),
            Link(AZ_TITLE, AZ),
            *questions,
            Link(PHONES_TITLE, PHONES),
        )

    @cached_property
    def english(self) -> Mapping[str, str]:
        """The pages that have an English version → that version."""
        glossary = self.catalog.glossary
        named = {path: glossary.item(row.item) for path, row in ((row.path, row) for row in self.rows.values())}
        if not glossary.wanted or not any(named.values()):
            return {}
        translated = tuple(path for path, item in named.items() if item and item.line)
        return {path: ENGLISH + path for path in (HOME, *translated, *((KIOSK,) if translated else ()))}


def folder_address(catalog: Catalog, base_url: str | None) -> str | None:
    """The address of the county's folder, ending in ``/``: below ``base_url``, else the county's own setting."""
    if base_url:
        return f"{base_url.rstrip('/')}/{catalog.slug}/"
    address = catalog.overlay.website.address
    return f"{address.rstrip('/')}/" if address else None
