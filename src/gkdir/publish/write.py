"""Files of one county (path, bytes) → its published folder, replaced atomically; and which folders are published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from gkdir.outcome import KnownManifest
from gkdir.publish.manifest import KIND, digest, manifest_bytes, manifest_of, with_manifest
from gkdir.publish.obstacles import Obstacle, folders_of, whole_folder
from gkdir.publish.swap import new_folder_for, retrying_on_windows, swap
from gkdir.read.folder import is_slug

_KEPT = ".kept"
_NONE: Mapping[str, KnownManifest] = MappingProxyType({})


def publish_folder(
    live: Path, files: Iterable[tuple[str, bytes]], about: Mapping[str, str], sums: Mapping[str, str] | None = None
) -> bool:
    """Make ``live`` hold exactly ``files`` and their manifest; return whether anything changed.

    ``about`` goes into the manifest and says what the folder is (name, code, date), so that an index can be made from
    the live folders alone. ``sums`` are the digests of the files, if they are known.

    The new folder is built next to the live one and swapped in with one rename, so that a killed build leaves the old
    site unchanged. An unchanged file is the same file in both, and keeps its times. If nothing changed, nothing is
    written.

    :raises Obstacle: ``live`` belongs to another county, or something in it was not written by gkdir
    """
    wanted = with_manifest(files, about, sums=sums)
    same, going = whole_folder(live, wanted, about, f"{live.name} 没有发布")
    if same == set(wanted) == set(going):
        return False
    new = new_folder_for(live)
    try:
        _write(new, wanted.items(), {path: live / path for path in same})
    except OSError:
        shutil.rmtree(new, ignore_errors=True)  # frees space if the disk is full
        raise
    try:
        old = swap(new, live)
    except PermissionError:
        message = f"没有权限换掉这个文件夹，或者里面有文件正在别的程序里开着，没有动它，{live.name} 没有发布。"
        hint = "请关掉打开着的文件；没有的，请让运行 gkdir 的用户对它有写的权限，再运行一次。"
        raise Obstacle(live, message, hint) from None
    if old is not None:
        _remove(old, going, live)
    return True


def _write(folder: Path, files: Iterable[tuple[str, bytes]], same: Mapping[str, Path]) -> None:
    """Write ``files`` into ``folder``, which is not live yet; those that are the ``same`` elsewhere are linked, with
    their times.
    """
    made: set[str] = set()
    above = f"{folder}/"
    for path, content in files:
        _make(above, path.rpartition("/")[0], made)
        if path not in same or not _linked(above + path, same[path]):
            _put(above + path, content)


def _put(path: str, content: bytes) -> None:
    """Write a file by system calls, which take half the time of Python's file objects for a thousand small files."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _linked(path: str, same: Path) -> bool:
    """Link the file ``same`` at ``path`` too, if the file system can; its first name is removed later."""
    try:
        Path(path).hardlink_to(same)
    except (OSError, NotImplementedError):
        return False
    return True


def _make(above: str, inner: str, made: set[str]) -> None:
    """Make the folder ``inner`` and its parents, except those in ``made`` and ``above`` itself."""
    if inner and inner not in made:
        _make(above, inner.rpartition("/")[0], made)
        with suppress(FileExistsError):  # the file system may ignore case, or normalise names
            os.mkdir(above + inner)  # noqa: PTH102 - a Path for each folder takes longer than the folder
        made.add(inner)


def make_folders(folder: Path, inner: PurePosixPath) -> None:
    """Make the folder ``inner`` in the existing ``folder``.

    :raises FileNotFoundError: ``folder`` itself has been removed
    """
    for count in range(1, len(inner.parts) + 1):
        with suppress(FileExistsError):
            folder.joinpath(*inner.parts[:count]).mkdir()


def _remove(old: Path, files: Iterable[str], live: Path) -> None:
    """Remove the old content of ``live``: the files that were checked before, and nothing else."""
    gone = tuple(files)
    try:
        retrying_on_windows(lambda: _unlink(old, gone))
    except OSError:
        kept = _free_name(old.with_name(f"{live.name}{_KEPT}"))
        try:
            old.rename(kept)
        except PermissionError:
            message = f"新的已经发布；旧的里面有文件正在别的程序里开着，还留在 {old}。"
            hint = "请关掉那个文件；下次生成的时候，旧的就删去了，里面要留的请先移走。"
            raise Obstacle(live, message, hint, published=True) from None
        message = (
            f"新的已经发布；旧的没有删干净（生成的时候有人往里面放了东西，有文件开着，或者没有权限删），都留在 {kept}。"
        )
        raise Obstacle(live, message, "请把要留的移走，再删去那个文件夹。", published=True) from None


def _unlink(old: Path, gone: Sequence[str]) -> None:
    for path in gone:
        with suppress(FileNotFoundError):
            os.unlink(f"{old}/{path}")  # noqa: PTH108 - a Path for each file takes longer than the file
    for folder in sorted(folders_of(gone), key=lambda inner: inner.count("/"), reverse=True):
        with suppress(FileNotFoundError):
            os.rmdir(f"{old}/{folder}")  # noqa: PTH106
    old.rmdir()


def _free_name(path: Path) -> Path:
    """``path``, with a number if an earlier build has left something there."""
    names = (path, *(path.with_name(f"{path.name}.{number}") for number in range(2, 1000)))
    return next(name for name in names if not os.path.lexists(name))


def published(out: Path, known: Mapping[str, KnownManifest] = _NONE) -> Iterator[tuple[str, KnownManifest | None]]:
    """The folders in ``out`` that gkdir published, each with its manifest; those not ``known`` are read.

    ``None`` for a manifest that names gkdir but has a form that gkdir never wrote.
    """
    for folder in sorted(out.iterdir()):
        if not is_slug(folder.name) or folder.is_symlink() or not folder.is_dir():
            continue
        if folder.name in known:
            yield folder.name, known[folder.name]
            continue
        content = manifest_bytes(folder)
        manifest = manifest_of(content)
        if manifest is None and b'"gkdir"' in content[:1000]:
            yield folder.name, None
        elif manifest is not None and KIND not in manifest.about:
            yield folder.name, KnownManifest(manifest.about, digest(content))
