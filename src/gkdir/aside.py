"""A piece of work → the same work, done in a second process while this one goes on with other things."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, Generic, TypeVar

Result = TypeVar("Result")

Aside = Callable[[Callable[[], Iterator[Any]]], Callable[[], Any]]
"""Takes work that gives its results one by one, and gives what waits for the next one: ``aside``, or ``here``."""

_SIZE = 8  # bytes that say how long a result is
_PARENT_DEATH_SIGNAL = 1  # of prctl
_ROOM = 1 << 20  # what a pipe may hold: as much as Linux lets anyone ask for


def one(work: Callable[..., Result], *given: Any) -> Iterator[Result]:
    """Work of one result, in the form that ``aside`` takes: ``aside(partial(one, work, …))``."""
    yield work(*given)


def here(work: Callable[[], Iterator[Result]]) -> Callable[[], Result]:
    """No second process: each part of the work is done when its result is asked for."""
    return partial(next, work())


def aside(work: Callable[[], Iterator[Result]]) -> Callable[[], Result]:
    """Begin ``work`` in a second process, and return what waits for its next result; results must pickle.

    The second process ends with this one, whatever ends it: it may be writing where the next build begins.

    The work is done here instead, from the result on that is asked for, where there is no processor to spare, where
    the system is not Linux, and where the second process came to nothing: it was killed, or the work raised, which it
    then does here.
    """
    if not sys.platform.startswith("linux") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        return here(work)
    sys.stdout.flush()
    sys.stderr.flush()
    source, sink = os.pipe()
    first = os.getpid()
    child = os.fork()
    if child == 0:
        _hand_over(work, sink, first)
    os.close(sink)
    return _Waiting(work, child, source)


class _Waiting(Generic[Result]):
    """Gives the results of ``work``, which ``child`` writes to ``source``; ends ``child`` when nobody waits for it."""

    def __init__(self, work: Callable[[], Iterator[Result]], child: int, source: int) -> None:
        self._work, self._had = work, 0
        self._here: Iterator[Result] | None = None
        self._pipe = os.fdopen(source, "rb")
        weakref.finalize(self, _end, child, self._pipe)

    def __call__(self) -> Result:
        if self._here is None:
            handed = _handed(self._pipe)
            if handed:
                self._had += 1
                done: Result = pickle.loads(handed)
                return done
            self._here = islice(self._work(), self._had, None)
        return next(self._here)


def _handed(pipe: BinaryIO) -> bytes | None:
    """The next result, or ``None`` where it did not come whole."""
    size = int.from_bytes(pipe.read(_SIZE), "big")
    handed = pipe.read(size)
    return handed if size and len(handed) == size else None


def _end(child: int, pipe: BinaryIO) -> None:
    pipe.close()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _hand_over(work: Callable[[], Iterator[Any]], sink: int, first: int) -> None:
    """The second process: the results into ``sink``, and out, whatever happens; nothing of the first is touched."""
    try:
        _end_with(first)
        # What the first process holds (a lock on the output, above all) is not held on when it is killed.
        os.closerange(3, sink)
        os.closerange(sink + 1, sink + 1024)
        with os.fdopen(sink, "wb") as pipe:
            _make_room(sink)
            for result in work():
                handed = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
                pipe.write(len(handed).to_bytes(_SIZE, "big"))
                pipe.write(handed)
                pipe.flush()
    except BaseException:
        os._exit(1)
    os._exit(0)


def _end_with(first: int) -> None:
    """Be killed by the system when the process ``first``, which began this one, is no more."""
    import ctypes  # not before the work is begun: it takes a moment

    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != first:  # it was quicker
        os._exit(1)


def _make_room(sink: int) -> None:
    """Let the pipe hold a whole result, so that the second process can go on with the next before it is fetched."""
    import fcntl

    with suppress(OSError):  # there is a limit to what all of somebody's pipes hold
        fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, _ROOM)
