"""A project's folder → the desk: the project as it is now, changes to confirm, each county's last change."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock

import msgspec
from msgspec import Struct

from gkdir.buildoptions import BuildOptions
from gkdir.desk.front import DeskOptions
from gkdir.desk.proposal import Proposal
from gkdir.excel_form.apply import Versions
from gkdir.finding import Place, Unreadable
from gkdir.output import change_files, write_file
from gkdir.preview.draft import CountyDraft
from gkdir.preview.site import Preview

MAX_PROPOSALS = 20
"""How many proposals are kept; a clerk looks at one at a time."""


class Desk:
    """The state of the desk. The project's folder is the truth: only unwritten proposals and last changes are kept
    here.

    ``work`` is a lock for everything that reads or writes more than a page.
    """

    def __init__(self, options: DeskOptions) -> None:
        self.options = options
        self.preview = Preview(BuildOptions(options.project, options.out), drafts=True)
        self.work = RLock()
        self._waiting: OrderedDict[str, Proposal] = OrderedDict()
        self._last = last_changes(options.project)

    def draft(self, slug: str) -> CountyDraft:
        """The county as its files are now.

        :raises Unreadable: the project has no such county
        """
        draft = self.preview.draft(slug)
        if draft is None:
            raise Unreadable(Place(slug), "项目里没有这个县。", "请回到第一页，从那里进去。")
        return draft

    def propose(self, proposal: Proposal) -> str:
        """Keep the proposal until the clerk has looked at it; return the name by which to write it."""
        name = secrets.token_urlsafe(12)
        self._waiting[name] = proposal
        while len(self._waiting) > MAX_PROPOSALS:
            self._waiting.popitem(last=False)
        return name

    def write(self, name: str, as_written: Callable[[Proposal], Proposal]) -> Proposal:
        """Write a proposal. ``as_written`` may add files to it first.

        :raises Unreadable: there is none of that name, or a file has changed since
        """
        if name not in self._waiting:
            raise Unreadable(Place("桌面"), "这份改动已经写过，或者放得太久了。", "请再交一次，看过再写。")
        proposal = as_written(self._waiting[name])
        del self._waiting[name]
        self.put(proposal)
        return proposal

    def put(self, proposal: Proposal) -> None:
        """Write a proposal without asking the clerk."""
        if proposal.files:
            self._change(proposal.files)
            self._last[proposal.slug] = LastChange(proposal.slug, proposal.title, proposal.files)
            keep_last(self.options.project, self._last)

    def undo(self, slug: str) -> LastChange:
        """Undo the county's last change.

        :raises Unreadable: there is none, or a file has changed since
        """
        last = self._last.get(slug)
        if last is None:
            raise Unreadable(Place(slug), "没有可以撤回的改动。", "只能撤回最近一次，已经撤回过的不能再撤。")
        self._change({name: (after, before) for name, (before, after) in last.files.items()})
        del self._last[slug]
        keep_last(self.options.project, self._last)
        return last

    def last(self, slug: str) -> LastChange | None:
        """The county's last change, if it can be undone."""
        return self._last.get(slug)

    def _change(self, files: Mapping[str, Versions]) -> None:
        change_files({self.options.project / name: versions for name, versions in files.items()})


FILE = ".gkdir-desk-last"  # next to the desk's lock, outside the folders that a build reads


class LastChange(Struct, frozen=True):
    """The last change of the county ``slug``: each file's content before and after, and a title for it."""

    slug: str
    title: str
    files: Mapping[str, Versions]


def last_changes(project: Path) -> dict[str, LastChange]:
    """The last changes by county; empty if there is no such file, or it is of another version."""
    try:
        return msgspec.json.decode((project / FILE).read_bytes(), type=dict[str, LastChange])
    except (OSError, msgspec.MsgspecError):
        return {}


def keep_last(project: Path, last: Mapping[str, LastChange]) -> None:
    """Keep the last changes for the next start."""
    if not last:
        (project / FILE).unlink(missing_ok=True)
        return
    write_file(project / FILE, msgspec.json.encode(last), own=lambda _: True)
