"""The address of a Dask scheduler → an executor whose workers process counties as local processes do.

The workers must be alike: the same gkdir, Python and packages, and the same folders under the same paths. What they
all need is sent to each once. If a worker is lost, the scheduler gives its county to another.
"""

from __future__ import annotations

import logging
import os
import platform
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any

from msgspec import Struct

from gkdir import __version__
from gkdir.faultlog import NEEDED, installed
from gkdir.finding import Place, Unreadable
from gkdir.phases import counting
from gkdir.refused import why_refused
from gkdir.resources import national_folder, template_folder
from gkdir.stamps import compiled, contents, digest_of
from gkdir.workers.hand import Hand, Hands, Lost, Work

_ANSWERS, _COME, _SAY = 15, 15, 60
"""Seconds that a scheduler has to answer in, workers to come, and all of them to say what they work with."""
_SHAPING = (*NEEDED, "opencc", "typst")
"""Packages that shape the bytes."""
_HERE = Place("--scheduler")


class Seen(Struct, frozen=True):
    """What a worker works with; ``place`` is what it finds in the folders that all must share."""

    gkdir: str
    python: str
    packages: tuple[str, ...]
    place: str | None


class Order(Struct, frozen=True):
    """What a worker is given once: the work, the folder that paths are relative to, and the data to work with."""

    number: str
    folder: str
    work: Work[Any]
    counts: bool
    probe: Callable[[], str | None]
    wanted: Seen


@contextmanager
def cluster(address: str, work: Work[Any], probe: Callable[[], str | None]) -> Iterator[Hands]:
    """The workers of the scheduler at ``address``; ``probe`` tells of the folders that they must share with us."""
    client = _client(address)
    from distributed.scheduler import KilledWorker

    try:
        order = Order(token_hex(8), str(Path.cwd()), work, counting() is not None, probe, seen(probe))
        _compare(client, order)
        given = client.scatter(order, broadcast=True, hash=False)
        pool = client.get_executor(pure=False)
        yield Hands(lambda slug: pool.submit(lend_there, given, slug), lambda: _need_workers(client))
    except KilledWorker:
        raise Lost from None
    except CancelledError:
        raise Unreadable(_HERE, f"和 Dask 调度器 {address} 断开了。已经发布的县是完整的。", "请再运行一次。") from None
    finally:
        client.close()


def seen(probe: Callable[[], str | None]) -> Seen:
    """What this process works with."""
    packages = tuple(f"{name} {installed(name) or '-'}" for name in _SHAPING)
    python = f"{platform.python_version()} {sys.getfilesystemencoding()}"
    return Seen(f"{__version__} {_source()}", python, packages, probe())


def seen_there(order: Order) -> Seen:
    """What a worker works with, asked of it."""
    _enter(order)
    return seen(order.probe)


def lend_there(order: Order, slug: str) -> tuple[Any, dict[str, float]]:
    """One county, done by a worker; it does one at a time, however many threads it has."""
    with _ONE_AT_A_TIME:
        if order.number not in _hands:
            _enter(order)
            _refuse({"": seen(order.probe)}, order.wanted)  # it may have come after the others were asked
            _hands.clear()
            _hands[order.number] = Hand(order.work, order.counts)
        try:
            return _hands[order.number].do(slug)
        except OSError as error:  # where we are it may be otherwise
            why = why_refused(error)
            if why is None:
                raise
            message = f"帮忙的机器（{socket.gethostname()}）上：{error.filename or '输出'}: {why}"
            raise Unreadable(_HERE, message) from None


_ONE_AT_A_TIME = Lock()
_hands: dict[str, Hand] = {}
"""The hand of this worker, by the number of the order."""


def _enter(order: Order) -> None:
    try:
        os.chdir(order.folder)
    except OSError:
        message = f"帮忙的机器（{socket.gethostname()}）上没有 {order.folder} 这个文件夹。"
        raise Unreadable(_HERE, message, "项目和输出文件夹要放在每台机器都看得到的地方，路径也一样。") from None


@cache
def _source() -> str:
    """The digest of gkdir's own files: of what is in them, not of when they came."""
    folders = (Path(__file__).parent.parent, template_folder(), national_folder())
    lines = (line for folder in folders for line in contents(folder, folder.resolve(), compiled))
    return (digest_of(lines) or "")[:16]


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        hint = "请运行 pip install 'gkdir[cluster]'，或者不写 --scheduler。"
        raise Unreadable(_HERE, "没有装 Dask。", hint) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what there is to say of it, we say
    try:
        client: Any = Client(address, timeout=_ANSWERS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        hint = "请看看地址写得对不对（例如 tcp://10.0.0.1:8786），调度器开了没有。"
        raise Unreadable(_HERE, f"连不上 Dask 调度器 {address}。", hint) from None
    try:
        client.wait_for_workers(1, timeout=_COME)
    except TimeoutError:
        client.close()
        raise _no_workers() from None
    return client


def _compare(client: Any, order: Order) -> None:
    """Raise Unreadable unless all workers work with what we work with."""
    try:
        found = client.run(seen_there, order, on_error="return", callback_timeout=_SAY)
    except TimeoutError:
        message = f"帮忙的机器里有停住了的：问它装了什么，{_SAY} 秒没有答。"
        hint = "请看看每台机器上的 dask worker 还动不动，停住的结束掉，再试；再过几分钟，调度器自己也会不要它。"
        raise Unreadable(_HERE, message, hint) from None
    answers = {address: one for address, one in found.items() if not isinstance(one, OSError)}  # those are lost
    for address, one in answers.items():
        if isinstance(one, Unreadable):
            raise one
        if isinstance(one, Exception):  # whatever a worker without gkdir, or with another, makes of the question
            message = f"帮忙的机器 {address} 答不上来（{type(one).__name__}）：多半没有装 gkdir，或者版本不一样。"
            raise Unreadable(_HERE, message, "请在每台机器上装同一个版本的 gkdir，再启动 dask worker。")
    if not answers:
        raise _no_workers()
    _refuse(answers, order.wanted)


def _refuse(found: Mapping[str, Seen], wanted: Seen) -> None:
    for address, one in found.items():
        if one == wanted:
            continue
        different = [f"{name} {theirs}，这里是 {ours}" for name, ours, theirs in _versions(wanted, one)]
        if different:
            message = f"帮忙的机器 {address}和这里的版本不一样：{'；'.join(different)}。"
            raise Unreadable(_HERE, message, "请装成一样的：不一样，做出来的网页就可能不一样。")
        message = f"帮忙的机器 {address}看到的项目或者输出文件夹，和这里的不是同一个。"
        raise Unreadable(_HERE, message, "请放在每台机器都看得到的地方（例如网络磁盘），路径也一样。")


def _versions(ours: Seen, theirs: Seen) -> Iterator[tuple[str, str, str]]:
    """What differs: its name, ours and theirs."""
    pairs = [("gkdir", ours.gkdir, theirs.gkdir), ("Python", ours.python, theirs.python)]
    names = zip(ours.packages, theirs.packages, strict=False)
    pairs += [(one.partition(" ")[0], one.partition(" ")[2], other.partition(" ")[2]) for one, other in names]
    yield from (pair for pair in pairs if pair[1] != pair[2])


def _need_workers(client: Any) -> None:
    """Raise Unreadable if there is nobody left to work."""
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise _no_workers()


def _no_workers() -> Unreadable:
    message = "Dask 调度器下面没有帮忙的机器（worker）。已经发布的县是完整的。"
    return Unreadable(_HERE, message, "请在要用的机器上运行 dask worker 和调度器的地址，再试。")
