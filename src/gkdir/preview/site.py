"""A project → its current site in memory, each county rendered on request; used by ``serve``."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain
from pathlib import Path
from threading import Lock

from msgspec import Struct, field

from gkdir.build import Made, Workshop, index_files, make_county
from gkdir.buildoptions import BuildOptions
from gkdir.finding import Unreadable
from gkdir.publish.live import county_of
from gkdir.read.project import read_project
from gkdir.report import text
from gkdir.resources import national_folder, template_folder
from gkdir.site.root import Published

Snapshot = frozenset[tuple[str, int, int]]


class _Made(Struct, frozen=True):
    """The site of one snapshot of the files, as far as it has been requested."""

    snapshot: Snapshot
    shop: Workshop
    counties: dict[str, Made] = field(default_factory=dict)


class Preview:
    """The site of a project. Safe to ask from several threads."""

    def __init__(self, options: BuildOptions) -> None:
        self._options = options
        self._lock = Lock()
        self._made: _Made | None = None

    def snapshot(self) -> Snapshot:
        """The files that the site is made from, as they are now: path, time and size of each.

        The templates and national data that come with gkdir count too: in a checkout they are edited.
        """
        options = self._options
        folders = (options.project, options.national or national_folder(), template_folder())
        return frozenset(chain.from_iterable(map(_files, folders)))

    def get(self, path: str) -> bytes | None:
        """The bytes at ``path`` (``qingyuan/index.html``), or ``None`` where the site has no such page.

        A county that an error holds back shows its findings in place of every page.
        """
        with self._lock:
            try:
                return self._get(path)
            except Unreadable as error:
                trouble = error.trouble
                return _notice(f"{trouble.place}: {trouble.message}\n{trouble.hint}")

    def _get(self, path: str) -> bytes | None:
        made = self._now()
        slug, _, rest = path.partition("/")
        if slug not in made.shop.project.counties:
            live = [self._published(made, slug) for slug in made.shop.project.counties]
            return dict(index_files(made.shop, live)).get(path)
        county = self._county(made, slug)
        if county.files is None:
            return _notice(text.render(county.findings)) if rest.endswith(".html") else None
        return county.files.get(rest)

    def _published(self, made: _Made, slug: str) -> Published:
        about = self._county(made, slug).about
        return county_of(slug, about) or Published(slug, about["name"], about["code"])

    def _now(self) -> _Made:
        snapshot = self.snapshot()
        if self._made is None or self._made.snapshot != snapshot:
            project = read_project(self._options.project, self._options.national)
            self._made = _Made(snapshot, Workshop.of(project, self._options))
        return self._made

    def _county(self, made: _Made, slug: str) -> Made:
        if slug not in made.counties:
            made.counties[slug] = make_county(made.shop, slug)
        return made.counties[slug]


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        try:
            stat = path.stat()
        except OSError:  # gone between the two looks
            continue
        yield str(path), stat.st_mtime_ns, stat.st_size


def _notice(message: str) -> bytes:
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>有错误，未发布</title>'
        f"<h1>有错误，未发布</h1><p>改好后这一页会自己刷新。</p><pre>{escape(message)}</pre></html>"
    ).encode()
