"""The options of a build → the earlier outcome of each county that has not changed since; no file is opened.

Each county has a key: the digest of everything that it is made from. What came of it is kept under that key, with the
stamp of its published folder. If key and stamp are the same, the county is what a build would make of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from os.path import realpath
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir import cache
from gkdir.buildoptions import BuildOptions
from gkdir.finding import Finding
from gkdir.outcome import BuildOutcome, KnownManifest, State
from gkdir.publish.manifest import MANIFEST, digest, manifest_bytes, manifest_of, read_manifest
from gkdir.publish.obstacles import folders_of
from gkdir.publish.swap import LOCK, WORK, alone
from gkdir.sources import COUNTIES, Sources, name_of
from gkdir.stamps import FolderDigests, Known, digest_of, entries, names, program, stamp_line, stamped_paths, status
from gkdir.workers import Workforce, each_county

_MANY = 40
"""With fewer counties, to look at what is published takes one process less time than to call others."""


Result = tuple[tuple[Finding, ...], tuple[BuildOutcome, ...]]
"""What was found in the project itself, and what became of each county."""


class KnownCounty(Struct, frozen=True):
    """What came of a county, the key of all that it was made from, and the digest of the program that made it."""

    key: str
    outcome: BuildOutcome
    program: str


class KnownRoot(Struct, frozen=True):
    """What came of the project: its ``counties``, what was found, and the stamp of the root's ``files``."""

    key: str
    live: str
    files: tuple[str, ...]
    counties: tuple[str, ...]
    findings: tuple[Finding, ...]


class _Kept(Struct):
    """What is kept between builds of one project into one folder; ``folders`` are those of its sources."""

    folders: dict[str, Known] = {}
    counties: dict[str, KnownCounty] = {}
    root: KnownRoot | None = None


class Memory:
    """What the last build into the same folder left, compared with what is there now.

    What all counties share is compared at once, before anything is read; a county, when it is first asked for.
    Used as a context, it keeps what was noted for the next build.
    """

    def __init__(self, options: BuildOptions) -> None:
        self._options = options
        self._out = Path(realpath(options.out))
        self._project = Path(realpath(options.project))
        self._name = name_of("built", self._project, self._out)
        self._kept = cache.kept_value(self._name, _Kept) or _Kept()
        self._now = cache.now()
        self._contents = FolderDigests(self._kept.folders, self._now, self._project)
        self._sources = Sources(options, None if self._now is None else self._contents, self._out)
        self._root_key = None if self._sources.shared is None else digest_of(self._all_of_root())

    def __enter__(self) -> None: ...

    def __exit__(self, *failure: object) -> None:
        self.save()

    @property
    def learned(self) -> bool:
        """Whether digests of folders were taken that were not known before."""
        return self._contents.fresh

    def again(self) -> KnownRoot | None:
        """What was found at the last build, if the project and the page of all counties are as they were then."""
        root = self._kept.root
        if root is None or root.key != self._root_key or root.live != digest_of(self._all_live(root.files)):
            return None
        return root

    def same(self, slug: str) -> bool:
        """Whether nothing has changed in what the county was made from."""
        self._sources.look(slug)
        known = self._kept.counties.get(slug)
        return known is not None and known.key == self._sources.key(known.outcome.sources)

    def known(self, slugs: Iterable[str]) -> dict[str, BuildOutcome]:
        """What came of those of the counties whose sources are as they were; their published folders may not be."""
        same = {slug: self._kept.counties[slug].outcome for slug in filter(self.same, slugs)}
        return {
            slug: outcome if outcome.state is State.HELD else replace(outcome, state=State.UNCHANGED)
            for slug, outcome in same.items()
        }

    def listed(self, slugs: Iterable[str]) -> dict[str, KnownManifest]:
        """The manifests of those of the counties that this very program published; their sources may have changed."""
        known = ((slug, self._kept.counties.get(slug)) for slug in slugs)
        by_us = ((slug, one.outcome.listed) for slug, one in known if one and one.program == program())
        return {slug: listed for slug, listed in by_us if listed}

    def note(self, outcome: BuildOutcome) -> None:
        """Keep what came of a county."""
        key = self._sources.key(outcome.sources)
        if key is None or (outcome.live is None and outcome.state is not State.HELD):
            self._kept.counties.pop(outcome.slug, None)
        else:
            self._kept.counties[outcome.slug] = KnownCounty(key, outcome, program())

    def note_root(self, counties: tuple[str, ...], findings: tuple[Finding, ...]) -> None:
        """Keep what was found in the project and in the output folder."""
        manifest = read_manifest(self._options.out)
        files = (MANIFEST, *manifest.files) if manifest else ()
        live = digest_of(self._all_live(files))
        whole = self._root_key and live
        self._kept.root = KnownRoot(self._root_key or "", live or "", files, counties, findings) if whole else None

    def save(self) -> None:
        """Keep what was noted; digests of folders that were not asked for too, if not all counties were."""
        if self._now is not None:
            known = self._kept.folders if self._options.counties else {}
            self._kept.folders = {**known, **self._contents.seen}
            cache.keep_value(self._name, self._kept)

    def _all_of_root(self) -> Iterator[bytes]:
        options = self._options
        yield f"{self._sources.shared} {options.out.as_posix()} {not options.counties}".encode(errors="surrogateescape")
        yield from names(self._project / COUNTIES)

    def _all_live(self, files: Iterable[str]) -> Iterator[bytes]:
        for entry in entries(self._out):
            if entry.name in (WORK, LOCK) or not entry.is_dir(follow_symlinks=False):
                continue
            yield stamp_line(entry.name, entry.stat(follow_symlinks=False))
            yield stamp_line(MANIFEST, status(Path(entry.path, MANIFEST)))
        for file in files:
            yield stamp_line(file, status(self._out / file))


def again(memory: Memory, options: BuildOptions, begun: Callable[[Sequence[str]], None]) -> Result | None:
    """What a build would give, if it had nothing to do; ``begun`` is called as a build does."""
    if not (options.out / LOCK).is_file() or memory.again() is None:
        return None
    with alone(options.out):
        root = memory.again()
        if root is None:
            return None
        begun(root.counties)
        slugs = tuple(dict.fromkeys(options.counties)) or root.counties
        outcomes = memory.known(slugs) if all(map(memory.same, slugs)) else {}
        if len(outcomes) < len(slugs) or not _intact(options, outcomes.values()):
            return None
        if memory.learned:
            memory.save()
    return root.findings, tuple(outcomes[slug] for slug in slugs)


def published(known: Iterable[BuildOutcome]) -> dict[str, str | None]:
    """The stamps of the published folders of the counties of which that came, those not held back."""
    return {outcome.slug: outcome.live for outcome in known if outcome.state is not State.HELD}


def _intact(options: BuildOptions, known: Iterable[BuildOutcome]) -> bool:
    """Whether all that is published is as it was."""
    live = published(known)
    workforce = Workforce(1 if len(live) < _MANY else options.jobs)
    stamps = each_county(partial(live_stamp, options.out), tuple(live), workforce)
    return all(stamp == live[slug] for slug, stamp in zip(live, stamps, strict=True))


def live_stamp(out: Path, slug: str) -> str | None:
    """The stamp of a county's published folder: of all files that its manifest names, and the folders that they lie in.

    Nothing is listed, which takes twice as long: what else is put there shows in the times of the folder.
    """
    manifest = read_manifest(out / slug)
    if manifest is None:
        return None
    folders = sorted(folders_of(manifest.files))
    return digest_of(stamped_paths(out / slug, ("", *folders, MANIFEST, *manifest.files)))


def without_numbers(out: Path, slug: str, listed: KnownManifest | None) -> Mapping[str, str]:
    """The digests of the files published of a county that hold no number of a person, by path.

    None of them, if the manifest is not the one that the last build ``listed``.
    """
    content = b"" if listed is None or listed.numbered is None else manifest_bytes(out / slug)
    manifest = manifest_of(content)
    if listed is None or manifest is None or digest(content) != listed.digest:
        return {}
    numbered = frozenset(listed.numbered or ())
    return {path: sum_ for path, sum_ in manifest.files.items() if path not in numbered}
