"""Errors of the operating system: one line that says what and where, and exit status 1; a bug still gives 3."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.places import SMALL

from gkdir.refused import why_refused

FULL = Path("/dev/full")


def gkdir(*arguments: str, to: Path | None = None) -> tuple[int, str]:
    command = [sys.executable, "-W", "error", "-m", "gkdir", *arguments]
    with (to or Path("/dev/null")).open("w") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_to_be_full() -> None:
    assert gkdir("rules", "GK301", to=FULL) == (1, "输出: 磁盘满了，写不进去。请腾出空间，或换一个地方。\n")


@pytest.mark.skipif(sys.platform == "win32", reason="paths are other ones there")
def test_a_file_on_the_way_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, said = gkdir("build", str(SMALL / "project"), "-o", str(tmp_path / "file" / "site"), "--no-hant")
    assert status == 1
    assert said == f"{tmp_path / 'file' / 'site'}: 路径里有一段是文件，不是文件夹。请检查路径。\n"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place where nothing can be made")
def test_a_place_where_nothing_can_be_made_is_told_of() -> None:
    assert gkdir("init", "/proc/self/new", "--name", "清源县", "--code", "990101")[0] == 1


def test_whoever_reads_may_leave_at_any_time() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "gkdir", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert said == ""
    assert process.returncode in (0, 1)


def test_an_interrupt_while_the_program_is_loaded_ends_it_without_a_word() -> None:
    script = (
        "import signal, runpy, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs ignore it
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "runpy.run_module('gkdir', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_names_of_files_are_utf_8_whatever_the_language_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "清源.yaml").write_text("", encoding="utf-8")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    told = []
    for mode in ("0", "1"):
        monkeypatch.setenv("PYTHONUTF8", mode)
        status, _ = gkdir("read", str(tmp_path / "清源.yaml"), to=tmp_path / "told")
        told.append((status, (tmp_path / "told").read_text(encoding="utf-8")))
    assert told[0] == told[1]
    assert "清源.yaml" in told[0][1]


@pytest.mark.skipif(sys.platform == "win32", reason="there it ends with a number")
def test_an_interrupt_ends_a_command_as_it_ends_others_and_is_no_error_of_the_project() -> None:
    script = (
        "import signal, sys\n"
        "import gkdir.cli\n"
        "import gkdir.cli.rules\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "gkdir.cli.rules.command.callback = lambda **_: signal.raise_signal(signal.SIGINT)\n"
        "sys.argv = ['gkdir', 'rules']\n"
        "gkdir.cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "\n已中止。\n")


@pytest.mark.parametrize(
    ("winerror", "name", "said"),
    [
        (32, "a.xlsx", "正被别的程序用着"),
        (33, "a.xlsx", "正被别的程序用着"),
        (1224, "a.xlsx", "正被别的程序用着"),
        (39, "a.xlsx", "磁盘满了"),
        (64, "a.xlsx", "网络磁盘断开了"),
        (123, "a?.xlsx", "不收这样的文件名"),
        (206, "a.xlsx", "路径太长"),
        (3, "/" + "很长" * 130, "路径太长"),
        (3, "/a.xlsx", "没有这个地方"),
        (5, "a.xlsx", "没有权限读写这里，或者文件正在别的程序里开着"),
    ],
)
def test_what_windows_does_not_allow_is_told_by_its_own_number(winerror: int, name: str, said: str) -> None:
    """Python maps these numbers to an errno that says less (2, 13) or nothing at all (22)."""
    error = OSError({3: errno.ENOENT, 5: errno.EACCES, 206: errno.ENOENT}.get(winerror, errno.EINVAL), "no", name)
    error.winerror = winerror  # type: ignore[attr-defined]
    assert said in (why_refused(error) or "")
