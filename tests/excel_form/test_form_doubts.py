"""Rows that an import left in doubt: reported by check, shown in the form, and settled there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.excel_form.exchanges import county, exchange_of, imported, returned_changes, texts_of
from tests.excel_form.test_form_findings import edited, run, sheet

from gkdir.overlay import lay
from gkdir.rules import check

pytestmark = pytest.mark.usefixtures("little_nation")
LAYER = "counties/qingyuan/county.yaml"
ROW = """  - 出处: 目录.xlsx#就业!C{number}
    领域: employment
    可能是: [{near}]
    编号: "{own}"
    一级事项: 就业失业登记
    二级事项: {name}
    公开内容: [办理条件, 办理材料]   # 照表里写的
    公开依据: [《甲法》]
    公开时限: 信息形成或变更之日起10个工作日内公开
    公开主体: [人社局]
    公开渠道和载体: [政府网站, 政务服务中心, 基层公共服务平台]
    公开对象: [全社会]
    公开方式: [主动]
    公开层级: [县级]
"""
DOUBTS = (
    "存疑:\n"
    + ROW.format(number=6, near="4.2 就业登记, 4.1 失业登记", own="4.4", name="就业人员登记")
    + ROW.format(number=7, near="4.3 《就业创业证》申领", own="4.5", name="创业证")
    + "  - 出处: 目录.xlsx#就业!B9\n"
)
SIX, SEVEN, NINE = (f"目录.xlsx#就业!{cell}" for cell in ("C6", "C7", "B9"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = county(tmp_path / "p")
    path = made / LAYER
    path.write_text(path.read_text(encoding="utf-8") + DOUBTS, encoding="utf-8")
    return made


def settle(project: Path, words: Mapping[str, tuple[str, str]]) -> tuple[str, list[str]]:
    """The county's file after a clerk's decisions on rows in doubt were imported twice; and the output."""
    filled: dict[tuple[str, str, str], str] = {}
    for id_, (verdict, reason) in words.items():
        filled |= {("@doubts", id_, "verdict"): verdict} if verdict else {}
        filled |= {("@doubts", id_, "reason"): reason} if reason else {}
    given = returned_changes(exchange_of(project), filled)
    _, done = imported(project, given)
    after = texts_of(project)
    _, again = imported(project, given)
    assert texts_of(project) == after
    assert len(again.troubles) == len(done.troubles)
    return after[LAYER].decode(), [trouble.message for trouble in done.troubles]


def found(project: Path) -> list[tuple[str, int | None]]:
    now = exchange_of(project)
    catalog = lay(now.project, now.county)
    findings = check(now.project, now.county, catalog, date(2026, 11, 29))
    return [(each.rule, each.place.line) for each in findings if each.rule in ("GK119", "GK120")]


def test_check_tells_until_each_is_settled(project: Path) -> None:
    lines = (project / LAYER).read_text(encoding="utf-8").splitlines()
    at = [number for number, line in enumerate(lines, 1) if "出处" in line]
    assert found(project) == [("GK119", at[0]), ("GK119", at[1]), ("GK120", at[2])]
    settle(project, {SIX: ("就是 4.2 就业登记", "")})
    assert [rule for rule, _ in found(project)] == ["GK119", "GK120"]
    settle(project, {SEVEN: ("本县自己的事项", ""), NINE: ("不采用", "是表格下面的说明")})
    assert found(project) == []


def test_a_row_that_is_an_item_says_there_what_differs_and_is_gone_from_the_doubts(project: Path) -> None:
    text, told = settle(project, {SIX: ("就是 4.2 就业登记", "")})
    assert told == []
    entry = text[text.index('      "4.2":') : text.index('      "5.1":')]
    assert "公开内容: [办理条件, 办理材料]" in entry
    assert "公开依据: [《甲法》]" in entry
    assert "公开主体" not in entry, "as the default of the county has it"
    assert "C6" not in text
    assert text.count("出处") == 2
    item = exchange_of(project).form.table("employment").by_id["4.2"].texts  # type: ignore[union-attr]
    assert item["content"] == "办理条件\n办理材料"


def test_a_row_of_the_countys_own_becomes_an_addition(project: Path) -> None:
    text, told = settle(project, {SEVEN: ("本县自己的事项", "")})
    assert told == []
    added = text[text.index("    增加:") : text.index("存疑:")]
    assert '编号: "4.5"' in added
    assert "二级事项: 创业证" in added
    assert "C7" not in text


@pytest.mark.parametrize("said", ["就是 4.1", "4.1", "就是4.1失业登记", "失业登记", "就是 就业 4.1 失业登记"])
def test_another_item_than_those_offered_may_be_named(project: Path, said: str) -> None:
    text, told = settle(project, {SEVEN: (said, "")})
    assert told == []
    assert '      "4.1":' in text


def test_a_row_that_is_left_out_stays_with_its_reason(project: Path) -> None:
    text, told = settle(project, {SIX: ("不采用", "和 4.1 重复"), NINE: ("", "表格下面的说明")})
    assert told == []
    assert "    不采用: 和 4.1 重复\n" in text or '    不采用: "和 4.1 重复"\n' in text
    assert text.count("出处") == 3
    assert [rule for rule, _ in found(project)] == ["GK119"]


def test_an_item_that_was_left_out_for_want_of_a_row_comes_back(project: Path) -> None:
    path = project / LAYER
    text = path.read_text(encoding="utf-8").replace('      "9.1"', '      "4.2": {不列入: ""}\n      "9.1"')
    path.write_text(text, encoding="utf-8")
    after, told = settle(project, {SIX: ("就是 4.2 就业登记", "")})
    assert told == []
    assert "不列入" not in after[after.index('"4.2"') : after.index('"9.1"')]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ({SIX: ("不采用", "")}, "没有写理由"),
        ({SIX: ("就是 99.9", "")}, "看不出是哪一项"),
        ({SIX: ("随便", "")}, "看不出是哪一项"),
        ({SIX: ("就是 1.1 就业政策法规咨询", "")}, "本县已经写了自己的内容"),
        ({SIX: ("就是 4.1.1", "")}, "本县已经写了自己的内容"),
        ({NINE: ("本县自己的事项", "")}, "看不出是哪个领域"),
        ({SIX: ("本县自己的事项", "不清楚")}, "又选了"),
    ],
)
def test_a_word_that_cannot_be_followed_changes_nothing(
    project: Path, words: Mapping[str, tuple[str, str]], part: str
) -> None:
    before = texts_of(project)
    _, (told, *more) = settle(project, words)
    assert part in told
    assert more == []
    assert texts_of(project) == before


def test_two_rows_cannot_both_be_one_item(project: Path) -> None:
    text, told = settle(project, {SIX: ("就是 4.2 就业登记", ""), SEVEN: ("就是 4.2 就业登记", "")})
    assert len(told) == 1
    assert "C6" not in text
    assert "C7" in text


def test_the_sheet_has_a_list_for_each_row_and_is_there_only_while_there_is_doubt(
    project: Path, tmp_path: Path
) -> None:
    run("export", project, "--county", "qingyuan", "-o", tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    place = sheet(book, "存疑")
    assert [each.value for each in place["B"][4:]] == [SIX, SEVEN, NINE]
    assert place["B5"].protection.locked
    assert not place["F5"].protection.locked
    lists = [each.formula1.partition("!")[2] for each in place.data_validations.dataValidation if each.type == "list"]
    offered = [[cell.value for row in book["选项"][area.replace("$", "")] for cell in row] for area in lists]
    assert offered == [
        ["就是 4.2 就业登记", "就是 4.1 失业登记", "本县自己的事项", "不采用"],
        ["就是 4.3 《就业创业证》申领", "本县自己的事项", "不采用"],
        ["不采用"],
    ]

    def change(filled: Workbook) -> None:
        for row, word in (("5", "就是 4.2 就业登记"), ("6", "本县自己的事项")):
            sheet(filled, "存疑")[f"F{row}"] = word
        sheet(filled, "存疑")["F7"], sheet(filled, "存疑")["G7"] = "不采用", "表格下面的说明"

    file = edited(tmp_path / "a.xlsx", tmp_path, change)
    done = run("import", file, project, "--write")
    assert (done.exit_code, "来自存疑的 目录.xlsx#就业!C6" in done.stdout) == (0, True)
    assert run("import", file, project, "--write").stdout == "和项目里 qingyuan 现在的内容没有不同。\n"
    path = project / LAYER
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("存疑:")], encoding="utf-8")
    run("export", project, "--county", "qingyuan", "-o", tmp_path / "b.xlsx")
    assert "存疑" not in load_workbook(tmp_path / "b.xlsx").sheetnames
    assert run("import", file, project).exit_code == 0
