"""A finished folder → the live folder, in one atomic step where the system can, else recoverable.

All temporary files are in one folder of gkdir's own, ``.gkdir-work``, which is removed at the end. Anything else in the
output folder, whatever its name (``.new``, ``.old``), is somebody else's.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from time import sleep

from gkdir.finding import Place, Unreadable

WORK, LOCK = ".gkdir-work", ".gkdir.lock"
_NEW, _OLD, _GONE = ".new", ".old", ".gone"
_ATTEMPTS, _ATTEMPT_SECONDS = 50, 0.02  # times, seconds
_LOCK_HELD_ERRORS = frozenset((errno.EAGAIN, errno.EACCES, errno.EDEADLK, 0))
"""The error numbers for a lock that is held; Windows' own C library and wine's differ."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def work_folder(out: Path) -> Path:
    """gkdir's own folder in ``out``, created if missing.

    :raises Unreadable: something else has that name
    """
    work = out / WORK
    with suppress(FileExistsError):
        work.mkdir()
    if work.is_symlink() or not work.is_dir():
        raise _taken(work)
    return work


def require_own(path: Path) -> None:
    """Check that ``path`` is free or a regular file with one name.

    Writing to a hard link would change somebody's file of another name as well.

    :raises Unreadable: it is a link, a pipe or a folder
    """
    with suppress(FileNotFoundError):
        there = path.lstat()
        if not stat.S_ISREG(there.st_mode) or there.st_nlink > 1:
            raise _taken(path)


def _taken(path: Path) -> Unreadable:
    message = "gkdir 生成时要用这个名字放临时文件，这里却有别的东西，没有动它。"
    return Unreadable(Place(str(path)), message, "请移走或改名，再试。")


def new_folder_for(live: Path) -> Path:
    """A new empty folder in which the next content of ``live`` is built.

    Its name is unique: a helper of a killed build may still be writing into that build's folder.
    """
    new = work_folder(live.parent) / f"{live.name}.{secrets.token_hex(4)}{_NEW}"
    new.mkdir()
    return new


def swap(new: Path, live: Path) -> Path | None:
    """Put ``new`` in the place of ``live``; return where the old content is now, if there was any.

    On Linux the two names are exchanged atomically, so there is always a site. Elsewhere there is an instant between
    two renames; ``recover`` repairs a crash in that instant.
    """
    if not live.exists():
        retrying_on_windows(lambda: new.rename(live))
        return None
    if _exchange(new, live):
        return new
    if not new.exists():  # another build has removed it as left by a killed one
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(new))
    old = new.with_name(f"{live.name}{_OLD}")
    retrying_on_windows(lambda: live.rename(old))
    try:
        retrying_on_windows(lambda: new.rename(live))
    except OSError:
        retrying_on_windows(lambda: old.rename(live))
        raise
    return old


def retrying_on_windows(act: Callable[[], object]) -> None:
    """Run ``act``; on Windows retry for a second if permission is denied: a virus scanner may hold a new file open."""
    _again(act, PermissionError if sys.platform == "win32" else ())


def _again(act: Callable[[], object], trouble: type[OSError] | tuple[()]) -> None:
    for _ in range(_ATTEMPTS):
        try:
            act()
            return
        except trouble:
            sleep(_ATTEMPT_SECONDS)
    act()


def recover(out: Path) -> None:
    """Remove what a killed build or helper left in ``out``; restore a folder after a crash between two renames."""
    for left in sorted(work_folder(out).iterdir()):
        live = out / left.stem
        if left.is_symlink() or left.suffix not in (_NEW, _OLD, _GONE) or not left.is_dir():
            continue
        if left.suffix == _OLD and not os.path.lexists(live):
            left.rename(live)
        else:
            gone = left.with_name(f"{left.name}.{secrets.token_hex(4)}{_GONE}")
            _again(partial(_discard, left, gone), OSError)  # a dying helper may still write a file


def _discard(left: Path, gone: Path) -> None:
    """Remove a folder after renaming it, so that no other process can publish a half-removed one."""
    with suppress(FileNotFoundError):  # renamed by the previous attempt, or already live
        left.rename(gone)
    if gone.exists():
        shutil.rmtree(gone)


@contextmanager
def locked_folder(out: Path) -> Iterator[None]:
    """Lock ``out`` for this process and clean up after a killed one.

    The lock ends with the process.

    :raises Unreadable: another process is at work there, or ``out`` was removed meanwhile
    """
    with _locked(out) as held:
        recover(out)
        try:
            yield
        except OSError as error:
            if not held() or (isinstance(error, FileNotFoundError) and _in(out, error.filename)):
                raise _gone(out) from None
            raise
        finally:
            with suppress(OSError):  # the notes are still needed if the root was held back
                (out / WORK).rmdir()
        if not held():
            raise _gone(out)


def _in(out: Path, name: object) -> bool:
    return isinstance(name, str | bytes) and Path(os.fsdecode(name)).is_relative_to(out)


def _gone(out: Path) -> Unreadable:
    message = "生成的时候，这个文件夹或者里面的东西被别人移走或删去了，没有写完。"
    return Unreadable(Place(str(out)), message, "请再运行一次。")


@contextmanager
def _locked(out: Path) -> Iterator[Callable[[], bool]]:
    """Hold the lock of ``out``; yields a function that says whether the lock file still is the folder's.

    The empty file is not removed.
    """
    path = out / LOCK
    file = open_lock(path)
    try:
        if not take_lock(file):
            hint = "请等它写完，或换一个输出文件夹（-o）。"
            raise Unreadable(Place(str(out)), "另一个 gkdir 正在往这个文件夹里写。", hint)
        yield lambda: _same(file, path)
    finally:
        os.close(file)


def open_lock(path: Path) -> int:
    """Open a lock file without writing to it or following a link."""
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        message = "这是 gkdir 的锁文件的名字，这里却是链接或别的东西，没有动它。"
        raise Unreadable(Place(str(path)), message, "请移走或改名，再试。")
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0), 0o666)


def _same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.lstat())
    except OSError:
        return False


def take_lock(file: int) -> bool:
    """Take the lock if it is free, and return whether it was. It is held until the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _LOCK_HELD_ERRORS:
            raise
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one system call; ``False`` if the system or the file system cannot."""
    rename = _renameat2()
    return (
        rename is not None and rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0
    )


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # a new folder is put in its place without it

    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    function.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    function.restype = ctypes.c_int
    return function  # type: ignore[no-any-return]
