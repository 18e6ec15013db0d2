"""A release is complete, describes itself, is the same each time, and is never overwritten."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from gkdir.cli.release import command
from gkdir.read.directory import read_directories
from gkdir.release.pack import PlacingResult, place

OVERLAY = """名称: 清源县
代码: "990101"
机构:
  人社局: {名称: 清源县人力资源和社会保障局, 电话: "0600-5550101"}
目录:
  employment:
    审核日期: 2026-03-01
    默认: {公开主体: [人社局]}
    事项:
      "1.1": {公开时限: 信息形成或变更之日起10个工作日内公开}
      "9.1": {不列入: <本县未开展此项业务>}
    增加:
      - {编号: "4.1.1", 三级事项: 线上失业登记}
  social_insurance:
    审核日期: 2026-02-01
    默认: {公开主体: [人社局]}
"""
NAMES = {
    *("备案说明.html", "目录.xlsx", "与国家目录的差别.md", "与国家目录的差别.xlsx"),
    *("网站.zip", "manifest.json", "SHA256SUMS"),
}


def written(into: Path) -> Path:
    folder = into / "p" / "counties" / "qingyuan"
    folder.mkdir(parents=True)
    (folder / "county.yaml").write_text(OVERLAY, encoding="utf-8")
    return into / "p"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the county, made once; read only."""
    project = written(tmp_path_factory.mktemp("released"))
    done = run(project)
    assert done.exit_code == 0, done.output
    return project.parent / "out" / "qingyuan-2026-03-01"


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [str(project), "-o", str(project.parent / "out"), *arguments])


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_is_whole_and_says_what_it_is(released: Path) -> None:
    files = bytes_of(released)
    assert set(files) == NAMES
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert len(files["SHA256SUMS"].splitlines()) == len(NAMES) - 1
    cover = files["备案说明.html"].decode()
    assert "清源县（行政区划代码 990101），2026 年 3 月 1 日。" in cover
    assert "就业 9.1 外国人来华工作许可：&lt;本县未开展此项业务&gt;" in cover
    assert "就业 4.1.1 线上失业登记" in cover
    assert "<td>就业</td><td>25</td><td>25</td>" in cover


def test_the_differences_are_those_that_diff_tells(released: Path) -> None:
    text = (released / "与国家目录的差别.md").read_text(encoding="utf-8")
    assert "### 新增\n\n- 4.1.1 线上失业登记" in text
    assert "现“信息形成或变更之日起10个工作日内公开”" in text
    sheet = load_workbook(released / "与国家目录的差别.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert ("就业", "9.1", "停用") in [(row[0], row[1], row[3]) for row in rows]
    limits = [row[6] for row in rows if row[1] == "1.1" and row[4] == "公开时限"]
    assert limits[0] == "信息形成或变更之日起10个工作日内公开"


def test_the_directory_can_be_read_again_and_the_site_stands_on_its_own(released: Path) -> None:
    tables = read_directories(released / "目录.xlsx", name="目录.xlsx")
    assert [len(table.items) for table in tables] == [25, 78]
    with zipfile.ZipFile(io.BytesIO((released / "网站.zip").read_bytes())) as site:
        names = set(site.namelist())
        manifest = json.loads(site.read("qingyuan/manifest.json"))
        assert {f"qingyuan/{path}" for path in manifest["files"]} | {"qingyuan/manifest.json"} == names
        for path, digest in manifest["files"].items():
            assert hashlib.sha256(site.read(f"qingyuan/{path}")).hexdigest() == digest
    assert "qingyuan/index.html" in names


def test_the_day_may_be_given(project: Path) -> None:
    assert run(project, "--date", "2026-04-01").exit_code == 0
    assert "2026 年 4 月 1 日" in (project.parent / "out" / "qingyuan-2026-04-01" / "备案说明.html").read_text("utf-8")


def test_the_bytes_are_the_same_each_time_and_others_are_never_written_over(project: Path, released: Path) -> None:
    folder = shutil.copytree(released, project.parent / "out" / "qingyuan-2026-03-01")
    before = bytes_of(folder)
    again = run(project)
    assert again.exit_code == 0
    assert "内容一样，没有动" in again.stderr
    path = project / "counties" / "qingyuan" / "county.yaml"
    path.write_text(OVERLAY.replace("10个工作日", "9个工作日"), encoding="utf-8")
    other = run(project)
    assert other.exit_code == 1
    assert "没有覆盖" in other.stderr
    assert bytes_of(folder) == before
    assert sorted(each.name for each in folder.parent.iterdir()) == [folder.name]


def test_a_county_with_an_error_is_not_released_and_the_others_are(project: Path) -> None:
    good = project / "counties" / "heping"
    good.mkdir()
    (good / "county.yaml").write_text(OVERLAY.replace("清源", "和平").replace("990101", "990102"), encoding="utf-8")
    path = project / "counties" / "qingyuan" / "county.yaml"
    path.write_text(OVERLAY.replace("10个工作日", "30个工作日"), encoding="utf-8")
    done = run(project)
    assert done.exit_code == 1
    assert "错误" in done.stdout
    assert "qingyuan 有错误，没有做存档" in done.stderr
    assert [each.name for each in (project.parent / "out").iterdir()] == ["heping-2026-03-01"]
    assert run(project, "--county", "nowhere").exit_code == 2


def test_what_was_broken_off_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / ".a.new").mkdir()
    (tmp_path / ".a.new" / "half").write_bytes(b"x")
    assert place(tmp_path / "a", {"f": b"1"}) is PlacingResult.NEW
    assert bytes_of(tmp_path / "a") == {"f": b"1"}
    assert place(tmp_path / "a", {"f": b"1"}) is PlacingResult.SAME
    assert place(tmp_path / "a", {"f": b"2"}) is PlacingResult.OTHER
