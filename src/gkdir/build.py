"""A project and its options → the site: read → lay → check → site → outputs → publish, for each county."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from gkdir.buildoptions import BuildOptions
from gkdir.checking import failed, sources_of
from gkdir.comparison import Comparison, Stamps, comparing
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
from gkdir.publish.manifest import digest, manifest_bytes, sums_of
from gkdir.publish.obstacles import Obstacle
from gkdir.publish.render import Renderer
from gkdir.publish.shared import publish_files
from gkdir.publish.swap import locked_folder, new_folder_for, recover
from gkdir.publish.write import publish_folder
from gkdir.read.known import known_project
from gkdir.read.passages import is_text
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
from gkdir.unchanged import Memory, Result, live_stamp, published, without_numbers
from gkdir.workers import Workforce, each_county


class BuildContext(Struct, frozen=True, dict=True):
    """What all counties of one build share. ``renderer`` is made on first use, once in each process."""

    project: Project
    options: BuildOptions

    @cached_property
    def renderer(self) -> Renderer:
        """The project's own templates take precedence over the bundled ones."""
        return Renderer((self.project.folder / "templates", template_folder()))


_NO_DIGESTS: Mapping[str, str] = MappingProxyType({})


class Before(Struct, frozen=True):
    """The state after the last build: stamps of published folders of counties with unchanged sources (``live``), and
    manifests of the others (``listed``)."""

    live: Mapping[str, str | None]
    listed: Mapping[str, KnownManifest]


class MadeCounty(Struct, frozen=True):
    """A county ready to publish: its site, its findings, and its files (``None`` if an error holds it back).

    ``sources`` are the folders below ``counties`` that it was made from; with ``judged`` further files can be checked.
    ``numbered``: paths of files that may have numbers of persons. ``sums``: path → digest, if it was needed.
    """

    site: Site
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes] | None = None
    sources: tuple[str, ...] | None = None
    judged: Judged | None = None
    numbered: frozenset[str] = frozenset()
    sums: Mapping[str, str] | None = None

    @property
    def about(self) -> Mapping[str, str]:
        """What the manifest of its published folder says about it."""
        return about_of(self.site.catalog, self.site.date)


def make_county(context: BuildContext, slug: str, checked: Mapping[str, str] = _NO_DIGESTS) -> MadeCounty:
    """One county: read → lay → check → site → outputs. Any error holds the whole county back.

    ``checked``: path → digest of files that were checked before and have no numbers of persons.
    """
    project, options = context.project, context.options
    with phase("read"):
        county = read_county(project, slug)
    with phase("lay"):
        catalog = lay(project, county)
        site = Site.of(project, catalog, options)
    with phase("judge"):
        judged = demanded(judge(project, county, catalog, site.date), options.require_review)
    sources = sources_of(project.folder, county)
    if holds_back(judged.unfinished(), options.strict):
        return MadeCounty(site, judged.with_files({}), sources=sources)
    script = script_of(catalog) if options.hant else None
    site = replace(site, hant=script is not None)
    try:
        files = county_files(OutputContext(site, project.folder, options, context.renderer, script))
    except Unreadable as error:  # a mistake in a template
        return MadeCounty(site, (*judged.with_files({}), finding(error.trouble, slug)), sources=sources)
    # Copies have the same numbers, so checking them would report everything twice.
    with phase("judge-pages"):
        pages = {path: data for path, data in files.items() if not _repeats(path)}
        sums = sums_of(files) if checked else {}
        # Only texts are certain to have been checked: PDFs are, only if the project has sheet templates of its own.
        same = frozenset(path for path in pages if is_text(path) and checked.get(path, "") == sums.get(path))
        found = judged.find_numbers({path: data for path, data in pages.items() if path not in same})
        findings = judged.with_files(pages, files, found)
    kept = None if holds_back(findings, options.strict) else files
    return MadeCounty(site, findings, kept, sources, judged, found.numbered, sums or None)


def _repeats(path: str) -> bool:
    """Whether the file repeats another one: pages in Traditional script, the data of a single item."""
    return path.startswith(HANT) or path.endswith(f"/{ITEM_DATA}")


def build_county(
    context: BuildContext, slug: str, sign: Path | None = None, listed: KnownManifest | None = None
) -> BuildOutcome:
    """Make one county and publish it; ``listed`` is its manifest, if the same program published it last.

    Raises Unreadable if ``sign`` is gone: the build has ended meanwhile.
    """
    made = make_county(context, slug, without_numbers(context.options.out, slug, listed))
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
            changed = publish_folder(context.options.out / slug, made.files.items(), made.about, made.sums)
    except Obstacle as way:
        findings = (*findings, finding(way.trouble, slug))
        if not way.published:
            return BuildOutcome(slug, State.HELD, findings)
        return BuildOutcome(slug, State.PUBLISHED, findings, pages, urgent)
    state = State.PUBLISHED if changed else State.UNCHANGED
    with phase("stamp"):
        live = live_stamp(context.options.out, slug)
        numbered = bytes(path in made.numbered for path in sorted(made.files))
        listed = KnownManifest(made.about, digest(manifest_bytes(context.options.out / slug)), numbered)
    return BuildOutcome(slug, state, findings, pages, urgent, made.sources, live, listed)


def build(
    options: BuildOptions,
    report: Callable[[BuildOutcome], None],
    begun: Callable[[Sequence[str]], None] = lambda _: None,
    memory: Memory | None = None,
) -> Result:
    """Build the counties in ``options``; return the findings of the project itself, and each county's outcome.

    ``begun`` is called with the names of all counties, then ``report`` with each outcome. The number of processes does
    not change the bytes. An error in the project itself (a national workbook that cannot be read) holds everything
    back. A published county that is no longer in the project stays, and a finding names it. A county that has not
    changed since the last build, according to ``memory``, is not made again.
    """
    refuse_overlap(options.out, options.project)
    options.out.mkdir(parents=True, exist_ok=True)
    refuse_county(options.out)
    with locked_folder(options.out):
        adopt_root(options.out)
        memory = memory or Memory(options)  # before anything is read, so that a later change is noticed
        with comparing(memory, options) as comparison:
            return _built_all(options, report, begun, comparison)


def _built_all(
    options: BuildOptions,
    report: Callable[[BuildOutcome], None],
    begun: Callable[[Sequence[str]], None],
    comparison: Comparison,
) -> Result:
    """As ``build``, in an output folder that is locked for this process."""
    memory = comparison.memory
    with phase("shared"):
        project = known_project(options.project, options.national)
    context = BuildContext(project, options)
    begun(project.counties)
    with phase("shared"):
        shared = judge_project(project, options.today)
    slugs = tuple(dict.fromkeys(options.counties)) or project.counties
    if holds_all_back(shared.unfinished(), options.project, options.strict):
        return shared.with_files({}), tuple(BuildOutcome(slug, State.HELD) for slug in slugs)
    with memory:
        with phase("compare"):
            outcomes = comparison.known(slugs)
        for outcome in _made(context, slugs, outcomes, comparison):
            report(outcome)
            if outcome is not outcomes.get(outcome.slug):
                memory.note(outcome)
            outcomes[outcome.slug] = outcome
        if not any(map(_in_the_way, (found for outcome in outcomes.values() for found in outcome.findings))):
            recover(options.out)  # what a killed process left; not if a person still has to look at it
        with phase("root"):
            findings = _publish_root(context, shared, outcomes.values())
        if not any(map(_in_the_way, findings)):
            memory.note_root(project.counties, findings)
    return findings, tuple(outcomes[slug] for slug in slugs)


def _in_the_way(found: Finding) -> bool:
    return found.rule == BY_KIND[TroubleKind.IN_THE_WAY].id


def _made(
    context: BuildContext, slugs: Sequence[str], known: Mapping[str, BuildOutcome], comparison: Comparison
) -> Iterator[BuildOutcome]:
    """The outcome of each county: first those known to be held back, then changed ones, because they take longest.

    ``known`` are the last outcomes of counties whose sources have not changed: they are made again only if their
    published folder has changed, which idle workers check meanwhile. A single changed county is made by this process,
    while other processes compare.
    """
    live = published(known.values())
    changed = tuple(slug for slug in slugs if slug not in known)
    before = Before(live, comparison.memory.listed(changed))
    yield from (outcome for slug, outcome in known.items() if slug not in live)
    with _workforce(context.options) as (workforce, sign):
        work = partial(_built, context, sign, before)
        stamps: Stamps = {}
        if comparison.parts and len(changed) == 1:
            yield from filter(None, each_county(work, changed, Workforce(1)))
            changed, stamps = (), comparison.stamps()
        comparison.end()
        kept = {slug for slug in live if slug in stamps and stamps[slug] == live[slug]}
        yield from (known[slug] for slug in live if slug in kept)
        order = (*changed, *(slug for slug in live if slug not in kept))
        found = each_county(work, order, workforce)
        yield from (outcome or known[slug] for slug, outcome in zip(order, found, strict=True))


@contextmanager
def _workforce(options: BuildOptions) -> Iterator[tuple[Workforce, Path | None]]:
    """The processes that build the counties; for workers of a cluster also the folder ``sign``.

    A worker must see ``sign`` in the output folder, or it writes somewhere else. The next build removes it, so that a
    worker that is still busy with a county of a killed build does not publish it.
    """
    if options.scheduler is None:
        yield Workforce(options.jobs), None
        return
    sign = new_folder_for(options.out / "sign")
    try:
        yield Workforce(scheduler=options.scheduler, probe=partial(_probe, options.project, sign)), sign
    finally:
        with suppress(OSError):
            sign.rmdir()


def _probe(project: Path, sign: Path) -> str | None:
    return digest_of((*names(project / "counties"), repr(sign.is_dir()).encode()))


def _built(context: BuildContext, sign: Path | None, before: Before, slug: str) -> BuildOutcome | None:
    """Build one county; an exception except ``OSError`` becomes a finding.

    ``None`` if the county is in ``before.live`` and its published folder still has the stamp from there.
    """
    with phase("compare"):
        if slug in before.live and live_stamp(context.options.out, slug) == before.live[slug]:
            return None
    try:
        with phase("rest"):
            return build_county(context, slug, sign, before.listed.get(slug))
    except OSError:  # a full disk or a missing folder would stop every county
        raise
    except Exception as error:
        return BuildOutcome(slug, State.HELD, (failed(error, context.project, slug),))


def _publish_root(context: BuildContext, shared: Judged, outcomes: Iterable[BuildOutcome]) -> tuple[Finding, ...]:
    """Publish the page of all counties; return the findings about it, the output folder and the shared files."""
    options = context.options
    live = live_counties(options.out, {outcome.slug: outcome.listed for outcome in outcomes if outcome.listed})
    troubles = live.troubles if options.counties else (*live.troubles, *live.unknown_counties(context.project.counties))
    files: Mapping[str, bytes] = {}
    try:
        files = dict(index_files(context, live.counties))
        known = frozenset(shared.unfinished())
        if not holds_back((one for one in shared.with_files(files) if one not in known), options.strict):
            publish_files(root_of(options.out, live), files.items())
    except (Obstacle, Unreadable) as error:
        troubles = (*troubles, error.trouble)
    return (*shared.with_files(files), *(finding(trouble, None) for trouble in troubles))


def proof(shared: Judged, options: BuildOptions) -> tuple[Finding, ...]:
    """The findings of a build that publishes nothing: those of shared files, then those of each county.

    A project's own templates may be wrong or put anything on a page; only rendering the pages shows it.
    """
    project = shared.context.project
    slugs = options.counties or project.counties
    context = BuildContext(project, options)
    proven = tuple(each_county(partial(_proven, context), slugs, Workforce(options.jobs)))
    listed = [county for _, county in proven if county]
    try:
        on_root = shared.with_files(dict(index_files(context, listed)))
    except Unreadable as error:
        on_root = (*shared.with_files({}), finding(error.trouble, None))
    return (*on_root, *(one for findings, _ in proven for one in findings))


def _proven(context: BuildContext, slug: str) -> tuple[tuple[Finding, ...], Published | None]:
    """The findings of one county, and its entry on the page of all counties (``None`` if it is held back)."""
    try:
        made = make_county(context, slug)
    except Exception as error:  # the other counties are still made
        return (failed(error, context.project, slug),), None
    from gkdir.excel_form.formplaces import with_form_places  # heavy, and a build does not need it

    findings = with_form_places(context.project, read_county(context.project, slug), made.findings)
    return findings, county_of(slug, made.about) if made.files is not None else None


def index_files(context: BuildContext, counties: Sequence[Published]) -> Iterator[tuple[str, bytes]]:
    """The files of the page that lists ``counties``: path and bytes."""
    return root_files(counties, context.project, context.renderer, context.options.base_url)


def script_of(catalog: Catalog) -> Converter | None:
    """The converter to Traditional script; ``None`` if it is not wanted or not installed."""
    wanted = catalog.traditional.wanted is not False
    return county_converter(catalog.traditional, catalog) if wanted and available() else None
