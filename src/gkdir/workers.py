"""A function on counties → its results, in order, from this process or several; the results are the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

Result = TypeVar("Result")

FEW = 10
"""With fewer counties than this a second process costs more than it saves (docs/benchmarks.md)."""

CHUNK = 16
"""Counties handed to a process at a time; what they share is sent and prepared once for all of them."""


def processors() -> int:
    """The number of processors that this process may use, which a container or an affinity can limit."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def each_county(work: Callable[[Sequence[str]], Iterable[Result]], slugs: Sequence[str], jobs: int) -> Iterator[Result]:
    """The results of ``work`` on ``slugs``; ``jobs`` 0 means as many processes as help. ``work`` must pickle."""
    jobs = jobs or (processors() if len(slugs) >= FEW else 1)
    size = max(1, min(CHUNK, -(-len(slugs) // jobs)))
    chunks = [slugs[start : start + size] for start in range(0, len(slugs), size)]
    if jobs == 1 or len(chunks) == 1:
        for chunk in chunks:
            yield from work(chunk)
        return
    from concurrent.futures import ProcessPoolExecutor  # a single county needs none of it

    with ProcessPoolExecutor(jobs) as pool:
        for results in pool.map(partial(_all, work), chunks):
            yield from results


def _all(work: Callable[[Sequence[str]], Iterable[Result]], slugs: Sequence[str]) -> list[Result]:
    return list(work(slugs))
