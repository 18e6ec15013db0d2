"""The name of a county → its result, inside a worker process."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import Thread
from typing import Any, TypeVar

from msgspec import Struct

from gkdir.kepttexts import forget_texts, keep_texts
from gkdir.phases import counted

Result = TypeVar("Result")
Work = Callable[[str], Result]
"""The function that computes one county's result. What counties share is part of it, and is sent to each process once.
"""


_MANY_OBJECTS = 10_000
"""How many new objects make a garbage collection worthwhile."""


class WorkerLost(Exception):
    """A worker process has ended before its work was done."""


class WorkerPool(Struct, frozen=True):
    """Running workers: ``submit`` sends a county to a free one and returns the ``Future`` of its answer.

    ``watch`` is to be called now and then while waiting; it raises Unreadable if there is nothing to wait for.
    """

    submit: Callable[[str], Any]
    watch: Callable[[], None] = lambda: None


class CountyWorker:
    """Does counties in this process; ``counts`` is whether it counts the seconds of phases."""

    def __init__(self, work: Work[Any], counts: bool) -> None:
        gc.unfreeze()  # objects frozen by an earlier one in this process
        self._frozen = False
        self._counts = counts
        self._done = 0
        self._work = work

    def do(self, slug: str) -> tuple[Any, dict[str, float]]:
        """One county's result, and the seconds of each phase."""
        with self._without_collection(), counted() if self._counts else nullcontext() as tally:
            result = self._work(slug)
        self._done += 1
        forget_texts()
        if self._done & (self._done - 1) == 0:  # after the 1st, 2nd, 4th, 8th …: later ones add few texts
            keep_texts()
        return result, tally.seconds if tally else {}

    @contextmanager
    def _without_collection(self) -> Iterator[None]:
        """No garbage collection in its body; before it one, if worthwhile, which then excludes shared objects.

        Collecting at any time, among the shared objects too, took a tenth of the time. An unchanged county leaves
        nothing to collect.
        """
        if self._done and gc.get_count()[0] > _MANY_OBJECTS:
            gc.collect()
            if not self._frozen:
                gc.freeze()
                self._frozen = True
        collects = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collects:
                gc.enable()


_workers: list[CountyWorker] = []
"""The worker of this process."""


def start_worker(work: Work[Any], counts: bool) -> None:
    """Make this process a worker. It ignores Ctrl+C, to finish the county that it is doing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _workers[:] = [CountyWorker(work, counts)]


def _end_with_parent() -> None:
    """End at once when the parent process has ended: if it was killed, this one must not write into the next build."""
    from multiprocessing import parent_process  # only workers need it

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def do_county(slug: str) -> tuple[Any, dict[str, float]]:
    """One county, done by this worker."""
    return _workers[0].do(slug)
