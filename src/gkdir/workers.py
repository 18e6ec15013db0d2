"""Work on the counties of a project → its results, in order, from this process or from several: the same results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Result = TypeVar("Result")

FEW = 10
"""Below so many counties a second process costs more than it brings (docs/benchmarks.md)."""

CHUNK = 16
"""Counties that a process is handed at a time: what they share is sent along and made ready once for all of them."""


def each_county(work: Callable[[Sequence[str]], Sequence[Result]], slugs: Sequence[str], jobs: int) -> Iterator[Result]:
    """The results of ``work`` on ``slugs``; ``jobs`` 0 means as many processes as help. ``work`` must pickle."""
    jobs = jobs or (os.cpu_count() or 1 if len(slugs) >= FEW else 1)
    size = max(1, min(CHUNK, -(-len(slugs) // jobs)))
    chunks = [slugs[start : start + size] for start in range(0, len(slugs), size)]
    if jobs == 1 or len(chunks) == 1:
        for chunk in chunks:
            yield from work(chunk)
        return
    from concurrent.futures import ProcessPoolExecutor  # a single county needs none of it

    with ProcessPoolExecutor(jobs) as pool:
        for results in pool.map(work, chunks):
            yield from results
