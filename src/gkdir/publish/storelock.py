"""A store → the right to publish there, for one at a time.

There is no lock that ends with the process, so the one who publishes says every minute that he still is at it. Who
finds that nobody has said so for ten minutes takes over. Each right has a number; the store writes an object only if
there is none (a conditional write), so of two who want the next number one gets it. Times are the store's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from secrets import token_hex
from threading import Event, Thread

from gkdir.finding import Unreadable
from gkdir.publish.store import Store

FOLDER = ".gkdir/lock"
_CLOCK = ".gkdir/clock"
_FREE = b"free"
_BEAT = 60
"""Seconds."""
_SILENT = timedelta(minutes=10)


@contextmanager
def alone_in(store: Store) -> Iterator[Callable[[], None]]:
    """Hold the right; yield a function that raises Unreadable if another has taken over meanwhile."""
    mine = token_hex(16).encode()
    number = _next(store)
    if not _created(store, f"{FOLDER}/{number:012}", mine):
        raise _busy(store)
    ended = Event()

    def keep() -> None:
        if max(store.objects(FOLDER)) != f"{number:012}":
            raise Unreadable(store.place(), "另一个 gkdir 接着往这里发布了，这一个停下来。", "请等它做完，再运行一次。")

    def beat() -> None:
        while not ended.wait(_BEAT):
            with suppress(Unreadable):  # the next thing that is sent says so too
                store.send({f"{FOLDER}/{number:012}": mine})

    beating = Thread(target=beat, daemon=True)
    beating.start()
    try:
        store.remove(f"{FOLDER}/{name}" for name in store.objects(FOLDER) if name < f"{number:012}")
        yield keep
    finally:
        ended.set()
        beating.join()
        with suppress(Unreadable):  # then it ends by itself
            store.send({f"{FOLDER}/{number:012}": _FREE})


def _next(store: Store) -> int:
    """The number to ask for. Raises Unreadable if somebody is at work."""
    there = store.objects(FOLDER)
    if not there:
        return 1
    last = max(there)
    if store.read(f"{FOLDER}/{last}") != _FREE:
        store.send({_CLOCK: b""})
        now = store.objects(".gkdir")["clock"].written
        if now - there[last].written < _SILENT:
            raise _busy(store)
    return int(last) + 1


def _created(store: Store, path: str, mine: bytes) -> bool:
    """Whether the object could be written by us alone. Raises Unreadable where the store knows no such thing."""
    if not store.create(path, mine) and store.read(path) != mine:  # it may be ours, and only the answer was lost
        return False
    if store.create(path, mine):
        message = "这个对象存储不认“没有才写”（If-None-Match），挡不住两个人同时发布，什么也没有送。"
        hint = "请先生成到文件夹（-o site），再用对象存储自己的工具传上去。"
        raise Unreadable(store.place(), message, hint)
    return True


def _busy(store: Store) -> Unreadable:
    hint = "请等它做完，再运行一次。要是它已经断了，十分钟以后这里就不再等它。"
    return Unreadable(store.place(), "另一个 gkdir 正在往这里发布。", hint)
