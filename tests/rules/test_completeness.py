"""National items are never lost, and unreadable rows are reported: cases that no county's file can show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.model.county import Catalog
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.project import read_county
from gkdir.rules import check, check_project

from .examples import TODAY, county_of


def _rules(project: Project, slug: str, catalog: Catalog | None = None, today: date = TODAY) -> list[str]:
    county = read_county(project, slug)
    laid = catalog or lay(project, county)
    return [one.rule for one in check(project, county, laid, today) if one.severity != "info"]


def test_a_national_item_that_is_neither_there_nor_left_out_is_an_error(project: Project) -> None:
    county_of([], project.folder / "counties" / "lost")
    catalog = lay(project, read_county(project, "lost"))
    assert _rules(project, "lost", catalog) == []
    employment = catalog.directories["employment"]
    kept = tuple(entry for entry in employment.entries if entry.item.number != "9.1")
    directories = {**catalog.directories, "employment": replace(employment, entries=kept)}
    assert _rules(project, "lost", replace(catalog, directories=directories)) == ["GK205"]


def test_both_national_directories_alone_give_no_error_and_no_warning(project: Project) -> None:
    folder = project.folder / "counties" / "bare"
    folder.mkdir()
    (folder / "county.yaml").write_text('名称: 清源县\n代码: "990101"\n网站: {找错: "https://a.gov.cn/"}\n', "utf-8")
    assert _rules(project, "bare") == []
    assert check_project(project) == ()


def test_a_guide_that_names_no_office_is_mended_where_offices_are_named(project: Project) -> None:
    folder = project.folder / "counties" / "checked"
    (folder / "guides" / "employment").mkdir(parents=True)
    (folder / "county.yaml").write_text('名称: 清源县\n代码: "990101"\n机构: {甲: {名称: 甲局}}\n', "utf-8")
    (folder / "guides" / "employment" / "4.3.md").write_text("---\n核对: {日期: 2026-03-01}\n---\n", "utf-8")
    county = read_county(project, "checked")
    hints = [one.hint for one in check(project, county, lay(project, county), TODAY) if one.rule == "GK602"]
    assert [hint.split("，")[0] for hint in hints] == ["目录的“公开主体”写上本县的单位"]


def test_an_unread_row_of_a_national_workbook_is_told_once_for_the_project(project: Project) -> None:
    trouble = Trouble(TroubleKind.NOT_A_ROW, Place("就业.xlsx", sheet="就业", cell="A9"), "这一行读不懂。")
    found = check_project(replace(project, troubles=(trouble,)))
    assert [(one.rule, str(one.place), one.county) for one in found] == [("GK005", "就业.xlsx#就业!A9", None)]


def test_a_law_that_cannot_be_read_is_told_once_for_the_project(tmp_path: Path) -> None:
    from gkdir.read.project import read_project

    (tmp_path / "counties").mkdir()
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "laws.yaml").write_text("- {名称: 某法, 状态: 不知道, 把握: 高}\n", "utf-8")
    found = check_project(read_project(tmp_path))
    assert [(one.rule, one.place.line, one.place.column) for one in found] == [("GK104", 1, 16)]
    assert found[0].place.file.endswith("/national/laws.yaml")
    assert "“不知道”" in found[0].message


def test_one_of_two_additions_of_the_same_name_is_at_fault(project: Project) -> None:
    additions = """\
目录:
  employment:
    审核日期: 2026-03-01
    默认: {公开主体: [人社局]}
    增加:
      - {编号: "4.1.1", 三级事项: 线上失业登记}
      - {编号: "4.1.2", 三级事项: 线上失业登记办理}
"""
    county_of([("county.yaml", additions)], project.folder / "counties" / "twins")
    county = read_county(project, "twins")
    found = [one for one in check(project, county, lay(project, county), TODAY) if one.severity != "info"]
    assert [(one.rule, one.item) for one in found] == [("GK204", "employment/4.1.2")]
