"""The same findings in every format: nothing lost, everything escaped, the same bytes every time."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from gkdir.finding import Finding, Place, Severity
from gkdir.report import FORMATS
from gkdir.report.github import render_summary
from gkdir.report.text import render

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
        "column": 9, "sheet": None, "cell": None, "county": "qingyuan", "item": "employment/4.1",
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


def test_a_terminal_sees_the_weightiest_and_how_many_more() -> None:
    many = [replace(COPY, message=f"第{n}处") for n in range(60)] + [LATE]
    shown = render(many, cap=10)
    assert "GK301" in shown
    assert "另有 51 条" in shown
    assert "另有" not in render(many)


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
