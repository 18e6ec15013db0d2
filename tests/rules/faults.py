"""Faults in the sample project, one or many independent ones, and the findings that they add."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from msgspec.structs import replace
from tests.places import DIRECTORIES

from gkdir.buildoptions import BuildOptions
from gkdir.checking import check_counties
from gkdir.finding import Finding, Severity, shared_once
from gkdir.model.project import Project
from gkdir.read.project import read_project

TODAY = date(2026, 6, 1)
COUNTING = ("GK213", "GK407", "GK408", "GK617")
"""Hints that contain the number of items, and so change with every added or omitted item."""
ADDING = ("guides/employment/1.1.md", "guides/employment/1.2.md")
"""Guides of the sample that only add to the national ones."""
NEW = ""
"""The content of a file that does not exist."""


class Fault(NamedTuple):
    """``was`` becomes ``now`` in ``file``; the finding of ``rule`` is on the line that contains ``at``, or has no line.

    A fault that affects other findings is made ``alone``.
    """

    rule: str
    file: str
    was: str
    now: str
    at: str | None
    alone: bool = False


class Sample(NamedTuple):
    """A copy of the sample project, and its findings before any fault."""

    project: Project
    baseline: Counter[tuple[str, str, str]]

    @classmethod
    def copied(cls, into: Path) -> Sample:
        """A copy of the sample in a folder; checks that it has no finding worse than a hint."""
        return cls(_alone(into / "directories"), _baseline())

    @property
    def county(self) -> Path:
        """The sample county's folder."""
        return self.project.folder / "counties" / "qingyuan"

    def findings(self, *slugs: str) -> list[Finding]:
        """The present findings in the county, or in those named."""
        asked = BuildOptions(self.project.folder, Path(), slugs or ("qingyuan",), 1, today=TODAY)
        with patch("gkdir.excel_form.formplaces.with_form_places", lambda _project, _county, found, _catalog: found):
            return shared_once(check_counties(self.project, asked), self.project.folder)

    def more(self) -> list[Finding]:
        """The findings that the unchanged sample does not have."""
        left = Counter(self.baseline)
        more = []
        for finding in self.findings():
            if left[_key(finding)] > 0:
                left[_key(finding)] -= 1
            else:
                more.append(finding)
        return more

    def with_fault(self, *faults: Fault) -> tuple[list[Finding], str]:
        """The findings added by the faults, and the text of the last changed file."""
        with faulty(self.county, faults) as text:
            return self.more(), text


def _alone(into: Path) -> Project:
    """A copy of the project without the national guides, which would fill in what a fault leaves out.

    It also lacks the guides that only add to them, which would be nearly blank. Of 社会保险 it has only the items that
    the sample uses, since each check goes through all.
    """
    folder = Path(shutil.copytree(DIRECTORIES, into, ignore=shutil.ignore_patterns("national")))
    for name in ADDING:
        (folder / "counties" / "qingyuan" / name).unlink()
    said = "".join(text_of(path) for path in folder.rglob("*") if path.suffix in (".yaml", ".md"))
    whole = read_project(folder)
    insurance = whole.national["social_insurance"]
    spoken = re.findall(r'"(\d+\.\d+)":|social_insurance/(\d+\.\d+)', said)
    items = tuple(item for item in insurance.items if any(item.number in numbers for numbers in spoken))
    few = {**whole.national, "social_insurance": replace(insurance, items=items)}
    return replace(whole, guides={}, national=few)


@cache
def _baseline() -> Counter[tuple[str, str, str]]:
    """The findings in the unchanged sample."""
    with TemporaryDirectory() as folder:
        found = Sample(_alone(Path(folder) / "directories"), Counter()).findings()
    assert all(one.severity is Severity.INFO for one in found)
    return Counter(map(_key, found))


def _key(finding: Finding) -> tuple[str, str, str]:
    file = finding.place.file.rpartition("/qingyuan/")[2]
    return finding.rule, file, "" if finding.rule in COUNTING else finding.message


@contextmanager
def faulty(folder: Path, faults: tuple[Fault, ...]) -> Iterator[str]:
    """Within the context the files have the faults; yields the text of the last one."""
    texts: dict[str, str] = {}
    for fault in faults:
        text = texts[fault.file] if fault.file in texts else text_of(folder / fault.file)
        assert fault.was in text, fault
        texts[fault.file] = text.replace(fault.was, fault.now, 1) if fault.was else fault.now
    with holding(folder, texts):
        yield texts[faults[-1].file]


def text_of(path: Path) -> str:
    """The text of the file."""
    return path.read_text(encoding="utf-8") if path.exists() else NEW


@contextmanager
def holding(folder: Path, texts: Mapping[str, str]) -> Iterator[None]:
    """Within the context the files have these texts."""
    before = {folder / file: (folder / file).read_bytes() if (folder / file).exists() else None for file in texts}
    try:
        for file, text in texts.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
        yield
    finally:
        for path, content in before.items():
            if content is not None:
                path.write_bytes(content)
                continue
            path.unlink()
            for parent in path.parents:
                if parent == folder or any(parent.iterdir()):
                    break
                parent.rmdir()
