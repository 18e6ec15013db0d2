"""A project's templates, rendered within limits of time and memory; an exception ends those that exceed them.

The sandbox restricts what a template can access, but not nested loops or texts that double. A watching thread raises an
exception in the rendering thread, which Python delivers only between two steps of bytecode; so no single step may take
long: numbers and repeated texts are kept small, and whatever else grows meets the limit of memory, where the system has
one.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread, get_ident
from time import process_time
from typing import Any

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

if sys.platform != "win32":
    import resource

MAX_SECONDS = 20.0
"""The most processor time for one page, in seconds; our own pages take some hundredths."""
MAX_MEMORY = 1 << 30
"""The most bytes for one page, in addition to what the process already uses."""
MAX_PAGE_BYTES = 4 << 20
"""The most bytes of a page made by a project's templates, ten times the size of our largest."""
_MAX_BITS, _MAX_LENGTH = 4_096, 10_000_000
"""The most bits of a number, and the greatest length of a text or list, that a multiplication may make."""


class TooSlow(Exception):
    """A template has exceeded the processor time of a page."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with operators that refuse to take long in a single step."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The product or power.

        :raises OverflowError: far larger than anything on a page
        """
        one, other = (each if isinstance(each, int) else None for each in (left, right))
        if one is not None and other is not None:
            bits = one.bit_length() * abs(other) if operator == "**" else one.bit_length() + other.bit_length()
            if bits > _MAX_BITS:
                raise OverflowError
        elif operator == "*" and (count := one if other is None else other) is not None:
            repeated = right if other is None else left
            if hasattr(repeated, "__len__") and len(repeated) * count > _MAX_LENGTH:
                raise OverflowError
        return super().call_binop(context, operator, left, right)


@contextmanager
def bounded() -> Iterator[None]:
    """Limits the time and memory of its body.

    :raises TooSlow: too much time
    :raises MemoryError: too much memory
    """
    over, fired, began = Event(), Lock(), process_time()

    def watch(thread: int) -> None:
        while not over.wait(min(MAX_SECONDS / 4, 0.5)):
            with fired:
                if not over.is_set() and process_time() - began > MAX_SECONDS:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooSlow))
                    return

    Thread(target=watch, args=(get_ident(),), daemon=True).start()
    before = _limited()
    try:
        yield
    finally:
        _restore(before)
        with fired:
            over.set()


def _limited() -> tuple[int, int] | None:
    """Limit the memory of this process to ``MAX_MEMORY`` more than it has; return the limits before, if possible."""
    sizes = Path("/proc/self/statm")
    if sys.platform == "win32" or not sizes.exists():
        return None
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = int(sizes.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") + MAX_MEMORY
    if before[0] == resource.RLIM_INFINITY or before[0] > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    return before


def _restore(before: tuple[int, int] | None) -> None:
    if before is not None and sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, before)
