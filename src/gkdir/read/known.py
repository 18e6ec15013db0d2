"""A project's folder → Project, from the user's cache if none of the files that it is read from has changed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from os.path import realpath
from pathlib import Path
from typing import Any

from msgspec import Struct

from gkdir import cache
from gkdir.model.project import Project
from gkdir.read.project import read_project
from gkdir.resources import national_folder
from gkdir.stamps import CannotStamp, FolderDigests, Known, digest_of, names, program, stamped


class _KeptProject(Struct):
    """A project, with ``key``, the digest of everything that it was read from."""

    folders: dict[str, Known]
    key: str
    project: Project


def known_project(folder: Path, packaged: Path | None = None) -> Project:
    """What ``read_project`` returns, which takes a tenth of a second, from the cache if possible. Raises like it."""
    packaged = packaged or national_folder()
    paths = f"{realpath(folder)}\0{realpath(packaged)}".encode(errors="surrogateescape")
    name = f"project-{sha256(paths).hexdigest()[:32]}"
    now = cache.now()
    kept = cache.kept_value(name, _KeptProject, _path)
    folders = FolderDigests(kept.folders if kept else {}, now, Path(realpath(folder)))
    key = None if now is None else digest_of(_read_from(folder, packaged, folders))
    if kept is not None and kept.key == key:
        return kept.project
    project = read_project(folder, packaged)
    if key is not None:
        cache.keep_value(name, _KeptProject(folders.seen, key, project))
        cache.limit()
    return project


def _read_from(folder: Path, packaged: Path, folders: FolderDigests) -> Iterator[bytes]:
    """The state of everything that ``read_project`` reads: both national folders, templates, names of counties."""
    root = Path(realpath(folder))
    yield f"{program()} {folder.as_posix()} {packaged.as_posix()}".encode(errors="surrogateescape")
    yield from stamped(packaged)
    for part in (root / "national", root / "templates"):
        if part.is_symlink():
            raise CannotStamp(part)
        yield b"part"
        yield folders.of(part.name, part).encode() if part.exists() else b""
    yield b"counties"
    yield from names(root / "counties")


def _path(kind: type, value: Any) -> Any:
    assert issubclass(kind, Path)
    return Path(value)
