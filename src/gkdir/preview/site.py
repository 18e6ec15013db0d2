"""A project → its current site in memory, each page rendered when it is asked for; used by ``serve`` and ``desk``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from threading import RLock

from gkdir.build import BuildContext, index_files
from gkdir.buildoptions import BuildOptions
from gkdir.finding import Finding, Unreadable
from gkdir.preview.draft import CountyDraft
from gkdir.read.known import known_project
from gkdir.report import text
from gkdir.resources import national_folder, template_folder
from gkdir.sources import ARCHIVES, COUNTIES
from gkdir.stamps import digest_of, stamped

_BODY = re.compile(rb"<body[^>]*>")


class Preview:
    """The site of a project. Safe to ask from several threads.

    A county is read again when something in the folders that it is made from has changed, or in what all share. The
    templates and national data that come with gkdir count too: in a checkout they are edited. Pages of a county that
    an error holds back are shown as far as they can be made, with its findings on top, without them for ``drafts``.
    """

    def __init__(self, options: BuildOptions, *, drafts: bool = False) -> None:
        self.options, self._shows_drafts = options, drafts
        self._lock = RLock()
        self._shared: str | None = None
        self._context: BuildContext | None = None
        self._drafts: dict[str, tuple[str | None, CountyDraft]] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """The existing folders that the site is made from."""
        options = self.options
        every = (*self._own(), options.project / COUNTIES, options.national or national_folder(), template_folder())
        return tuple(folder for folder in every if folder.is_dir())

    def get(self, path: str) -> bytes | None:
        """The bytes at ``path`` (``qingyuan/index.html``); ``None`` if the site has no such page.

        A county that an error holds back shows its findings on every page.
        """
        with self._lock:
            try:
                return self._get(path)
            except Unreadable as error:
                trouble = error.trouble
                return _notice(f"{trouble.place}: {trouble.message}\n{trouble.hint}")

    def context(self) -> BuildContext:
        """The project as it is now.

        :raises Unreadable: it cannot be read
        """
        with self._lock:
            shared = _stamp((*self._own(), self.options.national or national_folder(), template_folder()))
            names = _names(self.options.project / COUNTIES)
            shared = shared and shared + names
            if self._context is None or shared is None or shared != self._shared:
                project = known_project(self.options.project, self.options.national)
                self._context, self._shared, self._drafts = BuildContext(project, self.options), shared, {}
            return self._context

    def draft(self, slug: str) -> CountyDraft | None:
        """One county as it is now; ``None`` if the project has no such county."""
        with self._lock:
            context = self.context()
            if slug not in context.project.counties:
                return None
            stamp, draft = self._drafts.get(slug, (None, None))
            if draft is None or stamp is None or stamp != self._stamp(draft):
                draft = CountyDraft(context, slug)
                self._drafts[slug] = self._stamp(draft), draft
            return draft

    def _get(self, path: str) -> bytes | None:
        slug, _, rest = path.partition("/")
        draft = self.draft(slug)
        if draft is None:
            context = self.context()
            drafts = (self.draft(each) for each in context.project.counties)
            return dict(index_files(context, [each.listed for each in drafts if each])).get(path)
        try:
            content = draft.get(rest)
        except Exception:  # a county with errors may have other mistakes
            if draft.held:
                return _held(draft, rest)
            raise
        marked = content and rest.endswith(".html") and not self._shows_drafts and draft.held
        return _with_findings(content, draft.findings) if content and marked else content

    def _own(self) -> Iterator[Path]:
        """The project's folders that all counties share, whatever their names."""
        for path in sorted(self.options.project.iterdir()):
            skipped = path.name.startswith(".") or path.name in (COUNTIES, ARCHIVES) or path == self.options.out
            if path.is_dir() and not skipped:
                yield path

    def _stamp(self, draft: CountyDraft) -> str | None:
        return _stamp(self.options.project / COUNTIES / slug for slug in draft.sources)


def _stamp(folders: Iterable[Path]) -> str | None:
    return digest_of(line for folder in folders for line in (str(folder).encode(), *stamped(folder)))


def _names(folder: Path) -> str:
    return "\0".join(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ""


def _held(draft: CountyDraft, path: str) -> bytes | None:
    return _notice(text.render(draft.findings)) if path.endswith(".html") else None


def _with_findings(page: bytes, findings: Sequence[Finding]) -> bytes:
    notice = f"<details><summary>草稿，有错误，未发布。{escape(text.summary(findings))}</summary>"
    shown = f"{notice}<pre>{escape(text.render(findings))}</pre></details>".encode()
    return _BODY.sub(lambda match: match[0] + shown, page, count=1)


def _notice(message: str) -> bytes:
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>有错误，未发布</title>'
        f"<h1>有错误，未发布</h1><p>改好后这一页会自己刷新。</p><pre>{escape(message)}</pre></html>"
    ).encode()
