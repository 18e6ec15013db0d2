"""A county of the desk's project → its site built, audited, filed and packed, with what became of each."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from gkdir.audit import Mismatch, Watch, audit
from gkdir.build import Workshop, build
from gkdir.buildoptions import BuildOptions
from gkdir.desk.desk import DeskOptions
from gkdir.finding import Finding, Place, Severity, Unreadable
from gkdir.harmless import shown
from gkdir.outcome import State
from gkdir.output import refuse_sources
from gkdir.publish.manifest import MANIFEST, read_manifest
from gkdir.publish.obstacles import unlisted
from gkdir.read.known import known_project
from gkdir.release.contents import release
from gkdir.release.pack import PlacingResult, place, site_archive, unsafe_names


class PublishingDone(Struct, frozen=True):
    """What became of publishing: ``findings`` that weigh, pages in ``folder``, what an audit sees, the archive.

    ``state`` is that of the build; of a county held back nothing else was done.
    """

    state: State
    findings: tuple[Finding, ...]
    folder: Path
    pages: int = 0
    mismatches: tuple[Mismatch, ...] = ()
    archive: Path | None = None
    placed: PlacingResult | None = None

    @property
    def held(self) -> bool:
        """Whether an error held the county back."""
        return self.state is State.HELD


def published(options: DeskOptions, slug: str) -> PublishingDone:
    """Do what ``gkdir build``, ``audit`` and ``release`` do. Raises Unreadable and OSError as they do."""
    asked = BuildOptions(options.project, options.out, (slug,), 1)
    shared, outcomes = build(asked, lambda _: None)
    outcome = outcomes[0]
    folder = options.out / slug
    found = tuple(each for each in (*shared, *outcome.findings) if each.severity is not Severity.INFO)
    if outcome.state is State.HELD:
        return PublishingDone(outcome.state, found, folder)
    project = known_project(options.project)
    mismatches = audit(folder, None, Watch((), project.reference.words.spam))
    refuse_sources(options.archive, options.project)
    made = release(Workshop(project, BuildOptions(options.project, options.out, today=options.clock())), slug)
    if made.files is None:
        return PublishingDone(outcome.state, (*found, *made.findings), folder, outcome.pages, mismatches)
    archive = options.archive / made.name
    placed = place(archive, made.files)
    return PublishingDone(outcome.state, found, folder, outcome.pages, mismatches, archive, placed)


def zipped(folder: Path) -> bytes:
    """The published folder as a zip file, the same bytes for the same pages.

    Raises Unreadable: there is none, or it is not as it was published, which nobody should put on a website unseen.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise Unreadable(Place(folder.name), "这个县还没有发布。", "请先点“发布”。")
    if altered := sorted(set(manifest.files) - set(unlisted(folder, manifest, ()))):
        message = f"发布以后有人改过这个文件夹，没有打包：{'、'.join(map(shown, altered[:5]))}等 {len(altered)} 处。"
        raise Unreadable(Place(folder.name), message, "请看看是谁改的；删去这个文件夹，再点“发布”。")
    site = {name: (folder / name).read_bytes() for name in (*manifest.files, MANIFEST)}
    if unsafe := tuple(unsafe_names(site)):
        message = f"这些文件名在 Windows 上解开会变样，没有打包：{'、'.join(unsafe[:20])}。"
        raise Unreadable(Place(folder.name), message, "请改成英文字母和数字，再发布。")
    return site_archive(folder.name, site)
