"""The options of a build → the last outcome of each county that has not changed since.

No source file is read, unless the stamp of its folder has changed.

Each county has a key: the digest of everything that it is made from. Its outcome is stored with that key and with the
stamp of its published folder. If both are the same as then, a build would not change anything.
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
from gkdir.publish.swap import LOCK, WORK, locked_folder
from gkdir.sources import COUNTIES, Sources, name_of
from gkdir.stamps import FolderDigests, Known, digest_of, entries, names, program, stamp_line, stamped_paths, status
from gkdir.workers import Workforce, each_county

_MIN_FOR_WORKERS = 40
"""With fewer counties, one process checks the published folders faster than several, which must be started."""


Result = tuple[tuple[Finding, ...], tuple[BuildOutcome, ...]]
"""The findings of the project itself, and the outcome of each county."""


class KnownCounty(Struct, frozen=True):
    """The outcome of a county, the key of its sources, and the digest of the program that made it."""

    key: str
    outcome: BuildOutcome
    program: str


class KnownRoot(Struct, frozen=True):
    """The result for the project: its ``counties``, its findings, and the stamp of the ``files`` in the root."""

    key: str
    live: str
    files: tuple[str, ...]
    counties: tuple[str, ...]
    findings: tuple[Finding, ...]


class TakenDigests(Struct, frozen=True):
    """The digests that another process took: ``folders`` by county, ``contents`` to store, ``fresh``: some are new."""

    folders: dict[str, str | None]
    contents: dict[str, Known]
    fresh: bool


class _Kept(Struct):
    """What is stored between builds of one project into one folder; ``folders``: stamps and digests of its sources."""

    folders: dict[str, Known] = {}
    counties: dict[str, KnownCounty] = {}
    root: KnownRoot | None = None


class Memory:
    """The results of the last build into the same folder, compared with the current files.

    Shared sources are compared on creation, before anything is read; those of a county on first use. As a context
    manager, it stores the noted results for the next build.
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
        """Whether there are new digests to store."""
        return self._contents.fresh

    def again(self) -> KnownRoot | None:
        """The last result for the project, if neither it nor the page of all counties has changed; else ``None``."""
        root = self._kept.root
        if root is None or root.key != self._root_key or root.live != digest_of(self._all_live(root.files)):
            return None
        return root

    def counties_to_compare(self) -> tuple[str, ...]:
        """All counties, if only their own folders can have changed since the last build; else none."""
        root = self._kept.root
        return root.counties if root is not None and root.key == self._root_key else ()

    def look(self, slugs: Iterable[str]) -> TakenDigests:
        """Take the digests of the counties' folders and return them, for ``learn`` in another process."""
        for slug in slugs:
            self._sources.look(slug)
        return TakenDigests(self._sources.folders, self._contents.seen, self._contents.fresh)

    def learn(self, seen: TakenDigests) -> None:
        """Add the digests that another process took."""
        self._sources.learn(seen.folders)
        self._contents.learn(seen.contents, seen.fresh)

    def same(self, slug: str) -> bool:
        """Whether the sources of the county are unchanged."""
        self._sources.look(slug)
        known = self._kept.counties.get(slug)
        return known is not None and known.key == self._sources.key(known.outcome.sources)

    def known(self, slugs: Iterable[str]) -> dict[str, BuildOutcome]:
        """The last outcomes of counties with unchanged sources; their published folders may have changed."""
        same = {slug: self._kept.counties[slug].outcome for slug in filter(self.same, slugs)}
        return {
            slug: outcome if outcome.state is State.HELD else replace(outcome, state=State.UNCHANGED)
            for slug, outcome in same.items()
        }

    def listed(self, slugs: Iterable[str]) -> dict[str, KnownManifest]:
        """The manifests of the counties that this version of gkdir published; their sources may have changed."""
        known = ((slug, self._kept.counties.get(slug)) for slug in slugs)
        by_us = ((slug, one.outcome.listed) for slug, one in known if one and one.program == program())
        return {slug: listed for slug, listed in by_us if listed}

    def note(self, outcome: BuildOutcome) -> None:
        """Note the outcome of a county."""
        key = self._sources.key(outcome.sources)
        if key is None or (outcome.live is None and outcome.state is not State.HELD):
            self._kept.counties.pop(outcome.slug, None)
        else:
            self._kept.counties[outcome.slug] = KnownCounty(key, outcome, program())

    def note_root(self, counties: tuple[str, ...], findings: tuple[Finding, ...]) -> None:
        """Note the result for the project and the root of the output folder."""
        manifest = read_manifest(self._options.out)
        files = (MANIFEST, *manifest.files) if manifest else ()
        live = digest_of(self._all_live(files))
        whole = self._root_key and live
        self._kept.root = KnownRoot(self._root_key or "", live or "", files, counties, findings) if whole else None

    def save(self) -> None:
        """Store what was noted; if only some counties were built, the known digests of others are kept."""
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
    """The result of a build that has nothing to do; ``None`` if there is something. ``begun`` as in ``build``."""
    if not (options.out / LOCK).is_file() or memory.again() is None:
        return None
    with locked_folder(options.out):
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
    """County that was not held back → the stamp of its published folder."""
    return {outcome.slug: outcome.live for outcome in known if outcome.state is not State.HELD}


def _intact(options: BuildOptions, known: Iterable[BuildOutcome]) -> bool:
    """Whether all published folders are unchanged."""
    live = published(known)
    workforce = Workforce(1 if len(live) < _MIN_FOR_WORKERS else options.jobs)
    stamps = each_county(partial(live_stamp, options.out), tuple(live), workforce)
    return all(stamp == live[slug] for slug, stamp in zip(live, stamps, strict=True))


def live_stamp(out: Path, slug: str) -> str | None:
    """The stamp of a county's published folder: of all files that its manifest names, and of their folders.

    Folders are not listed, which would take twice as long: a file that is added changes the times of its folder.
    """
    manifest = read_manifest(out / slug)
    if manifest is None:
        return None
    folders = sorted(folders_of(manifest.files))
    return digest_of(stamped_paths(out / slug, ("", *folders, MANIFEST, *manifest.files)))


def without_numbers(out: Path, slug: str, listed: KnownManifest | None) -> Mapping[str, str]:
    """Path → digest of a county's published files without numbers of persons.

    Empty if the manifest is not the one that the last build ``listed``.
    """
    if listed is None or listed.numbered is None:
        return {}
    content = manifest_bytes(out / slug)
    manifest = manifest_of(content)
    if manifest is None or digest(content) != listed.digest:
        return {}
    return {path: sum_ for (path, sum_), has in zip(manifest.files.items(), listed.numbered, strict=True) if not has}
