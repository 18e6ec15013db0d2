"""A project and what is asked of it → the site. The whole of it: read → overlay → check → pages → publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir import __version__
from gkdir.aside import Aside, aside, here
from gkdir.checking import failed, holds_all_back
from gkdir.finding import Finding, holds_back
from gkdir.model.columns import NOTICE_DATE
from gkdir.model.county import Catalog, County
from gkdir.model.project import Inputs, Project, Tables
from gkdir.output import refuse_overlap
from gkdir.overlay import lay
from gkdir.prepare import Preparing, build_date, prepared, tables_of
from gkdir.publish.adopt import adopt_root
from gkdir.publish.county import Versions, ahead, render_county, render_root
from gkdir.publish.intheway import InTheWay
from gkdir.publish.live import Live, about_of, live_counties, refuse_county, root_of
from gkdir.publish.names import county_script
from gkdir.publish.papers import papers
from gkdir.publish.render import Renderer
from gkdir.publish.script import Script, available, preload
from gkdir.publish.shared import publish_files
from gkdir.publish.swap import alone
from gkdir.publish.write import publish_folder
from gkdir.request import Request
from gkdir.resources import template_folder
from gkdir.rules import check, check_project
from gkdir.rules.reading import finding
from gkdir.site.county import base_address, urgent_notices
from gkdir.site.page import Site
from gkdir.site.root import Published
from gkdir.workers import each_county


class State(Enum):
    """What became of a county."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"


class Outcome(Struct, frozen=True):
    """What one county's build came to: small, so that processes can hand it over.

    ``urgent`` is the last day of an urgent notice on its pages.
    """

    slug: str
    state: State
    findings: tuple[Finding, ...] = ()
    files: int = 0
    urgent: date | None = None


def build(
    request: Request,
    tell: Callable[[Outcome], None],
    preparing: Preparing | None = None,
    begun: Callable[[Sequence[str]], None] = lambda _: None,
) -> tuple[tuple[Finding, ...], tuple[Outcome, ...]]:
    """Build what was asked; the findings of the project itself, and what became of each county.

    ``tell`` hears of each county as it is done, ``begun`` of the names of all before that; ``preparing`` gives what
    ``prepared`` does, if that has begun. One process and many write the same bytes. An error in the project itself
    (a national workbook that cannot be read) holds everything back. A county that is live and not in the project
    stays, and the findings name it.
    """
    refuse_overlap(request.out, request.project)
    request.out.mkdir(parents=True, exist_ok=True)
    refuse_county(request.out)
    with alone(request.out):
        adopt_root(request.out)
        renderer = _ready(request)
        preparing = preparing or here(partial(prepared, request))
        inputs = preparing()
        assert isinstance(inputs, Inputs)
        project = inputs.project
        begun(project.counties)
        findings = check_project(project)
        slugs = tuple(dict.fromkeys(request.counties)) or project.counties
        if holds_all_back(findings, request.project, request.strict):
            return findings, tuple(Outcome(slug, State.HELD) for slug in slugs)
        tools = Tools(project, renderer)
        outcomes = []
        for outcome in _outcomes(replace(tools, preparing=preparing), inputs, request, slugs):
            tell(outcome)
            outcomes.append(outcome)
        live = live_counties(request.out)
        findings += tuple(_beside(tools, request, live))
    return findings, tuple(outcomes)


def _beside(tools: Tools, request: Request, live: Live) -> Iterator[Finding]:
    """Publish the page of all counties; what is not right beside the counties' folders."""
    troubles = live.troubles if request.counties else (*live.troubles, *live.strangers(tools.project.counties))
    try:
        publish_files(root_of(request.out, live), index_files(tools, request, live.counties))
    except InTheWay as way:
        troubles = (*troubles, way.trouble)
    return (finding(trouble, None) for trouble in troubles)


def _ready(request: Request) -> Renderer:
    """What can be loaded while a second process reads; no reference where it makes no sense, of which checks tell."""
    if request.hant:
        preload()
    return renderer_of(request.project).ready()


def _outcomes(tools: Tools, inputs: Inputs, request: Request, slugs: Sequence[str]) -> Iterator[Outcome]:
    if len(slugs) == 1 or (inputs.counties and request.jobs < 2):
        few = tools if request.jobs == 1 else replace(tools, aside=aside)
        return (_built(few, request, slug, inputs.counties.get(slug)) for slug in slugs)
    return each_county(partial(_build_counties, inputs.project, request), slugs, request.jobs)


def _build_counties(project: Project, request: Request, slugs: Sequence[str]) -> Sequence[Outcome]:
    tools = Tools.of(project)
    return [_built(tools, request, slug) for slug in slugs]


def _built(tools: Tools, request: Request, slug: str, county: County | None = None) -> Outcome:
    """One county, read now if it was not before; whatever goes wrong in it, the others are built."""
    try:
        if county is None:
            from gkdir.read.project import read_county

            county = read_county(tools.project, slug)
        return build_county(tools, request, county)
    except OSError:  # a full disk, a folder that is gone: no county can be written
        raise
    except Exception as error:
        return Outcome(slug, State.HELD, (failed(error, tools.project, slug),))


def build_county(tools: Tools, request: Request, county: County) -> Outcome:
    """One county, from what was read of it to its published pages; an error of any kind holds it back whole."""
    made = county_files(tools, request, county)
    if made.files is None:
        return Outcome(county.slug, State.HELD, made.findings)
    try:
        changed = publish_folder(request.out / county.slug, made.files.items(), made.about, tools.aside)
    except InTheWay as way:
        return Outcome(county.slug, State.HELD, (*made.findings, finding(way.trouble, county.slug)))
    state = State.PUBLISHED if changed else State.UNCHANGED
    return Outcome(county.slug, state, made.findings, len(made.files), made.urgent)


class Tools(Struct, frozen=True):
    """What work on any county of a project needs: made once for many counties.

    ``aside`` begins work beside; ``preparing`` gives tables that were begun before.
    """

    project: Project
    renderer: Renderer
    aside: Aside = here
    preparing: Preparing | None = None

    @classmethod
    def of(cls, project: Project) -> Tools:
        """What a process makes for itself."""
        return cls(project, renderer_of(project.folder))


def renderer_of(project: Path) -> Renderer:
    """The project's own templates before those that come with gkdir."""
    return Renderer((project / "templates", template_folder()))


class CountyFiles(Struct, frozen=True):
    """A county's findings, what its manifest says of it, and its files unless an error holds it back.

    ``urgent`` is the last day of an urgent notice on its pages.
    """

    findings: tuple[Finding, ...]
    about: Mapping[str, str]
    files: Mapping[str, bytes] | None = None
    urgent: date | None = None


def county_files(tools: Tools, request: Request, county: County) -> CountyFiles:
    """Lay and check one county; render it if nothing holds it back."""
    project = tools.project
    catalog = lay(project, county)
    today = build_date(request, catalog)
    site = Site(today, request.base_url, __version__, project.reference.reckoning)
    findings = check(project, county, catalog, today)
    if holds_back(findings, request.strict):
        return CountyFiles(findings, about_of(catalog, today))
    script = script_of(catalog) if request.hant else None
    ways = catalog.navigation
    made = ahead(catalog, site, catalog.synonyms, ways)
    ready = dict(papers(project.folder, catalog, today, base_address(catalog, site)))
    ready |= _tables(tools, request, catalog)
    if request.sheets:
        ready |= _sheets(tools, request, catalog, site, script)
    sizes = {path: len(content) for path, content in ready.items()}
    versions = Versions(script, project.glossary, request.fragments)
    pages = render_county(catalog, site, tools.renderer, sizes, made, versions, tools.aside, ways)
    urgent = min((notice.until for notice in urgent_notices(catalog, site)), default=None)
    return CountyFiles(findings, about_of(catalog, today), {**ready, **dict(pages)}, urgent)


def _tables(tools: Tools, request: Request, catalog: Catalog) -> Mapping[str, bytes]:
    """The tables to download: those that were begun before, if they were and came to something."""
    made: Inputs | Tables | None = None
    while tools.preparing and not (isinstance(made, Tables) and made.slug == catalog.slug):
        made = tools.preparing()
    return made.files if isinstance(made, Tables) and made.files is not None else tables_of(request, catalog)


def script_of(catalog: Catalog) -> Script | None:
    """What turns a county's texts into Traditional script, unless it is not wanted or cannot be had."""
    wanted = catalog.traditional.wanted is not False
    return county_script(catalog.traditional, catalog) if wanted and available() else None


def _sheets(
    tools: Tools, request: Request, catalog: Catalog, site: Site, script: Script | None
) -> Iterator[tuple[str, bytes]]:
    from gkdir.sheets.printing import Printing, printed  # Typst is heavy, and most builds print nothing

    templates = (tools.project.folder / "templates", template_folder())
    return printed(Printing(templates, request.fonts, script), catalog, site)


def index_files(tools: Tools, request: Request, counties: Sequence[Published]) -> Iterator[tuple[str, bytes]]:
    """The page of all counties that are live; one held back keeps its place and old pages."""
    newest = max((county.updated for county in counties if county.updated), default=NOTICE_DATE)
    site = Site(request.today or newest, request.base_url, __version__)
    return render_root(counties, tools.project.national, site, tools.renderer, tools.project.words)
