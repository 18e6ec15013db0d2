"""A project and its options → the site: read → lay → check → site → outputs → publish, for each county."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.buildoptions import BuildOptions
from gkdir.checking import failed, sources_of
from gkdir.finding import Finding, Place, TroubleKind, Unreadable, holds_all_back, holds_back, is_our_fault
from gkdir.model.county import Catalog
from gkdir.model.project import Project
from gkdir.outcome import BuildOutcome, KnownManifest, State
from gkdir.output import refuse_overlap
from gkdir.outputs import OutputContext, county_files, root_files
from gkdir.overlay import lay
from gkdir.phases import phase
from gkdir.publish.adopt import adopt_root
from gkdir.publish.converter import Converter, available, county_converter
from gkdir.publish.live import about_of, county_of, live_counties, refuse_county, root_of
from gkdir.publish.manifest import digest, manifest_bytes
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.render import Renderer
from gkdir.publish.shared import publish_files
from gkdir.publish.swap import alone, beside, recover
from gkdir.publish.write import publish_folder
from gkdir.read.known import known_project
from gkdir.read.project import read_county
from gkdir.resources import template_folder
from gkdir.rules import judge, judge_project
from gkdir.rules.checking import Judged
from gkdir.rules.reading import BY_KIND, finding
from gkdir.rules.reviews import demanded
from gkdir.service.address import HANT, ITEM_DATA
from gkdir.service.site import Site
from gkdir.site.root import Published
from gkdir.stamps import digest_of, names
from gkdir.unchanged import Memory, Result, live_stamp, published
from gkdir.workers import Crew, each_county


class Workshop(Struct, frozen=True, dict=True):
    """What the counties of one build share; in another process it makes a new renderer."""

    project: Project
    options: BuildOptions

    @cached_property
    def renderer(self) -> Renderer:
        """The project's own templates take precedence over the bundled ones."""
        return Renderer((self.project.folder / "templates", template_folder()))


class Made(Struct, frozen=True):
    """A county ready to publish: its site, the findings, and its files, ``None`` if an error holds it back.

    ``sources`` are the folders of ``counties`` that it was made from, ``judged`` what to judge more files with.
    """

    site: Site
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes] | None = None
    sources: tuple[str, ...] | None = None
    judged: Judged | None = None

    @property
    def about(self) -> Mapping[str, str]:
        """The text for its manifest."""
        return about_of(self.site.catalog, self.site.date)


def make_county(shop: Workshop, slug: str) -> Made:
    """One county: read → lay → check → site → outputs. Any error holds the whole county back."""
    project, options = shop.project, shop.options
    with phase("read"):
        county = read_county(project, slug)
    with phase("lay"):
        catalog = lay(project, county)
        site = Site.of(project, catalog, options)
    with phase("judge"):
        judged = demanded(judge(project, county, catalog, site.date), options.require_review)
    sources = sources_of(project.folder, county)
    if holds_back(judged.unfinished(), options.strict):
        return Made(site, judged.with_files({}), sources=sources)
    script = script_of(catalog) if options.hant else None
    site = replace(site, hant=script is not None)
    try:
        files = county_files(OutputContext(site, project.folder, options, shop.renderer, script))
    except Unreadable as error:  # a mistake in a template
        return Made(site, (*judged.with_files({}), finding(error.trouble, slug)), sources=sources)
    # Copies in Traditional script, and of the data of one item, have the same figures.
    with phase("judge-pages"):
        findings = judged.with_files({path: data for path, data in files.items() if not _copy(path)}, files)
    return Made(site, findings, None if holds_back(findings, options.strict) else files, sources, judged)


def _copy(path: str) -> bool:
    """Whether another file has everything that this file says."""
    return path.startswith(HANT) or path.endswith(f"/{ITEM_DATA}")


def build_county(shop: Workshop, slug: str, sign: Path | None = None) -> BuildOutcome:
    """One county, made and published. Raises Unreadable if the build's ``sign`` is gone: it has ended meanwhile."""
    made = make_county(shop, slug)
    if sign is not None and not sign.is_dir():
        raise Unreadable(Place(slug), "要它的那一次生成已经结束了，没有写。", "请再运行一次。")
    findings = made.findings
    if made.files is None:
        sources = None if is_our_fault(findings) else made.sources
        return BuildOutcome(slug, State.HELD, findings, sources=sources)
    urgent = min((notice.until for notice in made.site.urgent), default=None)
    pages = sum(path.endswith(".html") for path in made.files)
    try:
        with phase("publish"):
            changed = publish_folder(shop.options.out / slug, made.files.items(), made.about)
    except Obstacle as way:
        findings = (*findings, finding(way.trouble, slug))
        if not way.published:
            return BuildOutcome(slug, State.HELD, findings)
        return BuildOutcome(slug, State.PUBLISHED, findings, pages, urgent)
    state = State.PUBLISHED if changed else State.UNCHANGED
    with phase("stamp"):
        live = live_stamp(shop.options.out, slug)
        listed = KnownManifest(made.about, digest(manifest_bytes(shop.options.out / slug)))
    return BuildOutcome(slug, state, findings, pages, urgent, made.sources, live, listed)


def build(
    options: BuildOptions,
    tell: Callable[[BuildOutcome], None],
    begun: Callable[[Sequence[str]], None] = lambda _: None,
    memory: Memory | None = None,
) -> Result:
    """Build what was asked; return the findings of the project itself, and what became of each county.

    ``begun`` is called with the names of all counties, then ``tell`` with each outcome. The number of processes does
    not change the bytes. An error in the project itself (a national workbook that cannot be read) holds everything
    back. A live county that is not in the project stays, and a finding names it. A county for which nothing has
    changed since the last build, by ``memory``, is not made again.
    """
    refuse_overlap(options.out, options.project)
    options.out.mkdir(parents=True, exist_ok=True)
    refuse_county(options.out)
    with alone(options.out):
        adopt_root(options.out)
        memory = memory or Memory(options)  # before anything is read
        with phase("shared"):
            project = known_project(options.project, options.national)
        shop = Workshop(project, options)
        begun(project.counties)
        with phase("shared"):
            shared = judge_project(project, options.today)
        slugs = tuple(dict.fromkeys(options.counties)) or project.counties
        if holds_all_back(shared.unfinished(), options.project, options.strict):
            return shared.with_files({}), tuple(BuildOutcome(slug, State.HELD) for slug in slugs)
        with memory:
            with phase("compare"):
                outcomes = memory.known(slugs)
            for outcome in _made(shop, slugs, outcomes):
                tell(outcome)
                if outcome is not outcomes.get(outcome.slug):
                    memory.note(outcome)
                outcomes[outcome.slug] = outcome
            if not any(map(_in_the_way, (found for outcome in outcomes.values() for found in outcome.findings))):
                recover(options.out)  # of a lost process; what is in the way stays to be looked at
            with phase("root"):
                findings = _publish_root(shop, shared, outcomes.values())
            if not any(map(_in_the_way, findings)):
                memory.note_root(project.counties, findings)
    return findings, tuple(outcomes[slug] for slug in slugs)


def _in_the_way(found: Finding) -> bool:
    return found.rule == BY_KIND[TroubleKind.IN_THE_WAY].id


def _made(shop: Workshop, slugs: Sequence[str], known: Mapping[str, BuildOutcome]) -> Iterator[BuildOutcome]:
    """What becomes of each county: first of those that have changed, for they take longest.

    What came of those whose sources are as they were is ``known``: they are made only if their published folder is
    not what it was, which the others look at meanwhile.
    """
    live = published(known.values())
    yield from (outcome for slug, outcome in known.items() if slug not in live)
    order = (*(slug for slug in slugs if slug not in known), *live)
    with _crew(shop.options) as (crew, sign):
        found = each_county(partial(_built, shop, sign, live), order, crew)
        yield from (outcome or known[slug] for slug, outcome in zip(order, found, strict=True))


@contextmanager
def _crew(options: BuildOptions) -> Iterator[tuple[Crew, Path | None]]:
    """Who builds the counties.

    Workers of a cluster must find a sign of ours in the folder that they write into. The next build removes it: a
    worker that still has a county of a killed one in hand does not publish it.
    """
    if options.scheduler is None:
        yield Crew(options.jobs), None
        return
    sign = beside(options.out / "sign")
    try:
        yield Crew(scheduler=options.scheduler, probe=partial(_probe, options.project, sign)), sign
    finally:
        with suppress(OSError):
            sign.rmdir()


def _probe(project: Path, sign: Path) -> str | None:
    return digest_of((*names(project / "counties"), repr(sign.is_dir()).encode()))


def _built(shop: Workshop, sign: Path | None, live: Mapping[str, str | None], slug: str) -> BuildOutcome | None:
    """One county; whatever goes wrong in it, the others are still built. ``None`` if it still is what ``live`` says."""
    with phase("compare"):
        if slug in live and live_stamp(shop.options.out, slug) == live[slug]:
            return None
    try:
        with phase("rest"):
            return build_county(shop, slug, sign)
    except OSError:  # a full disk, or a folder that is gone, concerns every county
        raise
    except Exception as error:
        return BuildOutcome(slug, State.HELD, (failed(error, shop.project, slug),))


def _publish_root(shop: Workshop, shared: Judged, outcomes: Iterable[BuildOutcome]) -> tuple[Finding, ...]:
    """Publish the page of all counties; return the findings about it, the output folder and what counties share."""
    options = shop.options
    live = live_counties(options.out, {outcome.slug: outcome.listed for outcome in outcomes if outcome.listed})
    troubles = live.troubles if options.counties else (*live.troubles, *live.strangers(shop.project.counties))
    files: Mapping[str, bytes] = {}
    try:
        files = dict(index_files(shop, live.counties))
        known = frozenset(shared.unfinished())
        if not holds_back((one for one in shared.with_files(files) if one not in known), options.strict):
            publish_files(root_of(options.out, live), files.items())
    except (Obstacle, Unreadable) as error:
        troubles = (*troubles, error.trouble)
    return (*shared.with_files(files), *(finding(trouble, None) for trouble in troubles))


def proof(shared: Judged, options: BuildOptions) -> tuple[Finding, ...]:
    """The findings of a build that publishes nothing, of what counties share and of each county.

    A project's own templates can put anything on a page, or be wrong: only making the pages shows it.
    """
    project = shared.context.project
    slugs = options.counties or project.counties
    shop = Workshop(project, options)
    proven = tuple(each_county(partial(_proven, shop), slugs, Crew(options.jobs)))
    listed = [county for _, county in proven if county]
    try:
        on_root = shared.with_files(dict(index_files(shop, listed)))
    except Unreadable as error:
        on_root = (*shared.with_files({}), finding(error.trouble, None))
    return (*on_root, *(one for findings, _ in proven for one in findings))


def _proven(shop: Workshop, slug: str) -> tuple[tuple[Finding, ...], Published | None]:
    """What is found in one county, and the county as the page of all counties lists it."""
    try:
        made = make_county(shop, slug)
    except Exception as error:  # whatever it is, the other counties go on
        return (failed(error, shop.project, slug),), None
    from gkdir.excel_form.formplaces import with_form_places  # only a check tells of it

    findings = with_form_places(shop.project, read_county(shop.project, slug), made.findings)
    return findings, county_of(slug, made.about) if made.files is not None else None


def index_files(shop: Workshop, counties: Sequence[Published]) -> Iterator[tuple[str, bytes]]:
    """The page of all live counties; one that is held back keeps its place and its old pages."""
    return root_files(counties, shop.project, shop.renderer, shop.options.base_url)


def script_of(catalog: Catalog) -> Converter | None:
    """The converter to Traditional script; ``None`` if it is not wanted or not installed."""
    wanted = catalog.traditional.wanted is not False
    return county_converter(catalog.traditional, catalog) if wanted and available() else None
