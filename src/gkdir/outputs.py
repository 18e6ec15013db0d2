"""A Site → the files of its county's folder, one output after another; each sees what the earlier ones made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from gkdir import __version__
from gkdir.buildoptions import BuildOptions
from gkdir.export.table import core_data_table
from gkdir.model.project import Project
from gkdir.phases import phase
from gkdir.publish.converter import Converter
from gkdir.publish.documents import papers
from gkdir.publish.documents import tables as directory_tables
from gkdir.publish.fragments import fragments as cut
from gkdir.publish.hant import HantPages, scripts_with_texts
from gkdir.publish.links import Links
from gkdir.publish.machines import machines as machine_files
from gkdir.publish.machines import root_llms
from gkdir.publish.render import Renderer
from gkdir.resources import template_folder
from gkdir.search import data, index
from gkdir.search.data import OPENSEARCH_PATH as OPENSEARCH
from gkdir.search.data import opensearch
from gkdir.search.index import packed
from gkdir.service.address import HANT, INDEX, LLMS, has_twin
from gkdir.service.site import Site
from gkdir.site.county import CountyView, county_view
from gkdir.site.fragment import fragments_of, fragments_page
from gkdir.site.page import Page
from gkdir.site.registry import county_pages
from gkdir.site.root import Published, lost_page, root_page, root_view

Files = Iterator[tuple[str, bytes]]


class OutputContext(Struct, frozen=True):
    """The input of an output: the site, the options of the build, and the ``files`` made so far.

    ``project`` is the project's folder; ``script`` converts to Traditional script, ``None`` if that is not wanted.
    """

    site: Site
    project: Path
    options: BuildOptions
    renderer: Renderer
    script: Converter | None = None
    files: Mapping[str, bytes] = {}


def documents(context: OutputContext) -> Files:
    """Forms, texts to be read out by loudspeaker, text messages."""
    return papers(context.project, context.site)


def tables(context: OutputContext) -> Files:
    """The directories to download, and the list of everything that is published."""
    site = context.site
    yield from directory_tables(site.catalog, site.date)
    yield INDEX, core_data_table(site.core_data.values(), site.base)


def sheets(context: OutputContext) -> Files:
    """The PDFs, if asked for."""
    if not context.options.sheets:
        return
    from gkdir.sheets.printing import Printing, printed  # heavy, and most builds make no PDFs

    folders = (context.project / "templates", template_folder())
    yield from printed(Printing(folders, context.options.fonts, context.script), context.site)


def search(context: OutputContext) -> Files:
    """The search index, and the same data for other programs."""
    yield index.PATH, index.county_index(context.site)
    if context.site.english:
        yield data.ENGLISH_PATH, data.english_index(context.site)
    yield data.PATH, data.search_data(context.site)


def machines(context: OutputContext) -> Files:
    """Files that only programs read."""
    return machine_files(context.site, context.files)


def html(context: OutputContext) -> Files:
    """The pages and their assets; pages link only to files that exist."""
    sizes = {path: len(content) for path, content in context.files.items()}
    return PageSet.of(context.site.with_files({**context.site.files, **sizes}), context.renderer).all()


class PageSet(Struct, frozen=True):
    """The pages of a county and their assets, by path; each page is rendered on request."""

    pages: Mapping[str, Page]
    assets: Mapping[str, bytes]
    county: CountyView
    links: Links
    renderer: Renderer

    @classmethod
    def of(cls, site: Site, renderer: Renderer) -> PageSet:
        """The pages of ``site``; they may link to ``site.files``."""
        with phase("views"):
            found, county = {page.inner: page for page in county_pages(site)}, county_view(site)
        assets = dict(renderer.assets)
        if county.base:
            assets[OPENSEARCH] = opensearch(f"{county.name}政务公开目录", county.base)
        twins = (HANT + path for path in found if site.hant and has_twin(path))
        return cls(found, assets, county, Links(chain(found, assets, site.files, twins)), renderer)

    def page(self, path: str) -> bytes:
        """One page. Raises Unreadable: a mistake in a template."""
        with phase("render"):
            return self.renderer.render(self.pages[path], self.county, self.links)

    def all(self) -> Files:
        """The assets, then the pages."""
        yield from self.assets.items()
        yield from ((path, self.page(path)) for path in self.pages)


def hant(context: OutputContext) -> Files:
    """Copies in Traditional script of the pages, and of the JavaScript files that show texts."""
    if context.script is None:
        return iter(())
    files = context.files
    # Files under hant/ by now are PDFs in Traditional script: link to those, not out of the folder.
    others = frozenset(path.removeprefix(HANT) for path in files if path.startswith(HANT))
    return HantPages(context.script, scripts_with_texts(files.items(), index.PATH), others).of(files.items())


def packed_index(context: OutputContext) -> Files:
    """The packed search index of each script; packed after conversion, which needs its texts."""
    paths = (index.PATH, HANT + index.PATH)
    return ((path, packed(context.files[path])) for path in paths if path in context.files)


def fragments(context: OutputContext) -> Files:
    """The main parts of the pages, to paste into a content system, and a page that lists them, if asked for."""
    if not context.options.fragments:
        return
    site, made = context.site, context.files
    wanted = fragments_of(county_pages(site), site.base)
    parts = dict(cut(wanted, made, site.base))
    yield from parts.items()
    page = fragments_page(wanted, site.catalog)
    links = Links(chain(made, parts, (page.inner,)))
    county = replace(county_view(site), hant=False, english=None)
    yield page.inner, context.renderer.render(page, county, links)


OUTPUTS: Sequence[Callable[[OutputContext], Files]] = (
    documents,
    tables,
    sheets,
    search,
    machines,
    html,
    hant,
    packed_index,
    fragments,
)
"""In the order in which they are made."""


def county_files(
    context: OutputContext, outputs: Sequence[Callable[[OutputContext], Files]] = OUTPUTS
) -> Mapping[str, bytes]:
    """All files of a county's folder, by path."""
    files = dict(context.files)
    for output in outputs:
        with phase(output.__name__):
            files |= output(replace(context, files=files))
    return files


def root_files(counties: Sequence[Published], project: Project, renderer: Renderer, base_url: str | None) -> Files:
    """The files next to the counties' folders: the page of all counties and its assets."""
    view = root_view(counties, project, __version__, f"{base_url.rstrip('/')}/" if base_url else None)
    page = root_page(counties, project.national)
    places = (index.SearchPlace(county.slug, county.name, county.omitted) for county in counties)
    assets = {**dict(renderer.assets), index.PATH: packed(index.root_index(places, project.national, project.words))}
    if view.base:
        assets[OPENSEARCH] = opensearch(f"{view.name}政务公开目录", view.base)
    paths = (page.inner, *assets, *(f"{county.slug}/index.html" for county in counties))
    yield from assets.items()
    yield LLMS, root_llms(counties, view.base)
    yield page.inner, renderer.render(page, view, Links(paths))
    lost = lost_page(page)
    yield lost.inner, renderer.render(lost, view, Links(paths, urlsplit(view.base or "/").path))
