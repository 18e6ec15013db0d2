"""A finished folder → the live folder, in one atomic step where the system can, else recoverable.

Everything temporary is in one folder of gkdir's own, ``.gkdir-work``, which is removed at the end. Anything else in
the output folder, whatever its name (``.new``, ``.old``), is somebody else's.
"""

from __future__ import annotations

import ctypes
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
_PATIENCE, _MOMENT = 50, 0.02  # times, seconds
_HELD = frozenset((errno.EAGAIN, errno.EACCES, errno.EDEADLK, 0))
"""What the systems report for a lock that is held; Windows' own C library and wine's do not agree."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def work_folder(out: Path) -> Path:
    """gkdir's own folder in ``out``, created if missing. Raises Unreadable if something else has that name."""
    work = out / WORK
    with suppress(FileExistsError):
        work.mkdir()
    if work.is_symlink() or not work.is_dir():
        raise _taken(work)
    return work


def require_own(path: Path) -> None:
    """Raise Unreadable if something else than a file of gkdir's own has the name ``path``: a link, a pipe, a folder.

    Written to, a further name of somebody's file (a hard link) would change that file as well.
    """
    with suppress(FileNotFoundError):
        there = path.lstat()
        if not stat.S_ISREG(there.st_mode) or there.st_nlink > 1:
            raise _taken(path)


def _taken(path: Path) -> Unreadable:
    message = "gkdir 生成时要用这个名字放临时文件，这里却有别的东西，没有动它。"
    return Unreadable(Place(str(path)), message, "请移走或改名，再试。")


def beside(live: Path) -> Path:
    """A new empty folder in which the next content of ``live`` is built.

    Its name is its own: a process that helped a build which was killed may still write into the one that it began.
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
        patiently(lambda: new.rename(live))
        return None
    if _exchange(new, live):
        return new
    if not new.exists():  # another build has taken it for what a killed one left
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(new))
    old = new.with_name(f"{live.name}{_OLD}")
    patiently(lambda: live.rename(old))
    try:
        patiently(lambda: new.rename(live))
    except OSError:
        patiently(lambda: old.rename(live))
        raise
    return old


def patiently(act: Callable[[], object]) -> None:
    """Do it; on Windows retry for a moment if it is refused, since a virus scanner may hold a new file open."""
    _again(act, PermissionError if sys.platform == "win32" else ())


def _again(act: Callable[[], object], trouble: type[OSError] | tuple[()]) -> None:
    for _ in range(_PATIENCE):
        try:
            act()
            return
        except trouble:
            sleep(_MOMENT)
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
            _again(partial(_discard, left, gone), OSError)  # it may still be dying, and write one more file


def _discard(left: Path, gone: Path) -> None:
    """Remove a folder, under another name: whoever is about to put it in its place must not publish half of it."""
    with suppress(FileNotFoundError):  # renamed the time before, or in its place by now
        left.rename(gone)
    if gone.exists():
        shutil.rmtree(gone)


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Lock ``out`` for this process and clean up after a killed one; a second process gets an error.

    The lock ends with the process. Raises Unreadable if another is at work there, or ``out`` was removed meanwhile.
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
            with suppress(OSError):  # a root that was held back still needs what is noted here
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
    """Hold the lock of ``out``; yield a function that says whether it still is that folder's. The empty file stays."""
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
    """Whether the lock was free; it is held until the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _HELD:
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
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    function.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    function.restype = ctypes.c_int
    return function  # type: ignore[no-any-return]
