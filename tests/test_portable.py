"""scripts/portable.py puts a Windows Python, wheels and the files to double-click into one archive."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from scripts import portable, windows_start

from gkdir.cli import group

PYTHON = {
    "python.exe": b"MZ",
    "python313.dll": b"MZ",
    "python313.zip": b"PK",
    "python313._pth": b"python313.zip\r\n.\r\n",
}
OURS = {"gkdir/__init__.py": b"", "gkdir/_national/评分.yaml": b"x"}
OTHER = {
    "other.py": b"1",
    "other-1.data/purelib/pure.py": b"2",
    "other-1.data/scripts/other.exe": b"3",
    "other-1.dist-info/METADATA": b"Name: other",
}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def wheels(tmp_path: Path) -> list[Path]:
    return [zipped(tmp_path / "other-1-py3-none-any.whl", OTHER), zipped(tmp_path / "gkdir-1-py3-none-any.whl", OURS)]


@pytest.fixture
def python(tmp_path: Path) -> Path:
    return zipped(tmp_path / "python-3.13-embed-amd64.zip", PYTHON)


def test_everything_is_in_one_folder_and_only_what_is_to_be_run(python: Path, wheels: list[Path]) -> None:
    with ZipFile(io.BytesIO(portable.portable(python, wheels))) as archive:
        there = {name.removeprefix("gkdir/"): archive.read(name) for name in archive.namelist()}
        marked = [bool(info.flag_bits & 0x800) for info in archive.infolist() if not info.filename.isascii()]
    assert all(marked)
    assert {name for name in there if "/" not in name} == {"打开.cmd", "读表.cmd", "命令.cmd", "gkdir.cmd", "说明.txt"}
    assert there["packages/other.py"] + there["packages/pure.py"] == b"12"
    assert not any("scripts" in name or name.endswith("other.exe") for name in there)
    assert there["packages/gkdir/_national/评分.yaml"] == b"x"
    assert there["packages/gkdir_start.py"] == Path(windows_start.__file__).read_bytes()
    assert there["python/python313._pth"].split() == [b"python313.zip", b".", b"..\\packages"]


def test_what_is_clicked_is_read_alike_in_every_code_page(python: Path, wheels: list[Path]) -> None:
    with ZipFile(io.BytesIO(portable.portable(python, wheels))) as archive:
        commands = [archive.read(name) for name in archive.namelist() if name.endswith(".cmd")]
    assert len(commands) == 4
    for text in commands:
        assert text.isascii()
        assert text.count(b"\n") == text.count(b"\r\n") > 0
        assert b'"%~dp0' in text  # in quotes: the folder's path may have spaces


def test_a_folder_and_an_archive_give_the_same_bytes_in_any_order(
    python: Path, wheels: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "within" / "cp313"
    folder.mkdir(parents=True)
    for name, content in PYTHON.items():
        (folder / name).write_bytes(content)
    assert portable.portable(folder.parent, wheels[::-1]) == portable.portable(python, wheels)


def test_the_runtime_that_a_clean_windows_lacks_is_laid_beside_python(
    python: Path, wheels: list[Path], tmp_path: Path
) -> None:
    needing = zipped(tmp_path / "needing.whl", {"needing.pyd": b"MZ..MSVCP140.dll"})
    with pytest.raises(portable.Unfit, match=r"要用 msvcp140\.dll"):
        portable.portable(python, [*wheels, needing])
    bringing = zipped(tmp_path / "bringing.whl", {"bringing.libs/msvcp140-0a1b.dll": b"runtime"})
    with ZipFile(io.BytesIO(portable.portable(python, [*wheels, needing, bringing]))) as archive:
        assert archive.read("gkdir/python/msvcp140.dll") == b"runtime"


def test_what_is_unfit_is_said(python: Path, wheels: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"no")
    for given, packages, said in (
        (python, wheels[:1], "没有 gkdir 自己的 wheel"),
        (broken, wheels, "不是 zip"),
        (zipped(tmp_path / "empty.zip", {}), wheels, "没有 python.exe"),
        (zipped(tmp_path / "plain.zip", {"python.exe": b""}), wheels, "不是 Windows 的 embeddable"),
        (python, [*wheels, zipped(tmp_path / "up.whl", {"../up.py": b""})], "要写到别处"),
        (python, [*wheels, zipped(tmp_path / "twice.whl", {"other.py": b"2"})], "的不一样"),
    ):
        with pytest.raises(portable.Unfit, match=said):
            portable.portable(given, packages)


def test_the_packages_are_those_of_the_list_for_the_python_that_was_given(
    python: Path, wheels: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        wheels[0].rename(Path(command[-1]) / wheels[0].name)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    out = tmp_path / "gkdir-windows.zip"
    monkeypatch.setattr(sys, "argv", ["portable", str(python), str(wheels[1]), str(out), "--wheels", str(tmp_path)])
    portable.main()
    (command,) = asked
    assert {"win_amd64", "--require-hashes", "--only-binary=:all:", "--no-index"} < set(command)
    assert command[command.index("--python-version") + 1] == "3.13"
    assert "gkdir/packages/other.py" in ZipFile(out).namelist()


def test_a_click_makes_the_clerks_folder_and_a_dropped_file_is_read(tmp_path: Path) -> None:
    home = tmp_path / "共 享"
    home.mkdir()
    assert windows_start.arguments("desk", (), home) == ("desk", str(home / "我的目录"))
    assert windows_start.arguments("desk", (), home)[1] == str(next(home.iterdir()))
    table = home / "我 县.csv"
    table.write_text("序号,公开事项,公开时限\n1,失业登记,20个工作日\n", encoding="utf-8")
    done = CliRunner().invoke(group, windows_start.arguments("read", (str(table),), home))
    assert "我 县.csv" in done.output


@pytest.mark.parametrize(
    ("line", "files"),
    [
        (r'C:\WINDOWS\system32\cmd.exe /c ""C:\g k\读表.cmd" C:\a&b.xlsx "', [r"C:\a&b.xlsx"]),
        (r'cmd.exe /c ""C:\gkdir\读表.cmd" "C:\我 县.xlsx" C:\b^%1!(2).xls"', [r"C:\我 县.xlsx", r"C:\b^%1!(2).xls"]),
        (r'cmd.exe /c ""C:\gkdir\读表.cmd" "', []),
        (r'"C:\Windows\System32\cmd.exe" ', []),  # in an open console window
        (r'cmd.exe /c "dir C:\a.xlsx"', []),
        ("", []),
    ],
)
def test_dropped_files_are_taken_from_the_line_as_it_was_begun(line: str, files: list[str]) -> None:
    assert list(windows_start.dropped(line)) == files


def test_without_a_file_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["gkdir_start", "read"])
    windows_start.main()
    assert "拖到" in capsys.readouterr().out
