"""A project and what is asked of it → the site. The whole of it: read → overlay → check → pages → publish."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path

from gkdir import __version__
from gkdir.dates import NOTICE, newest_date
from gkdir.finding import Finding, holds_back
from gkdir.model.county import Catalog
from gkdir.overlay import lay
from gkdir.pages.page import Site
from gkdir.pages.root import Published
from gkdir.publish.county import render_county, render_root
from gkdir.publish.downloads import downloads
from gkdir.publish.render import Renderer
from gkdir.publish.swap import alone, recover, remove
from gkdir.publish.write import publish_files, publish_folder, published
from gkdir.read.project import Project, read_county, read_project
from gkdir.resources import template_folder
from gkdir.rules import check, check_project

FEW = 10
"""Below so many counties a second process costs more than it brings (docs/benchmarks.md)."""

CHUNK = 16
"""Counties that one process is handed at a time: the project is sent along once for all of them."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a build.

    ``counties`` empty means all of the project; ``jobs`` 0 means as many processes as help; ``today`` is the date
    that ages are counted from and pages carry, by default the newest date in each county's own data; ``national``
    is the folder of national workbooks to use in place of those that come with gkdir.
    """

    project: Path
    out: Path
    counties: tuple[str, ...] = ()
    jobs: int = 0
    base_url: str | None = None
    today: date | None = None
    strict: bool = False
    national: Path | None = None


class State(Enum):
    """What became of a county."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one county's build came to: small, so that processes can hand it over."""

    slug: str
    state: State
    findings: tuple[Finding, ...] = ()
    files: int = 0


def build(request: Request, tell: Callable[[Outcome], None]) -> tuple[tuple[Finding, ...], tuple[Outcome, ...]]:
    """Build what was asked; the findings of the project itself, and what became of each county.

    ``tell`` hears of each county as it is done. One process and many write the same bytes. An error in the project
    itself (a national workbook that cannot be read) holds everything back.
    """
    request.out.mkdir(parents=True, exist_ok=True)
    with alone(request.out):
        recover(request.out)
        project = read_project(request.project, request.national)
        findings = check_project(project)
        slugs = request.counties or project.counties
        if holds_back(findings, request.strict):
            return findings, tuple(Outcome(slug, State.HELD) for slug in slugs)
        outcomes = []
        for outcome in _each(project, slugs, request):
            tell(outcome)
            outcomes.append(outcome)
        if not request.counties:
            for slug in {slug for slug, _ in published(request.out)} - set(project.counties):
                remove(request.out / slug)
        publish_files(request.out, index_files(project, renderer_of(project), request, published(request.out)))
    return findings, tuple(outcomes)


def build_county(project: Project, renderer: Renderer, request: Request, slug: str) -> Outcome:
    """One county, from its folder to its published pages; an error of any kind holds it back whole."""
    made = county_files(project, renderer, request, slug)
    if made.files is None:
        return Outcome(slug, State.HELD, made.findings)
    changed = publish_folder(request.out / slug, made.files.items(), made.about)
    return Outcome(slug, State.PUBLISHED if changed else State.UNCHANGED, made.findings, len(made.files))


@dataclass(frozen=True, slots=True)
class CountyFiles:
    """A county's findings, what its manifest says of it, and its files unless an error holds it back."""

    findings: tuple[Finding, ...]
    about: Mapping[str, str]
    files: Mapping[str, bytes] | None = None


def county_files(project: Project, renderer: Renderer, request: Request, slug: str) -> CountyFiles:
    """Read, lay and check one county; render it if nothing holds it back."""
    county = read_county(project, slug)
    catalog = lay(project.national, county)
    today = request.today or newest_date(catalog)
    findings = check(project, county, catalog, today)
    if holds_back(findings, request.strict):
        return CountyFiles(findings, _about(catalog, today))
    ready = downloads(project.folder, catalog, today)
    sizes = {path: len(content) for path, content in ready.items()}
    pages = dict(render_county(catalog, Site(today, request.base_url, __version__), renderer, sizes))
    return CountyFiles(findings, _about(catalog, today), {**ready, **pages})


def index_files(
    project: Project, renderer: Renderer, request: Request, live: Iterable[tuple[str, Mapping[str, str]]]
) -> Iterator[tuple[str, bytes]]:
    """The page of all counties, from the manifests of what is live; one held back keeps its place and old pages."""
    counties = tuple(_published(slug, about) for slug, about in live)
    newest = max((county.updated for county in counties if county.updated), default=NOTICE)
    site = Site(request.today or newest, request.base_url, __version__)
    return render_root(counties, project.national, site, renderer)


def renderer_of(project: Project) -> Renderer:
    """The renderer of a project: its own templates before those that come with gkdir."""
    return Renderer((project.folder / "templates", template_folder()))


def _each(project: Project, slugs: tuple[str, ...], request: Request) -> Iterator[Outcome]:
    """The outcomes in the order of ``slugs``, from this process or from several."""
    jobs = request.jobs or (os.cpu_count() or 1 if len(slugs) >= FEW else 1)
    work = partial(_build_chunk, project, request)
    chunks = [slugs[start : start + CHUNK] for start in range(0, len(slugs), CHUNK)]
    if jobs == 1:
        renderer = renderer_of(project)
        yield from (build_county(project, renderer, request, slug) for slug in slugs)
        return
    with ProcessPoolExecutor(jobs) as pool:
        for outcomes in pool.map(work, chunks):
            yield from outcomes


def _build_chunk(project: Project, request: Request, slugs: tuple[str, ...]) -> tuple[Outcome, ...]:
    renderer = renderer_of(project)
    return tuple(build_county(project, renderer, request, slug) for slug in slugs)


def _about(catalog: Catalog, today: date) -> Mapping[str, str]:
    """What the manifest says of a county; ``_published`` reads it back."""
    omitted = [omitted.item.id for directory in catalog.directories.values() for omitted in directory.omitted]
    return {
        "name": catalog.overlay.name,
        "code": catalog.overlay.code,
        "example": "yes" if catalog.overlay.example else "",
        "updated": today.isoformat(),
        "omitted": " ".join(omitted),
    }


def _published(slug: str, about: Mapping[str, str]) -> Published:
    return Published(
        slug,
        about["name"],
        about["code"],
        bool(about["example"]),
        date.fromisoformat(about["updated"]),
        tuple(about["omitted"].split()),
    )
