"""One line of one county never stops the others, whatever it is; and a fault of ours is told as ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.nation import only, seen_as

from gkdir import build as building
from gkdir import checking
from gkdir.cli import group
from gkdir.due import gather
from gkdir.read.schema.values import LONGEST, LONGEST_NAME

COUNTY = '名称: {name}\n代码: "990101"\n示例: true\n目录:\n  employment: {{审核日期: 2026-03-01}}\n'
ARTICLE = "---\n标题: 甲\n日期: 2026-03-01\n---\n{body}\n"


@pytest.fixture(scope="module", autouse=True)
def _little_nation() -> Iterator[None]:
    """Each test builds a county that is right: of two items, for it is about the other."""
    with seen_as(only({"employment": ("1.1", "4.1")})):
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two counties, both of them right."""
    for slug in ("bad", "good"):
        folder = tmp_path / "project" / "counties" / slug
        folder.mkdir(parents=True)
        (folder / "county.yaml").write_text(COUNTY.format(name="清源县"), "utf-8")
    return tmp_path / "project"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


def told(project: Path, rule: str, *words: str) -> None:
    """The check names ``bad`` by that rule and no other county; the build publishes ``good`` alone."""
    checked = run("check", project)
    assert checked.exit_code == 1, checked.exception
    assert f"错误 {rule}" in checked.stdout
    assert all(word in checked.stdout for word in words), checked.stdout
    assert not any("good" in line and "错误" in line for line in checked.stdout.splitlines())
    site = project.parent / "site"
    done = run("build", project, "-o", site, "--no-hant", "--jobs", "1")
    assert done.exit_code == 1, done.exception
    assert f"错误 {rule}" in done.stdout
    assert ((site / "good").is_dir(), (site / "bad").is_dir()) == (True, False)


@pytest.mark.parametrize(
    ("line", "rule", "word"),
    [
        ('上级: "甲\\0乙"', "GK001", "U+0000"),
        (f"上级: {'甲' * 300}", "GK002", "找不到上级"),
        (f"上级: {'甲' * (LONGEST + 1)}", "GK104", f"超过 {LONGEST}"),
        ("上级: ../../../../../../etc/passwd", "GK003", "之外"),
        ("上级: county.yaml", "GK104", "绕回"),
        (f"简称: {'甲' * (LONGEST_NAME + 1)}", "GK104", f"超过 {LONGEST_NAME}"),
        ('简称: "甲\\n乙"', "GK104", "一行"),
        (f"机构: {{{'甲' * 201}: {{名称: 乙}}}}", "GK001", "超过 200"),
        (f"机构: {{甲: {{名称: 乙, 地址: {'甲' * 50_000}}}}}", "GK104", "50000"),
        (f"紧急通知: {{内容: {'甲' * 50_000}, 截止: 2026-12-31}}", "GK104", "50000"),
    ],
)
def test_a_line_of_the_countys_file(project: Path, line: str, rule: str, word: str) -> None:
    file = project / "counties" / "bad" / "county.yaml"
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")
    number = file.read_text("utf-8").count("\n")
    told(project, rule, word, f"county.yaml:{number}:")


@pytest.mark.parametrize("encoding", ["gbk", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_encoding(project: Path, encoding: str) -> None:
    file = project / "counties" / "bad" / "county.yaml"
    file.write_text(file.read_text("utf-8") + '简称: "\\u6e05"\n', encoding, errors="replace")
    told(project, "GK001", "不是 UTF-8")


def test_a_list_that_was_pasted_in_many_times(project: Path) -> None:
    file = project / "counties" / "bad" / "county.yaml"
    more = f"    默认: {{公开内容: {{增加: [{', '.join(f'要素{n}' for n in range(2000))}]}}}}\n"
    file.write_text(
        COUNTY.format(name="甲").replace(": {审核日期: 2026-03-01}", ":\n    审核日期: 2026-03-01") + more, "utf-8"
    )
    told(project, "GK104", "加起来")


@pytest.mark.parametrize(
    "body", ["长" * 20_001, "## " + "长" * 300 + "\n正文", "- " * 60 + "甲", "[" * 300, "<b" * 300, "甲\n" * 500]
)
def test_a_section_that_no_page_can_bear(project: Path, body: str) -> None:
    path = project / "counties" / "bad" / "pages" / "notices" / "a.md"
    path.parent.mkdir(parents=True)
    path.write_text(ARTICLE.format(body=body), "utf-8")
    told(project, "GK011", "a.md:")


@pytest.mark.parametrize("name", ["表" * 80, "con", "COM¹", "甲.", "甲.html", "甲\u3164", "e\u0301"])
def test_a_forms_name_that_some_system_does_not_take(project: Path, name: str) -> None:
    path = project / "counties" / "bad" / "forms" / f"{name}.yaml"
    path.parent.mkdir()
    path.write_text("名称: 甲\n说明: 乙\n分节: [{标题: 一, 栏目: [{名称: 丙}]}]\n", "utf-8")
    told(project, "GK104", "不能用作网址的一部分")


@pytest.mark.parametrize(("one", "other"), [("甲a.yaml", "甲A.yaml"), ("甲-1.yaml", "甲.1.yaml")])
def test_two_forms_that_some_system_takes_for_one(project: Path, one: str, other: str) -> None:
    folder = project / "counties" / "bad" / "forms"
    folder.mkdir()
    for name in (one, other):
        (folder / name).write_text("名称: 甲\n说明: 乙\n分节: [{标题: 一, 栏目: [{名称: 丙}]}]\n", "utf-8")
    told(project, "GK104", "同一个名称")


@pytest.mark.parametrize("name", ["Assets", "COM¹", "Good", "Fragments"])
def test_a_countys_own_name(project: Path, name: str) -> None:
    (project / "counties" / "bad").rename(project / "counties" / name)
    told(project, "GK104", name)


def test_a_town_called_as_the_kiosk(project: Path) -> None:
    town = project / "counties" / "bad" / "towns" / "kiosk.yaml"
    town.parent.mkdir()
    town.write_text('名称: 白石镇\n代码: "990101101"\n', "utf-8")
    told(project, "GK104", "kiosk")


class Ours(Exception):
    """What nobody foresaw."""


def failing(function: Any) -> Any:
    """The function, with a fault of ours that one county meets."""

    def fail(*arguments: Any, **more: Any) -> Any:
        if any("bad" in str(getattr(argument, "slug", getattr(argument, "county", ""))) for argument in arguments):
            raise Ours("\x1b[2J")
        return function(*arguments, **more)

    return fail


@pytest.fixture
def _faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((checking, "check"), (building, "judge"), (gather, "deadlines")):
        monkeypatch.setattr(module, name, failing(getattr(module, name)))


@pytest.mark.usefixtures("_faulty")
@pytest.mark.parametrize("command", ["check", "build", "due"])
def test_a_fault_of_ours_holds_one_county_back_and_says_so(project: Path, command: str) -> None:
    site = project.parent / "site"
    shutil.copytree(project / "counties" / "good", project / "counties" / "last")
    more = ("-o", site, "--no-hant", "--jobs", "1") if command == "build" else ()
    done = run(command, project, *more)
    assert done.exit_code == 3
    assert "GK015" in done.output
    assert "“bad”时程序自己出了毛病（Ours: \\x1b[2J" in done.output
    if command == "build":
        assert [(site / slug).is_dir() for slug in ("bad", "good", "last")] == [False, True, True]
