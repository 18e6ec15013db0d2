"""Folders → stamps and digests of their files, from which a later run sees whether anything has changed.

A stamp is what the system says of a file without opening it: size, times, number on the disk. A digest is of the
content; it is taken again only of files whose stamp is another.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from os import fsencode
from os.path import realpath
from pathlib import Path

import msgspec

from gkdir import __version__

_YOUNG = 2_000_000_000
"""Nanoseconds: of a file that has just been written, another change may not show in its times, on any system."""

Stamp = tuple[int, int, int, int]
"""Size, time of the content, time of the entry, number on the disk."""


class Unclear(Exception):
    """What a folder holds cannot be told in this simple way: there is a link to a folder, a pipe or the like in it."""


class Digests:
    """The digests of files by their contents. ``known`` are those of an earlier run; ``now`` is the present moment.

    ``seen`` are those that were asked for, to be known next time.
    """

    def __init__(self, known: Mapping[str, tuple[Stamp, bytes]], now: int) -> None:
        self._known = known
        self._oldest = now - _YOUNG
        self.seen: dict[str, tuple[Stamp, bytes]] = {}
        self.fresh = False

    def of(self, path: str, there: os.stat_result) -> bytes:
        """The digest of a file."""
        stamp = _stamp(there)
        known = self.seen.get(path) or self._known.get(path)
        if known is not None and known[0] == stamp:
            self.seen[path] = known
            return known[1]
        with Path(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
        if max(stamp[1], stamp[2]) < self._oldest:
            self.seen[path] = stamp, digest
            self.fresh = True
        return digest


def contents(
    folder: Path | str,
    digests: Digests,
    root: Path,
    skip: Callable[[os.DirEntry[str]], bool] = lambda _: False,
) -> Iterator[bytes]:
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
            yield f"file {entry.name}\0".encode(errors="surrogateescape") + digests.of(entry.path, there)
        elif not stat.S_ISDIR(there.st_mode) or entry.is_symlink():
            raise Unclear(entry.path)
        else:
            yield f"folder {entry.name}".encode(errors="surrogateescape")
            yield from contents(entry.path, digests, root, skip)
            yield b"end"


def names(folder: Path) -> Iterator[bytes]:
    """A line for everything in ``folder`` itself: its name, whether it is a folder, where it leads if it is a link."""
    if status(folder) is None:
        return
    for entry in entries(folder):
        leads = realpath(entry.path) if entry.is_symlink() else ""
        yield f"{entry.name}\0{entry.is_dir()}\0{leads}".encode(errors="surrogateescape")


def stamped(folder: Path | str) -> Iterator[bytes]:
    """A line for every folder from ``folder`` down, of all that is in it; no file is opened. Raises Unclear."""
    left = [str(folder)]
    while left:
        stamps: list[tuple[object, ...]] = []
        for entry in entries(left.pop()):
            there = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(there.st_mode):
                if entry.name != "__pycache__":
                    stamps.append((fsencode(entry.name), there.st_mode))
                    left.append(entry.path)
                continue
            stamps.append((fsencode(entry.name), there.st_mode, *_stamp(there)))
            if stat.S_ISLNK(there.st_mode):
                if entry.is_dir():
                    raise Unclear(entry.path)
                stamps.append((fsencode(realpath(entry.path)), *_stamp(entry.stat())))
        yield msgspec.msgpack.encode(stamps)


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
    """One digest of the lines, each apart from the next; ``None`` if that cannot be told."""
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
    yield repr((__version__, sys.version, sys.platform, *_installed())).encode(errors="surrogateescape")
    yield from stamped(Path(__file__).parent)


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


def entries(folder: Path | str) -> list[os.DirEntry[str]]:
    """What is in the folder, by name."""
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)
