"""待补: only blanks are listed, the most wanted items first; answers become the county's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests.excel_form.exchanges import county, returned_changes, written
from tests.excel_form.test_form_findings import edited, put, run

from gkdir.cli.init import command as init
from gkdir.excel_form.apply import Exchange, Rewritten
from gkdir.excel_form.blanks import ANSWER, BLANKS, ELEMENT, still_blank
from gkdir.excel_form.form import form
from gkdir.excel_form.guides import GUIDES, MATERIALS
from gkdir.excel_form.plan import Plan
from gkdir.excel_form.returned import Returned
from gkdir.excel_form.table import Table
from gkdir.model.guide import Guide
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.rules import check

NATIONAL_GUIDE = """\
---
简述: 参加失业保险的人失业了，按月领钱。
服务对象: [失业人员]
办理材料:
  - {名称: 居民身份证, 形式: 原件, 份数: 1, 必要性: 必要}
  - {名称: 申领表, 形式: 原件, 份数: 1, 必要性: 必要}
收费: 不收费
待补:
  网上办理深度: 各地不同。
  办理时限.承诺: 各地答应的时间不同。
  失业保险金标准: 每月多少钱由省里定。
  办理方式: 到窗口。
  咨询: 打 12333。
---
"""
DOMAINS = "\n目录:\n" + "".join(
    f"  {domain}: {{审核日期: 2026-03-01, 默认: {{公开主体: [清源县人力资源和社会保障局]}}}}\n"
    for domain in ("employment", "social_insurance")
)
ONCE = {
    "承诺时限": "5个工作日",
    "网上办理深度": "全程网办",
    "办理方式": "网上：https://www.12333.gov.cn/",
    "结果送达": "短信告知",
    "收费": "不收费",
}
ITEM = "social_insurance/7.1"
OWN = f"counties/qingyuan/guides/{ITEM}.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A county with two inherited guides and one of its own; no other test uses its national guides."""
    folder = county(tmp_path / "p")
    for item in (ITEM, "employment/1.1"):
        path = folder / "national" / "guides" / f"{item}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NATIONAL_GUIDE, encoding="utf-8")
    return folder


def guide(project: Path, item: str = ITEM) -> Guide:
    found = read_project(project)
    return lay(found, read_county(found, "qingyuan")).guides[item]


def exchange_of(project: Path) -> Exchange:
    found = read_project(project)
    county = read_county(found, "qingyuan")
    return Exchange(found, county, form(found, county))


def imported(project: Path, given: Returned) -> tuple[Plan, Rewritten]:
    return written(exchange_of(project), given)


def test_a_blank_that_is_filled_in_becomes_the_countys_own(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert run("export", project, "--county", "qingyuan", "-o", file).exit_code == 0
    sheet = load_workbook(file, read_only=True)["待补"]
    rows = [[str(cell.value) for cell in row[1:4]] for row in sheet.iter_rows(min_row=5) if row[0].value]
    seven = [row[1:] for row in rows if row[0].startswith("社会保险 7.1 ")]
    assert seven == [
        ["失业保险金标准", "每月多少钱由省里定。"], ["咨询", "打 12333。"],
        ["网上办理深度", "各地不同。"], ["办理时限.承诺", "各地答应的时间不同。"],
    ]  # fmt: skip
    assert [row[:2] for row in rows[:3]] == [["全部事项", name] for name in ("承诺时限", "网上办理深度", "办理方式")]
    order = [row[0].split()[1] for row in rows if "全部事项" not in row[0]]
    assert order.index("7.1") < order.index("1.1")  # more people want it
    filled = [("网上办理深度", "全程网办"), ("办理时限.承诺", "3个工作日"), ("失业保险金标准", "每月1500元")]
    puts = [put("待补", f"{ITEM}/{name}", "本县怎么写", said) for name, said in filled]
    edited(file, tmp_path, lambda book: [each(book) for each in puts]).replace(file)
    done = run("import", file, project, "--write")
    assert done.exit_code == 0, done.output
    text = (project / OWN).read_text(encoding="utf-8")
    assert text == (
        "---\n网上办理深度: 全程网办\n办理时限: {承诺: 3个工作日}\n其他要素: {失业保险金标准: 每月1500元}\n---\n"
    )
    assert [told.name for told in guide(project).pending] == ["办理方式", "咨询"]
    left = [row.texts[ELEMENT] for row in still_blank(table(project)) if row.id.startswith(f"{ITEM}/")]
    assert left == ["咨询"]
    assert run("import", file, project, "--write").output.startswith("和项目里 qingyuan 现在的内容没有不同")


def table(project: Path) -> Table:
    found = exchange_of(project).form.table(BLANKS)
    assert found is not None
    return found


def test_what_is_the_same_for_all_is_written_once(project: Path) -> None:
    ways = "网上:https://www.12333.gov.cn/\n掌上：掌上12333"
    once = {
        (BLANKS, "指南默认//promised", ANSWER): "5个工作日",
        (BLANKS, "指南默认//ways", ANSWER): ways,
        (BLANKS, "指南默认/employment/online_degree", ANSWER): "不可网办",
        (BLANKS, f"{ITEM}/网上办理深度", ANSWER): "全程网办",
    }
    planned, done = imported(project, returned_changes(exchange_of(project), once))
    assert (planned.troubles, done.troubles) == ((), ())
    text = (project / "counties/qingyuan/county.yaml").read_text(encoding="utf-8")
    assert '指南默认: {承诺时限: 5个工作日, 办理方式: [{网上: "https://www.12333.gov.cn/"}, {掌上: 掌上12333}]}' in text
    told = [guide(project, item) for item in ("employment/1.1", ITEM)]
    assert [(one.online_degree, one.promised and one.promised.text) for one in told] == [
        ("不可网办", "5个工作日"),
        ("全程网办", "5个工作日"),
    ]
    assert [way.kind for way in told[0].ways or ()][-2:] == ["网上", "掌上"]
    found = table(project)
    assert not [row for row in still_blank(found) if row.texts[ELEMENT] == "办理时限.承诺"]
    assert found.by_id["指南默认//ways"].texts[ANSWER] == ways.replace("网上:", "网上：")
    emptied = {key: "" for key in once if key[1].startswith("指南默认/")}
    imported(project, returned_changes(exchange_of(project), emptied))
    assert "指南默认" not in (project / "counties/qingyuan/county.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("ways", "驿站：去那里", "不是办理方式"),
        ("ways", "到窗口去", "名称：内容"),
        ("promised", "5", "一个数字"),
        ("promised", "同上", "没有写明"),
    ],
)
def test_what_is_said_once_is_looked_at_like_any_cell(project: Path, field: str, text: str, message: str) -> None:
    given = returned_changes(exchange_of(project), {(BLANKS, f"指南默认//{field}", ANSWER): text})
    planned, done = imported(project, given)
    assert [message in trouble.message for trouble in planned.troubles] == [True]
    assert not done.files


def test_forty_cells_make_a_new_county_whole(tmp_path: Path) -> None:
    """All 103 national guides: no blank is left."""
    folder, file = tmp_path / "p", tmp_path / "a.xlsx"
    made = CliRunner().invoke(init, [str(folder), "--name", "清源县", "--code", "990101", "--slug", "qingyuan"])
    assert made.exit_code == 0, made.output
    layer = folder / "counties" / "qingyuan" / "county.yaml"
    layer.write_text(layer.read_text(encoding="utf-8") + DOMAINS, encoding="utf-8")
    assert run("export", folder, "--county", "qingyuan", "-o", file).exit_code == 0
    book = load_workbook(file)
    rows = list(book["待补"].iter_rows(min_row=5, max_row=44))
    for row in rows:
        row[4].value = ONCE.get(str(row[2].value)) or "照清源县的办法，每年公布"
    assert [row[1].value for row in rows[:4]] == ["全部事项"] * 4
    book.save(file)
    done = run("import", file, folder, "--write")
    assert done.exit_code == 0, done.output
    found = read_project(folder)
    county = read_county(found, "qingyuan")
    catalog = lay(found, county)
    assert len(catalog.guides) == 103
    assert [(guide.id, blank.name) for guide in catalog.guides.values() for blank in guide.pending] == []
    assert [one.message for one in check(found, county, catalog, date(2026, 3, 10)) if one.rule == "GK627"] == []


def test_what_two_sheets_say_differently_is_told(project: Path) -> None:
    before = exchange_of(project)
    both = {
        (GUIDES, ITEM, "online_degree"): "全程网办",
        (BLANKS, f"{ITEM}/网上办理深度", ANSWER): "不可网办",
        (BLANKS, f"{ITEM}/办理时限.承诺", ANSWER): "尽快\n办",
    }
    planned, _ = imported(project, returned_changes(before, both))
    assert any("写得不一样" in trouble.message for trouble in planned.troubles)
    assert guide(project).online_degree == "全程网办"


def test_a_list_is_written_whole_before_it_is_changed(project: Path) -> None:
    before = exchange_of(project)
    planned, done = imported(project, returned_changes(before, {(MATERIALS, f"{ITEM}/申领表", "note"): "本人签名"}))
    assert (planned.troubles, done.troubles) == ((), ())
    materials = guide(project).materials or ()
    assert [(each.name, each.note) for each in materials] == [("居民身份证", None), ("申领表", "本人签名")]
    assert guide(project).summary == "参加失业保险的人失业了，按月领钱。"  # everything else is inherited
