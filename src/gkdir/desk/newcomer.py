"""A county's own tables → what importing them would write; a name and a code → a county without a table."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from gkdir.desk.proposal import Proposal
from gkdir.finding import Place, Unreadable
from gkdir.importing.draft import Draft, Report, RowOutcome
from gkdir.importing.overlayfile import overlay_text
from gkdir.importing.plan import plan
from gkdir.model.project import Project
from gkdir.read.directory import read_directories
from gkdir.read.folder import folded, is_slug
from gkdir.read.project import RESERVED

_LONGEST_NAME = 40


class Newcomer(Struct, frozen=True):
    """Which county it is: its folder, its name, its six-figure code."""

    slug: str
    name: str
    code: str

    @property
    def wrong(self) -> tuple[str, str] | None:
        """What is wrong with it and what to write; ``None`` if nothing is."""
        if not (1 < len(self.name) <= _LONGEST_NAME and re.fullmatch(r"[^\s:#\"'{}\[\],&*!|>%@`\\/]+", self.name)):
            return f"县名“{self.name[:20]}”不对。", "请写两个以上汉字，不带空格和标点，例如 清源县。"
        if not re.fullmatch(r"[0-9]{6}", self.code):
            return f"代码“{self.code[:20]}”不是六位数字。", "请写六位行政区划代码。"
        if (
            not re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.slug)
            or not is_slug(self.slug)
            or folded(self.slug) in RESERVED
        ):
            return f"网址里的名字“{self.slug[:20]}”用不了。", "请用小写字母和数字，例如 qingyuan；不写就用六位代码。"
        return None


def imported(project: Project, county: Newcomer, files: Sequence[tuple[str, Path]]) -> Proposal:
    """The proposal to write the county's county.yaml from ``files``, each with the name that the clerk gave it.

    Raises Unreadable: a file that is no table, or a county that cannot be called so.
    """
    if county.wrong is not None:
        raise Unreadable(Place("新的县"), *county.wrong)
    labels = {domain: directory.label for domain, directory in project.national.items()}
    tables = tuple(table for name, path in files for table in read_directories(path, name=name, labels=labels))
    draft, report = (
        plan(tables, project.national, county.name, county.code) if files else (Draft(county.name, county.code), None)
    )
    name = f"counties/{county.slug}/county.yaml"
    path = project.folder / name
    before = path.read_bytes() if path.exists() else None
    after = overlay_text(draft).encode()
    shown = "、".join(name for name, _ in files)
    title = f"从“{shown}”读出的目录" if files else f"新的县 {county.name}"
    changed = {} if before == after else {name: (before, after)}
    return Proposal(county.slug, title, changed, report=report, lines=_lines(before, after))


def counted(report: Report) -> tuple[tuple[str, int, str], ...]:
    """What became of the rows, in a word, how many, and a sentence."""
    sentences = {
        RowOutcome.SAME: "和国家目录一样，不用写",
        RowOutcome.CHANGED: "和国家目录有些不同，只写不同的地方",
        RowOutcome.ADDED: "国家目录没有，作为本县增加的事项",
        RowOutcome.OMITTED: "国家目录有、您的表里没有，要写明不列入的理由",
        RowOutcome.DOUBTFUL: "拿不准，下一步请您定",
    }
    return tuple((outcome.value, report.count(outcome), words) for outcome, words in sentences.items())


def _lines(before: bytes | None, after: bytes) -> tuple[str, ...]:
    if before is None:
        return ()
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (before, after))
    return tuple(difflib.unified_diff(old, new, "现有的", "将写入的", lineterm=""))
