"""Whole projects, damaged at random: each command reports what is wrong, and none fails with a bug of gkdir."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.laws import law
from tests.nation import only, seen_as

from gkdir.cli import COMMANDS as EVERY
from gkdir.cli import group
from gkdir.finding import Unreadable
from gkdir.refused import REFUSED

rounds = law(3)

COMMANDS = ("check", "due", "build", "diff", "release")

ONE = ("--county", "qingyuan")
OTHERS: dict[str, tuple[str, ...]] = {
    "export": ("{project}", *ONE, "-o", "{aside}/table.xlsx"),
    "form": ("export", "{project}", *ONE, "-o", "{aside}/form.xlsx"),
    "review": ("show", "{project}", "--format", "html"),
    "share": ("{project}", *ONE, "--to", "12345", "-o", "{aside}/share.xlsx"),
    "report": ("{project}", "--jobs", "1", "-o", "{aside}/report"),
    "explain": ("employment/4.1", "{project}"),
    "links": ("{project}", "--list"),
}
"""The other commands that read a project, and their arguments."""
ELSEWHERE = {
    **dict.fromkeys(("read", "import"), "read/test_fuzz.py: any table"),
    **dict.fromkeys(("serve", "desk"), "test_preview.py, desk/test_hostile.py: any request"),
    **dict.fromkeys(("print", "pack"), "what they read is what build reads, and what they make takes long"),
    "import-guides": "excel_form/test_platform.py: any file of the platform",
    "audit": "test_audit.py: any change to a published folder",
    "stats": "visits/test_stats.py: any line of a log",
    **dict.fromkeys(("init", "rules", "schema", "cache", "doctor"), "they read nothing of anybody's"),
}
"""Commands that are not tested here, and why."""

COUNTY = """名称: 清源县
代码: "990101"
示例: true
简称: 清源
英文名称: Qingyuan County
网站:
  名称: 清源县人民政府
  域名: www.qingyuan.gov.cn
  标识码: "9901010001"
  网址: "https://www.qingyuan.gov.cn/zwgk/"
  找错: "https://www.qingyuan.gov.cn/jiucuo/"
机构:
  人社局:
    名称: 清源县人力资源和社会保障局
    类别: 人社部门
    地址: 清源县清源路18号
    电话: "0600-5550101"
    监督电话: "0600-5550102"
    办公时间: 周一至周五9:00—12:00，13:30—17:30
紧急通知: {内容: 今天下午暂停办公, 截止: 2026-12-31}
待遇标准:
  最低工资: {每月: 1800, 日期: 2026-01-01, 来源: 清政发〔2026〕1号}
目录:
  employment:
    审核日期: 2026-11-01
    默认: {公开主体: [人社局]}
    事项:
      "4.1": {公开时限: 信息形成或变更之日起10个工作日内公开, 公开渠道和载体: {增加: [两微一端]}}
      "4.3": {不列入: {理由: 本县未开展此项业务, 批准: 县政府, 日期: 2026-10-01}}
    增加:
      - {编号: "4.1.1", 三级事项: 线上就业登记, 通俗名称: 网上登记}
  social_insurance:
    审核日期: 2026-11-01
    默认: {公开主体: [人社局]}
允许:
  - {规则: GK203, 事项: employment/4.1.1, 理由: 只讲线上办理, 截止: 2027-06-30}
"""
GUIDE = """---
简述: 没有工作、想找工作的人，在公共就业服务机构登记。
服务对象: [想就业但没有工作的劳动者]
办理条件: [年满16周岁, 现在没有工作]
办理材料:
  - {名称: 居民身份证, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要}
  - {名称: 失业登记表, 表格: 失业登记表, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要}
办理流程:
  - {环节: 申请, 说明: 到窗口填写失业登记表。}
  - {环节: 核对, 办理单位: 人社局, 时限: 1个工作日}
办理方式:
  - {窗口: [人社局]}
网上办理深度: 不可网办
办理时限: {法定: 10个工作日, 承诺: 1个工作日}
结果送达: 窗口办理的当场告知。
收费: 不收费
办理机构: [人社局]
没有的要素: {证件送达方式: 不发证件}
相关事项: [employment/1.1]
核对: {日期: 2026-11-01}
---
## 这是什么

失业登记，就是没有工作、又想工作时，记上一笔。电话：0600-5550101。

## 我要做什么

1. 带上身份证
2. 到窗口登记
"""
FORM = """名称: 失业登记表
说明: 一式一份。
分节:
  - 标题: 个人信息
    栏目:
      - {名称: 姓名, 宽: 6, 示例: 示例·张三, 说明: 和身份证一致}
      - {名称: 性别, 类型: 选择, 选项: [男, 女], 必填: false}
"""
FILES = {
    "county.yaml": COUNTY,
    "guides/employment/4.1.md": GUIDE,
    "forms/失业登记表.yaml": FORM,
    "pages/notices/hours.md": "---\n标题: 办公时间\n日期: 2026-11-10\n形成日期: 2026-11-02\n---\n周六也办公。\n",
    "pages/consultations/a.md": "---\n标题: 征求意见\n日期: 2026-11-01\n截止: 2026-12-15\n---\n请提意见。\n",
    "towns/baishi.yaml": '名称: 白石镇\n代码: "990101101"\n目录:\n  employment:\n    审核日期: 2026-11-01\n',
    "changes.yaml": "记录:\n  - {日期: 2026-11-01, 类型: 修改, 事项: employment/4.1, 名称: 失业登记}\n",
    "words.yaml": "增加:\n  employment/4.1: [报失业]\n",
    "hant.yaml": "词语:\n  清源县: 清源縣\n",
    "ways.yaml": "一句话:\n  employment/4.1: 没有工作的人来登记。\n",
}
"""A county with a little of everything, which can be published."""

VALUES = (
    '"甲\\0乙"',
    '"\\e[2J"',
    '"\\u202e"',
    '"\\uFEFF"',
    '"\\n"',
    "~",
    "true",
    "[]",
    "{}",
    "[[[[甲]]]]",
    "{甲: {乙: 丙}}",
    "9" * 30,
    "-1",
    "1e400",
    ".nan",
    "0x1F",
    "9" * 5000,
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "2062-01-01",
    "&x 甲",
    "*x",
    "!!python/object:os.system 甲",
    "!!binary aGk=",
    "{<<: 甲}",
    "|\n        多\n        行",
    "甲" * 300,
    "甲" * 60_000,
    "[" * 80,
    "{甲: " * 70,
    "　甲",
    "\u00a0甲",
    "\u200b",
    "（）",
    "《》",
    "《》（）",
    "〔〕号",
    "12345",
    "-",
    "?",
    ":",
    "%",
    "@",
    "`",
    "#",
    "'",
    '"',
    "http://[",
    "https://\ud7ff/",
    "javascript:甲",
    "mailto:",
    "//甲",
    "../../../../etc/passwd",
    "county.yaml",
    "employment/4.1",
    "employment/",
    "/",
    "1.1.1.1.1.1",
    "٣.٣",
    "²",
    "①",
    "零",
    "第零条",
    "999999999999个工作日",
    "0个工作日",
    "-5天",
    "一百亿年",
    "25:61",
    "周八",
    "\U0001f468\u200d\U0001f469",
    "依申请",
    "不列入",
    "全社会",
    "特定群体（）",
    "增加",
    "𠮷",
    "e\u0301",
    "<script>",
    "{{ 1/0 }}",
    "{% include '/etc' %}",
)
BODIES = (
    "> " * 500,
    "- " * 400 + "甲",
    "`" * 999,
    "[^1]\n\n[^1]: [^1]",
    "| 甲 |\n|---|\n" + "| 乙 |\n" * 300,
    "<b>" * 150,
    "&#27;&#0;&#xD800;&#1114112;",
    "![甲](" * 100,
    "[甲](" * 150,
    "*[甲]: 乙\n甲",
    "!!! note\n    " * 50,
    "# 甲 {#a #a}",
    "甲\n: 乙\n" * 150,
    "<!--",
    "<![CDATA[",
    "<script>",
    "\\" * 999,
    "*" * 999,
    "_" * 999,
    "1. " * 20,
    "    " * 99 + "甲",
    "~~~\n## 甲",
    "\t- 甲\n\t\t- 乙",
    "[a]: <",
    "[甲][甲]\n\n[甲]: 甲",
    "{: .甲 }",
    "===\n---\n===",
    "甲" * 21_000,
)
NAMES = (
    "\x1b]0;甲\x07",
    "甲\n乙",
    "con",
    "COM1.yaml",
    "甲 乙",
    "..甲",
    "-甲",
    "甲" * 85,
    "甲" * 51,
    "Ａ",
    "index.html",
    "甲.",
    "\u202e",
    "\u200b",
    "a" * 255,
    "Notices",
    "KIOSK",
    "%2e%2e",
    "<b>",
    "'\"",
    "e\u0301",
    "𠮷",
    "..yaml",
    "4.1.md.md",
)


@pytest.fixture(scope="module", autouse=True)
def _little_nation() -> Iterator[None]:
    """The nation has the items that the county changes, and some that it does not."""
    with seen_as(only({"employment": ("1.1", "4.1", "4.3"), "social_insurance": ("1.1", "2.1")})):
        yield


def test_the_project_is_published_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "project")
    done = CliRunner().invoke(group, ["build", str(tmp_path / "project"), "-o", str(tmp_path / "site"), "--no-hant"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "site" / "qingyuan" / "employment" / "4-1" / "index.html").is_file()


def run(command: str, project: Path, aside: Path) -> None:
    """Run the command on the project; checks that it ends properly whatever the project contains."""
    more: dict[str, tuple[str, ...]] = {
        "build": ("{project}", "-o", "{aside}/site", "--no-hant", "--jobs", "1"),
        "release": ("{project}", "-o", "{aside}/filed"),
        "diff": ("{project}", "{aside}/before"),
        **OTHERS,
    }
    said = (part.format(project=project, aside=aside) for part in more.get(command, ("{project}",)))
    done = CliRunner().invoke(group, [command, *said])
    error = done.exception
    known = isinstance(error, SystemExit | Unreadable) or getattr(error, "errno", None) in REFUSED
    if error is not None and not known:
        raise error
    assert done.exit_code in (0, 1, 2), done.output
    assert "GK015" not in done.output, done.output[-3000:]
    assert "\x1b" not in done.output


def write(folder: Path) -> None:
    """Write the undamaged project."""
    for name, text in FILES.items():
        path = folder / "counties" / "qingyuan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


class DamagedProject:
    """The damaged project in a folder of its own, and an undamaged copy to compare with."""

    def __init__(self) -> None:
        self.aside = Path(tempfile.mkdtemp())
        self.folder = self.aside / "project"
        write(self.folder)
        write(self.aside / "before")

    def files(self, *suffixes: str) -> list[Path]:
        """The county's own files."""
        return sorted(path for path in self.folder.rglob("*") if path.suffix in suffixes and path.is_file())

    def __enter__(self) -> DamagedProject:
        return self

    def __exit__(self, *_: object) -> None:
        for path in self.folder.rglob("*"):
            if not path.is_symlink():  # a link's target is not ours
                with suppress(OSError):
                    path.chmod(0o700)
        shutil.rmtree(self.aside, ignore_errors=True)


def damaged_line(draw: Callable[[Any], Any], text: str) -> str:
    """The text with one line of YAML changed in value, key or indentation, repeated, or removed."""
    lines = text.split("\n")
    index = draw(st.integers(0, len(lines) - 1))
    line = lines[index]
    value = draw(st.sampled_from(VALUES))
    kind = draw(st.sampled_from(("value", "key", "indent", "double", "gone", "cut", "word", "block")))
    if kind == "value":
        line = re.sub(r"(:|-) .*", lambda match: f"{match[1]} {value}", line, count=1)
    elif kind == "key":
        line = re.sub(r"^(\s*(?:- )?)[^:\s]+:", lambda match: f"{match[1]}{value}:", line)
    elif kind == "indent":
        line = draw(st.sampled_from(("\t", "　", "\u00a0", " ", "-", "? "))) + line
    elif kind == "double":
        line = f"{line}\n{line}"
    elif kind == "gone":
        line = ""
    elif kind == "cut":
        line = line[: draw(st.integers(0, len(line)))]
    elif kind == "word":
        at = draw(st.integers(0, len(line)))
        line = line[:at] + value + line[at:]
    else:
        line = re.sub(r": .*|:$", lambda _: f":\n        - {value}\n        - 乙: {value}", line, count=1)
    return "\n".join([*lines[:index], line, *lines[index + 1 :]])


@pytest.mark.parametrize("command", COMMANDS)
@rounds
@given(data=st.data())
def test_values_and_keys(command: str, data: st.DataObject) -> None:
    with DamagedProject() as damaged:
        for _ in range(data.draw(st.integers(1, 4))):
            path = data.draw(st.sampled_from(damaged.files(".yaml", ".md")))
            text = path.read_text("utf-8", "surrogateescape")
            path.write_text(damaged_line(data.draw, text), "utf-8", "surrogateescape")
        run(command, damaged.folder, damaged.aside)


@law(3)
@given(data=st.data())
def test_the_other_commands(data: st.DataObject) -> None:
    with DamagedProject() as damaged:
        if data.draw(st.booleans()):
            path = data.draw(st.sampled_from(damaged.files(".yaml", ".md")))
            text = path.read_text("utf-8")
            path.write_text(damaged_line(data.draw, text), "utf-8", "surrogateescape")
        else:
            with suppress(OSError):
                replace_file(data, data.draw(st.sampled_from(sorted(damaged.folder.rglob("*")))))
        run(data.draw(st.sampled_from(sorted(OTHERS))), damaged.folder, damaged.aside)


def test_no_command_is_left_out() -> None:
    assert {*COMMANDS, *OTHERS, *ELSEWHERE} == {*EVERY}


NO_DAYS = (
    "2026-02-30", "2026-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "12026-01-01", "20260301", "46082", "-1",
    "1.5", "true", '"2026年3月"', "2026-03-01T10:00:00+08:00", "[2026-03-01]", "{日: 2026-03-01}",
)  # fmt: skip


@pytest.mark.parametrize("day", NO_DAYS)
def test_what_is_no_day_is_named_where_it_stands(day: str) -> None:
    with DamagedProject() as damaged:
        wanted: set[tuple[str, int]] = set()
        for path in damaged.files(".yaml", ".md"):
            lines = path.read_text("utf-8").split("\n")
            for number, line in enumerate(lines, 1):
                lines[number - 1] = re.sub(r"(?<=: )\d{4}-\d\d-\d\d(?=[\n,}]|$)", lambda _: day, line)
                wanted |= {(path.name, number)} if lines[number - 1] != line else set()
            path.write_text("\n".join(lines), "utf-8")
        assert len(wanted) > 10
        done = CliRunner().invoke(group, ["check", str(damaged.folder), "--format", "json"])
        found = json.loads(done.stdout)["findings"]
        assert wanted <= {(Path(one["file"]).name, one["line"]) for one in found if one["severity"] != "info"}
        run(COMMANDS[NO_DAYS.index(day) % len(COMMANDS)], damaged.folder, damaged.aside)


@pytest.mark.parametrize("command", ["check", "build"])
@rounds
@given(data=st.data())
def test_bodies(command: str, data: st.DataObject) -> None:
    with DamagedProject() as damaged:
        path = data.draw(st.sampled_from(damaged.files(".md")))
        bodies = data.draw(st.lists(st.sampled_from(BODIES) | st.text(max_size=40), min_size=1, max_size=4))
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write("\n\n" + data.draw(st.sampled_from(("\n", "\n\n", "\n## 甲\n"))).join(bodies) + "\n")
        run(command, damaged.folder, damaged.aside)


@pytest.mark.parametrize("command", COMMANDS)
@rounds
@given(data=st.data())
def test_names_and_kinds_of_files(command: str, data: st.DataObject) -> None:
    with DamagedProject() as damaged:
        for _ in range(data.draw(st.integers(1, 3))):
            paths = [path for path in damaged.folder.rglob("*") if path.name != "national"]
            if not paths:
                break  # the folder replaced first contained all others
            path = data.draw(st.sampled_from(sorted(paths)))
            with suppress(OSError):
                replace_file(data, path)
        run(command, damaged.folder, damaged.aside)


def replace_file(data: st.DataObject, path: Path) -> None:
    """Replace a file or folder by another name, a link, a pipe, a folder, any bytes, or nothing."""
    kind = data.draw(
        st.sampled_from(("name", "bytes", "loop", "outside", "pipe", "folder", "unreadable", "gone", "any", "encoding"))
    )
    if kind == "name":
        name = data.draw(st.sampled_from(NAMES))
        path.rename(path.with_name(name + data.draw(st.sampled_from(("", path.suffix)))))
    elif kind == "bytes":
        path.rename(path.with_name(os.fsdecode(b"\xff\xfe") + path.suffix))
    elif kind == "unreadable" and not path.is_symlink():
        path.chmod(0)
    elif kind == "encoding" and path.is_file():
        encode_anew(data, path)
    elif kind == "any" and path.is_file():
        path.write_bytes(data.draw(st.binary(max_size=300)))
    else:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        if kind in ("loop", "outside"):
            path.symlink_to(path.name if kind == "loop" else "/etc")
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()


def encode_anew(data: st.DataObject, path: Path) -> None:
    """The same text in another encoding, or with an escape for YAML to read."""
    encoding = data.draw(st.sampled_from(("gbk", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "utf-7")))
    path.write_text(path.read_text("utf-8") + '\n甲: "\\n"\n', encoding)
