"""The same findings in every format: nothing lost, everything escaped, the same bytes every time."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from gkdir.cli.check import by_name
from gkdir.finding import Finding, Place, Severity, apart, shared_once
from gkdir.read.owners import owner_of
from gkdir.report import FORMATS, worklistxlsx
from gkdir.report.formats import render_summary
from gkdir.report.glance import glance
from gkdir.report.text import render, summary
from gkdir.report.worklist import INSPECTED, worklist, worklist_page
from gkdir.rules import RULES

LATE = Finding(
    "GK301", "late-disclosure", Severity.ERROR, "“失业登记”的公开时限比国家目录宽", "请改短。",
    "通知三（四）：最低标准",
    "R3.4b", Place("directories/counties/qingyuan/county.yaml", 31, 9), "qingyuan", "employment/4.1",
)  # fmt: skip
COPY = Finding(
    "GK005", "unread-row", Severity.WARNING, "100%: 一行,\n两行 | <b>&\x07", "", "", None,
    Place("就业.xlsx", sheet="就业", cell="G12"),
)  # fmt: skip
HINT = replace(LATE, rule="GK617", name="items-without-guide", severity=Severity.INFO, requirement="R3.2a")
ALL = (LATE, COPY, HINT)


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_tells_all_and_the_same_each_time(form: str) -> None:
    written = FORMATS[form](ALL)
    assert written == FORMATS[form](ALL)
    assert written.endswith("\n")
    assert all(rule in written for rule in ("GK301", "GK005", "GK617"))
    assert FORMATS[form](()).strip()


@pytest.mark.parametrize("form", FORMATS)
def test_what_acts_on_a_terminal_is_shown_in_every_format(form: str) -> None:
    acting = "\x1b甲\x07\x9b\x85\u2028\u202e\ufeff\udc9b\x7f\r"
    place = Place(f"counties/{acting}/county.yaml", 1)
    hostile = replace(LATE, message=f"{acting}\n共 0 处", hint=acting, place=place, county=acting, item=acting)
    written = FORMATS[form]((hostile,)) + render_summary((hostile,))
    assert not any(character in written for character in acting if character != "甲")
    assert "甲" in written
    written.encode()


def test_a_message_cannot_forge_a_line_of_ours() -> None:
    written = render((replace(LATE, message="甲\n\n没有发现问题。"),))
    assert "\n没有发现问题。" not in written
    annotations = FORMATS["github"]((replace(LATE, message="甲\n::error::乙"),))
    assert [line.startswith("::error") for line in annotations.splitlines()] == [True, False]


def test_json_has_the_keys_of_the_contract() -> None:
    content = json.loads(FORMATS["json"](ALL))
    assert content["counts"] == {"error": 1, "warning": 1, "info": 1}
    assert content["findings"][0] == {
        "rule": "GK301", "name": "late-disclosure", "severity": "error", "message": LATE.message, "hint": LATE.hint,
        "cite": LATE.cite, "requirement": "R3.4b", "file": "directories/counties/qingyuan/county.yaml", "line": 31,
        "column": 9, "sheet": None, "cell": None, "county": "qingyuan", "item": "employment/4.1", "form": None,
        "also": [],
    }  # fmt: skip
    assert list(content["findings"][1]) == list(content["findings"][0])
    assert (content["findings"][1]["sheet"], content["findings"][1]["cell"]) == ("就业", "G12")


def test_text_says_where_what_which_clause_and_what_to_do() -> None:
    assert render((LATE,)).splitlines() == [
        "directories/counties/qingyuan/county.yaml:31:9  错误 GK301（late-disclosure）",
        "  “失业登记”的公开时限比国家目录宽",
        "  怎么改：请改短。",
        "  依据：通知三（四）：最低标准",
        "",
        "共 1 处：错误 1。",
    ]


MANY = [replace(COPY, message=f"第{n}处", place=Place(f"{n}.xlsx", sheet="表")) for n in range(60)] + [LATE, LATE, HINT]


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_a_terminal_sees_the_gravest_causes_in_twenty_rows_and_how_many_more(columns: int) -> None:
    causes = [replace(COPY, rule=f"GK0{n}", place=Place(f"{n}.xlsx")) for n in range(10, 40)]
    for some in (MANY, causes + [LATE] * 3):
        seen = glance(some, columns)
        rows = sum(-(-sum(1 + (ord(each) > 127) for each in line) // columns) or 1 for line in seen.splitlines())
        assert rows <= 20, seen
        assert seen.splitlines()[-1] == summary(some)
        if columns > 40:
            assert seen.startswith("错误 GK301")
    assert "（60 处）" in glance(MANY, 80), "one cause stands once"
    assert f"{len(causes) - 4} 类" in glance(causes + [LATE] * 3, 200) or "--all" in glance(causes, 80)
    assert glance((LATE, COPY), 80) == render((LATE, COPY)), "what fits is shown as it is"


def test_a_worklist_has_each_cause_once_the_gravest_first_and_every_place() -> None:
    leaked = replace(LATE, rule="GK901", name="identity-number", message="有身份证号码", hint="请删去。")
    other = replace(HINT, name="misspelling", rule="GK952", hint="请改 county.yaml 第 3 行")
    again = replace(other, hint="请改 guides/a.md 第 9 行", place=Place("b.md", 9))
    found = worklist([*MANY, other, again, leaked], date(2026, 3, 1), lambda place: "王某" if place.line == 9 else "")
    assert [job.first.rule for job in found.jobs] == ["GK901", "GK301", "GK005", "GK952", "GK617"]
    assert [len(job.findings) for job in found.jobs] == [1, 2, 60, 2, 1]
    assert found.jobs[0].reason == "一票否决"
    assert [job.by for job in found.jobs] == ["发布以前", "发布以前", "", "", ""]
    assert found.jobs[3].owners == ("王某",)
    page = worklist_page(found)
    sheets = load_workbook(BytesIO(worklistxlsx.workbook(found)))
    assert [sheet.title for sheet in sheets] == ["整改清单", "每一处"]
    assert sheets["整改清单"].max_row == 3 + 5
    assert sheets["每一处"].max_row == 3 + len(MANY) + 3
    for each in MANY:
        assert page.count(f"{each.place}<") >= 1
    assert worklistxlsx.workbook(found) == worklistxlsx.workbook(found)
    assert "没有发现问题" in worklist_page(worklist((), date(2026, 3, 1)))


def test_every_report_counts_a_joined_finding_as_often_as_it_stands() -> None:
    found = [replace(MANY[0], joined=tuple(MANY[:60])), LATE]
    assert summary(found) == summary(apart(found))
    for told in (render(found), glance(found, 80), worklist_page(worklist(found, date(2026, 3, 1)))):
        assert "共 61 处" in told


def test_a_worklist_takes_no_orders_from_what_it_quotes() -> None:
    hostile = replace(LATE, message="=cmd|' /C calc'!A1<script>\x1b", hint="@SUM(1)", county="<b>", cite="<i>")
    found = worklist((hostile,), date(2026, 3, 1))
    page = worklist_page(found)
    assert not any(bad in page for bad in ("<script", "<b>", "<i>", "\x1b"))
    cells = [cell for row in load_workbook(BytesIO(worklistxlsx.workbook(found)))["整改清单"] for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert next(cell for cell in cells if str(cell.value).startswith("=cmd")).quotePrefix


def test_every_reason_names_rules_that_there_are() -> None:
    named = [name for reason in INSPECTED for name in reason.rules]
    assert set(named) <= {rule.name for rule in RULES}
    assert len(named) == len(set(named))


def test_who_answers_is_the_nearest_that_the_file_names(tmp_path: Path) -> None:
    file = tmp_path / "county.yaml"
    file.write_text("名称: 甲\n目录:\n  employment:\n    责任人: 李某\n    事项: {}\n  other: {}\n", encoding="utf-8")
    guide = tmp_path / "1.1.md"
    guide.write_text("---\n责任人: 张某\n---\n正文\n", encoding="utf-8")
    broken = tmp_path / "bad.yaml"
    broken.write_text("a: [", encoding="utf-8")
    places = [(file, 5), (file, 1), (file, 6), (guide, 4), (broken, 1), (tmp_path / "none.md", 1), (tmp_path, None)]
    assert [owner_of(Place(str(path), line)) for path, line in places] == ["李某", "", "", "张某", "", "", ""]


def test_github_annotations_are_escaped_and_the_weightiest_come_first() -> None:
    lines = FORMATS["github"]((HINT, COPY, LATE)).splitlines()
    assert [line.split(" ")[0] for line in lines[:3]] == ["::error", "::warning", "::notice"]
    assert lines[1].startswith("::warning file=就业.xlsx,title=GK005 unread-row::就业!G12：100%25: 一行,%0A两行")
    assert "line=31,col=9" in lines[0]
    awkward = replace(LATE, place=Place("a,b:c.yaml", 1))
    assert "file=a%2Cb%3Ac.yaml,line=1" in FORMATS["github"]((awkward,))
    assert "一行, 两行 \\| <b>" in render_summary(ALL).replace("\n", " ").replace("  ", " ")


def test_gitlab_fingerprints_outlive_a_change_of_lines_and_tell_equal_faults_apart() -> None:
    moved = replace(LATE, place=replace(LATE.place, line=99))
    first = json.loads(FORMATS["gitlab"]((LATE,)))[0]
    second = json.loads(FORMATS["gitlab"]((moved,)))[0]
    assert first["fingerprint"] == second["fingerprint"]
    assert second["location"] == {"path": "directories/counties/qingyuan/county.yaml", "lines": {"begin": 99}}
    twice = json.loads(FORMATS["gitlab"]((LATE, moved)))
    assert len({issue["fingerprint"] for issue in twice}) == 2


def test_sarif_describes_each_rule_once_and_points_to_it() -> None:
    run = json.loads(FORMATS["sarif"]((LATE, LATE, COPY)))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["GK005", "GK301"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 31, "startColumn": 9}


def test_junit_fails_only_for_errors_and_is_xml_whatever_is_said() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](ALL))
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"项目", "qingyuan"}
    assert [suites[name].get("failures") for name in ("项目", "qingyuan")] == ["0", "1"]
    assert len(root.findall(".//failure")) == 1
    assert ElementTree.fromstring(FORMATS["junit"](())).find(".//testcase") is not None


def test_a_worklist_names_counties_as_people_do(tmp_path: Path) -> None:
    for slug, name in (("a", "清源县"), ("b", "云岭县"), ("c", "云岭县")):
        (tmp_path / "counties" / slug).mkdir(parents=True)
        (tmp_path / "counties" / slug / "county.yaml").write_text(f"# 示例\n名称: {name}  # 全称\n", encoding="utf-8")
    found = by_name([replace(HINT, county=one) for one in ("a", "b", "c", "gone", None)], tmp_path)
    assert [one.county for one in found] == ["清源县", "云岭县（b）", "云岭县（c）", "gone", None]


def test_what_several_say_of_one_file_is_told_once() -> None:
    of_two = [replace(LATE, place=Place("templates/a.html", 1), county=county) for county in ("heping", "kuansong")]
    whole = replace(of_two[0], county=None)
    own = replace(LATE, place=Place("p/counties/heping/county.yaml", 1), county="heping")
    assert shared_once([*of_two, own], Path("p")) == [whole, own]
    assert shared_once([whole, *of_two, own], Path("p")) == [whole, own]
    assert shared_once([own, whole, replace(whole, message="另一件")], Path("p")) == [
        own, whole, replace(whole, message="另一件"),
    ]  # fmt: skip
