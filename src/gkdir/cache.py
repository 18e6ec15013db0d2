"""Name → a file in the user's cache folder that makes the next run quicker; all of it may be deleted at any time.

A file that another user could have written, or that is damaged, counts as missing. Files are replaced atomically, so
that two commands may run at once.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")

FOLDER = "kept"
"""The folder of these files in ``user_folder()``, which also has the log of the last fault."""

SITES = "sites"
"""The folder there in which sites for object stores are built; it is not part of what ``clear`` removes."""
MAX_BYTES = 200_000_000
"""How much may stay stored: the files of some fifty projects."""

_DIGEST = sha256().digest_size
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def user_folder() -> Path | None:
    """gkdir's cache folder of this user, whether it exists or not; ``None`` if the user has no home."""
    wanted = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if wanted.is_absolute():
        return wanted / "gkdir"
    local = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    try:
        base = Path(local) if local else Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError:
        return None
    return base / "gkdir"


def kept(name: str) -> bytes | None:
    """The content stored as ``name``; ``None`` if there is none, or others could have written it."""
    folder = _folder()
    if folder is None:
        return None
    try:
        file = os.open(folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(file, "rb") as stream:
            content = stream.read() if _own(os.fstat(file), stat.S_IFREG) else b""
    except OSError:
        return None
    digest, content = content[:_DIGEST], content[_DIGEST:]
    return content if sha256(content).digest() == digest else None


def keep(name: str, content: bytes) -> None:
    """Store ``content`` as ``name``, atomically; errors of the system are ignored."""
    folder = _folder()
    if folder is None:
        return
    temporary = folder / f".{secrets.token_hex(8)}"
    try:
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(file, "wb") as stream:
            stream.writelines((sha256(content).digest(), content))
        temporary.replace(folder / name)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def kept_value(name: str, kind: type[Value], hook: Callable[[type, Any], Any] | None = None) -> Value | None:
    """The value of type ``kind`` stored as ``name``; ``None`` if there is none. ``hook`` decodes custom types."""
    content = kept(name)
    try:
        return msgspec.msgpack.decode(content, type=kind, dec_hook=hook) if content else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def keep_value(name: str, value: object) -> None:
    """Store ``value`` as ``name``; paths become texts. A value with a file name that is not Unicode is not stored."""
    with suppress(UnicodeEncodeError):
        keep(name, msgspec.msgpack.encode(value, enc_hook=str))


def now() -> int | None:
    """The current time in nanoseconds by the clock of the file system, comparable with the times of files."""
    folder = _folder()
    if folder is None:
        return None
    try:
        os.utime(folder)
        return folder.stat().st_mtime_ns
    except OSError:
        return None


def usable() -> bool:
    """Whether anything can be stored."""
    folder = _folder()
    return folder is not None and os.access(folder, os.W_OK | os.X_OK)


def size() -> int:
    """The size of everything stored, in bytes."""
    return sum(metadata.st_size for _, metadata in _files())


def staged_sites() -> list[Path]:
    """The folders of sites that were built for an object store, one for each address."""
    base = user_folder()
    try:
        return sorted((base / SITES).iterdir()) if base else []
    except OSError:
        return []


def clear() -> int:
    """Remove everything stored; return its size in bytes."""
    return sum(map(_removed, list(_files())))


def limit() -> None:
    """Remove the files that were stored first, until at most ``MAX_BYTES`` are left.

    Each project and each version of a template has its own file, and nothing says which are no longer needed.
    """
    files = sorted(_files(), key=lambda file: file[1].st_mtime_ns)
    excess = size() - MAX_BYTES
    for file in files:
        if excess <= 0:
            return
        excess -= _removed(file)


def _removed(file: tuple[Path, os.stat_result]) -> int:
    """Remove the file; return how many bytes that freed."""
    path, metadata = file
    try:
        path.unlink()
    except OSError:
        return 0
    return metadata.st_size


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    base = user_folder()
    try:
        with os.scandir(base / FOLDER if base else "") as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    yield Path(entry.path), entry.stat(follow_symlinks=False)
    except OSError:
        return


def _folder() -> Path | None:
    base = user_folder()
    return _opened(base / FOLDER) if base else None


@cache
def _opened(folder: Path) -> Path | None:
    """The folder, created if missing; ``None`` if others can write to it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _own(folder.lstat(), stat.S_IFDIR) else None
    except OSError:
        return None


def _own(metadata: os.stat_result, kind: int) -> bool:
    """Whether it is of that kind and only this user can write to it. On Windows, the profile is private anyway."""
    owner = getattr(os, "getuid", None)
    if stat.S_IFMT(metadata.st_mode) != kind:
        return False
    return owner is None or (metadata.st_uid == owner() and not metadata.st_mode & _OTHERS)
