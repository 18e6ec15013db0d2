"""Folders → stamps and digests of their files, by which a later run finds out whether anything has changed.

A stamp is the metadata of a file, which needs no opening: size, times, inode. A digest is of the content.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from os import fsencode
from os.path import realpath
from pathlib import Path

import msgspec

from gkdir import __version__

_SETTLING = 2_000_000_000
"""Nanoseconds after a change in which another change may leave the times of a file the same, on some systems."""

Entry = os.DirEntry[str]
Known = tuple[str, str]
"""The stamp of a folder with everything below it, and the digest of its content."""

Stamp = tuple[int, int, int, int]
"""Size, mtime, ctime, inode."""


class CannotStamp(Exception):
    """The folder has no reliable stamp: it contains a link to a folder, a pipe, or a file changed just now."""


def contents(folder: Path | str, root: Path, skip: Callable[[Entry], bool] = lambda _: False) -> Iterator[bytes]:
    """A line for everything below ``folder``: digests of files, names of folders, targets of links.

    ``root`` is the real path of the project; files outside it are never read. Raises CannotStamp.
    """
    for entry in entries(folder):
        if skip(entry):
            continue
        if entry.is_symlink():
            target = Path(realpath(entry.path))
            yield f"link {entry.name}\0{Path(entry.path).readlink()}\0{target}".encode(errors="surrogateescape")
            if not target.is_relative_to(root) or not target.exists():
                continue
        metadata = entry.stat()
        if stat.S_ISREG(metadata.st_mode):
            yield f"file {entry.name}\0".encode(errors="surrogateescape") + _digest(entry.path)
        elif not stat.S_ISDIR(metadata.st_mode) or entry.is_symlink():
            raise CannotStamp(entry.path)
        else:
            yield f"folder {entry.name}".encode(errors="surrogateescape")
            yield from contents(entry.path, root, skip)
            yield b"end"


class FolderDigests:
    """Digests of folders below ``root``, a real path; ``now`` is the current time in nanoseconds.

    ``known``: stamps and digests of an earlier run; files are only read if the stamp has changed. ``seen``: those of
    this run, to be stored for the next one; ``fresh``: whether one of them is new.
    """

    def __init__(self, known: Mapping[str, Known], now: int | None, root: Path) -> None:
        self._known, self._now, self._root = known, now, root
        self.seen: dict[str, Known] = {}
        self.fresh = False

    def of(self, name: str, folder: Path, skip: Callable[[Entry], bool] = lambda _: False) -> str:
        """The digest of the folder, which is stored as ``name``. Raises CannotStamp."""
        stamp = digest_of(stamped(folder, skip, self._now))
        known = self._known.get(name)
        if stamp and known and known[0] == stamp:
            self.seen[name] = known
            return known[1]
        digest = digest_of(contents(folder, self._root, skip))
        if digest is None:
            raise CannotStamp(folder)
        if stamp:
            self.seen[name] = stamp, digest
            self.fresh = True
        return digest

    def learn(self, seen: Mapping[str, Known], fresh: bool) -> None:
        """Take over what another process has looked at."""
        self.seen.update(seen)
        self.fresh |= fresh


def _digest(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def names(folder: Path) -> Iterator[bytes]:
    """A line for each entry of ``folder``: its name, whether it is a folder, the target of a link."""
    if status(folder) is None:
        return
    for entry in entries(folder):
        leads = realpath(entry.path) if entry.is_symlink() else ""
        yield f"{entry.name}\0{entry.is_dir()}\0{leads}".encode(errors="surrogateescape")


def stamped(
    folder: Path | str, skip: Callable[[Entry], bool] = lambda _: False, now: int | None = None
) -> Iterator[bytes]:
    """A line for every folder from ``folder`` down, with the stamps in it; no file is read. Raises CannotStamp.

    With ``now``, the current time, it also raises for a file that was changed so recently that the next change may not
    change its stamp.
    """
    left = [str(folder)]
    while left:
        stamps: list[tuple[object, ...]] = []
        for entry in entries(left.pop()):
            if skip(entry):
                continue
            if entry.is_dir(follow_symlinks=False):  # known from the listing, without a system call
                stamps.append((fsencode(entry.name),))
                left.append(entry.path)
                continue
            metadata = entry.stat(follow_symlinks=False)
            stamps.append((fsencode(entry.name), metadata.st_mode, *_stamp(metadata)))
            if stat.S_ISLNK(metadata.st_mode):
                if entry.is_dir():
                    raise CannotStamp(entry.path)
                metadata = entry.stat()
                stamps.append((fsencode(realpath(entry.path)), *_stamp(metadata)))
            if now is not None and max(metadata.st_mtime_ns, metadata.st_ctime_ns) > now - _SETTLING:
                raise CannotStamp(entry.path)
        yield msgspec.msgpack.encode(stamps)


def stamped_paths(folder: Path, paths: Iterable[str]) -> Iterator[bytes]:
    """One line with the stamps of all ``paths`` below ``folder``; links are not followed."""
    above = f"{folder}/"
    found = (os.lstat(above + path) for path in paths)
    yield msgspec.msgpack.encode([(one.st_mode, *_stamp(one)) for one in found])


def stamp_line(name: str, metadata: os.stat_result | None) -> bytes:
    """A line with the stamp of a file or link; for a folder only its mode. ``None``: there is none."""
    if metadata is None:
        return f"none {name}".encode(errors="surrogateescape")
    stamp = () if stat.S_ISDIR(metadata.st_mode) else _stamp(metadata)
    return f"{name}\0{metadata.st_mode} {stamp}".encode(errors="surrogateescape")


def status(path: Path) -> os.stat_result | None:
    """``lstat`` of a path; ``None`` if there is nothing."""
    try:
        return path.lstat()
    except OSError:
        return None


def digest_of(lines: Iterable[bytes]) -> str | None:
    """The digest of the lines; ``None`` if making them fails."""
    made = hashlib.sha256()
    try:
        for line in lines:
            made.update(len(line).to_bytes(4) + line)
    except (OSError, ValueError, CannotStamp):  # ValueError: a path on another drive, or with a null character
        return None
    return made.hexdigest()


@cache
def program() -> str:
    """The digest of gkdir, Python and the installed packages, on which all results depend."""
    return digest_of(_program()) or ""


def _program() -> Iterator[bytes]:
    names = sys.getfilesystemencoding()  # the encoding of file names
    yield repr((__version__, sys.version, sys.platform, names, *_installed())).encode(errors="surrogateescape")
    yield from stamped(Path(__file__).parent, compiled)


def compiled(entry: Entry) -> bool:
    """Whether it is Python's folder of compiled modules."""
    return entry.name == "__pycache__"


def _installed() -> Iterator[str]:
    """The installed packages with versions, from the names of their metadata folders."""
    for folder in sys.path:
        try:
            names = [entry.name for entry in entries(folder or ".")]
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _stamp(metadata: os.stat_result) -> Stamp:
    return metadata.st_size, metadata.st_mtime_ns, metadata.st_ctime_ns, metadata.st_ino


def entries(folder: Path | str) -> list[Entry]:
    """The entries of the folder, sorted by name."""
    with os.scandir(folder) as found:
        return sorted(found, key=attrgetter("name"))
