"""The address of a Dask scheduler → an executor whose workers process counties as local processes do.

The workers must be alike: the same gkdir, Python and packages, and the same folders under the same paths. What they all
need is sent to each once. If a worker is lost, the scheduler gives its county to another.
"""

from __future__ import annotations

import asyncio
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
from gkdir.faultlog import DEPENDENCIES, installed
from gkdir.finding import Place, Unreadable
from gkdir.phases import counting
from gkdir.refused import why_refused
from gkdir.resources import national_folder, template_folder
from gkdir.stamps import compiled, contents, digest_of
from gkdir.workers.worker import CountyWorker, Work, WorkerLost, WorkerPool

_ANSWER_SECONDS, _START_SECONDS, _DESCRIBE_SECONDS = 15, 15, 60
"""Seconds to wait for the scheduler to answer, for workers to come, and for all workers to describe themselves."""
_OUTPUT_PACKAGES = (*DEPENDENCIES, "opencc", "typst")
"""Packages whose version affects the bytes of the output."""
_HERE = Place("--scheduler")


class WorkerVersions(Struct, frozen=True):
    """A worker's versions; ``place`` is what ``probe`` returns there about the shared folders."""

    gkdir: str
    python: str
    packages: tuple[str, ...]
    place: str | None


class ClusterJob(Struct, frozen=True):
    """What each worker gets once: the work, the working folder, and the versions that it must have."""

    number: str
    folder: str
    work: Work[Any]
    counts: bool
    probe: Callable[[], str | None]
    wanted: WorkerVersions


@contextmanager
def cluster(address: str, work: Work[Any], probe: Callable[[], str | None]) -> Iterator[WorkerPool]:
    """The workers of the scheduler at ``address``; ``probe`` describes the folders that they must share with us."""
    client = _client(address)
    from distributed.scheduler import KilledWorker

    try:
        job = ClusterJob(token_hex(8), str(Path.cwd()), work, counting() is not None, probe, versions(probe))
        given = _hand_out(client, job)
        pool = client.get_executor(pure=False)
        yield WorkerPool(lambda slug: pool.submit(do_county_there, given, slug), lambda: _need_workers(client))
    except KilledWorker:
        raise WorkerLost from None
    except CancelledError:
        if client.status == "running":  # a lost worker was the only one that had the job
            raise WorkerLost from None
        raise Unreadable(_HERE, f"和 Dask 调度器 {address} 断开了。已经发布的县是完整的。", "请再运行一次。") from None
    finally:
        client.close()


def versions(probe: Callable[[], str | None]) -> WorkerVersions:
    """The versions of this process."""
    packages = tuple(f"{name} {installed(name) or '-'}" for name in _OUTPUT_PACKAGES)
    python = f"{platform.python_version()} {sys.getfilesystemencoding()}"
    return WorkerVersions(f"{__version__} {_source()}", python, packages, probe())


def versions_there(job: ClusterJob) -> WorkerVersions:
    """The versions of the worker that runs this."""
    _enter_folder(job)
    return versions(job.probe)


def do_county_there(job: ClusterJob, slug: str) -> tuple[Any, dict[str, float]]:
    """One county, done in the worker that runs this: one at a time, however many threads it has."""
    with _ONE_AT_A_TIME:
        if job.number not in _workers:
            _enter_folder(job)
            _refuse_others({"": versions(job.probe)}, job.wanted)  # a worker that came after the others were compared
            _workers.clear()
            _workers[job.number] = CountyWorker(job.work, job.counts)
        try:
            return _workers[job.number].do(slug)
        except OSError as error:  # an error of the worker's machine, not of ours
            why = why_refused(error)
            if why is None:
                raise
            message = f"帮忙的机器（{socket.gethostname()}）上：{error.filename or '输出'}: {why}"
            raise Unreadable(_HERE, message) from None


_ONE_AT_A_TIME = Lock()
_workers: dict[str, CountyWorker] = {}
"""The job's number → what does its counties in this worker."""


def _enter_folder(job: ClusterJob) -> None:
    try:
        os.chdir(job.folder)
    except OSError:
        message = f"帮忙的机器（{socket.gethostname()}）上没有 {job.folder} 这个文件夹。"
        raise Unreadable(_HERE, message, "项目和输出文件夹要放在每台机器都看得到的地方，路径也一样。") from None


@cache
def _source() -> str:
    """The digest of the content of gkdir's own files."""
    folders = (Path(__file__).parent.parent, template_folder(), national_folder())
    lines = (line for folder in folders for line in contents(folder, folder.resolve(), compiled))
    return (digest_of(lines) or "")[:16]


def _client(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.utils import LoopRunner
    except ImportError:
        hint = "请运行 pip install 'gkdir[cluster]'，或者不写 --scheduler。"
        raise Unreadable(_HERE, "没有装 Dask。", hint) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # gkdir reports errors itself
    try:
        # Unlike asyncio.run, this also works where an event loop is running already.
        LoopRunner().run_sync(_require_scheduler, address)  # type: ignore[no-untyped-call]
        client: Any = Client(address, timeout=_ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception:  # each kind of address has errors of its own
        hint = (
            "请看看地址写得对不对（例如 tcp://10.0.0.1:8786；8787 是看进度的网页，不是它），调度器开了没有；"
            "tls:// 的，再看看证书备好了没有。"
        )
        raise Unreadable(_HERE, f"连不上 Dask 调度器 {address}。", hint) from None
    try:
        client.wait_for_workers(1, timeout=_START_SECONDS)
    except TimeoutError:
        client.close()
        raise _no_workers() from None
    return client


async def _require_scheduler(address: str) -> None:
    """Check that a scheduler answers: Dask itself would wait for ever for a port that only listens.

    :raises Exception: none does
    """
    from distributed.comm.core import connect
    from distributed.security import Security

    async with asyncio.timeout(_ANSWER_SECONDS):
        how = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
        comm = await connect(address, timeout=_ANSWER_SECONDS, **how)  # type: ignore[no-untyped-call]
        await comm.close()


def _hand_out(client: Any, job: ClusterJob) -> Any:
    """The job, held by every worker.

    :raises CancelledError: the scheduler is gone
    """
    try:
        _check_workers(client, job)
        return client.scatter(job, broadcast=True, hash=False)
    except OSError:
        raise CancelledError from None


def _check_workers(client: Any, job: ClusterJob) -> None:
    """Check that all workers have our versions and folders.

    :raises Unreadable: one has not
    """
    try:
        found = client.run(versions_there, job, on_error="return", callback_timeout=_DESCRIBE_SECONDS)
    except TimeoutError:
        message = f"帮忙的机器里有停住了的：问它装了什么，{_DESCRIBE_SECONDS} 秒没有答。"
        hint = "请看看每台机器上的 dask worker 还动不动，停住的结束掉，再试；再过几分钟，调度器自己也会不要它。"
        raise Unreadable(_HERE, message, hint) from None
    answers = {address: one for address, one in found.items() if not isinstance(one, OSError)}  # lost workers
    for address, one in answers.items():
        if isinstance(one, Unreadable):
            raise one
        if isinstance(one, Exception):  # from a worker without gkdir, or with another version
            message = f"帮忙的机器 {address} 答不上来（{type(one).__name__}）：多半没有装 gkdir，或者版本不一样。"
            raise Unreadable(_HERE, message, "请在每台机器上装同一个版本的 gkdir，再启动 dask worker。")
    if not answers:
        raise _no_workers()
    _refuse_others(answers, job.wanted)


def _refuse_others(found: Mapping[str, WorkerVersions], wanted: WorkerVersions) -> None:
    for address, one in found.items():
        if one == wanted:
            continue
        different = [f"{name} {theirs}，这里是 {ours}" for name, ours, theirs in _differing(wanted, one)]
        if different:
            message = f"帮忙的机器 {address}和这里的版本不一样：{'；'.join(different)}。"
            raise Unreadable(_HERE, message, "请装成一样的：不一样，做出来的网页就可能不一样。")
        message = f"帮忙的机器 {address}看到的项目或者输出文件夹，和这里的不是同一个。"
        raise Unreadable(_HERE, message, "请放在每台机器都看得到的地方（例如网络磁盘），路径也一样。")


def _differing(ours: WorkerVersions, theirs: WorkerVersions) -> Iterator[tuple[str, str, str]]:
    """What differs: its name, our version and theirs."""
    pairs = [("gkdir", ours.gkdir, theirs.gkdir), ("Python", ours.python, theirs.python)]
    names = zip(ours.packages, theirs.packages, strict=False)
    pairs += [(one.partition(" ")[0], one.partition(" ")[2], other.partition(" ")[2]) for one, other in names]
    yield from (pair for pair in pairs if pair[1] != pair[2])


def _need_workers(client: Any) -> None:
    """Check that there is a worker left.

    :raises Unreadable: there is none
    """
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise _no_workers()


def _no_workers() -> Unreadable:
    message = "Dask 调度器下面没有帮忙的机器（worker）。已经发布的县是完整的。"
    return Unreadable(_HERE, message, "请在要用的机器上运行 dask worker 和调度器的地址，再试。")
