"""A finding names the cell of the exported workbook in which it can be corrected."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.excel_form.exchanges import county, exchange_of

from gkdir.excel_form.form import FormOutline
from gkdir.excel_form.formfinding import FormPlace
from gkdir.excel_form.formplaces import FormPlaces
from gkdir.excel_form.workbook import workbook
from gkdir.finding import Finding, Place, Severity

COUNTY = "counties/qingyuan/county.yaml"
GUIDE = "counties/qingyuan/guides/employment/4.1.md"
QUESTION = "counties/qingyuan/pages/faq/card.md"


def finding(file: str, line: int, column: int = 1, name: str = "x", item: str | None = None) -> Finding:
    return Finding("GK1", name, Severity.ERROR, "", "", "", None, Place(file, line, column), "qingyuan", item)


def test_an_outline_has_the_rows_of_the_whole_form(tmp_path: Path) -> None:
    whole = exchange_of(county(tmp_path)).form
    outline = FormOutline(whole.catalogs.project, whole.catalogs.county)
    for table in whole.tables:
        short = outline.table(table.key)
        assert short
        assert (short.title, short.spare) == (table.title, table.spare)
        assert [(each.id, each.name) for each in short.rows] == [(each.id, each.name) for each in table.rows]
        assert short.columns in (table.columns, ())


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FormPlaces, bytes]:
    project = county(tmp_path_factory.mktemp("p"))
    exchange = exchange_of(project)
    folder = exchange.county.folder
    return project, FormPlaces(exchange.form, project, folder), workbook(exchange.form)


def line_of(project: Path, file: str, said: str) -> tuple[int, int]:
    """The file's line and column with that text."""
    lines = (project / file).read_text(encoding="utf-8").split("\n")
    return next((number, line.index(said) + 1) for number, line in enumerate(lines, 1) if said in line)


@pytest.mark.parametrize(
    ("file", "said", "sheet", "row", "value"),
    [
        (COUNTY, "公开时限: 信息形成", "就业目录", "1.1", "信息形成或变更之日起10个工作日内公开"),
        (COUNTY, "《乙办法》", "就业目录", "1.1", "《甲法》\n《乙办法》（清政发〔2024〕5号）"),
        (COUNTY, "不列入: 本县未开展", "就业目录", "9.1", "本县未开展此项业务"),
        (COUNTY, "公开内容: [地址, 开放时间]", "就业目录", "1.6", "地址\n开放时间"),
        (COUNTY, '电话: "0600-5550101"', "机构", "人社局", "0600-5550101"),
        (COUNTY, "审核日期: 2026", "审核日期", "就业", "2026-03-01"),
        (COUNTY, "截止: 2026-11-30}   # 临时", "紧急通知", "紧急通知", "2026-11-30"),
        (COUNTY, "来源: 《清源县最低", "待遇标准", "最低工资", "《清源县最低工资标准》"),
        (COUNTY, "名称: 清源县人民政府 ", "网站", "名称", "清源县人民政府"),
        (GUIDE, "简述: 没有工作", "指南", "4.1", "没有工作的人来登记。"),
        (GUIDE, "办理时限: 3个", "指南", "4.1", "3个工作日"),
    ],
)
def test_the_cell_holds_what_the_finding_is_about(
    places: tuple[Path, FormPlaces, bytes], file: str, said: str, sheet: str, row: str, value: str
) -> None:
    project, whereabouts, book = places
    found = whereabouts.of(finding(file, *line_of(project, file, said)))
    assert found is not None
    assert found.sheet == sheet
    assert row in found.row
    cell = load_workbook(BytesIO(book))[sheet][found.cell].value
    assert str(cell.date() if hasattr(cell, "date") else cell) == value
    assert str(found).endswith(f"（{found.cell} 格）")


@pytest.mark.parametrize(
    ("file", "said", "told"),
    [
        ("pages/notices/moved.md", "发布机构: 人社局", "文章 窗口搬家的通知 发布机构"),
        ("pages/notices/moved.md", "![新窗口]", "文章 窗口搬家的通知 正文"),
        ("pages/faq/card.md", "先打12333", "常见问题 社保卡丢了怎么办 回答"),
        ("towns/baishi.yaml", "代码:", "乡镇村 白石镇 代码"),
        ("towns/baishi.yaml", '电话: "0600', "乡镇村机构 白石镇便民服务中心 电话"),
        ("forms/临时登记表.yaml", "类型: 签名", "表格 临时登记表 本人签名 类型"),
        ("words.yaml", "人社局、劳动局", "日常说法 同义 人社局、劳动局 说法"),
        ("words.yaml", "employment/4.1: 没活干了", "日常说法 增加 就业 4.1 失业登记 没活干了、待业 说法"),
        ("ways.yaml", "先问政策", "入口 一件事的事项 找工作 就业 1.1 就业政策法规咨询 怎么说"),
        ("ways.yaml", "moved", "入口 一件事 搬家了 网址里叫什么"),
        ("ways.yaml", "employment/4.1: 个人", "入口 谁会用 就业 4.1 失业登记 谁会用"),
        ("ways.yaml", "不用您申请", "入口 提醒 不用您申请，统一办。 事项"),
        ("towns/baishi.yaml", "办理地点: 一楼", "乡镇村办事 白石镇 就业 1.1 就业政策法规咨询 办理地点"),
        ("towns/baishi.yaml", '咨询: "0600', "乡镇村办事 白石镇 就业 4.1 失业登记 咨询"),
        ("county.yaml", "理由: 名称照上级文件", "允许 "),
    ],
)
def test_what_is_kept_in_files_of_its_own_has_a_cell_too(
    places: tuple[Path, FormPlaces, bytes], file: str, said: str, told: str
) -> None:
    project, whereabouts, _ = places
    name = f"counties/qingyuan/{file}"
    found = whereabouts.of(finding(name, *line_of(project, name, said)))
    assert found is not None
    assert str(found).startswith(told)
    assert found.cell


def test_where_there_is_no_cell_there_is_the_sheet_or_nothing(places: tuple[Path, FormPlaces, bytes]) -> None:
    project, whereabouts, _ = places
    material = whereabouts.of(finding(GUIDE, *line_of(project, GUIDE, "一寸照片")))
    assert material is not None
    assert (material.sheet, "一寸照片" in material.row) == ("材料", True)
    domain = line_of(project, COUNTY, "employment:")
    missing = whereabouts.of(finding(COUNTY, *domain, name="no-review-date"))
    assert missing is not None
    assert (missing.sheet, bool(missing.cell)) == ("审核日期", True)
    footer = whereabouts.of(finding(COUNTY, 2, name="incomplete-footer"))
    assert footer == FormPlace("网站", keys=("@website",))
    phones = whereabouts.of(finding(COUNTY, 2, name="one-phone-for-all"))
    assert phones is not None
    assert phones.sheet == "机构"
    assert str(whereabouts.of(finding(QUESTION, 2))) == "常见问题 社保卡丢了怎么办"
    offices = line_of(project, COUNTY, "机构:")
    assert whereabouts.of(finding(COUNTY, *offices)) == FormPlace("机构", keys=("@organisations",))
    group = whereabouts.of(finding(COUNTY, *domain, name="unnamed-group", item="employment/5.1"))
    assert group is not None
    assert (group.row, group.column, bool(group.cell)) == ("5.1 创业补贴申领", "公开对象", True)
    assert whereabouts.of(finding(COUNTY, 1)) is None
    assert whereabouts.of(finding("counties/qingyuan/guides/a.yaml", 1)) is None
    of_item = whereabouts.of(finding("gkdir/national/a.md", 1, item="employment/5.1"))
    assert of_item is not None
    assert (of_item.sheet, of_item.cell) == ("就业目录", "")


def test_what_is_about_a_whole_directory_is_on_its_sheet(places: tuple[Path, FormPlaces, bytes]) -> None:
    project, whereabouts, _ = places
    found = whereabouts.of(finding(COUNTY, *line_of(project, COUNTY, "employment:")))
    assert str(found) == "就业目录"
