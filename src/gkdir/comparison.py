"""A build's memory → which counties have changed, found out by other processes while this one reads the project.

If one county of a hundred was edited, comparing the others takes nearly as long as making that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from gkdir.buildoptions import BuildOptions
from gkdir.outcome import BuildOutcome
from gkdir.unchanged import Memory, TakenDigests, live_stamp
from gkdir.workers import MIN_COUNTIES, in_background, processors

_SOURCES = "sources"
_AT_ONCE = 10
"""The number of published folders in one task; taking its result costs this process 0.2 ms."""

Stamps = Mapping[str, str | None]
"""The stamp of each county's published folder, by slug."""
Answer = tuple[TakenDigests | None, Stamps]


class Comparison(Struct, frozen=True):
    """What has changed since the last build, according to ``memory``.

    ``parts``: functions that wait for the results of other processes, which ``end`` stops. The first is for the sources
    of all counties, each other one for some published folders. Empty if this process has to compare everything.
    """

    memory: Memory
    parts: Sequence[Callable[[], Answer]] = ()
    end: Callable[[], None] = lambda: None

    def known(self, slugs: Iterable[str]) -> dict[str, BuildOutcome]:
        """The last outcomes of the counties whose sources have not changed."""
        for part in self.parts[:1]:
            taken, _ = part()
            if taken is not None:
                self.memory.learn(taken)
        return self.memory.known(slugs)

    def stamps(self) -> Stamps:
        """The stamps of published folders that other processes have taken."""
        return {slug: stamp for part in self.parts[1:] for slug, stamp in part()[1].items()}


class _Work(Struct, frozen=True):
    """The work of other processes: ``part`` is ``_SOURCES``, or the index of the first folder to take stamps of."""

    memory: Memory
    out: Path
    slugs: Sequence[str]

    def __call__(self, part: str) -> Answer:
        if part == _SOURCES:
            return self.memory.look(self.slugs), {}
        some = self.slugs[int(part) : int(part) + _AT_ONCE]
        return None, {slug: live_stamp(self.out, slug) for slug in some}


@contextmanager
def comparing(memory: Memory, options: BuildOptions) -> Iterator[Comparison]:
    """Start to compare in other processes, if there are any and enough counties."""
    helpers = (options.jobs or processors()) - 1
    slugs = memory.counties_to_compare()
    with ExitStack() as stack:
        if options.counties or options.scheduler is not None or len(slugs) < MIN_COUNTIES or helpers < 1:
            yield Comparison(memory)
            return
        begin = stack.enter_context(in_background(_Work(memory, options.out, slugs), helpers))
        names = (_SOURCES, *map(str, range(0, len(slugs), _AT_ONCE)))
        yield Comparison(memory, [begin(name) for name in names], stack.close)
