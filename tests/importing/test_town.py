"""A township's own table compared with the county's directory: a new town, and changes that the county adopts."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from tests.places import COUNTY_TABLE

from gkdir.cli.importing import command
from gkdir.finding import Unreadable
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.known import known_project
from gkdir.read.project import read_county

TOWN = """# 白石镇
名称: 白石镇
代码: "990101101"   # 九位
机构:
  中心: {名称: 白石镇便民服务中心, 电话: "0600-5550201"}   # 新号码
目录:
  employment:
    事项:
      "1.2":
        公开时限: 信息形成或变更之日起1个工作日内公开   # 原来的
        办事指南: {办理地点: 一楼2号窗口}
"""
WHO = ("--name", "白石镇", "--code", "990101101")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's own items 1.1 to 1.3 as the township lists them: one sooner, one by another office."""
    path = tmp_path_factory.mktemp("镇") / "白石镇目录.xlsx"
    book = load_workbook(COUNTY_TABLE)
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    sheet = book["就业"]
    sheet.delete_rows(7, sheet.max_row)
    headings = {str(cell.value).strip(): cell.column for row in sheet["A1:Z3"] for cell in row if cell.value}
    sheet.cell(4, headings["公开时限"]).value = "信息形成或变更之日起2个工作日内公开"
    sheet.cell(5, headings["责任部门"]).value = "白石镇便民服务中心"
    book.save(path)
    return path


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "项目" / "counties" / "qingyuan"
    folder.mkdir(parents=True)
    (folder / "county.yaml").write_text('名称: 清源县\n代码: "990101"\n', encoding="utf-8")
    return folder


def run(table: Path, county: Path, *more: str) -> Result:
    return CliRunner().invoke(command, [str(table), "--into", str(county), "--town", "baishi", *more])


def laid(county: Path) -> tuple[Project, dict[str, object]]:
    project = known_project(county.parent.parent)
    found = read_county(project, "qingyuan")
    assert found.troubles == ()
    (town,) = lay(project, found).towns
    return project, {str(entry.item.number): entry.item for entry in town.directories["employment"].entries}


def test_a_new_town_says_only_what_differs_from_the_county(table: Path, county: Path) -> None:
    done = run(table, county, *WHO)
    assert done.exit_code == 0, done.output
    text = (county / "towns" / "baishi.yaml").read_text(encoding="utf-8")
    assert text.startswith('名称: 白石镇\n代码: "990101101"\n级别: 乡级\n')
    assert '便民服务中心: {名称: 白石镇便民服务中心, 电话: "0600-5550101"}' in text
    assert "公开时限: 信息形成或变更之日起2个工作日内公开" in text
    assert text.count("不列入的理由") == 1
    _, items = laid(county)
    assert items["1.1"].time_limit.text == "信息形成或变更之日起2个工作日内公开"  # type: ignore[attr-defined]
    assert "白石镇便民服务中心" in items["1.2"].publisher  # type: ignore[attr-defined]
    again = run(table, county)
    assert again.exit_code == 0
    assert "没有变化" in again.stderr
    assert "国家目录" not in done.stdout


def test_a_change_is_shown_and_taken_over_with_who_and_when(table: Path, county: Path) -> None:
    path = county / "towns" / "baishi.yaml"
    path.parent.mkdir()
    path.write_text(TOWN, encoding="utf-8", newline="")
    shown = run(table, county)
    assert shown.exit_code == 2
    assert "-        公开时限: 信息形成或变更之日起1个工作日内公开" in shown.stdout
    assert path.read_text(encoding="utf-8") == TOWN
    done = run(table, county, "--force", "--by", "王某", "--date", "2026-03-02")
    assert done.exit_code == 0, done.output
    text = path.read_text(encoding="utf-8")
    assert "    审核日期: 2026-03-02\n" in text
    assert "    审核人: 王某\n" in text
    assert "        办事指南: {办理地点: 一楼2号窗口}\n" in text
    assert [each for each in ("# 白石镇\n", "# 九位", "# 新号码", "# 原来的") if each not in text] == []
    assert "公开主体: [中心]" in text
    laid(county)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--name", "白石镇"), "代码"),
        (("--code", "990101101"), "名称"),
        (("--name", "白石镇", "--code", "990101"), "九位"),
    ],
)
def test_what_is_missing_is_said(table: Path, county: Path, more: tuple[str, ...], said: str) -> None:
    done = run(table, county, *more)
    assert isinstance(done.exception, Unreadable)
    assert said in str(done.exception)
    assert not (county / "towns").exists()


def test_without_its_county_nothing_is_written(table: Path, tmp_path: Path) -> None:
    done = run(table, tmp_path / "counties" / "qingyuan", *WHO)
    assert isinstance(done.exception, Unreadable)
    assert list(tmp_path.iterdir()) == []


def test_rows_in_doubt_are_told_and_nothing_is_written(table: Path, county: Path, tmp_path: Path) -> None:
    book = load_workbook(table)
    sheet = book["就业"]
    cell = next(cell for row in sheet["A4:F6"] for cell in row if cell.value == "求职信息登记")
    cell.value = "失业人员登记"
    book.save(tmp_path / "存疑.xlsx")
    done = run(tmp_path / "存疑.xlsx", county, *WHO)
    assert done.exit_code == 1
    assert "存疑 1" in done.stdout
    assert "有 1 行拿不准" in done.stderr
    assert not (county / "towns").exists()


def test_who_and_when_are_of_towns_only(table: Path, county: Path) -> None:
    arguments = [str(table), "--into", str(county), "--name", "清源县", "--code", "990101", "--by", "王某"]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 2
    assert "--town" in done.stderr
