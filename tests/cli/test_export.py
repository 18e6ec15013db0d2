"""``gkdir export``: the workbook for filing, and what is said when there is nothing to export."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from gkdir.cli.export import command

OVERLAY = '名称: 清源县\n代码: "990101"\n目录:\n  employment:\n    事项:\n      "9.1": {不列入: 本县未开展此项业务}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "counties" / "qingyuan"
    folder.mkdir(parents=True)
    (folder / "county.yaml").write_text(OVERLAY, encoding="utf-8")
    return tmp_path


def run(project: Path, *arguments: str, out: str = "备案.xlsx") -> Result:
    return CliRunner().invoke(command, [str(project), *arguments, "-o", str(project / out)])


def test_each_domain_is_a_sheet(project: Path) -> None:
    assert run(project, "--county", "qingyuan").exit_code == 0
    book = load_workbook(project / "备案.xlsx")
    assert [sheet["A1"].value for sheet in book] == [
        "清源县就业领域基层政务公开标准目录",
        "清源县社会保险领域基层政务公开标准目录",
    ]
    assert [sheet.max_row for sheet in book] == [3 + 24, 3 + 78]


def test_one_domain_may_be_asked_for_and_the_bytes_are_the_same_each_time(project: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert run(project, "--county", "qingyuan", "--domain", "employment", out=name).exit_code == 0
    assert (project / "a.xlsx").read_bytes() == (project / "b.xlsx").read_bytes()
    assert len(load_workbook(project / "a.xlsx").sheetnames) == 1


@pytest.mark.parametrize(
    ("arguments", "out", "said"),
    [
        (("--county", "qingyun"), "a.xlsx", "qingyuan"),
        (("--county", "qingyuan", "--domain", "housing"), "a.xlsx", "social_insurance"),
        (("--county", "qingyuan"), "a.docx", ".xlsx"),
    ],
)
def test_wrong_use_says_what_there_is(project: Path, arguments: tuple[str, ...], out: str, said: str) -> None:
    done = run(project, *arguments, out=out)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (project / out).exists()


def test_an_overlay_that_cannot_be_read_is_not_exported_as_if_it_said_nothing(project: Path) -> None:
    (project / "counties" / "qingyuan" / "county.yaml").write_text("名称: 清源县\n代码: [", encoding="utf-8")
    done = run(project, "--county", "qingyuan")
    assert done.exit_code == 1
    assert "county.yaml" in done.stderr
    assert not (project / "备案.xlsx").exists()
