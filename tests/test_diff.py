"""``gkdir diff``: additions, changes and discontinuations, between projects and between tables."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from tests.pages.sample import catalog
from tests.places import SMALL

from gkdir.cli import group
from gkdir.diffing.compare import DifferenceKind, compare
from gkdir.diffing.sides import described, project_side, table_sides
from gkdir.diffing.words import NOTHING, DiffSection, as_markdown, sections
from gkdir.finding import Place, Unreadable
from gkdir.model.amendment import ARTICLE, OFFICE
from gkdir.model.article import Article, Revision
from gkdir.model.county import Organisation
from gkdir.model.declared import INTERNAL, declared, keys
from gkdir.model.item import Item
from gkdir.resources import national_folder

WORKBOOK = SMALL / "national" / "social_assistance.xlsx"
ITEM = Item("employment", "1.1", "服务", "政策咨询", channels=("政府网站", "精准推送"), mode=("主动",))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL / "project", tmp_path / "new"))


def edit(project: Path, old: str, new: str, name: str = "county.yaml") -> None:
    file = project / "counties" / "heping" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def between(new: Path) -> tuple[DiffSection, ...]:
    national = SMALL / "national"
    return sections(project_side(SMALL / "project", national), project_side(new, national))


def kinds(found: Sequence[DiffSection]) -> list[tuple[str, str, DifferenceKind, str | None]]:
    return [(each.county, each.town, one.kind, one.number) for each in found for one in each.differences]


def test_every_key_of_an_article_and_of_an_office_is_compared() -> None:
    values: dict[str, Any] = {one.field: "甲" for one in declared(Article)}
    values |= dict.fromkeys(("published", "formed", "until", "withdrawn", "closes"), date(2026, 3, 1))
    values |= dict.fromkeys(("items", "policies", "interpretations", "replaces"), ("甲",))
    values["revisions"] = (Revision(date(2026, 3, 1), "甲", Place("a.md")),)
    article = Article(**values, kind="faq", slug="a", place=Place("a.md"))
    office = Organisation("局", "甲局", Place("c"), "甲", "甲", "甲", "甲", "甲", "甲", "甲")
    county = replace(catalog(), articles=(article,))
    county = replace(county, overlay=replace(county.overlay, organisations={"局": office}))
    found = described(county, Path())
    assert set(found[ARTICLE]["faq/a"].texts) == set(keys(Article)) - {key.name for key in INTERNAL}
    assert set(found[OFFICE]["局"].texts) == set(keys(Organisation))


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["diff", *map(str, arguments)])


def test_the_same_project_twice_has_no_differences(new: Path) -> None:
    assert between(new) == ()


def test_a_change_tells_old_and_new_and_is_not_told_again_for_the_township(new: Path) -> None:
    edit(new, "变更之日起10个工作日内公开", "变更之日起5个工作日内公开")
    found = between(new)
    assert kinds(found) == [("heping", "", DifferenceKind.CHANGED, "1.1")]
    assert found[0].title.startswith("和平县 ")
    (change,) = found[0].differences[0].fields
    assert change.label == "公开时限"
    assert change.old == ("信息形成或变更之日起10个工作日内公开",)
    assert change.new == ("信息形成或变更之日起5个工作日内公开",)


def test_what_is_said_once_of_all_guides_is_told_once(new: Path) -> None:
    (new / "counties" / "heping" / "guides" / "social_assistance").mkdir(exist_ok=True)
    for number in ("1.1", "2.1"):
        own = new / "counties" / "heping" / "guides" / "social_assistance" / f"{number}.md"
        text = "简述: 甲。\n来源: [{名称: 《甲办法》}]\n待补: {办理时限.承诺: 问, 办理方式: 问}"
        own.write_text(f"---\n{text}\n---\n", encoding="utf-8")
    assert all("place=" not in str(each.fields) for section in between(new) for each in section.differences)
    before = Path(shutil.copytree(new, new.with_name("before")))
    edit(new, "机构:\n", "指南默认: {承诺时限: 5个工作日, 办理方式: [{网上: https://a.gov.cn/}]}\n机构:\n")
    national = SMALL / "national"
    (section,) = sections(project_side(before, national), project_side(new, national))
    assert [each.id for each in section.differences] == ["指南默认"], section.differences
    (one,) = section.differences
    assert (one.kind, one.id, one.name) == (DifferenceKind.ADDED, "指南默认", "全部事项")
    assert [(each.label, each.new) for each in one.fields] == [
        ("承诺时限", ("5个工作日",)),
        ("办理方式", ("网上：https://a.gov.cn/",)),
    ]


def test_an_item_left_out_is_stopped_with_its_reason_and_one_taken_back_is_new(new: Path) -> None:
    edit(new, '"1.2": {不列入: 示例：本县由市里统一办理}', '"2.1": {不列入: 改由市里办理}')
    edit(new, '\n      "2.1": {通俗名称: 领低保}', "")
    found = [one for one in between(new)[0].differences if one.number in ("1.2", "2.1")]
    assert [(one.kind, one.number, one.reason) for one in found] == [
        (DifferenceKind.ADDED, "1.2", ""),
        (DifferenceKind.STOPPED, "2.1", "改由市里办理"),
    ]


def test_a_county_that_is_new_has_all_its_items_added(new: Path) -> None:
    shutil.copytree(new / "counties" / "heping", new / "counties" / "zhonghe")
    found = [each for each in kinds(between(new)) if not each[1]]
    assert found
    assert {(county, kind) for county, _, kind, _ in found} == {("zhonghe", DifferenceKind.ADDED)}


def test_the_order_of_ticks_says_nothing_and_the_order_of_elements_does() -> None:
    assert compare([ITEM], [replace(ITEM, channels=("精准推送", "政府网站"))], {}) == ()
    lists = [replace(ITEM, content=content) for content in (("甲", "乙"), ("乙", "甲"))]
    assert [one.kind for one in compare(lists[:1], lists[1:], {})] == [DifferenceKind.CHANGED]


def test_a_column_that_one_table_lacks_makes_no_differences_and_one_that_is_emptied_does() -> None:
    with_levels = replace(ITEM, levels=("县级",))
    assert compare([with_levels], [replace(ITEM, number=None)], {}) == ()
    (emptied,) = compare([with_levels], [replace(ITEM, levels=())], {})
    assert [(change.label, change.old, change.new) for change in emptied.fields] == [("公开层级", ("县级",), ())]
    (added,) = compare([], [ITEM], {})
    assert [change.label for change in added.fields if change.new][:2] == ["序号", "一级事项"]


def test_an_item_keeps_its_identity_by_name_when_rows_move_and_by_number_when_it_is_renamed() -> None:
    first, second = ITEM, replace(ITEM, number="1.2", level2="岗位信息")
    moved = compare([first, second], [replace(second, number="1.1")], {})
    assert [(one.kind, one.name) for one in moved] == [
        (DifferenceKind.CHANGED, "岗位信息"),
        (DifferenceKind.STOPPED, "政策咨询"),
    ]
    (renamed,) = compare([first], [replace(first, level2="政策解读")], {})
    assert renamed.kind is DifferenceKind.CHANGED
    assert [(change.label, change.old, change.new) for change in renamed.fields] == [
        ("二级事项", ("政策咨询",), ("政策解读",))
    ]


def test_items_without_numbers_are_not_taken_for_each_other() -> None:
    first, second = (replace(ITEM, number=None, level2=name) for name in ("甲", "乙"))
    assert [one.kind for one in compare([first], [second], {})] == [DifferenceKind.ADDED, DifferenceKind.STOPPED]


def test_two_workbooks_and_two_folders_of_them_tell_the_same(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        shutil.copy(WORKBOOK, tmp_path / name / "救助.xlsx")
    changed = tmp_path / "new" / "救助.xlsx"
    book = openpyxl.load_workbook(changed)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if "工作日" in str(cell.value or "")]
    cells[0].value = "公开事项信息形成或变更之日起3个工作日内公开"
    book.save(changed)
    files = sections(*table_sides(WORKBOOK, changed))
    assert files == sections(*table_sides(tmp_path / "old", tmp_path / "new"))
    assert [change.label for each in files for one in each.differences for change in one.fields] == ["公开时限"]


def test_a_domain_in_several_files_is_paired_by_their_names(tmp_path: Path) -> None:
    for name in ("old/甲县", "old/乙县", "new/甲县"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(WORKBOOK, tmp_path / f"{name}.xlsx")
    found = sections(*table_sides(tmp_path / "old", tmp_path / "new"))
    assert {(county, kind) for county, _, kind, _ in kinds(found)} == {("乙县", DifferenceKind.STOPPED)}


def test_domains_that_are_not_known_are_paired_by_their_titles(tmp_path: Path) -> None:
    for name in ("救助", "养老"):
        book = openpyxl.load_workbook(WORKBOOK)
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if "领域" in str(cell.value or ""):
                    cell.value = f"{name}领域基层政务公开标准目录"
        book.save(tmp_path / f"{name}.xlsx")
    only = tmp_path / "救助.xlsx"
    found = sections(*table_sides(tmp_path, only))
    assert [(each.title, {one.kind for one in each.differences}) for each in found] == [
        ("养老", {DifferenceKind.STOPPED})
    ]


def test_a_folder_without_tables_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="没有目录表格"):
        table_sides(tmp_path, WORKBOOK)


def test_the_command_speaks_words_data_and_markdown(new: Path) -> None:
    edit(new, "民政局: {名称: 和平县民政局", "民政局: {名称: 和平县民政*局")
    for project in (new, new.parent / "old"):
        shutil.copytree(SMALL / "project", project, dirs_exist_ok=project == new, ignore=lambda *_: ["heping"])
    shutil.copytree(SMALL / "project" / "counties" / "heping", new.parent / "old" / "counties" / "heping")
    for project in (new, new.parent / "old"):
        shutil.copytree(SMALL / "national", project / "national")
    text = diff(new.parent / "old", new)
    assert "修改" in text.output
    assert "原：和平县民政局\n      现：和平县民政*局" in text.output
    data = json.loads(diff(new.parent / "old", new, "--format", "json").stdout)
    fields = [each["fields"] for each in data["directories"][0]["differences"]]
    assert {"label": "公开主体", "old": ["和平县民政局"], "new": ["和平县民政*局"]} in fields[0]
    markdown = diff(new.parent / "old", new, "--format", "markdown").stdout
    assert "### 修改" in markdown
    assert r"和平县民政\*局" in markdown


def test_the_table_of_regions_beside_the_workbooks_is_passed_over() -> None:
    assert (national_folder() / "regions.csv").is_file()
    same = diff(national_folder(), national_folder())
    assert (same.exit_code, same.stdout) == (0, NOTHING + "\n")


def test_nothing_different_is_said_so() -> None:
    same = diff(WORKBOOK, WORKBOOK)
    assert (same.exit_code, same.stdout) == (0, NOTHING + "\n")
    assert as_markdown(()) == NOTHING + "\n"


def test_a_project_is_not_compared_with_a_table() -> None:
    mixed = diff(SMALL / "project", WORKBOOK)
    assert mixed.exit_code == 2
    assert f"{SMALL / 'project'} 是项目，{WORKBOOK} 不是" in mixed.output


def test_what_is_neither_project_nor_table_is_called_what_it_is(tmp_path: Path) -> None:
    county = SMALL / "project" / "counties" / "heping"
    (tmp_path / "empty").mkdir()
    for side, said in (
        (county, "一个县的文件夹"),
        (county / "county.yaml", "这是 .yaml 文件"),
        (tmp_path / "empty", "没有"),
    ):
        done = diff(side, side)
        assert isinstance(done.exception, Unreadable)
        assert said in done.exception.trouble.message + done.exception.trouble.hint
        assert "与扩展名不符" not in done.exception.trouble.message


def test_what_could_not_be_read_is_told_beside_the_differences(new: Path) -> None:
    shutil.copytree(SMALL / "national", new / "national")
    edit(new, "公开时限:", "公开时现:")
    broken = diff(new, new)
    assert broken.exit_code == 1
    assert broken.stdout == NOTHING + "\n"
    assert "county.yaml:" in broken.stderr
    assert "公开时现" in broken.stderr


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=某人", "-c", "user.email=nobody@example.invalid")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_of_a_county_that_could_not_be_read_nothing_is_said_to_have_changed(new: Path) -> None:
    (new / "counties" / "heping" / "county.yaml").write_text("名称: [\n", encoding="utf-8")
    result = diff(SMALL / "project", new)
    assert result.exit_code == 1
    assert "修改" not in result.stdout
    assert "county.yaml" in result.stderr


def test_two_revisions_are_compared_as_they_were(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(new.parent)
    shutil.copytree(SMALL / "national", new / "national")
    git("init")
    git("add", "new")
    git("commit", "-m", "first")
    edit(new, "变更之日起10个工作日内公开", "变更之日起5个工作日内公开")
    changed = diff("HEAD:new", "new")
    assert "修改 1.1" in changed.stdout
    assert "修改 1 项" in changed.stdout
    git("commit", "-am", "second")
    assert diff("HEAD~1:new", "HEAD:new").stdout == changed.stdout
    table = diff("HEAD~1:new/national/social_assistance.xlsx", "HEAD:new/national")
    assert (table.exit_code, table.stdout) == (0, NOTHING + "\n")


@pytest.mark.parametrize(
    "wanted", ["没有", "HEAD:没有", "no-such:new", "--output=taken:new", ":new", "HEAD:sub/../new", "HEAD:{}", "a\0b:c"]
)
def test_what_is_not_there_is_wrong_use(wanted: str, new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(new.parent)
    git("init")
    git("add", "new")
    git("commit", "-m", "first")
    missing = diff("--", wanted.replace("{}", new.as_posix()), new)
    assert missing.exit_code == 2
    assert "没有这个文件或文件夹" in missing.output
    assert sorted(path.name for path in new.parent.iterdir()) == [".git", "new"]
