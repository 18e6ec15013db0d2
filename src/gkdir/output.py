"""Bytes and a path that the user named → the file or folder, written atomically. All commands write with this.

An existing file is only replaced if gkdir wrote it, since then it can be made again: a mistyped name must not destroy
the user's work. Links are not followed. A failed write changes nothing: each file is written next to its target under
a unique name, and then renamed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from gkdir.finding import Place, Unreadable

_SOURCES = frozenset(("counties", "national", "templates", "provinces", "cities"))
"""Folders of a project that gkdir reads."""

_MANIFEST, _PUBLISHED = "manifest.json", b'{\n "generator": "gkdir",'
"""The manifest of a published folder, and its first bytes."""
_TEMPORARY = ".gkdir-"
_FINDING = "[^\n]+  (?:错误|警告|提示) GK[0-9]{3}（"
_COUNT = "(?:没有发现问题。|共 [0-9]+ 处：[^\n]+。)\n"
_REPORTS = tuple(
    re.compile(pattern.encode(), re.DOTALL)
    for pattern in (
        rf"(?:{_FINDING}.*\n\n)?{_COUNT}",  # check: text
        rf"(?:::(?:error|warning|notice) .*\n)?{_COUNT}",  # github
        r'\{\n  "findings": \[.*"counts": \{[^}]*\}\n\}\n',  # json
        r'\[(?:\]|\n  \{\n    "description": .*"check_name": "GK.*\])\n',  # gitlab
        r'\{\n  "\$schema": "[^"]*sarif.*"name": "gkdir".*\}\n',  # sarif
        r'<\?xml [^>]*>\n<testsuites name="gkdir check">.*</testsuites>\n',  # junit
        r'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><meta name="generator" '
        r'content="gkdir (?:整改清单|审核记录)">.*</body>\n</html>\n',  # html
        r"(?:已经过了 [0-9]+ 件\n|[0-9-]{10} 起 [0-9]+ 天以内).*\n",  # due: text
        r'\{\n  "date": "[0-9-]{10}",\n  "within": [0-9]+,\n  "due": \[.*\}\n',  # json
        r'\{\n  "counties": \[\n    \{\n      "county": .*"signings": \[.*\]\n\}\n',  # review: json
        r"(?:[^\n]+：[0-9]+ 份内容，[^\n]+。\n(?:  [^\n]+\n)*)+",  # review: text
        r"(?:(?:打不开|要人看|换了网址)（[0-9]+ 个）：.*\n\n|一个也连不上：[^\n]+\n\n)?"
        r"问了 [0-9]+ 个网址：[^\n]+。\n",  # links: text
        r"(?:(?:https?:|    )[^\n]*\n)*共 [0-9]+ 个网址。\n",  # links: --list
        r'\{\n  "links": \[.*\]\n\}',  # links: json
        r'\{\n "files": \[.*\n\}\n',  # read: json
        r'\{\n  "(?:differences|directories)": \[.*\n\}\n',  # audit, diff: json
        r'\{\n  "county": "[^"\n]+",\n  "item": "[^"\n]+",\n.*\n\}\n',  # explain: json
        r'\{\n  "\$schema": "https://json-schema.*\n\}\n',  # schema
        r"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//gkdir//.*END:VCALENDAR\r\n",  # ics
    )
)
"""Patterns that match a whole report written by gkdir."""


def written_by_gkdir(content: bytes) -> bool:
    """Whether a file is one of gkdir's own reports or workbooks, as gkdir wrote it."""
    return any(own.fullmatch(content) for own in _REPORTS) or _own_workbook(content)


def _own_workbook(content: bytes) -> bool:
    """Whether it is a workbook as gkdir packs it, not saved by another program since."""
    from gkdir.export.packing import is_packed

    if not content.startswith(b"PK"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist() and all(map(is_packed, archive.infolist()))
    except (BadZipFile, ValueError, NotImplementedError):
        return False


def write_file(path: Path, content: bytes, own: Callable[[bytes], bool] = written_by_gkdir) -> None:
    """Write ``content`` to ``path``, as ``write_files`` does."""
    write_files({path: content}, own)


def write_files(contents: Mapping[Path, bytes], own: Callable[[bytes], bool] = written_by_gkdir) -> None:
    """Write each of ``contents`` to its path; an existing file is replaced if it is gkdir's ``own``, empty or the same.

    Raises Unreadable, with a remedy, if something else is at one of the paths; OSError from the system. Then nothing
    has been written.
    """
    for folder in {path.parent for path in contents}:
        _refuse_published(folder)
    modes = {path: _replaceable_mode(path, content, own) for path, content in contents.items()}
    devices = {path for path, mode in modes.items() if mode is not None and not stat.S_ISREG(mode)}
    with _temporary_files({path: content for path, content in contents.items() if path not in devices}) as ready:
        for path, temporary in ready.items():
            temporary.replace(path)
    for path in devices:  # a pipe or a terminal: nothing to lose
        with path.open("wb") as device:
            device.write(contents[path])


def change_files(files: Mapping[Path, tuple[bytes | None, bytes | None]]) -> None:
    """Replace all files or none. ``files``: path → content before and after; ``None`` means no file.

    Raises Unreadable if a file is not as it was before.
    """
    for path, (before, _) in files.items():
        _replaceable_mode(path, b"", lambda _: True)
        if (path.read_bytes() if path.exists() else None) != before:
            message = "读了以后又被改过，什么也没有写。"
            raise _refused(path, message, "请再运行一次。")
    with _temporary_files({path: after for path, (_, after) in files.items() if after is not None}) as ready:
        for path, temporary in ready.items():
            temporary.replace(path)
        for path, (_, after) in files.items():
            if after is None:
                path.unlink(missing_ok=True)


@contextmanager
def _temporary_files(files: Mapping[Path, bytes]) -> Iterator[Mapping[Path, Path]]:
    """Temporary files with the contents, ready to be renamed; those not renamed at the end are removed."""
    ready: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, content in files.items():
            made += _made_parents(path)
            ready[path] = _temporary_path(path)
            with ready[path].open("xb") as file:
                file.write(content)
            if path.exists():
                ready[path].chmod(stat.S_IMODE(path.stat().st_mode))
        yield ready
    finally:
        for temporary in ready.values():
            with suppress(OSError):
                temporary.unlink()
        for folder in reversed(made):
            with suppress(OSError):  # no longer empty
                folder.rmdir()


def _made_parents(path: Path) -> Sequence[Path]:
    """Make the missing folders above ``path``; return those made, the outermost first."""
    made = [folder for folder in reversed(path.parents) if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    return made


def _temporary_path(path: Path) -> Path:
    return path.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}")


def _replaceable_mode(path: Path, content: bytes, own: Callable[[bytes], bool]) -> int | None:
    """The file mode at ``path``, ``None`` if nothing is there. Raises Unreadable if it must not be replaced."""
    try:
        metadata = path.lstat()
        if stat.S_ISLNK(metadata.st_mode) and not _is_device(path):
            raise _refused(path, "这是一个链接，没有顺着它去写。", "请换一个文件名，或者直接写出它指向的文件。")
        if stat.S_ISLNK(metadata.st_mode):
            metadata = path.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(metadata.st_mode):
        raise _refused(path, "这里已经有一个同名的文件夹，没有动它。", "请换一个文件名。")
    if stat.S_ISREG(metadata.st_mode) and metadata.st_size:
        old = path.read_bytes()
        if old != content and not own(old):
            message = "这个文件已经有了，不是 gkdir 写的，或者写好以后改过，没有动它。"
            raise _refused(path, message, "请换一个文件名，或者先把它移走、改名，再运行一次。")
    return metadata.st_mode


def _is_device(path: Path) -> bool:
    """Whether a link leads to something that is neither file nor folder, such as ``/dev/stdout``."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _refused(path: Path, message: str, hint: str) -> Unreadable:
    return Unreadable(Place(str(path)), message, hint)


def write_folder(folder: Path, files: Mapping[str, bytes], folders: Iterable[str] = ()) -> None:
    """Create ``folder`` with ``files`` and empty ``folders`` in it, completely or not at all.

    It may exist if it is empty. Raises Unreadable otherwise.
    """
    exists = os.path.lexists(folder)
    if exists and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
        raise _refused(folder, "这里已经有东西，没有动它。", "请换一个新文件夹。")
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{_TEMPORARY}new" if exists else _temporary_path(folder)
    temporary.mkdir()
    moved: list[Path] = []
    try:
        for name in folders:
            (temporary / name).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            with (temporary / name).open("xb") as file:
                file.write(content)
        if not exists:
            temporary.rename(folder)
            return
        for part in sorted(temporary.iterdir()):
            moved.append(part.rename(folder / part.name))
        temporary.rmdir()
    except BaseException:
        for made in (temporary, *moved):
            shutil.rmtree(made, ignore_errors=True)
            with suppress(OSError):
                made.unlink()
        raise


def _refuse_published(folder: Path) -> None:
    """Raise Unreadable if the folder is, or is in, a published one: other files there would block the next build."""
    real = Path(os.path.realpath(folder))
    for above in (real, *real.parents):
        if _begins(above / _MANIFEST, _PUBLISHED):
            message = "这里是 gkdir 发布的网页，多出来的文件会跟着上网，还会挡住下一次生成，什么也没有写。"
            raise _refused(folder, message, "请用 -o 换一个别的地方。")


def _begins(path: Path, beginning: bytes) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(beginning)) == beginning
    except OSError:
        return False


def refuse_sources(out: Path | None, project: Path) -> None:
    """Raise Unreadable if ``out`` is the project's folder, among its sources, or in a hidden folder such as .git."""
    if out is None:
        return
    if ".git" in Path(os.path.realpath(out)).parts:
        raise _refused(out, "这里是 git 放版本记录的地方，什么也没有写。", "请用 -o 换一个别的地方，例如 -o site。")
    inside = _inside(out, project)
    if inside is None:
        return
    first = inside.parts[0] if inside.parts else ""
    if not first or first.casefold() in _SOURCES or first.startswith("."):
        message = "这里是项目自己的文件夹，写在这里会和您的文件混在一起，下一次还会当成您写的来读，什么也没有写。"
        raise _refused(out, message, "请用 -o 换一个项目以外的地方，例如 -o site。")


def refuse_overlap(out: Path, project: Path) -> None:
    """Raise Unreadable if ``out`` is among the project's sources, or contains the project."""
    refuse_sources(out, project)
    if _inside(project, out) is not None:
        message = f"项目 {project} 就在这个文件夹里面，网站会和您的文件混在一起，什么也没有写。"
        raise _refused(out, message, "请用 -o 换一个别的文件夹，例如 -o site。")


def _inside(path: Path, folder: Path) -> Path | None:
    """``path`` relative to ``folder``, links followed; ``None`` if it is not in it. It need not exist."""
    real = Path(os.path.realpath(path))  # Path.resolve raises for a link to itself
    for above in (real, *real.parents):
        if _same_file(above, folder):
            return real.relative_to(above)
    return None


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
