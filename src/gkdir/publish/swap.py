"""A folder beside a live one → the live one, in one step where the system can, recoverable where it cannot."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import sleep

from gkdir.finding import Place, Unreadable

_NEW, _OLD = ".new", ".old"
_PATIENCE, _MOMENT = 50, 0.02  # times, seconds
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def beside(live: Path) -> Path:
    """The folder in which the next content of ``live`` is built; empty, and hidden from a web server's lists."""
    new = live.with_name(f".{live.name}{_NEW}")
    if new.exists():
        _clear(new)
    return new


def swap(new: Path, live: Path) -> None:
    """Put ``new`` in the place of ``live``; the old content is removed afterwards.

    On Linux the two names are exchanged atomically: at no moment is there no site. Elsewhere there is an instant
    between two renames; ``recover`` mends what a kill in that instant leaves.
    """
    if not live.exists():
        new.rename(live)
        return
    if _exchange(new, live):
        shutil.rmtree(new)
        return
    old = live.with_name(f".{live.name}{_OLD}")
    live.rename(old)
    new.rename(live)
    shutil.rmtree(old)


def remove(live: Path) -> None:
    """Take ``live`` away; it stops being there with one rename."""
    new = beside(live)
    live.rename(new)
    shutil.rmtree(new)


def recover(out: Path) -> None:
    """Clear away what a killed build left in ``out``; bring back a folder killed between two renames."""
    for left in sorted(out.iterdir()):
        if not left.name.startswith(".") or left.suffix not in (_NEW, _OLD):
            continue
        live = out / left.stem[1:]
        if left.suffix == _OLD and not live.exists():
            left.rename(live)
        elif left.is_dir() and not left.is_symlink():
            _clear(left)
        else:
            left.unlink()


def _clear(left: Path) -> None:
    """Take away what a killed build left, which may take a moment to die and put one more file there."""
    for _ in range(_PATIENCE):
        try:
            shutil.rmtree(left)
            return
        except OSError:
            sleep(_MOMENT)
    shutil.rmtree(left)


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold ``out`` for this process; a second build into it is told so. A kill releases it."""
    lock = out / ".gkdir.lock"
    with lock.open("w") as handle:
        if sys.platform != "win32":  # there, two builds at once are the clerk's own affair
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Unreadable(
                    Place(str(out)), "另一个 gkdir 正在往这个文件夹里写。", "请等它写完，或换一个输出文件夹（-o）。"
                ) from None
        yield


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one system call; ``False`` where the system or the file system cannot."""
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
