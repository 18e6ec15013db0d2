"""The supervisor's report: what it counts, how it scores, what it keeps, and that no public page links to it."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from openpyxl import load_workbook
from tests.places import SMALL

from gkdir.buildoptions import BuildOptions
from gkdir.cli import group
from gkdir.finding import Finding, Place, Severity, Unreadable
from gkdir.model.scoring import Indicator, ScoreSheet
from gkdir.oversight.facts import CountyFacts, Portion
from gkdir.oversight.folder import make_report, report_files
from gkdir.oversight.history import ReportData
from gkdir.oversight.survey import CountyScore, Survey, ranks, score, survey
from gkdir.oversight.views import Bar, bars, stacked
from gkdir.read.declaredfiles import read_score_sheet
from gkdir.read.project import read_project
from gkdir.resources import national_folder, template_folder

DAY = date(2026, 3, 2)
PLACE = Place("评分.yaml", 1)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties, and one whose file cannot be read."""
    folder = tmp_path_factory.mktemp("province") / "project"
    shutil.copytree(SMALL / "project", folder)
    shutil.copytree(SMALL / "national", folder / "national", dirs_exist_ok=True)
    broken = folder / "counties" / "zhongduan"
    broken.mkdir()
    (broken / "county.yaml").write_text("名称: [中断", encoding="utf-8")
    return folder


def asked(project: Path, out: Path = Path(), jobs: int = 1) -> BuildOptions:
    return BuildOptions(project, out, jobs=jobs, today=DAY)


@pytest.fixture(scope="module")
def found(project: Path) -> Survey:
    return survey(read_project(project), read_score_sheet((national_folder(),)), asked(project))


def report(project: Path, out: Path, day: str) -> Result:
    done = CliRunner().invoke(group, ["report", str(project), "-o", str(out), "--date", day])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done


def test_a_county_is_counted_item_by_item(found: Survey) -> None:
    by = {each.facts.slug: each for each in found.counties}
    heping = by["heping"]
    national = sum(len(items) for _, items in found.domains.values())
    line = heping.line
    assert line.published + line.omitted + line.unexplained == national
    assert sum(line.guides.values()) == line.published + line.added
    written = {path.stem for path in (SMALL / "project" / "counties" / "heping" / "guides").rglob("*.md")}
    assert line.guides["own"] == len(written)
    assert sum(line.families.values()) == len(heping.facts.findings)
    assert line.errors == heping.facts.count(Severity.ERROR)
    assert heping.facts.shares["事项公开"].done == line.published + line.omitted
    assert by["zhongduan"].facts.findings
    assert by["zhongduan"].line.failed
    assert (by["zhongduan"].line.points, by["zhongduan"].line.published) == (0, 0)
    assert [each.line.rank for each in found.ranked] == sorted(each.line.rank for each in found.counties)


def test_the_sheet_that_comes_along_makes_a_hundred_points() -> None:
    sheet = read_score_sheet((national_folder(),))
    assert sheet.points == 100
    assert {each.measure for each in sheet.indicators if each.measure} <= set(
        msgspec.json.schema(Indicator)["$defs"]["Indicator"]["properties"]["measure"]["anyOf"][0]["enum"]
    )


def test_points_follow_from_what_was_counted() -> None:
    sheet = ScoreSheet(
        PLACE,
        "表",
        (
            Indicator(PLACE, "1", "目录", "甲", 10, measure="事项公开"),
            Indicator(PLACE, "2", "目录", "乙", 10, measure="指南核对", full=80),
            Indicator(PLACE, "3", "规范", "丙", 5, rules=("GK95",), each=2),
            Indicator(PLACE, "4", "规范", "丁", 5, measure="解读关联"),
        ),
    )
    wrong = Finding("GK951", "grave-wording", Severity.ERROR, "错", "", "", None, Place("a.md", 3))
    shares = {"事项公开": Portion(2, 3, ("失业登记",)), "指南核对": Portion(8, 10, ("某",)), "解读关联": Portion(0, 0)}
    facts = CountyFacts("jia", "甲县", shares=shares, findings=(wrong, replace(wrong, severity=Severity.INFO)))
    made = score(facts, sheet)
    assert [each.points for each in made.indicators] == [6.6, 10.0, 3.0, 5.0]
    assert made.points == 24.6
    assert [each.missing for each in made.indicators][:2] == [("失业登记",), ()]
    assert "a.md:3" in made.indicators[2].missing[0]
    assert score(replace(facts, findings=(wrong,) * 9), sheet).indicators[2].points == 0
    assert score(replace(facts, failed=True), sheet).points == 0
    assert ranks([CountyScore(()), made, made, CountyScore(made.indicators[:1])]) == (4, 1, 1, 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("名称: 表\n指标: []\n", "没有指标"),
        ('名称: 表\n指标: [{编号: "1", 一级指标: 甲, 名称: 乙, 分值: 3}]\n', "“比例”或者“规则”"),
        ('名称: 表\n指标: [{编号: "1", 一级指标: 甲, 名称: 乙, 分值: 0, 比例: 事项公开}]\n', "大于零"),
        ('名称: 表\n指标: [{编号: "1", 一级指标: 甲, 名称: 乙, 分值: 3, 比例: 心情}]\n', "心情"),
        ('名称: 表\n指标: [{编号: "1", 一级指标: 甲, 名称: 乙, 分值: 3, 比例: 事项公开, 满分线: 120}]\n', "120%"),
        ("名称: [表\n", ""),
    ],
)
def test_a_sheet_that_makes_no_sense_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "评分.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        read_score_sheet((tmp_path, national_folder()))
    assert told in caught.value.trouble.message + caught.value.trouble.hint
    assert caught.value.trouble.place.file.endswith("评分.yaml")


def test_a_sheet_that_asks_for_a_rule_that_there_is_not_is_refused(project: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(project, mine)
    row = '{编号: "1", 一级指标: 规范, 名称: 没有错别字, 分值: 5, 规则: [GK95, GK9999]}'
    (mine / "national" / "评分.yaml").write_text(f"名称: 表\n指标:\n  - {row}\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="GK9999"):
        make_report(read_project(mine), asked(mine, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_the_pages_say_what_the_data_say(found: Survey, project: Path) -> None:
    files = report_files(found)
    assert files == report_files(found)
    other = survey(read_project(project), found.sheet, asked(project, jobs=2))
    assert report_files(other) == files, "two processes write the same bytes"
    pages = {path: data.decode() for path, data in files.items() if path.endswith(".html")}
    data = json.loads(files["report.json"])
    assert msgspec.json.decode(files["report.json"], type=ReportData) == found.data
    for county in data["counties"]:
        page = pages[f"counties/{county['county']}.html"]
        assert f"得 {county['points']:.1f} 分" in page
        assert f'href="counties/{county["county"]}.html"' in pages["index.html"]
    for path, page in pages.items():
        assert 'name="robots" content="noindex' in page
        assert "督导用，不公开" in page
        for target in re.findall(r'(?:href|src)="([^"#:]+)"', page):
            parts = [*path.split("/")[:-1], *target.split("/")]
            while ".." in parts:
                at = parts.index("..")
                del parts[at - 1 : at + 1]
            assert "/".join(parts) in files, (path, target)
    book = load_workbook(BytesIO(files["report.xlsx"]))
    assert book["各县"].max_row == 3 + len(found.counties)
    assert [row[1].value for row in book["各县"].iter_rows(min_row=4)] == [each.facts.name for each in found.ranked]


def test_a_report_keeps_the_ones_before_and_says_what_changed(project: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(project, mine)
    out = tmp_path / "out"
    assert report(mine, out, "2026-03-02").exit_code == 0
    first = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert report(mine, out, "2026-03-02").exit_code == 0
    assert {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()} == first
    county = mine / "counties" / "heping" / "county.yaml"
    county.write_text(county.read_text(encoding="utf-8") + "网站: {名称: 和平县人民政府}\n", encoding="utf-8")
    assert report(mine, out, "2026-04-02").exit_code == 0
    assert {path.name for path in (out / "history").iterdir()} == {"2026-03-02.json", "2026-04-02.json"}
    page = (out / "counties" / "heping.html").read_text(encoding="utf-8")
    assert "比 2026-03-02 的报告" in page
    assert "历次得分" in page
    (out / "history" / "2026-03-02.json").write_text("{", encoding="utf-8")
    assert report(mine, out, "2026-05-02").exit_code == 0
    assert (out / "history" / "2026-03-02.json").read_text(encoding="utf-8") == "{", "it was changed: it is not ours"
    page = (out / "counties" / "heping.html").read_text(encoding="utf-8")
    assert "比 2026-04-02 的报告" in page
    assert "评分表换过" not in page
    own = '名称: 本省的\n指标: [{编号: "1", 一级指标: 甲, 名称: 乙, 分值: 10, 比例: 事项公开}]\n'
    (mine / "national" / "评分.yaml").write_text(own, encoding="utf-8")
    shutil.rmtree(mine / "counties" / "zhongduan")
    assert report(mine, out, "2026-06-02").exit_code == 0
    page = (out / "counties" / "heping.html").read_text(encoding="utf-8")
    assert "比 2026-05-02 的报告：评分表换过，得分、名次不能比。错误从" in page
    assert "历次得分" not in page
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "评分表换过，得分、名次不能比。那时有、现在没有的：zhongduan。" in page


def test_a_report_does_not_tell_how_the_path_was_typed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    ways = (project, Path("../project"), Path())
    made = [
        {**report_files(survey(read_project(way), read_score_sheet((national_folder(),)), asked(way)))} for way in ways
    ]
    assert made[0] == made[1] == made[2]
    assert [name for name, data in made[0].items() if project.as_posix().encode() in data] == []


def test_a_report_replaces_nobody_elses_files(project: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(Unreadable, match="不是 gkdir 写的"):
        make_report(read_project(project), asked(project, tmp_path))
    assert (tmp_path / "index.html").read_text() == "mine"
    done = CliRunner().invoke(group, ["report", str(project), "-o", str(project / "counties")])
    assert isinstance(done.exception, Unreadable)
    assert not (project / "counties" / "index.html").exists()


def test_no_public_page_leads_to_a_report() -> None:
    for template in template_folder().rglob("*.html"):
        if "_report" not in template.parts:
            assert "_report" not in template.read_text(encoding="utf-8")


def test_a_chart_needs_no_colour() -> None:
    parts = [Bar(name, value, f"{value} 份") for name, value in zip("甲乙丙丁", (1, 2, 0, 5), strict=True)]
    chart = stacked("甲<b>", parts)
    assert len(set(re.findall(r"url\(#(p\d)\)", chart))) == 4
    assert all(text in chart for text in ("1 份", "2 份", "0 份", "5 份", "甲&lt;b&gt;"))
    empty = bars("空", [Bar("<i>", 0, "0")], 0)
    assert 'width="0.00%"' in empty
    assert "<i>" not in empty
