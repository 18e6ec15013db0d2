"""A laid Catalog → the files of its folder: pages, assets, search index. And the same for the page of all counties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from gkdir.aside import Aside, here, one
from gkdir.model.county import Catalog
from gkdir.model.english import NO_GLOSSARY, Glossary
from gkdir.model.everyday import NO_WORDS, Everyday
from gkdir.model.item import Directory
from gkdir.model.ways import NO_WAYS, Ways
from gkdir.publish.fragments import fragments
from gkdir.publish.hant import Twins, speaking
from gkdir.publish.links import Links
from gkdir.publish.render import Renderer
from gkdir.publish.script import Script
from gkdir.search import data, index
from gkdir.search.opensearch import PATH as OPENSEARCH
from gkdir.search.opensearch import opensearch
from gkdir.search.ways import entrances
from gkdir.service.address import HANT, HOME, has_twin
from gkdir.site.county import CountyView, county_view
from gkdir.site.fragment import fragments_of, fragments_page
from gkdir.site.page import Page, Site
from gkdir.site.root import Published, root_view
from gkdir.site.screen import screen_pages
from gkdir.site.whole import county_pages, root_pages

Files = Iterator[tuple[str, bytes]]


class Versions(Struct, frozen=True):
    """What else there is of a county's pages.

    With a ``script`` every page in Traditional script, with a ``glossary`` some in English, and ``fragments`` of all
    but those in Traditional script.
    """

    script: Script | None = None
    glossary: Glossary = NO_GLOSSARY
    fragments: bool = False


PLAIN = Versions()
"""The pages alone."""


class Ahead(Struct, frozen=True):
    """What of a county's files does not depend on the downloads: the screens, whose codes take long, and the search."""

    screens: tuple[Page, ...]
    search: tuple[tuple[str, bytes], ...]


def ahead(catalog: Catalog, site: Site, everyday: Everyday = NO_WORDS, ways: Ways = NO_WAYS) -> Ahead:
    """What can be made while the downloads are; ``everyday`` are the words that people ask with."""
    beside = tuple(entrances(catalog, ways, site.reckoning))
    found = index.county_index(catalog, everyday, beside), data.search_data(catalog, everyday, beside)
    return Ahead(tuple(screen_pages(catalog, site)), tuple(zip((index.PATH, data.PATH), found, strict=True)))


def render_county(
    catalog: Catalog,
    site: Site,
    renderer: Renderer,
    files: Mapping[str, int],
    made: Ahead | None = None,
    versions: Versions = PLAIN,
    aside: Aside = here,
    ways: Ways = NO_WAYS,
) -> Files:
    """Everything of a county's folder but ``files``, which others put there: path inside the folder, and bytes.

    ``files`` are the downloads and ready forms, by path with their sizes: pages link to these and to no others.
    ``made`` is what has been made ahead, ``ways`` are the ways in. ``versions`` are what there is of the pages beside
    themselves. ``aside`` begins a part of the work beside the rest.
    """
    made = made or ahead(catalog, site, ways=ways)
    hant = versions.script is not None
    pages = tuple(county_pages(catalog, site, files, hant, ways, versions.glossary, made.screens))
    english = next((page.english for page in pages if page.inner == HOME), None)
    county = county_view(catalog, site, hant, english)
    twins = (HANT + page.inner for page in pages if hant and has_twin(page.inner))
    others = chain(files, twins)
    rendered = _rendered(pages, county, renderer, made.search, others, versions.script, aside)
    if versions.fragments:
        whole = dict(rendered)
        yield from whole.items()
        yield from _fragments(pages, whole, catalog, county, renderer)
    else:
        yield from rendered


def _fragments(
    pages: Sequence[Page], made: Mapping[str, bytes], catalog: Catalog, county: CountyView, renderer: Renderer
) -> Files:
    wanted = fragments_of(pages, county.base)
    cut = dict(fragments(wanted, made, county.base))
    yield from cut.items()
    page = fragments_page(wanted, catalog)
    links = Links(chain(made, cut, (page.inner,)))
    yield page.inner, renderer.render(page, replace(county, hant=False, english=None), links)


def render_root(
    counties: Sequence[Published],
    national: Mapping[str, Directory],
    site: Site,
    renderer: Renderer,
    everyday: Everyday = NO_WORDS,
) -> Files:
    """What stands beside the counties' folders: the page of all counties and what it loads."""
    pages = tuple(root_pages(counties, national))
    homes = (f"{county.slug}/index.html" for county in counties)
    places = (index.SearchPlace(county.slug, county.name, county.omitted) for county in counties)
    own = ((index.PATH, index.root_index(places, national, everyday)),)
    yield from _rendered(pages, root_view(counties, site), renderer, own, homes)


def _rendered(
    pages: tuple[Page, ...],
    county: CountyView,
    renderer: Renderer,
    own: tuple[tuple[str, bytes], ...],
    others: Iterable[str],
    script: Script | None = None,
    aside: Aside = here,
) -> Files:
    beside = (*renderer.assets(), *own)
    if county.base:
        beside += ((OPENSEARCH, opensearch(f"{county.name}政务公开目录", county.base)),)
    others = tuple(others)
    links = Links(chain((page.inner for page in pages), (path for path, _ in beside), others))
    twins = Twins(script, speaking(beside, index.PATH), _inside(others)) if script else None
    render = partial(_render, county, renderer, links, twins)
    # The scripts' twins are some of the work: whoever makes them has fewer pages.
    share = len(pages) * (19 if twins else 20) // 40
    rest = aside(partial(one, render, pages[share:]))
    yield from render(pages[:share])
    yield from beside
    if twins:
        yield from twins.of(beside)
    yield from rest()


def _render(
    county: CountyView, renderer: Renderer, links: Links, twins: Twins | None, pages: Sequence[Page]
) -> list[tuple[str, bytes]]:
    made = [(page.inner, renderer.render(page, county, links)) for page in pages]
    return [*made, *twins.of(made)] if twins else made


def _inside(paths: Iterable[str]) -> frozenset[str]:
    """What stands in the folder of the Traditional pages and is no page: links of these lead there, not out of it."""
    return frozenset(path.removeprefix(HANT) for path in paths if path.startswith(HANT) and not has_twin(path))
