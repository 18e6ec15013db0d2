"""docs/findings.md explains exactly the findings that a county without mistakes has."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from tests.places import ROOT

from gkdir.finding import WORDS, Finding, Severity
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.rules import check, check_project

TEXT = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (GK\d+) \| (\S+?)(?: 的 (\S+))? \| (\S+) \| \S.* \| \S.* \|$", re.MULTILINE)


def explained(heading: str) -> list[tuple[str, str, str, str]]:
    parts = re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)
    return sorted(ROW.findall(dict(zip(parts[1::2], parts[2::2], strict=True))[heading]))


def findings_of_county(project: Project, slug: str) -> list[tuple[str, str, str, str]]:
    day = re.search(r"按 (\d{4}-\d{2}-\d{2}) 核对", TEXT)
    assert day
    county = read_county(project, slug)
    found = check(project, county, lay(project, county), date.fromisoformat(day[1]))
    assert not any(one.severity is Severity.ERROR for one in found)
    return sorted(
        (
            one.rule,
            one.place.file.rpartition(f"/{slug}/")[2],
            _about(one, county.overlay.domains),
            WORDS[one.severity],
        )
        for one in (*check_project(project), *found)
    )


def _about(finding: Finding, domains: object) -> str:
    """The item, or the domain on whose line the finding is."""
    if finding.item is not None:
        return finding.item
    assert isinstance(domains, dict)
    return next((name for name, domain in domains.items() if domain.place == finding.place), "")


def test_what_the_sample_project_is_told_is_explained() -> None:
    assert findings_of_county(read_project(ROOT / "directories"), "qingyuan") == explained("示例项目")


def test_what_the_national_directories_alone_are_told_is_explained(tmp_path: Path) -> None:
    bare = tmp_path / "counties" / "bare"
    bare.mkdir(parents=True)
    (bare / "county.yaml").write_text('名称: 清源县\n代码: "990101"\n', encoding="utf-8")
    assert findings_of_county(read_project(tmp_path), "bare") == explained("只有国家目录")


def test_every_row_is_read() -> None:
    assert len(ROW.findall(TEXT)) == TEXT.count("\n| GK")
