"""Windows' embeddable Python, gkdir's wheel and its dependencies → gkdir-windows.zip, to unpack and double-click.

The wheels are those of requirements/site.txt, whose checksums pip verifies. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from gkdir.export.packing import packed

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements" / "site.txt"
START = Path(__file__).parent / "windows_start.py"
FOLDER, PYTHON, PACKAGES = "gkdir", "python", "packages"
RUNTIME = "msvcp140.dll"
CMD = """\
@echo off
pushd "%~dp0"
"%~dp0python\\python.exe" -m gkdir_start {asked}
{then}
"""
DROPPED = """\
@echo off
setlocal EnableDelayedExpansion
set "GKDIR_LINE=!cmdcmdline!"
setlocal DisableDelayedExpansion
"%~dp0python\\python.exe" -m gkdir_start read %*
pause
setlocal EnableDelayedExpansion
if not "!GKDIR_LINE:%~nx0=!"=="!GKDIR_LINE!" exit
"""
"""Passes on the command line unparsed, and exits.

Windows drops a path without spaces unquoted, and cmd.exe would run what follows ``&`` in it (``a&b.xlsx``) as another
command.
"""
CLICKED = {
    "打开.cmd": CMD.format(asked="desk", then="if errorlevel 1 pause"),
    "读表.cmd": DROPPED,
    "命令.cmd": '@echo off\npushd "%~dp0"\nset "PATH=%~dp0;%PATH%"\ncmd /k gkdir --help\n',
    "gkdir.cmd": '@"%~dp0python\\python.exe" -m gkdir %*\n',
}
"""The .cmd files, in ASCII, because cmd.exe reads them in the machine's code page."""
READ_ME = """\
双击“打开.cmd”：打开工作台，在浏览器里点按钮办事。您的东西都在“我的目录”文件夹里。
把一份目录表拖到“读表.cmd”上：说出读成了什么，什么也不写。
双击“命令.cmd”：打开一个能敲 gkdir 命令的窗口。

不用装，不用管理员权限，不用连网。把整个文件夹拷走，就是备份，也能换电脑。
"""


class Unfit(Exception):
    """The input cannot be used; the message says why."""


def portable(python: Path, wheels: Iterable[Path]) -> bytes:
    """The archive: one folder with Python, the packages and the files to double-click."""
    files = dict(_embedded(python))
    for wheel in sorted(wheels, key=lambda path: path.name):
        for name, content in _unpacked(wheel):
            if files.setdefault(f"{PACKAGES}/{name}", content) != content:
                raise Unfit(f"{wheel.name} 里的 {name} 和别的软件包的不一样。")
    if f"{PACKAGES}/gkdir/__init__.py" not in files:
        raise Unfit("没有 gkdir 自己的 wheel：先运行 python -m build --wheel。")
    files |= _runtime(files)
    files[f"{PACKAGES}/gkdir_start.py"] = START.read_bytes()
    files["说明.txt"] = b"\xef\xbb\xbf" + _lines(READ_ME)
    files |= {name: _lines(text) for name, text in CLICKED.items()}
    return packed({f"{FOLDER}/{name}": files[name] for name in sorted(files)})


def _runtime(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The C++ runtime, which not every Windows has and embeddable Python lacks, taken from a package that has it."""
    needed = [name for name, content in files.items() if name.endswith(".pyd") and b"MSVCP140.dll" in content]
    if not needed or f"{PYTHON}/{RUNTIME}" in files:
        return {}
    for name, content in files.items():
        if re.fullmatch(rf"{PACKAGES}/[^/]+/msvcp140-[0-9a-f]+\.dll", name):
            return {f"{PYTHON}/{RUNTIME}": content}
    raise Unfit(f"{needed[0]} 要用 {RUNTIME}，软件包里没有；请从微软的 VC++ 运行库里拷一份，放在 python.exe 旁边。")


def _lines(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _embedded(python: Path) -> Iterator[tuple[str, bytes]]:
    """Python's files, with the path of the packages added to its configuration."""
    version = python_version(python)
    for name, content in _files(python):
        if not name.endswith("._pth"):
            yield f"{PYTHON}/{name}", content
    short = f"python{version.replace('.', '')}"
    yield f"{PYTHON}/{short}._pth", _lines(f"{short}.zip\n.\n..\\{PACKAGES}\n")


def python_version(python: Path) -> str:
    """The version, such as ``3.13``."""
    for name, _ in _files(python):
        if found := re.fullmatch(r"python(\d)(\d+)\._pth", name):
            return f"{found[1]}.{found[2]}"
    raise Unfit(f"{python} 不是 Windows 的 embeddable package：里面没有 ._pth 文件。")


def _files(python: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the folder or archive, by their paths relative to python.exe."""
    if python.is_dir():
        found = {path.relative_to(python).as_posix(): path.read_bytes() for path in python.rglob("*") if path.is_file()}
    else:
        found = _zipped(python)
    top = next((name[: -len("python.exe")] for name in sorted(found, key=len) if name.endswith("python.exe")), None)
    if top is None:
        raise Unfit(f"{python} 里没有 python.exe。")
    yield from ((name.removeprefix(top), content) for name, content in found.items() if name.startswith(top))


def _zipped(path: Path) -> dict[str, bytes]:
    try:
        with ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except BadZipFile:
        raise Unfit(f"{path} 不是 zip 文件。") from None


def _unpacked(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """The files that installing the wheel adds to the packages, without scripts, which need Python at a fixed path."""
    for name, content in _zipped(wheel).items():
        parts = PurePosixPath(name).parts
        if parts[0].endswith(".data"):
            if parts[1] not in ("purelib", "platlib"):
                continue
            parts = parts[2:]
        if ".." in parts or parts[0].startswith("/") or "\\" in name:
            raise Unfit(f"{wheel.name} 里的 {name} 要写到别处，没有打包。")
        yield "/".join(parts), content


def download(into: Path, version: str, wheels: Path | None) -> Sequence[Path]:
    """The wheels of requirements/site.txt for Windows, from the package registry or from the folder ``wheels``."""
    here = ["--no-index", "--find-links", str(wheels)] if wheels else []
    target = ["--platform", "win_amd64", "--implementation", "cp", "--python-version", version]
    command = [sys.executable, "-m", "pip", "download", "--quiet", *here, *target, "--only-binary=:all:", "--no-deps"]
    done = subprocess.run([*command, "--require-hashes", "-r", str(REQUIREMENTS), "-d", str(into)], check=False)
    if done.returncode:
        raise Unfit("有软件包没有下载好，没有打包。")
    return tuple(into.glob("*.whl"))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m scripts.portable", description="做 gkdir-windows.zip。")
    parser.add_argument("python", type=Path, help="Windows 的 embeddable package，文件夹或 zip")
    parser.add_argument("wheel", type=Path, help="gkdir 自己的 wheel")
    parser.add_argument("out", type=Path, help="写到这个文件")
    parser.add_argument("--wheels", type=Path, help="下载好的软件包在这个文件夹里，不连网")
    given = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            wheels = download(Path(scratch), python_version(given.python), given.wheels)
            given.out.write_bytes(portable(given.python, (given.wheel, *wheels)))
    except Unfit as unfit:
        sys.exit(str(unfit))


if __name__ == "__main__":
    main()
