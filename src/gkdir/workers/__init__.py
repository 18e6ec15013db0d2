"""A function on a county → its results, in order, from this process, several or a cluster; the results are the same.

There is one way for all of them, a ``concurrent.futures.Executor``. Each process that helps is given the work once;
after that only names of counties go out, and their results come back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.kepttexts import keep_texts
from gkdir.phases import counting
from gkdir.workers.hand import Hand, Hands, Lost, Work, begin, lend

Result = TypeVar("Result")
Answer = tuple[Result, dict[str, float]]
"""What came of a county, and the seconds of each phase."""
FEW = 10
"""With fewer counties than this a second process costs more than it saves."""

PATIENCE = 3
"""How often processes may be lost before we give up."""


MOMENT = 20
"""Seconds that we wait before we look whether there still is something to wait for."""


class Crew(Struct, frozen=True):
    """Who does the work: so many processes (0: as many as help), or the workers of the Dask scheduler at that address.

    ``probe`` tells of the folders that a worker must see as we do.
    """

    jobs: int = 0
    scheduler: str | None = None
    probe: Callable[[], str | None] = lambda: None


def processors() -> int:
    """The number of processors that this process may use, which a container or an affinity can limit."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def each_county(work: Work[Result], slugs: Sequence[str], crew: Crew) -> Iterator[Result]:
    """The results of ``work`` for ``slugs``, in order; it must pickle.

    What a lost process had in hand is done again. Raises Unreadable if that does not help.
    """
    jobs = crew.jobs or (processors() if len(slugs) >= FEW else 1)
    if crew.scheduler is not None and slugs:
        from gkdir.workers.cluster import cluster  # Dask is heavy, and an extra

        yield from _gathered(partial(cluster, crew.scheduler, work, crew.probe), slugs)
    elif min(jobs, len(slugs)) > 1:
        yield from _gathered(partial(_processes, min(jobs, len(slugs)), work), slugs)
    else:
        hand = Hand(work, counts=False)  # the phases of this process are counted as they are
        yield from (hand.do(slug)[0] for slug in slugs)
        keep_texts()


def _gathered(hands: Callable[[], AbstractContextManager[Hands]], slugs: Sequence[str]) -> Iterator[Result]:
    """The results in the order of ``slugs``; ``hands`` brings the helpers together, again if some were lost."""
    answers: dict[str, Answer[Result]] = {}
    count, losses = 0, 0
    tally = counting()
    while count < len(slugs):
        futures: dict[str, Any] = {}
        try:
            with hands() as those, _cancelled(futures):
                futures |= {slug: those.submit(slug) for slug in slugs[count:] if slug not in answers}
                for slug in slugs[count:]:
                    result, seconds = answers.pop(slug) if slug in answers else _answer(futures.pop(slug), those)
                    if tally:
                        tally.add(seconds)
                    count += 1
                    yield result
        except Lost:
            losses += 1
            if losses > PATIENCE:
                raise _given_up(slugs[count]) from None
            answers |= {slug: done.result() for slug, done in futures.items() if _finished(done)}


def _answer(future: Any, those: Hands) -> Any:
    while True:
        try:
            return future.result(timeout=MOMENT)
        except TimeoutError:
            if future.done():
                raise  # of the work itself
            those.watch()


@contextmanager
def _cancelled(futures: Mapping[str, Any]) -> Iterator[None]:
    """At the end, call off what has not been begun."""
    try:
        yield
    finally:
        for future in futures.values():
            future.cancel()


def _finished(future: Any) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@contextmanager
def _processes(jobs: int, work: Work[Result]) -> Iterator[Hands]:
    """Processes on this machine."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # a single county needs none of it

    with ProcessPoolExecutor(jobs, initializer=begin, initargs=(work, counting() is not None)) as pool:
        try:
            yield Hands(lambda slug: pool.submit(lend, slug))
        except BrokenExecutor:
            raise Lost from None


def _given_up(slug: str) -> Unreadable:
    message = f"帮忙的进程一再被系统结束，最后一次做到 {slug} 左右，多半是内存不够。已经发布的县是完整的。"
    return Unreadable(Place(slug), message, "请关掉别的程序，或者加上 --jobs 1，再运行一次：做好的县不会重做。")
