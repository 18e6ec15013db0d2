"""A piece of work → the same work, done in a second process while this one goes on with other things."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any, BinaryIO, Generic, TypeVar

Result = TypeVar("Result")

Aside = Callable[[Callable[[], Any]], Callable[[], Any]]
"""Takes work, and gives what waits for its result: ``aside``, or ``here`` where there is nothing to be won."""


def here(work: Callable[[], Result]) -> Callable[[], Result]:
    """No second process: the work is done when its result is asked for."""
    return work


def aside(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin ``work`` in a second process, and return what waits for its result, which must pickle.

    The work is done here instead, when it is asked for, where there is no processor to spare or no fork, and where
    the second process came to nothing: it was killed, or the work raised, which it then does here.
    """
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        return work
    sys.stdout.flush()
    sys.stderr.flush()
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        _hand_over(work, sink)
    os.close(sink)
    return _Waiting(work, child, source)


class _Waiting(Generic[Result]):
    """Gives the result of ``work``, which ``child`` writes to ``source``; ends ``child`` where nobody asks for it."""

    def __init__(self, work: Callable[[], Result], child: int, source: int) -> None:
        self._work, self._child = work, child
        self._pipe = os.fdopen(source, "rb")
        self._unasked = weakref.finalize(self, _end, child, self._pipe)

    def __call__(self) -> Result:
        self._unasked.detach()
        with self._pipe:
            handed = self._pipe.read()
        _, status = os.waitpid(self._child, 0)
        done: Result = pickle.loads(handed) if handed and status == 0 else self._work()
        return done


def _end(child: int, pipe: BinaryIO) -> None:
    pipe.close()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _hand_over(work: Callable[[], Any], sink: int) -> None:
    """The second process: the result into ``sink``, and out, whatever happens; nothing of the first is touched."""
    try:
        # What the first process holds (a lock on the output, above all) is not held on when it is killed.
        os.closerange(3, sink)
        os.closerange(sink + 1, sink + 1024)
        # All at once: a pipe holds little, and whoever is not waiting yet would keep the rest from being made ready.
        handed = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(handed)
    except BaseException:
        os._exit(1)
    os._exit(0)
