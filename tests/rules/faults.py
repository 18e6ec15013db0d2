"""Faults in the sample project, one or many that do not touch each other, and what is found more than before."""

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
"""Remarks that say how many items there are: they stand where one item more or less changes the number."""
ADDING = ("guides/employment/1.1.md", "guides/employment/1.2.md")
"""Guides of the sample that say only what they add to the country's."""
NEW = ""
"""What a file that is not there holds."""


class Fault(NamedTuple):
    """``was`` becomes ``now`` in ``file``; the finding of ``rule`` stands on the line that holds ``at``, or on none.

    One that changes what else is found is made ``alone``.
    """

    rule: str
    file: str
    was: str
    now: str
    at: str | None
    alone: bool = False


class Sample(NamedTuple):
    """The sample project, copied, and what is found in it as it is."""

    project: Project
    baseline: Counter[tuple[str, str, str]]

    @classmethod
    def copied(cls, into: Path) -> Sample:
        """The sample, copied into a folder; as it is nothing worse than a remark is found in it."""
        return cls(_alone(into / "directories"), _baseline())

    @property
    def county(self) -> Path:
        """The sample county's folder."""
        return self.project.folder / "counties" / "qingyuan"

    def findings(self, *slugs: str) -> list[Finding]:
        """All that is found in the county, or in those named, as they are now."""
        asked = BuildOptions(self.project.folder, Path(), slugs or ("qingyuan",), 1, today=TODAY)
        with patch("gkdir.excel_form.formplaces.with_form_places", lambda _project, _county, found, _catalog: found):
            return shared_once(check_counties(self.project, asked), self.project.folder)

    def more(self) -> list[Finding]:
        """What is found beyond what was found in the sample as it is."""
        left = Counter(self.baseline)
        more = []
        for finding in self.findings():
            if left[_key(finding)] > 0:
                left[_key(finding)] -= 1
            else:
                more.append(finding)
        return more

    def with_fault(self, *faults: Fault) -> tuple[list[Finding], str]:
        """What is found more where the faults are made, and the text of the last file that has one."""
        with faulty(self.county, faults) as text:
            return self.more(), text


def _alone(into: Path) -> Project:
    """A copy of the project without the country's guides, which would fill in what a fault leaves out.

    The guides that only add to them are not there either: alone they would lack nearly everything. Of 社会保险 there
    are only the items that the sample speaks of: each check looks through them all.
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
    """What is found in the sample itself."""
    with TemporaryDirectory() as folder:
        found = Sample(_alone(Path(folder) / "directories"), Counter()).findings()
    assert all(one.severity is Severity.INFO for one in found)
    return Counter(map(_key, found))


def _key(finding: Finding) -> tuple[str, str, str]:
    file = finding.place.file.rpartition("/qingyuan/")[2]
    return finding.rule, file, "" if finding.rule in COUNTING else finding.message


@contextmanager
def faulty(folder: Path, faults: tuple[Fault, ...]) -> Iterator[str]:
    """The files with the faults in them, and afterwards as they were; what the last of them says meanwhile."""
    texts: dict[str, str] = {}
    for fault in faults:
        text = texts[fault.file] if fault.file in texts else text_of(folder / fault.file)
        assert fault.was in text, fault
        texts[fault.file] = text.replace(fault.was, fault.now, 1) if fault.was else fault.now
    with holding(folder, texts):
        yield texts[faults[-1].file]


def text_of(path: Path) -> str:
    """What the file says."""
    return path.read_text(encoding="utf-8") if path.exists() else NEW


@contextmanager
def holding(folder: Path, texts: Mapping[str, str]) -> Iterator[None]:
    """The files with these texts, and afterwards as they were."""
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
