"""A newly imported county: one finding for each cause, one reason for all items that its table does not list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests.places import COUNTY_TABLE

from gkdir.cli.check import command as check
from gkdir.cli.importing import command as import_

DAY = "2026-06-01"
Findings = list[dict[str, object]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county whose table has five rows, three of them 依申请公开, as townships have."""
    folder = tmp_path_factory.mktemp("一")
    book = load_workbook(COUNTY_TABLE)
    sheet = book["就业"]
    sheet.delete_rows(9, sheet.max_row)
    book.save(folder / "乡镇.xlsx")
    into = folder / "我县" / "counties" / "qingyuan"
    arguments = [str(folder / "乡镇.xlsx"), "--into", str(into), "--name", "清源县", "--code", "990101"]
    done = CliRunner().invoke(import_, arguments)
    assert done.exit_code == 0, done.output
    (left_out,) = (line for line in done.stdout.splitlines() if line.startswith("未列入"))
    assert "就业领域 20 项，表里没有，理由写一次就行：2.1 " in left_out
    path = into / "county.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count('不列入: ""') == 20
    limited = "        公开对象: [特定群体（登记失业人员）]\n        公开方式: [依申请]\n"
    for head in ('"1.1":  # 就业政策法规咨询\n', '"1.2":  # 岗位信息发布\n', '"2.1":  # 职业介绍\n'):
        text = text.replace(head, head + limited if "2.1" not in head else f'"1.3":\n{limited}      {head}')
    path.write_text(text, encoding="utf-8", newline="")
    return folder / "我县"


def found(project: Path, *more: str, text: str | None = None) -> Findings:
    path = project / "counties" / "qingyuan" / "county.yaml"
    before = path.read_text(encoding="utf-8")
    try:
        if text is not None:
            path.write_text(text, encoding="utf-8", newline="")
        done = CliRunner().invoke(check, [str(project), "--format", "json", "--date", DAY, *more])
    finally:
        path.write_text(before, encoding="utf-8", newline="")
    findings: Findings = json.loads(done.stdout)["findings"]
    return findings


def written(project: Path) -> str:
    return (project / "counties" / "qingyuan" / "county.yaml").read_text(encoding="utf-8")


def places(findings: Findings) -> set[tuple[str, object, object]]:
    return {(str(one["file"]), each["line"], each["column"]) for one in findings for each in (one, *one["also"])}  # type: ignore[misc]


def test_each_cause_is_told_once_and_every_place_is_named(county: Path) -> None:
    first = found(county)
    assert len(first) <= 8
    assert len({(one["rule"], one["hint"]) for one in first}) == len(first)
    (reason,) = (one for one in first if one["rule"] == "GK202")
    assert "20 项" in str(reason["message"])
    assert "不列入的理由: 本县未开展此项业务" in str(reason["hint"])
    (kept,) = (one for one in first if one["rule"] in ("GK402", "GK403"))
    assert "公开对象: [全社会]" in str(kept["hint"])
    assert "公开方式: [主动]" in str(kept["hint"])
    assert "共 6 处" in str(kept["message"])
    apart = found(county, "--all")
    assert len(apart) == len(first) + sum(len(one["also"]) for one in first)  # type: ignore[arg-type, misc]
    assert places(apart) == places(first)
    assert all(not one["also"] for one in apart)


def test_what_waited_is_told_when_the_directory_has_been_reviewed(county: Path) -> None:
    (date,) = (one for one in found(county) if one["rule"] == "GK703")
    reviewed = written(county).replace("    # 审核日期: 请", "    审核日期: 2026-03-01  # 请")
    later = found(county, text=reviewed)
    hints = {str(one["name"]) for one in later if one["severity"] == "info"}
    assert {"incomplete-footer", "unchecked-guides", "empty-column"} <= hints
    assert f"另有 {len(hints)} 类提示" in str(date["message"])
    errors = [one for one in later if one["severity"] == "error"]
    assert places(errors) == places([one for one in found(county) if one["severity"] == "error"])
    assert not any(one["also"] for one in later)


def test_one_reason_answers_for_all_and_an_item_may_have_its_own(county: Path) -> None:
    text = written(county).replace('不列入的理由: ""', "不列入的理由: 本县未开展此项业务")
    assert not any(one["rule"] in ("GK202", "GK217") for one in found(county, text=text))
    own = text.replace('不列入: ""', "不列入: 领导要求", 1)
    (one,) = (one for one in found(county, text=own) if one["rule"] == "GK202")
    assert "只写了“领导要求”" in str(one["message"])
    assert "删去这一行" in str(one["hint"])


def test_a_person_reads_where_the_others_are(county: Path) -> None:
    done = CliRunner().invoke(check, [str(county), "--date", DAY])
    (kept,) = (block for block in done.stdout.split("\n\n") if "GK403" in block or "GK402" in block)
    assert kept.count("第 ") == 5
    annotated = CliRunner().invoke(check, [str(county), "--date", DAY, "--format", "github"]).stdout
    assert annotated.count("GK403") == 3
