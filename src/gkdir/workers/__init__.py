"""A function of a county → its results, in order, computed in this process, in several or on a cluster.

The results are the same in each way. Several processes, and a cluster, are used as a ``concurrent.futures.Executor``:
each worker gets the function once, and then only names of counties.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.kepttexts import keep_texts
from gkdir.phases import counting
from gkdir.workers.worker import CountyWorker, Work, WorkerLost, WorkerPool, do_county, start_worker

Result = TypeVar("Result")
Answer = tuple[Result, dict[str, float]]
"""A county's result, and the seconds of each phase."""
MIN_COUNTIES = 10
"""With fewer counties, starting a second process takes longer than it saves."""

MAX_LOSSES = 3
"""How often workers may be lost before the run is given up."""


POLL_SECONDS = 20
"""Seconds between two checks that there still is a worker to wait for."""


class Workforce(Struct, frozen=True):
    """Who does the work: ``jobs`` processes, or the Dask ``scheduler`` at that address.

    With 0 there is one process for each processor, or a single one for fewer than ``MIN_COUNTIES``.
    ``probe`` returns a description of the folders that must be the same for a worker as for this process.
    """

    jobs: int = 0
    scheduler: str | None = None
    probe: Callable[[], str | None] = lambda: None


def processors() -> int:
    """The number of processors that this process may use, which a container or an affinity can limit."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def each_county(work: Work[Result], slugs: Sequence[str], workforce: Workforce) -> Iterator[Result]:
    """The results of ``work`` for ``slugs``, in order; ``work`` must be picklable.

    A county whose worker was lost is done again.

    :raises Unreadable: workers are lost again and again
    """
    jobs = workforce.jobs or (processors() if len(slugs) >= MIN_COUNTIES else 1)
    if workforce.scheduler is not None and slugs:
        from gkdir.workers.cluster import cluster  # Dask is slow to import, and an extra

        yield from _in_order(partial(cluster, workforce.scheduler, work, workforce.probe), slugs)
    elif min(jobs, len(slugs)) > 1:
        yield from _in_order(partial(_processes, min(jobs, len(slugs)), work), slugs)
    else:
        worker = CountyWorker(work, counts=False)  # the phases of this process are counted anyway
        yield from (worker.do(slug)[0] for slug in slugs)
        keep_texts()


@contextmanager
def in_background(work: Work[Result], jobs: int) -> Iterator[Callable[[str], Callable[[], Result]]]:
    """A function that has other processes begin ``work`` for a name, and returns a function for the result.

    What they have not begun when the result is asked for is done in this process, as is what a lost process had begun.
    """
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # not needed for a single county

    def result_of(name: str, future: Any) -> Result:
        if not future.cancel():
            with suppress(BrokenExecutor):
                result, seconds = future.result()
                if tally:
                    tally.add(seconds)
                return result  # type: ignore[no-any-return]
        return work(name)

    tally = counting()
    with ProcessPoolExecutor(jobs, initializer=start_worker, initargs=(work, tally is not None)) as pool:
        try:
            yield lambda name: partial(result_of, name, pool.submit(do_county, name))
        finally:
            pool.shutdown(cancel_futures=True)


def _in_order(open_pool: Callable[[], AbstractContextManager[WorkerPool]], slugs: Sequence[str]) -> Iterator[Result]:
    """The results in the order of ``slugs``; ``open_pool`` starts the workers, and again if some were lost."""
    answers: dict[str, Answer[Result]] = {}
    count, losses = 0, 0
    tally = counting()
    while count < len(slugs):
        futures: dict[str, Any] = {}
        try:
            with open_pool() as pool, _cancelled(futures):
                futures |= {slug: pool.submit(slug) for slug in slugs[count:] if slug not in answers}
                for slug in slugs[count:]:
                    result, seconds = answers.pop(slug) if slug in answers else _result_of(futures.pop(slug), pool)
                    if tally:
                        tally.add(seconds)
                    count += 1
                    yield result
        except WorkerLost:
            losses += 1
            if losses > MAX_LOSSES:
                raise _given_up(slugs[count]) from None
            answers |= {slug: done.result() for slug, done in futures.items() if _finished(done)}


def _result_of(future: Any, pool: WorkerPool) -> Any:
    while True:
        try:
            return future.result(timeout=POLL_SECONDS)
        except TimeoutError:
            if future.done():
                raise  # raised by the work itself
            pool.watch()


@contextmanager
def _cancelled(futures: Mapping[str, Any]) -> Iterator[None]:
    """Cancels, at the end, the futures that have not begun."""
    try:
        yield
    finally:
        for future in futures.values():
            future.cancel()


def _finished(future: Any) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@contextmanager
def _processes(jobs: int, work: Work[Result]) -> Iterator[WorkerPool]:
    """Worker processes on this machine."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # not needed for a single county

    with ProcessPoolExecutor(jobs, initializer=start_worker, initargs=(work, counting() is not None)) as pool:
        try:
            yield WorkerPool(lambda slug: pool.submit(do_county, slug))
        except BrokenExecutor:
            raise WorkerLost from None


def _given_up(slug: str) -> Unreadable:
    message = f"帮忙的进程一再被系统结束，最后一次做到 {slug} 左右，多半是内存不够。已经发布的县是完整的。"
    return Unreadable(Place(slug), message, "请关掉别的程序，或者加上 --jobs 1，再运行一次：做好的县不会重做。")
