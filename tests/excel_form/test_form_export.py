"""Exporting over an existing file: changes that a clerk wrote and nobody imported are never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.excel_form.exchanges import county, texts_of
from tests.excel_form.test_form_findings import edited, put, run

pytestmark = pytest.mark.usefixtures("little_nation")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return county(tmp_path / "p")


def export(project: Path, out: Path) -> tuple[int, str]:
    done = run("export", project, "--county", "qingyuan", "-o", out)
    return done.exit_code, done.stderr


def test_a_form_that_was_filled_in_stays_until_it_is_imported(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export(project, file)
    edited(file, tmp_path, put("就业目录", "1.1", "公开时限", "5个工作日内公开")).replace(file)
    edited(file, tmp_path, put("机构", "人社局", "地址", "清源路18号")).replace(file)
    edited(file, tmp_path, put("审核日期", "employment", "日期", "去年三月")).replace(file)
    filled = file.read_bytes()
    code, said = export(project, file)
    assert code == 1
    assert "里面有 3 处还没有导入" in said
    assert "gkdir form import" in said
    assert file.read_bytes() == filled
    run("import", file, project, "--write")
    assert "里面有 1 处还没有导入" in export(project, file)[1]
    edited(file, tmp_path, put("审核日期", "employment", "日期", "2026-03-01")).replace(file)
    assert export(project, file)[0] == 0
    assert file.read_bytes() != filled
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "p"]


def test_a_town_may_write_about_a_domain_that_there_is_not(project: Path, tmp_path: Path) -> None:
    town = '名称: 东山镇\n代码: "990101101"\n级别: 乡级\n目录: {employmant: {事项: {"1.1": {公开时限: 1日内}}}}\n'
    (project / "counties/qingyuan/towns/misspelt.yaml").write_text(town, encoding="utf-8")
    code, said = export(project, tmp_path / "a.xlsx")
    assert code == 0, said


def test_a_form_that_says_nothing_new_is_written_over(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export(project, file)
    first = file.read_bytes()
    assert export(project, file)[0] == 0
    assert file.read_bytes() == first
    path = project / "counties" / "qingyuan" / "county.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("10个工作日", "8个工作日"), encoding="utf-8")
    assert export(project, file)[0] == 0
    assert file.read_bytes() != first


def test_what_is_no_form_of_this_county_is_not_written_over(project: Path, tmp_path: Path) -> None:
    own = Workbook()
    own.save(tmp_path / "own.xlsx")
    (tmp_path / "note.xlsx").write_text("不是表格", encoding="utf-8")
    (tmp_path / "empty.xlsx").write_bytes(b"")
    other = county(tmp_path / "other")
    path = other / "counties" / "qingyuan" / "county.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("990101", "990102"), encoding="utf-8")
    export(other, tmp_path / "other.xlsx")
    before = texts_of(tmp_path)
    for name in ("own", "note", "other"):
        code, said = export(project, tmp_path / f"{name}.xlsx")
        assert code == 1
        assert "没有导出，原来的文件没有动" in said
    assert texts_of(tmp_path) == before
    assert "请换一个文件名" in said
    assert export(project, tmp_path / "empty.xlsx")[0] == 0
