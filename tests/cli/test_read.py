"""``gkdir read``: JSON as documented, a summary for people, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from gkdir.cli.read import command

HEADER = (
    "序号",
    "一级事项",
    "二级事项",
    "公开内容",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
)
BODY = (
    "1.1",
    "就业信息服务",
    "岗位信息发布",
    "招聘单位",
    "《甲》（国发〔2015〕2号）",
    "20个工作日",
    "县人社局",
    "政府网站",
    "全社会",
    "主动",
)
KEYS = [
    "row", "number", "level1", "level2", "level3", "content", "basis", "time_limit", "publisher", "channels",
    "audience", "audience_detail", "mode", "levels", "extra",
]  # fmt: skip


def book(path: Path, *rows: tuple[str | None, ...]) -> Path:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = "就业"
    for row in rows:
        page.append(row)
    workbook.save(path)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_json_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("清源县就业领域基层政务公开标准目录",), HEADER, BODY)
    done = run(path, "--json")
    assert done.exit_code == 0, done.output
    (file,) = json.loads(done.stdout)["files"]
    assert list(file) == ["file", "tables", "findings"]
    assert file["file"] == path.as_posix()
    (table,) = file["tables"]
    assert list(table) == ["sheet", "title", "domain", "columns", "items"]
    assert (table["sheet"], table["domain"], table["columns"]) == ("就业", "employment", list(HEADER))
    (item,) = table["items"]
    assert list(item) == KEYS
    assert item["row"] == 3
    assert item["basis"] == ["《甲》（国发〔2015〕2号）"]
    assert item["time_limit"] == {"text": "20个工作日", "kind": "within", "count": 20, "unit": "workday"}
    assert item["levels"] is None


def test_findings_have_the_keys_of_check(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", HEADER, BODY, ("2", None, None, "只有内容"))
    done = run(path, "--json")
    assert done.exit_code == 0, "a row in doubt holds nothing back"
    (finding,) = json.loads(done.stdout)["files"][0]["findings"]
    assert finding["rule"] == "GK005"
    assert finding["severity"] == "warning"
    assert (finding["file"], finding["sheet"], finding["cell"]) == (path.as_posix(), "就业", "A3")
    assert list(finding) == [
        "rule", "name", "severity", "message", "hint", "cite", "requirement", "file", "line", "column", "sheet", "cell",
        "county", "item", "also", "form",
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_leaves_the_others_their_turn(tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"x")
    done = run(bad, book(tmp_path / "a.xlsx", HEADER, BODY), "--json")
    assert done.exit_code == 1
    first, second = json.loads(done.stdout)["files"]
    assert first["tables"] == []
    assert first["findings"][0]["rule"] == "GK001"
    assert len(second["tables"][0]["items"]) == 1


def test_the_summary_says_what_was_found_and_what_not(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", ("清源县就业领域基层政务公开标准目录",), (*HEADER, "咨询电话"), (*BODY, "0600-5550101"),
        ("1.2", None, "求职登记", None, "同上", "按文件", *BODY[6:]),
        ("3", None, None, "只有内容"), ("备注：由县人社局解释。",),
    )  # fmt: skip
    done = run(path)
    assert done.exit_code == 0
    for words in (
        "2 个事项",
        "就业信息服务：2 项",
        "咨询电话",
        "备注：由县人社局解释。",
        "“公开内容”是空的：求职登记（第 4 行）",
        "按文件",
        "第 5 行",
    ):
        assert words in done.stdout, words


def test_a_clean_file_says_so(tmp_path: Path) -> None:
    done = run(book(tmp_path / "a.xlsx", HEADER, BODY))
    assert "没有读不懂的地方" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("--jsn", "a.xlsx")])
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
