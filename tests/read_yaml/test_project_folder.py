"""A project: its national workbooks, those that come with gkdir, and its counties."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from gkdir.finding import Unreadable
from gkdir.model.project import Project
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.read.reference import read_reference

COUNTY = '名称: 清源县\n代码: "990101"\n'
HEADER = (
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "公开层级",
)
REST = (
    "对象范围；申请条件",
    "《社会救助暂行办法》（国务院令第649号）",
    "20个工作日内",
    "民政部门",
    "■政府网站",
    "全社会",
    "主动",
    "县级",
)

Row = tuple[str | int | None, str, str]


def troubles_of(project: Project) -> list[tuple[str, str]]:
    return [(str(trouble.kind), str(trouble.place)) for trouble in project.troubles]


def workbook(path: Path, *rows: Row, title: str = "社会救助领域基层政务公开标准目录") -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(HEADER)
    for row in rows:
        sheet.append([*row, *REST])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("directories")
    (folder / "counties" / "qingyuan").mkdir(parents=True)
    (folder / "counties" / "qingyuan" / "county.yaml").write_text(COUNTY, encoding="utf-8")
    return folder


def test_the_national_directories_that_come_with_gkdir(folder: Path) -> None:
    project = read_project(folder)
    assert project.troubles == ()
    assert {domain: len(each.items) for domain, each in project.national.items()} == {
        "employment": 25,
        "social_insurance": 78,
    }
    assert [len(list(each.first_levels())) for each in project.national.values()] == [9, 9]
    assert project.counties == ("qingyuan",)
    numbers = [item.number for item in project.national["employment"].items]
    assert numbers[:2] == ["1.1", "1.2"]
    assert len(set(numbers)) == 25


def test_a_further_workbook_is_a_further_domain(folder: Path) -> None:
    rows: tuple[Row, ...] = (
        ("1.1", "综合业务", "政策法规文件"),
        ("1.2", "综合业务", "监督检查"),
        ("2.1", "最低生活保障", "审核信息"),
    )
    workbook(folder / "national" / "social_assistance.xlsx", *rows)
    (folder / "counties" / "qingyuan" / "county.yaml").write_text(
        COUNTY + "目录:\n  social_assistance:\n    事项:\n      '2.1': {公开渠道和载体: {增加: [两微一端]}}\n"
        "    增加:\n      - {编号: '2.1.1', 三级事项: 线上查询}\n",
        encoding="utf-8",
    )
    project = read_project(folder)
    assert troubles_of(project) == []
    assert list(project.national) == ["employment", "social_assistance", "social_insurance"]
    county = read_county(project, "qingyuan")
    assert county.troubles == ()
    directory = lay(project, county).directories["social_assistance"]
    assert directory.label == "社会救助"
    assert [entry.item.id for entry in directory.entries] == [
        f"social_assistance/{number}" for number in ("1.1", "1.2", "2.1", "2.1.1")
    ]
    assert directory.entries[2].item.channels == ("政府网站", "两微一端")
    assert str(directory.entries[0].item.place("level2")).startswith("directories/national/social_assistance.xlsx#")


def test_items_without_numbers_get_them_by_position(folder: Path) -> None:
    rows: tuple[Row, ...] = (
        (None, "综合业务", "甲"),
        (None, "综合业务", "乙"),
        (None, "低保", "丙"),
        (None, "综合业务", "丁"),
    )
    workbook(folder / "national" / "aid.xlsx", *rows)
    project = read_project(folder)
    assert troubles_of(project) == []
    assert [item.number for item in project.national["aid"].items] == ["1.1", "1.2", "2.1", "1.3"]


def test_a_sheet_that_numbers_only_its_first_levels_is_numbered_by_position(folder: Path) -> None:
    workbook(folder / "national" / "aid.xlsx", (1, "综合业务", "甲"), (1, "综合业务", "乙"), (2, "低保", "丙"))
    project = read_project(folder)
    assert troubles_of(project) == []
    assert [item.number for item in project.national["aid"].items] == ["1.1", "1.2", "2.1"]


def test_running_numbers_give_way_to_those_that_say_the_group(folder: Path) -> None:
    workbook(folder / "national" / "aid.xlsx", (1, "综合业务", "甲"), (2, "综合业务", "乙"), (3, "低保", "丙"))
    assert [item.number for item in read_project(folder).national["aid"].items] == ["1.1", "1.2", "2.1"]


def test_a_number_used_twice_is_told_and_no_item_is_lost(folder: Path) -> None:
    rows: tuple[Row, ...] = ((None, "综合业务", "1.1甲"), (None, "综合业务", "1.2乙"), (None, "低保", "1.1丙"))
    workbook(folder / "national" / "aid.xlsx", *rows)
    project = read_project(folder)
    assert [kind for kind, _ in troubles_of(project)] == ["wrong-value", "wrong-value"]
    assert [(item.number, item.level2) for item in project.national["aid"].items] == [
        ("1.1", "甲"),
        ("1.2", "乙"),
        ("2.1", "丙"),
    ]


def test_the_projects_own_workbook_takes_the_place_of_ours(folder: Path) -> None:
    workbook(folder / "national" / "employment.xlsx", ("1.1", "综合业务", "甲"), title="就业领域基层政务公开标准目录")
    assert len(read_project(folder).national["employment"].items) == 1


def test_a_broken_workbook_is_told_and_the_others_count(folder: Path) -> None:
    (folder / "national").mkdir()
    (folder / "national" / "aid.xlsx").write_bytes(b"no workbook")
    workbook(folder / "national" / "empty.xlsx", title="空的")
    project = read_project(folder)
    assert {str(trouble.place).partition("#")[0] for trouble in project.troubles} == {
        "directories/national/aid.xlsx",
        "directories/national/empty.xlsx",
    }
    assert "employment" in project.national
    assert "aid" not in project.national


@pytest.mark.parametrize("name", ["a b.xlsx", "assets.xlsx", "data.xlsx"])
def test_a_workbook_whose_name_cannot_be_an_address(folder: Path, name: str) -> None:
    workbook(folder / "national" / name, ("1.1", "综合业务", "甲"))
    assert troubles_of(read_project(folder)) == [("wrong-value", f"directories/national/{name}")]


def test_what_is_no_county(folder: Path, tmp_path: Path) -> None:
    counties = folder / "counties"
    (counties / "note.txt").write_text("", encoding="utf-8")
    (counties / ".git").mkdir()
    (counties / "a b").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (counties / "far").symlink_to(tmp_path / "elsewhere")
    (counties / "empty").mkdir()
    project = read_project(folder)
    assert sorted(troubles_of(project)) == [
        ("stray-file", "directories/counties/note.txt"),
        ("wrong-value", "directories/counties/a b"),
    ]
    assert project.counties == ("empty", "far", "qingyuan")  # a mistake in one does not hold back others
    assert [str(trouble.kind) for trouble in read_county(project, "far").troubles] == ["outside"]
    assert [str(trouble.kind) for trouble in read_county(project, "empty").troubles] == ["missing-file"]


def test_no_counties_and_no_project(tmp_path: Path) -> None:
    assert [str(trouble.kind) for trouble in read_project(tmp_path).troubles] == ["missing-file"]
    with pytest.raises(Unreadable, match="没有这个项目文件夹"):
        read_project(tmp_path / "none")


@pytest.mark.parametrize(("named", "prefix"), [(".", ""), ("./", ""), ("../here", "../here/")])
def test_places_are_called_as_the_user_calls_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, prefix: str
) -> None:
    here = tmp_path / "here"
    (here / "counties" / "qingyuan").mkdir(parents=True)
    monkeypatch.chdir(here)
    county = read_county(read_project(Path(named)), "qingyuan")
    assert str(county.troubles[0].place) == f"{prefix}counties/qingyuan/county.yaml"
    assert county.folder == "counties/qingyuan"
    absolute = read_county(read_project(here), "qingyuan")
    assert str(absolute.troubles[0].place) == f"{here.as_posix()}/counties/qingyuan/county.yaml"


def test_a_slug_cannot_climb_out(folder: Path) -> None:
    (folder.parent / "county.yaml").write_text(COUNTY, encoding="utf-8")
    county = read_county(read_project(folder), "../..")
    assert county.overlay.code == ""
    assert county.troubles


@pytest.mark.parametrize(
    "text",
    ["甲: &x [乙]\n丙: [*x, *x]\n", "[" * 60_000, "- " * 60_000, "{甲: " * 60_000, "甲: !!python/name:os.system\n"],
)
def test_what_counties_are_compared_with_does_not_unfold_without_end(tmp_path: Path, text: str) -> None:
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "vocabulary.yaml").write_text(text, "utf-8")
    (trouble, *_) = read_reference((tmp_path / "national",))[1]
    assert trouble.place.file.endswith("vocabulary.yaml")


@pytest.mark.parametrize("listed", [False, True], ids=["closed", "its names can be listed, no more"])
def test_a_county_that_the_system_does_not_let_us_read_is_one_trouble(
    listed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "counties" / "qingyuan"
    (folder / "towns").mkdir(parents=True)
    (folder / "county.yaml").write_text(COUNTY, encoding="utf-8")
    project = read_project(tmp_path)
    for name in ("stat", "lstat", "open", "listdir", "scandir"):  # root may read everything
        real = getattr(os, name)

        def closed(
            path: str | Path, *args: object, name: str = name, real: Callable[..., object] = real, **more: object
        ) -> object:
            within = folder in Path(path).parents or (Path(path) == folder and name in ("listdir", "scandir"))
            if within and not (listed and name in ("listdir", "scandir")):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real(path, *args, **more)

        monkeypatch.setattr(os, name, closed)
    county = read_county(project, "qingyuan")
    assert [(trouble.message, trouble.place.file) for trouble in county.troubles] == [
        ("打不开这个文件夹。", folder.as_posix())
    ]


def test_the_files_that_come_with_gkdir_are_all_understood_as_a_project() -> None:
    """The sample project has them in its own national/: none is taken for an unreadable directory."""
    assert read_project(Path(__file__).parents[2] / "directories").troubles == ()
