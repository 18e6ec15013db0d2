"""Catalog → all pages of a county, in their order. Nothing is rendered here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from gkdir.model.county import Catalog
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.item import Directory
from gkdir.model.ways import NO_WAYS, Ways
from gkdir.service.address import HOME
from gkdir.service.bundle import Bundler
from gkdir.service.calculators import Calculator, calculators
from gkdir.service.calculators import by_item as calculators_by_item
from gkdir.service.changes import ChangeDay, change_days
from gkdir.service.columns import by_item, column_views
from gkdir.service.directory import DomainView, domain_view
from gkdir.site.article import article_pages
from gkdir.site.audience import audience_pages
from gkdir.site.az import az_page
from gkdir.site.changes import changes_page
from gkdir.site.domain import domain_page
from gkdir.site.english import english_pages
from gkdir.site.english_kiosk import english_kiosk
from gkdir.site.events import event_pages
from gkdir.site.form import form_pages
from gkdir.site.home import home_page
from gkdir.site.item import around, item_pages
from gkdir.site.page import Page, Site
from gkdir.site.plain import about_page, data_page, feed_file, map_page, sitemap_file
from gkdir.site.printouts import print_page
from gkdir.site.reckon import reckon_pages
from gkdir.site.root import Published, root_page
from gkdir.site.screen import screen_pages
from gkdir.site.survey import survey_page
from gkdir.site.town import town_page
from gkdir.site.wizard import wizard_pages


def county_pages(
    catalog: Catalog,
    site: Site,
    files: Mapping[str, int],
    hant: bool = False,
    ways: Ways = NO_WAYS,
    glossary: Glossary = NO_GLOSSARY,
    screens: Sequence[Page] | None = None,
) -> Iterator[Page]:
    """All pages of a county, home first, ``sitemap.xml`` and ``feed.xml`` last.

    ``files`` are the files that are published beside the pages (downloads, ready forms): path inside the county's
    folder → size in bytes. ``hant`` says whether the pages have twins in Traditional script; ``ways`` are the ways in,
    the county's own laid over the country's; ``glossary`` is what the English pages are made with; ``screens`` are the
    pages of ``screen_pages``, where those have been made already.
    """
    screens = tuple(screen_pages(catalog, site)) if screens is None else tuple(screens)
    changes = change_days(catalog)
    domains = tuple(domain_view(directory, catalog, files) for directory in catalog.directories.values())
    beside = frozenset(screen.inner for screen in screens)
    chinese = _documents(catalog, site, files, domains, beside, changes, ways)
    english = tuple(english_pages(catalog, glossary, domains))
    kiosk = tuple(english_kiosk(english, catalog, glossary, site))
    versions = {page.chinese: page.inner for page in english + kiosk}
    pages = tuple(replace(page, english=versions.get(page.inner)) for page in chinese)
    yield from pages
    yield from english
    yield from (replace(page, english=versions.get(page.inner)) for page in screens)
    yield from kiosk
    yield sitemap_file(catalog, pages + english, hant)
    yield feed_file(catalog, site, pages, changes)


def root_pages(counties: Sequence[Published], national: Mapping[str, Directory]) -> Iterator[Page]:
    """The pages that stand beside the counties' folders."""
    yield root_page(counties, national)


def _documents(
    catalog: Catalog,
    site: Site,
    files: Mapping[str, int],
    domains: tuple[DomainView, ...],
    screens: frozenset[str],
    changes: tuple[ChangeDay, ...],
    ways: Ways,
) -> Iterator[Page]:
    columns = column_views(catalog, site.date)
    articles = by_item(columns)
    offered = calculators(catalog, site.reckoning)
    helpful = calculators_by_item(offered)
    beside = around(catalog, domains, site, helpful, ways, changes)
    entrances = tuple(_entrances(catalog, domains, ways, helpful))
    paths = {HOME, *(page.inner for page in entrances)}
    yield home_page(catalog, domains, columns, changes, offered, ways, paths)
    yield from entrances
    for directory, view in zip(catalog.directories.values(), domains, strict=True):
        yield domain_page(directory, view, catalog)
        yield from item_pages(directory, view, catalog, articles, files, beside)
    yield from (town_page(town, catalog) for town in catalog.towns)
    yield from chain.from_iterable(form_pages(form, catalog, files) for form in catalog.forms.values())
    yield from article_pages(columns, catalog)
    yield from changes_page(changes, catalog)
    yield from reckon_pages(catalog, site.reckoning, offered)
    yield survey_page(catalog, columns)
    yield data_page(catalog, domains)
    yield print_page(catalog, files, screens)
    yield about_page(catalog, domains)
    yield map_page(catalog, domains, columns, offered, entrances)


def _entrances(
    catalog: Catalog,
    domains: tuple[DomainView, ...],
    ways: Ways,
    helpful: Mapping[str, tuple[Calculator, ...]],
) -> Iterator[Page]:
    rows = {row.item.id: row for domain in domains for group in domain.groups for row in group.rows}
    bundler = Bundler(catalog, rows, helpful)
    yield from event_pages(ways, bundler)
    yield from audience_pages(ways, domains, catalog)
    yield az_page(rows.values(), catalog)
    yield from wizard_pages(ways, bundler)
