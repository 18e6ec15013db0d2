"""Files of the project → what the desk hands out: sheets to print, and the published folder as a zip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from gkdir.audit import Criteria, Mismatch, audit
from gkdir.build import BuildContext, build
from gkdir.buildoptions import BuildOptions
from gkdir.desk.front import DeskOptions
from gkdir.finding import Finding, Place, Severity, Unreadable
from gkdir.harmless import shown
from gkdir.outcome import State
from gkdir.output import refuse_sources
from gkdir.preview.draft import CountyDraft
from gkdir.publish.manifest import MANIFEST, read_manifest
from gkdir.publish.obstacles import unlisted
from gkdir.read.known import known_project
from gkdir.release.contents import release
from gkdir.release.pack import PlacingResult, place, site_archive, unsafe_names
from gkdir.resources import template_folder
from gkdir.sheets import county_sheets
from gkdir.sheets.sheet import PrintedSheet

_GROUPS = (("贴在公示栏的", "print/towns/"), ("群众带走的告知单", ""), ("表格：空白的和填好的样子", "print/forms/"))
"""Kinds of sheets and the beginnings of their paths; notices have a folder for each domain instead."""
_FIRST = "整份的目录、一本通"


class PaperGroup(Struct, frozen=True):
    """Sheets of one kind: a title, and the path below ``print/`` and title of each."""

    title: str
    sheets: tuple[tuple[str, str], ...]


def paper_groups(draft: CountyDraft) -> tuple[PaperGroup, ...]:
    """The sheets that there are, those for the notice board first.

    :raises Unreadable: nothing can be printed
    """
    titles = (_GROUPS[0][0], _FIRST, *(title for title, _ in _GROUPS[1:]))
    found: dict[str, list[tuple[str, str]]] = {title: [] for title in titles}
    for sheet in _sheets(draft):
        found[_group(sheet.path)].append((sheet.path.removeprefix("print/"), sheet.title))
    return tuple(PaperGroup(title, tuple(sheets)) for title, sheets in found.items() if sheets)


def pdf(draft: CountyDraft, path: str) -> bytes:
    """The PDF at ``path``.

    :raises Unreadable: there is none
    """
    sheet = next((each for each in _sheets(draft) if each.path == path), None)
    if sheet is None:
        raise Unreadable(Place(path), "没有这一份。", "请回到“打印”那一页，从那里打开。")
    from gkdir.sheets.renderer import TypstRenderer  # Typst is an extra

    with TypstRenderer((draft.project.folder / "templates", template_folder()), draft.site.date) as press:
        return press.pdf(sheet)


def _sheets(draft: CountyDraft) -> Iterator[PrintedSheet]:
    from gkdir.sheets.renderer import missing

    place = Place(draft.catalog.overlay.name)
    if names := missing():
        hint = "请让装 gkdir 的人运行 pip install 'gkdir[print]'；或者点“看看网页”，在浏览器里直接打印。"
        raise Unreadable(place, f"打印要用的{'、'.join(names)}没有装。", hint)
    if draft.held:
        raise Unreadable(place, "还有错误，没有排版。", "请先改好标着“错误”的。")
    return county_sheets(draft.site)


def _group(path: str) -> str:
    for title, start in _GROUPS:
        if start and path.startswith(start):
            return title
    return _GROUPS[1][0] if path.count("/") > 1 else _FIRST


class PublishingDone(Struct, frozen=True):
    """The result of publishing: important ``findings``, pages in ``folder``, differences that an audit finds, the
    archive.

    ``state`` is that of the build; if the county was held back, nothing else was done.
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
    """Run the equivalents of ``gkdir build``, ``audit`` and ``release``.

    :raises Unreadable: as they do
    :raises OSError: as they do
    """
    asked = BuildOptions(options.project, options.out, (slug,), 1)
    shared, outcomes = build(asked, lambda _: None)
    outcome = outcomes[0]
    folder = options.out / slug
    found = tuple(each for each in (*shared, *outcome.findings) if each.severity is not Severity.INFO)
    if outcome.state is State.HELD:
        return PublishingDone(outcome.state, found, folder)
    project = known_project(options.project)
    mismatches = audit(folder, None, Criteria((), project.reference.words.spam))
    refuse_sources(options.archive, options.project)
    made = release(BuildContext(project, BuildOptions(options.project, options.out, today=options.clock())), slug)
    if made.files is None:
        return PublishingDone(outcome.state, (*found, *made.findings), folder, outcome.pages, mismatches)
    archive = options.archive / made.name
    placed = place(archive, made.files)
    return PublishingDone(outcome.state, found, folder, outcome.pages, mismatches, archive, placed)


def zipped(folder: Path) -> bytes:
    """The published folder as a zip file, the same bytes for the same pages.

    :raises Unreadable: there is none, or it differs from what was published and should be examined first
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
