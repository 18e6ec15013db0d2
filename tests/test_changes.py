"""更新记录: ``gkdir diff --record`` adds entries once and keeps a clerk's text; pages show the newest first."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.pages import sample
from tests.places import SMALL

from gkdir.build import BuildContext, make_county
from gkdir.buildoptions import BuildOptions
from gkdir.cli import group
from gkdir.diffing.compare import FieldChange, amended
from gkdir.diffing.recordfile import HEAD, MAX_CHARS, continued, entries
from gkdir.diffing.sides import project_side
from gkdir.diffing.words import sections
from gkdir.finding import Place, Unreadable
from gkdir.model.amendment import AMENDMENT_KINDS, AMENDMENT_SUBJECTS, Amended, Amendment
from gkdir.read.declaredfiles import amendments
from gkdir.read.project import read_county, read_project
from gkdir.service.changes import change_days, changes_by_item
from gkdir.yaml.parse import parse_yaml

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return _project(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return _project(tmp_path / "new")


def _project(folder: Path) -> Path:
    shutil.copytree(SMALL / "project", folder)
    shutil.copytree(SMALL / "national", folder / "national", dirs_exist_ok=True)
    for county in (folder / "counties").iterdir():
        if county.name != "heping":
            shutil.rmtree(county)
    return folder


def edit(project: Path, name: str, was: str, now: str) -> None:
    file = project / "counties" / "heping" / name
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now), encoding="utf-8")


def record(old: Path, new: Path, *more: str) -> Result:
    day = () if "--date" in more else ("--date", "2026-03-02")
    return CliRunner().invoke(group, ["diff", str(old), str(new), "--record", *day, *more])


def listed(project: Path) -> tuple[Amendment, ...]:
    return read_county(read_project(project), "heping").amendments


def changes_file(project: Path) -> Path:
    return project / "counties" / "heping" / "changes.yaml"


def test_a_county_of_one_side_only_is_named(old: Path, new: Path) -> None:
    (old / "counties" / "heping").rename(old / "counties" / "another")
    result = record(old, new)
    assert result.exit_code == 0
    assert not changes_file(new).exists()
    assert "another：只在一边有这个县" in result.output
    assert "heping：只在一边有这个县" in result.output


def test_what_changed_is_recorded_once_in_words(old: Path, new: Path) -> None:
    edit(new, "county.yaml", "变更之日起10个工作日内公开", "变更之日起5个工作日内公开")
    first = record(old, new)
    assert first.exit_code == 0, first.output
    (entry,) = listed(new)
    assert (entry.day, entry.kind, entry.subject, entry.id, entry.town) == (
        date(2026, 3, 2), "修改", "事项", "social_assistance/1.1", "",
    )  # fmt: skip
    assert entry.fields == (
        Amended("公开时限", "信息形成或变更之日起10个工作日内公开", "信息形成或变更之日起5个工作日内公开"),
    )
    written = changes_file(new).read_bytes()
    again = record(old, new, "--date", "2026-03-09")
    assert "没有新的" in again.stderr
    assert changes_file(new).read_bytes() == written


def test_a_second_change_of_the_same_thing_is_a_second_entry(old: Path, new: Path, tmp_path: Path) -> None:
    edit(new, "county.yaml", "变更之日起10个工作日内公开", "变更之日起5个工作日内公开")
    record(old, new)
    then = Path(shutil.copytree(new, tmp_path / "then"))
    edit(new, "county.yaml", "变更之日起5个工作日内公开", "变更之日起10个工作日内公开")
    record(then, new, "--date", "2026-03-09")
    edit(then, "county.yaml", "变更之日起5个工作日内公开", "变更之日起10个工作日内公开")
    edit(new, "county.yaml", "变更之日起10个工作日内公开", "变更之日起5个工作日内公开")
    record(then, new, "--date", "2026-03-10")
    assert [entry.day.day for entry in listed(new)] == [2, 9, 10]


def test_the_lists_own_words_stay_as_they_are(old: Path, new: Path) -> None:
    own = (
        "# 我们自己的话\r\n记录:\r\n    # 第一条\r\n    -   日期: 2025-01-01\r\n        类型: 新增\r\n"
        "        事项: social_assistance/1.1\r\n        名称: 甲   # 备注\r\n# 最后的话"
    ).encode()
    changes_file(new).write_bytes(own)
    edit(new, "county.yaml", "变更之日起10个工作日内公开", "变更之日起5个工作日内公开")
    assert record(old, new).exit_code == 0
    written = changes_file(new).read_bytes()
    assert written.startswith(own)
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert [entry.kind for entry in listed(new)] == ["新增", "修改"]


@pytest.mark.parametrize("start", ["", "# 话\n", "记录:\n", "记录: []\n", "记录: [ ]  # 空\n", "记录:"])
def test_an_empty_list_is_begun(start: str) -> None:
    entry = Amendment.of(
        "表格", "甲表", day=date(2026, 3, 2), kind="停用", name="甲：表", place=Place(""), reason="不用了"
    )
    text = continued(start, "changes.yaml", [entry])
    (read,), troubles = amendments(parse_yaml(text, "changes.yaml"))
    assert troubles == ()
    assert (read.content, read.name, read.reason) == (entry.content, "甲：表", "不用了")
    assert text.startswith(HEAD) == (not start)


@pytest.mark.parametrize(
    "start", ["记录: [{日期: 2025-01-01, 类型: 新增, 事项: a/1, 名称: 甲}]\n", "记录: {\n", "别的: 1\n"]
)
def test_a_list_that_cannot_be_continued_is_left_alone(start: str, old: Path, new: Path) -> None:
    entry = Amendment.of("表格", "甲表", day=date(2026, 3, 2), kind="停用", name="甲表", place=Place(""))
    with pytest.raises(Unreadable):
        continued(start, "changes.yaml", [entry])
    changes_file(new).write_text(start, encoding="utf-8")
    edit(new, "county.yaml", "变更之日起10个工作日内公开", "变更之日起5个工作日内公开")
    refused = record(old, new)
    assert refused.exit_code == 1
    assert "changes.yaml" in refused.stderr
    assert changes_file(new).read_text(encoding="utf-8") == start


def test_guides_forms_articles_and_offices_are_compared(old: Path, new: Path) -> None:
    guide = next((new / "counties" / "heping" / "guides").rglob("*.md"))
    guide.write_text(guide.read_text(encoding="utf-8").replace("简述:", "简述: 改了。", 1), encoding="utf-8")
    form = next((new / "counties" / "heping" / "forms").glob("*.yaml"))
    form.write_text(form.read_text(encoding="utf-8").replace("名称: ", "名称: 新", 1), encoding="utf-8")
    faq = new / "counties" / "heping" / "pages" / "faq" / "added.md"
    faq.parent.mkdir(parents=True, exist_ok=True)
    faq.write_text("---\n标题: 甲\n日期: 2026-02-01\n---\n正文。\n", encoding="utf-8")
    found = sections(project_side(old), project_side(new))
    assert [section.label for section in found] == ["办事指南", "表格", "文章"]
    assert [one.kind.value for section in found for one in section.differences] == ["changed", "changed", "added"]
    assert [entry.subject for entry in entries(found, "heping", date(2026, 3, 2), ())] == ["办事指南", "表格", "文章"]


def test_only_a_project_can_be_recorded_and_a_county_that_is_new_is_not(old: Path, new: Path) -> None:
    table = SMALL / "national" / "social_assistance.xlsx"
    assert record(table, table).exit_code == 2
    shutil.rmtree(old / "counties" / "heping")
    assert record(old, new).exit_code == 0
    assert not changes_file(new).exists()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(WORDS), st.lists(WORDS))
def test_what_is_said_of_a_list_makes_the_new_one_of_the_old(old: list[str], new: list[str]) -> None:
    said = amended(FieldChange("栏目", tuple(old), tuple(new)))
    assert not set(said.removed) & set(new)
    assert not set(said.added) & set(old)
    if said.removed or said.added:
        assert (set(old) - set(said.removed)) | set(said.added) == set(new)


PLAIN = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=MAX_CHARS).map(
    lambda text: " ".join(text.split())
)
FIELDS = st.builds(Amended, PLAIN, PLAIN, PLAIN) | st.builds(
    lambda label, added: Amended(label, added=tuple(added)), PLAIN, st.lists(PLAIN, min_size=1, max_size=3)
)
ENTRIES = st.builds(
    lambda day, kind, subject, id_, name, fields, reason: Amendment.of(
        subject, id_, day=day, kind=kind, name=name, place=Place(""), fields=tuple(fields), reason=reason
    ),
    st.dates(date(2019, 1, 1), date(2099, 12, 31)),
    st.sampled_from(AMENDMENT_KINDS),
    st.sampled_from(AMENDMENT_SUBJECTS),
    PLAIN.filter(str.strip),
    PLAIN.filter(str.strip),
    st.lists(
        FIELDS.filter(
            lambda field: all((field.label, field.old or field.added, field.new or field.added, *field.added))
        ),
        max_size=2,
    ),
    st.none() | PLAIN.filter(str.strip),
)


@given(st.lists(ENTRIES, max_size=3), st.lists(ENTRIES, max_size=3))
def test_what_is_written_is_what_is_read(first: list[Amendment], second: list[Amendment]) -> None:
    text = continued(continued("", "f", first), "f", second)
    read, troubles = amendments(parse_yaml(text, "f"))
    assert troubles == ()
    assert [(each.day, each.name, each.reason, each.content) for each in read] == [
        (each.day, each.name, each.reason, each.content) for each in (*first, *second)
    ]


CHANGES = """\
记录:
  - {日期: 2026-01-05, 类型: 新增, 事项: social_assistance/1.1, 名称: 甲}
  - 日期: 2026-02-05
    类型: 修改
    事项: social_assistance/1.1
    名称: 乙
    改动: [{栏目: 公开时限, 原: 二十天, 现: 十天}]
    理由: 大家等得太久
  - {日期: 2026-01-05, 类型: 停用, 事项: social_assistance/9.9, 名称: <丙>}
"""


def pages(project: Path) -> dict[str, str]:
    request = BuildOptions(project, project / "out", today=date(2026, 3, 2))
    made = make_county(BuildContext(read_project(project), request), "heping")
    assert made.files is not None, made.findings
    return {path: content.decode() for path, content in made.files.items() if path.endswith((".html", ".xml"))}


def test_the_site_tells_what_changed_the_newest_first(new: Path) -> None:
    changes_file(new).write_text(CHANGES, encoding="utf-8")
    site = pages(new)
    page = site["changes/index.html"]
    assert page.index("2026年2月5日") < page.index("2026年1月5日")
    assert "大家等得太久" in page
    assert "二十天" in page
    assert "<丙>" not in page
    assert "changes/index.html" in site["index.html"]
    assert "changes/index.html" in site["sitemap/index.html"]
    assert "changes/index.html" in site["sitemap.xml"]
    feed = ElementTree.fromstring(site["feed.xml"])
    found = [entry for entry in feed.iter(f"{ATOM}entry") if "：" in (entry.findtext(f"{ATOM}title") or "")]
    assert [entry.findtext(f"{ATOM}title") for entry in found] == ["修改：乙", "新增：甲", "停用：<丙>"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    assert feed.findtext(f"{ATOM}updated") == "2026-02-05T00:00:00+08:00"


def test_an_items_page_tells_its_own_changes(new: Path) -> None:
    changes_file(new).write_text(CHANGES, encoding="utf-8")
    page = pages(new)["social_assistance/1-1/index.html"]
    told = page[page.index("本事项的更新") :]
    assert told.index("2026年2月5日") < told.index("2026年1月5日")
    assert "目录：公开时限" in told
    assert '../../changes/index.html#d2026-02-05"' in told
    telling = [path for path, text in pages(new).items() if "本事项的更新" in text and "hant/" not in path]
    assert telling == ["social_assistance/1-1/index.html"]


def test_an_item_is_told_of_its_guide_and_its_forms_and_of_no_more_than_three_changes() -> None:
    def changed(day: int, subject: str, id_: str, *labels: str) -> Amendment:
        fields = tuple(Amended(label, "前", "后") for label in labels)
        return Amendment.of(
            subject, id_, day=date(2026, 1, day), kind="修改", name="登记表", place=Place("c"), fields=fields
        )

    amendments = (
        changed(1, "事项", "employment/4.1"),
        changed(2, "办事指南", "employment/4.1", "办理地点", "承诺时限"),
        changed(3, "表格", "登记表"),
        changed(4, "机构", "人社局", "电话"),
        changed(5, "事项", "employment/4.2", "公开时限"),
        changed(6, "事项", "employment/4.1", "公开依据"),
    )
    county = replace(sample.catalog(), amendments=amendments)
    found = changes_by_item(change_days(county), county)
    assert {item: [line.part for line in lines] for item, lines in found.items()} == {
        "employment/4.1": ["目录：公开依据", "表格“登记表”", "办事指南：办理地点、承诺时限"],
        "employment/4.2": ["目录：公开时限"],
    }


def test_ids_of_the_feed_outlive_new_entries_and_reasons(new: Path) -> None:
    changes_file(new).write_text(CHANGES, encoding="utf-8")
    before = _ids(pages(new)["feed.xml"])
    more = "  - {日期: 2026-03-01, 类型: 修改, 事项: social_assistance/1.1, 名称: 乙, 理由: 又改}\n"
    changes_file(new).write_text(CHANGES.replace("大家等得太久", "另说") + more, encoding="utf-8")
    after = _ids(pages(new)["feed.xml"])
    assert after[1:] == before


def _ids(feed: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}id") for entry in ElementTree.fromstring(feed).iter(f"{ATOM}entry")]


def test_without_a_list_there_is_no_page_and_the_feed_tells_what_was_checked(new: Path) -> None:
    site = pages(new)
    assert "changes/index.html" not in site
    assert not any("changes/index.html" in page for page in site.values())
    assert ElementTree.fromstring(site["feed.xml"]).find(f"{ATOM}entry") is not None
