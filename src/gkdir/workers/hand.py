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
"""The function that does one county; what the counties share is in it, and goes to each process once."""


_MUCH = 10_000
"""So many new values, and it is worth while to look for garbage among them."""


class Lost(Exception):
    """A process that helped has ended before its work was done."""


class Hands(Struct, frozen=True):
    """Whoever helps: ``submit`` sends a county to one that is free and gives the ``Future`` of its answer.

    ``watch`` is called now and then while we wait; it raises Unreadable if there is nothing to wait for.
    """

    submit: Callable[[str], Any]
    watch: Callable[[], None] = lambda: None


class Hand:
    """The function of a process; ``counts`` is whether it counts the seconds of phases."""

    def __init__(self, work: Work[Any], counts: bool) -> None:
        gc.unfreeze()  # what another hand of this process had
        self._frozen = False
        self._counts = counts
        self._done = 0
        self._work = work

    def do(self, slug: str) -> tuple[Any, dict[str, float]]:
        """One county, and the seconds of each phase."""
        with self._uncollected(), counted() if self._counts else nullcontext() as tally:
            result = self._work(slug)
        self._done += 1
        forget_texts()
        if self._done & (self._done - 1) == 0:  # the 1st, 2nd, 4th, 8th: it is seldom worth while later
            keep_texts()
        return result, tally.seconds if tally else {}

    @contextmanager
    def _uncollected(self) -> Iterator[None]:
        """Collect garbage only between two counties, and not among what all share: that took a tenth of the time.

        A county that only had to be looked at leaves nothing to collect.
        """
        if self._done and gc.get_count()[0] > _MUCH:
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


_hands: list[Hand] = []
"""The hand of this process."""


def begin(work: Work[Any], counts: bool) -> None:
    """Prepare this process, which helps from now on. An interrupt is not for it: it ends what it has in hand."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_whom_we_help, daemon=True).start()
    _hands[:] = [Hand(work, counts)]


def _end_with_whom_we_help() -> None:
    """End at once when the process that we help has ended: killed, it must not have us write into the next build."""
    from multiprocessing import parent_process  # only who helps needs it

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def lend(slug: str) -> tuple[Any, dict[str, float]]:
    """One county, done by this process."""
    return _hands[0].do(slug)
