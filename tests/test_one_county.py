"""A line of one county never stops other counties; and a bug of gkdir is reported as such."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.nation import only, seen_as

from gkdir import build as building
from gkdir import checking, due
from gkdir.cli import group
from gkdir.read.schema.values import LONGEST, LONGEST_NAME

COUNTY = '名称: {name}\n代码: "990101"\n示例: true\n目录:\n  employment: {{审核日期: 2026-03-01}}\n'
ARTICLE = "---\n标题: 甲\n日期: 2026-03-01\n---\n{body}\n"


@pytest.fixture(scope="module", autouse=True)
def _little_nation() -> Iterator[None]:
    """Each test needs a valid county: two items are enough."""
    with seen_as(only({"employment": ("1.1", "4.1")})):
        yield


Break = Callable[[Path], object]
"""A change to the folder of a valid county."""


def line(text: str) -> Break:
    """Adds a line to the county's file."""
    return lambda folder: county(folder, COUNTY.format(name="清源县") + text + "\n")


def county(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / "county.yaml").write_text(text, encoding, errors="replace")


def file(path: str, text: str) -> Break:
    def write(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")

    return write


def files(*breaks: Break) -> Break:
    return lambda folder: [each(folder) for each in breaks]


def encoded(encoding: str) -> Break:
    text = COUNTY.format(name="清源县") + '简称: "\\u6e05"\n'
    return lambda folder: county(folder, text, encoding)


FORM = "名称: 甲\n说明: 乙\n分节: [{标题: 一, 栏目: [{名称: 丙}]}]\n"
PASTED = (
    COUNTY.format(name="甲").replace(": {审核日期: 2026-03-01}", ":\n    审核日期: 2026-03-01")
    + f"    默认: {{公开内容: {{增加: [{', '.join(f'要素{n}' for n in range(2000))}]}}}}\n"
)
BODIES = ("长" * 20_001, "## " + "长" * 300 + "\n正文", "- " * 60 + "甲", "[" * 300, "<b" * 300, "甲\n" * 500)
LONG = ("`", "<!--", "<a:b>", "**a ")
"""Texts that, repeated, made a section take minutes."""
BROKEN: tuple[tuple[Break, str, str, str], ...] = (
    # a line of the county's file, which the message names
    (line('上级: "甲\\0乙"'), "GK001", "county.yaml:6", "U+0000"),
    (line(f"上级: {'甲' * 300}"), "GK002", "county.yaml:6", "找不到上级"),
    (line(f"上级: {'甲' * (LONGEST + 1)}"), "GK104", "county.yaml:6", f"超过 {LONGEST}"),
    (line("上级: ../../../../../../etc/passwd"), "GK003", "county.yaml:6", "之外"),
    (line("上级: county.yaml"), "GK104", "county.yaml:6", "绕回"),
    (line(f"简称: {'甲' * (LONGEST_NAME + 1)}"), "GK104", "county.yaml:6", f"超过 {LONGEST_NAME}"),
    (line('简称: "甲\\n乙"'), "GK104", "county.yaml:6", "分成了几行"),
    (line(f"机构: {{{'甲' * 201}: {{名称: 乙}}}}"), "GK001", "county.yaml:6", "超过 200"),
    (line(f"备注: [{'甲, ' * 10_001}]"), "GK001", "county.yaml:6", "超过 10000 项"),
    (line("".join(f"甲{at}: 1\n" for at in range(10_001))), "GK001", "county.yaml:", "超过 10000 个"),
    (line(f"机构: {{甲: {{名称: 乙, 地址: {'甲' * 50_000}}}}}"), "GK104", "county.yaml:6", "50000"),
    (line(f"紧急通知: {{内容: {'甲' * 50_000}, 截止: 2026-12-31}}"), "GK104", "county.yaml:6", "50000"),
    *(
        (encoded(encoding), "GK001", "county.yaml", "不是 UTF-8")
        for encoding in ("gbk", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    ),
    # a list that was pasted many times, and a section too large for a page
    (lambda folder: county(folder, PASTED), "GK104", "county.yaml", "加起来"),
    *((file("pages/notices/a.md", ARTICLE.format(body=body)), "GK011", "a.md:", "") for body in BODIES),
    *((file("pages/notices/a.md", ARTICLE.format(body=one * 330_000)), "GK001", "a.md", "超过 100000") for one in LONG),
    # a form's name that some system refuses, and two that some system treats as equal
    *(
        (file(f"forms/{name}.yaml", FORM), "GK104", "", "不能用作网址的一部分")
        for name in ("表" * 80, "con", "COM¹", "甲.", "甲.html", "甲\u3164", "e\u0301")
    ),
    *(
        (files(file(f"forms/{one}.yaml", FORM), file(f"forms/{other}.yaml", FORM)), "GK104", "", "同一个名称")
        for one, other in (("甲a", "甲A"), ("甲-1", "甲.1"))
    ),
    # a town named like the kiosk
    (file("towns/kiosk.yaml", '名称: 白石镇\n代码: "990101101"\n'), "GK104", "", "kiosk"),
)
Errors = Mapping[str, list[dict[str, Any]]]
NAMES = ("Assets", "COM¹", "Good", "Fragments")
"""Invalid names for a county."""


def right(project: Path, *slugs: str) -> Path:
    """Make these counties, each of them valid."""
    for slug in slugs:
        (project / "counties" / slug).mkdir(parents=True)
        county(project / "counties" / slug, COUNTY.format(name="清源县"))
    return project


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> Errors:
    """The errors of each county: all broken ones are in one project, and only the valid one is published."""
    folder = tmp_path_factory.mktemp("broken")
    project = right(folder / "project", "good", *NAMES, *(f"bad-{number}" for number in range(len(BROKEN))))
    for number, (break_, *_) in enumerate(BROKEN):
        break_(project / "counties" / f"bad-{number}")
    checked = run("check", project, "--format", "json")
    assert checked.exit_code == 1, checked.exception
    errors: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in json.loads(checked.stdout)["findings"]:
        if one["severity"] == "error":
            errors[one["file"].partition("counties/")[2].partition("/")[0]].append(one)
    done = run("build", project, "-o", folder / "site", "--no-hant", "--jobs", "1")
    assert done.exit_code == 1, done.exception
    assert {one["rule"] for each in errors.values() for one in each} <= set(re.findall(r"错误 (GK\d+)", done.stdout))
    assert [path.name for path in (folder / "site").iterdir() if (path / "manifest.json").exists()] == ["good"]
    return errors


@pytest.mark.parametrize("number", range(len(BROKEN)), ids=[f"{rule}-{said}" for _, rule, _, said in BROKEN])
def test_what_is_broken_in_one_county_is_told_of_it(errors: Errors, number: int) -> None:
    _, rule, place, said = BROKEN[number]
    own = [one for one in errors[f"bad-{number}"] if one["rule"] == rule]
    assert [
        one for one in own if place in f"{one['file']}:{one['line']}:" and said in f"{one['file']}{one['message']}"
    ], own


@pytest.mark.parametrize("name", NAMES)
def test_a_countys_own_name(errors: Errors, name: str) -> None:
    assert [one["rule"] for one in errors[name] if name in f"{one['file']}{one['message']}"] == ["GK104"]


def test_the_county_that_is_right_has_no_error(errors: Errors) -> None:
    assert errors.get("good", []) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two valid counties."""
    return right(tmp_path / "project", "bad", "good")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


class Ours(Exception):
    """An unforeseen exception."""


def failing(function: Any) -> Any:
    """The function with a bug that affects one county."""

    def fail(*arguments: Any, **more: Any) -> Any:
        if any("bad" in str(getattr(argument, "slug", getattr(argument, "county", ""))) for argument in arguments):
            raise Ours("\x1b[2J")
        return function(*arguments, **more)

    return fail


@pytest.fixture
def _faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((checking, "check"), (building, "judge"), (due, "deadlines")):
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
