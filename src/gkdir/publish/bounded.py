"""A project's templates → rendered within limits of time and memory; an exception ends those that exceed them.

The sandbox lets a template read values only, but not that loops inside loops or texts that double ever end. Python
looks for what the watching thread raises between two steps, so nothing may take long in one: numbers and repeated
texts are kept small, and what else grows meets the limit of memory, where the system has one.
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

SECONDS = 20.0
"""Processor time for one page, in seconds: our own pages take some hundredths."""
MEMORY = 1 << 30
"""Bytes for one page, in addition to what the process already uses."""
LARGEST = 4 << 20
"""Bytes of a page that a project's templates make: our largest have a tenth of that."""
_BITS, _LENGTH = 4_096, 10_000_000
"""The longest number, and the longest text or list, that a multiplication makes."""


class Endless(Exception):
    """A template takes longer than any page does."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no single step takes long."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The product or power. :raises OverflowError: far larger than anything on a page"""
        one, other = (each if isinstance(each, int) else None for each in (left, right))
        if one is not None and other is not None:
            bits = one.bit_length() * abs(other) if operator == "**" else one.bit_length() + other.bit_length()
            if bits > _BITS:
                raise OverflowError
        elif operator == "*" and (count := one if other is None else other) is not None:
            repeated = right if other is None else left
            if hasattr(repeated, "__len__") and len(repeated) * count > _LENGTH:
                raise OverflowError
        return super().call_binop(context, operator, left, right)


@contextmanager
def bounded() -> Iterator[None]:
    """Raises Endless or MemoryError in its body, if that takes too much time or memory."""
    over, fired, began = Event(), Lock(), process_time()

    def watch(thread: int) -> None:
        while not over.wait(min(SECONDS / 4, 0.5)):
            with fired:
                if not over.is_set() and process_time() - began > SECONDS:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(Endless))
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
    """Limit the memory of this process to some more than it has; the limits before, if that is possible here."""
    sizes = Path("/proc/self/statm")
    if sys.platform == "win32" or not sizes.exists():
        return None
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = int(sizes.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") + MEMORY
    if before[0] == resource.RLIM_INFINITY or before[0] > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    return before


def _restore(before: tuple[int, int] | None) -> None:
    if before is not None and sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, before)
