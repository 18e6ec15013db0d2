"""``gkdir import``: what it writes, what it never overwrites, and its messages about wrong usage and files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from tests.places import COUNTY_TABLE

from gkdir.cli.importing import command
from gkdir.finding import Unreadable

WHO = ("--name", "清源县", "--code", "990101")


def run(folder: Path, *more: str, table: Path = COUNTY_TABLE) -> Result:
    into = str(folder / "counties" / "qingyuan")
    return CliRunner().invoke(command, [str(table), "--into", into, *WHO, *more])


def written(folder: Path) -> Path:
    return folder / "counties" / "qingyuan" / "county.yaml"


def test_a_new_project_may_begin_with_an_import(tmp_path: Path) -> None:
    done = run(tmp_path / "我县")
    assert done.exit_code == 0, done.output
    assert "共 25 行：一致 1，改动 21，新增 2，存疑 1；国家目录有而表里没有的：未列入 2。" in done.stdout
    text = written(tmp_path / "我县").read_text(encoding="utf-8")
    assert '"9.1":  # 外国人来华工作许可\n        不列入: ""' in text
    assert "默认:\n      公开主体: [人社局]" in text
    assert '电话: "0600-5550101"' in text
    assert '- 编号: "4.1.1"\n        三级事项: 线上失业登记' in text
    assert str(tmp_path) not in text, "the file is the same wherever the table lay"


def test_every_row_is_reported_once(tmp_path: Path) -> None:
    lines = run(tmp_path).stdout.splitlines()
    cells = [f"#就业!{'D' if row == 15 else 'C'}{row}  " for row in range(4, 29)]
    assert [sum(cell in line for line in lines) for cell in cells] == [1] * 25


def test_the_same_import_again_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path)
    again = run(tmp_path)
    assert again.exit_code == 0
    assert "没有变化" in again.stderr


def test_an_existing_file_is_shown_the_difference_and_left_alone(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text('名称: 清源县\n代码: "990101"\n示例: true\n', encoding="utf-8")
    refused = run(tmp_path)
    assert refused.exit_code == 2
    assert "-示例: true" in refused.stdout
    assert "+目录:" in refused.stdout
    assert "示例: true" in file.read_text(encoding="utf-8")
    forced = run(tmp_path, "--force")
    assert forced.exit_code == 0
    assert "-示例: true" in forced.stdout
    assert "示例" not in file.read_text(encoding="utf-8")
    assert [path.name for path in file.parent.iterdir()] == ["county.yaml"]


def test_what_a_list_says_twice_does_no_harm(tmp_path: Path) -> None:
    book = load_workbook(COUNTY_TABLE)
    book["就业"]["E6"] = "服务对象；服务对象；提交材料"
    book.save(tmp_path / "重复.xlsx")
    done = run(tmp_path, table=tmp_path / "重复.xlsx")
    assert done.exit_code == 0, done.output
    assert "公开内容: [服务对象, 提交材料]" in written(tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--name", "清源县", "--code", "9901"), "不是六位数字"),
        (("--name", "清源县", "--code", "９９０１０１"), "不是六位数字"),
        (("--name", " ", "--code", "990101"), "请写县名"),
        (("--name", "清源县\n示例: true", "--code", "990101"), "请写县名"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    into = str(tmp_path / "counties" / "qingyuan")
    done = CliRunner().invoke(command, [str(COUNTY_TABLE), "--into", into, *arguments])
    assert done.exit_code == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("into", ["qingyuan", "counties/清源", "counties/../qingyuan"])
def test_a_county_is_imported_only_into_counties(tmp_path: Path, into: str) -> None:
    done = CliRunner().invoke(command, [str(COUNTY_TABLE), "--into", str(tmp_path / into), *WHO])
    assert done.exit_code == 2
    assert "counties" in done.stderr or "小写字母" in done.stderr


def test_a_file_that_is_no_table_is_a_finding(tmp_path: Path) -> None:
    table = tmp_path / "坏.xlsx"
    table.write_bytes(b"not a workbook")
    done = run(tmp_path, table=table)
    assert isinstance(done.exception, Unreadable)  # cli/__init__.py turns it into a message
    assert not written(tmp_path).exists()
