"""Folders → stamps and digests of their files, from which a later run sees whether anything has changed.

A stamp is what the system says of a file without opening it: size, times, number on the disk. A digest is of the
content.
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

_YOUNG = 2_000_000_000
"""Nanoseconds: of a file that has just been written, another change may not show in its times, on any system."""

Entry = os.DirEntry[str]
Known = tuple[str, str]
"""The stamp of a folder and all below it, and the digest of its content."""

Stamp = tuple[int, int, int, int]
"""Size, time of the content, time of the entry, number on the disk."""


class Unclear(Exception):
    """The folder cannot be listed in this simple way: it holds a link to a folder, a pipe or the like."""


def contents(folder: Path | str, root: Path, skip: Callable[[Entry], bool] = lambda _: False) -> Iterator[bytes]:
    """A line for everything below ``folder``: what is in its files, which folders there are, where links lead.

    ``root`` is the real path of the project: what lies outside it is never read. Raises Unclear.
    """
    for entry in entries(folder):
        if skip(entry):
            continue
        if entry.is_symlink():
            target = Path(realpath(entry.path))
            yield f"link {entry.name}\0{Path(entry.path).readlink()}\0{target}".encode(errors="surrogateescape")
            if not target.is_relative_to(root) or not target.exists():
                continue
        there = entry.stat()
        if stat.S_ISREG(there.st_mode):
            yield f"file {entry.name}\0".encode(errors="surrogateescape") + _digest(entry.path)
        elif not stat.S_ISDIR(there.st_mode) or entry.is_symlink():
            raise Unclear(entry.path)
        else:
            yield f"folder {entry.name}".encode(errors="surrogateescape")
            yield from contents(entry.path, root, skip)
            yield b"end"


class FolderDigests:
    """The digests of what is in folders below ``root``, a real path; ``now`` is the present moment.

    ``known`` are those of an earlier run, each with the stamp of its folder: only where the stamp is another, files are
    opened. ``seen`` are those that were asked for, to be known next time; ``fresh`` is whether one of them is new.
    """

    def __init__(self, known: Mapping[str, Known], now: int | None, root: Path) -> None:
        self._known, self._now, self._root = known, now, root
        self.seen: dict[str, Known] = {}
        self.fresh = False

    def of(self, name: str, folder: Path, skip: Callable[[Entry], bool] = lambda _: False) -> str:
        """The digest of what is in the folder, which is known by that name. Raises Unclear."""
        stamp = digest_of(stamped(folder, skip, self._now))
        known = self._known.get(name)
        if stamp and known and known[0] == stamp:
            self.seen[name] = known
            return known[1]
        digest = digest_of(contents(folder, self._root, skip))
        if digest is None:
            raise Unclear(folder)
        if stamp:
            self.seen[name] = stamp, digest
            self.fresh = True
        return digest


def _digest(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def names(folder: Path) -> Iterator[bytes]:
    """A line for everything in ``folder`` itself: its name, whether it is a folder, where it leads if it is a link."""
    if status(folder) is None:
        return
    for entry in entries(folder):
        leads = realpath(entry.path) if entry.is_symlink() else ""
        yield f"{entry.name}\0{entry.is_dir()}\0{leads}".encode(errors="surrogateescape")


def stamped(
    folder: Path | str, skip: Callable[[Entry], bool] = lambda _: False, now: int | None = None
) -> Iterator[bytes]:
    """A line for every folder from ``folder`` down, of all that is in it; no file is opened. Raises Unclear.

    With ``now``, the present moment, also of a file that is so young that the next change may not show.
    """
    left = [str(folder)]
    while left:
        stamps: list[tuple[object, ...]] = []
        for entry in entries(left.pop()):
            if skip(entry):
                continue
            if entry.is_dir(follow_symlinks=False):  # which the folder above has told, without asking for each
                stamps.append((fsencode(entry.name),))
                left.append(entry.path)
                continue
            there = entry.stat(follow_symlinks=False)
            stamps.append((fsencode(entry.name), there.st_mode, *_stamp(there)))
            if stat.S_ISLNK(there.st_mode):
                if entry.is_dir():
                    raise Unclear(entry.path)
                there = entry.stat()
                stamps.append((fsencode(realpath(entry.path)), *_stamp(there)))
            if now is not None and max(there.st_mtime_ns, there.st_ctime_ns) > now - _YOUNG:
                raise Unclear(entry.path)
        yield msgspec.msgpack.encode(stamps)


def stamped_paths(folder: Path, paths: Iterable[str]) -> Iterator[bytes]:
    """A line for all these paths below ``folder``, no link followed; a folder has the times of what it lists."""
    above = f"{folder}/"
    found = (os.lstat(above + path) for path in paths)
    yield msgspec.msgpack.encode([(one.st_mode, *_stamp(one)) for one in found])


def stamp_line(name: str, there: os.stat_result | None) -> bytes:
    """What the system says of a file, a link or a folder; of a folder only that it is one, and who may enter."""
    if there is None:
        return f"none {name}".encode(errors="surrogateescape")
    stamp = () if stat.S_ISDIR(there.st_mode) else _stamp(there)
    return f"{name}\0{there.st_mode} {stamp}".encode(errors="surrogateescape")


def status(path: Path) -> os.stat_result | None:
    """What the system says of a path, no link followed; ``None`` if there is nothing."""
    try:
        return path.lstat()
    except OSError:
        return None


def digest_of(lines: Iterable[bytes]) -> str | None:
    """One digest of the lines, each apart from the next; ``None`` if that cannot be known."""
    made = hashlib.sha256()
    try:
        for line in lines:
            made.update(len(line).to_bytes(4) + line)
    except (OSError, ValueError, Unclear):  # ValueError: a path on another drive, or one that no system takes
        return None
    return made.hexdigest()


@cache
def program() -> str:
    """The digest of gkdir itself, of Python and of the packages that are installed: of what works out everything."""
    return digest_of(_program()) or ""


def _program() -> Iterator[bytes]:
    names = sys.getfilesystemencoding()  # how Python takes those of files
    yield repr((__version__, sys.version, sys.platform, names, *_installed())).encode(errors="surrogateescape")
    yield from stamped(Path(__file__).parent, compiled)


def compiled(entry: Entry) -> bool:
    """Whether it is what Python keeps of modules, which is no part of them."""
    return entry.name == "__pycache__"


def _installed() -> Iterator[str]:
    """The packages that are installed, with their versions, as the names of their records say."""
    for folder in sys.path:
        try:
            names = [entry.name for entry in entries(folder or ".")]
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _stamp(there: os.stat_result) -> Stamp:
    return there.st_size, there.st_mtime_ns, there.st_ctime_ns, there.st_ino


def entries(folder: Path | str) -> list[Entry]:
    """What is in the folder, by name."""
    with os.scandir(folder) as found:
        return sorted(found, key=attrgetter("name"))
