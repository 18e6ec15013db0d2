"""Named phases of the work → the seconds each took in all processes; measured only on request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import perf_counter


class Tally:
    """The seconds of each phase; the time of a nested phase is not counted twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the time spent inside as this phase."""
        began = perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            took = perf_counter() - began
            self.seconds[name] = self.seconds.get(name, 0.0) + took - self._inner.pop()
            if self._inner:
                self._inner[-1] += took

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add the seconds from another process."""
        for name, more in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + more


_running: list[Tally] = []
"""The tally of this process, if phases are measured."""


@contextmanager
def counted() -> Iterator[Tally]:
    """Measure the phases of everything done inside."""
    tally = Tally()
    _running.append(tally)
    try:
        yield tally
    finally:
        _running.pop()


def counting() -> Tally | None:
    """The tally of this process, if phases are measured."""
    return _running[-1] if _running else None


def phase(name: str) -> AbstractContextManager[None]:
    """Count the time spent inside as this phase, if phases are measured."""
    return _running[-1].phase(name) if _running else nullcontext()
