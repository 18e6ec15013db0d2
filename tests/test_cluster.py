"""Counties on a Dask cluster: the same bytes, lost workers replaced, different workers refused."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import shutil
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
from bench.cluster import Cluster
from tests.places import ROOT, SMALL

from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.finding import Unreadable
from gkdir.outcome import BuildOutcome, State
from gkdir.workers import Workforce, each_county
from gkdir.workers.cluster import ClusterJob, do_county_there, versions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not find_spec("distributed"), reason="Dask is not installed: pip install 'gkdir[cluster]'"),
]

COUNTIES = 8


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    project = Path(shutil.copytree(SMALL / "project", tmp_path / "project"))
    for number in range(COUNTIES):
        shutil.copytree(project / "counties" / "heping", project / "counties" / f"heping-{number}")
    return BuildOptions(project, tmp_path / "site", national=SMALL / "national", hant=False, jobs=1)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def on(cluster: Cluster, options: BuildOptions, out: Path) -> BuildOptions:
    return BuildOptions(options.project, out, national=options.national, hant=False, scheduler=cluster.address)


def test_a_worker_killed_in_the_middle_changes_nothing(cluster: Cluster, options: BuildOptions, tmp_path: Path) -> None:
    first, _ = cluster.worker(), cluster.worker()
    _, alone = build(options, list[BuildOutcome]().append)
    told: list[BuildOutcome] = []

    def tell(outcome: BuildOutcome) -> None:
        told.append(outcome)
        if len(told) == 2:
            first.send_signal(signal.SIGKILL)

    _, shared = build(on(cluster, options, tmp_path / "shared"), tell)
    assert content(tmp_path / "shared") == content(options.out)
    assert [(one.slug, one.findings, one.pages) for one in shared] == [
        (one.slug, one.findings, one.pages) for one in alone
    ]
    assert len(told) == COUNTIES + 2
    assert {one.state for one in shared} <= set(State)
    assert not (tmp_path / "shared" / ".gkdir-work").exists()
    again: list[BuildOutcome] = []
    build(on(cluster, options, tmp_path / "shared"), again.append)
    assert {one.state for one in again} == {State.UNCHANGED, State.HELD}


def test_a_lost_worker_that_was_the_only_one_is_made_up_for_by_the_next(
    cluster: Cluster, options: BuildOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gkdir.workers.cluster._START_SECONDS", 1)
    workers = [cluster.worker()]

    def next_worker(outcome: BuildOutcome) -> None:
        if outcome.slug == "heping-1":
            workers[-1].kill()
            workers.append(cluster.worker())

    def none_left(outcome: BuildOutcome) -> None:
        if outcome.slug == "heping-1":
            workers[-1].kill()

    def no_scheduler(*_: object) -> None:
        cluster.scheduler.kill()
        cluster.scheduler.wait()

    build(options, lambda _: None)
    build(on(cluster, options, tmp_path / "shared"), next_worker)
    assert content(tmp_path / "shared") == content(options.out)
    with pytest.raises(Unreadable, match="没有帮忙的机器"):
        build(on(cluster, options, tmp_path / "none-left"), none_left)
    cluster.worker()
    monkeypatch.setattr("gkdir.workers.cluster._ANSWER_SECONDS", 2)
    monkeypatch.setattr("gkdir.workers.cluster._check_workers", no_scheduler)
    with pytest.raises(Unreadable, match="断开了"):
        build(on(cluster, options, tmp_path / "no-scheduler"), lambda _: None)


def test_who_works_with_something_else_is_refused(
    cluster: Cluster, options: BuildOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("gkdir.workers.cluster._START_SECONDS", 0.1)
        with pytest.raises(Unreadable, match="没有帮忙的机器"):
            build(on(cluster, options, tmp_path / "none"), lambda _: None)
    worker = cluster.worker()
    with pytest.raises(Unreadable, match="看到的项目或者输出文件夹"):
        list(each_county(_nothing, ["a"], Workforce(scheduler=cluster.address, probe=_own_number)))
    with monkeypatch.context() as patch:
        patch.setattr("gkdir.workers.cluster._DESCRIBE_SECONDS", 0.5)
        worker.send_signal(signal.SIGSTOP)
        with pytest.raises(Unreadable, match="停住了"):
            list(each_county(_nothing, ["a"], Workforce(scheduler=cluster.address)))
        worker.send_signal(signal.SIGCONT)
    other = shutil.copytree(ROOT / "src", tmp_path / "other")
    (other / "gkdir" / "outcome.py").write_text((other / "gkdir" / "outcome.py").read_text("utf-8") + "\n", "utf-8")
    cluster.worker(PYTHONPATH=os.pathsep.join((str(other), str(ROOT))))
    with pytest.raises(Unreadable, match="版本不一样：gkdir"):
        build(on(cluster, options, tmp_path / "other-site"), lambda _: None)
    assert content(tmp_path / "other-site").keys() <= {".gkdir.lock"}


def test_what_the_system_refuses_a_worker_is_told_with_its_machine() -> None:
    job = ClusterJob("1", str(Path.cwd()), _read_only, False, _own_number, versions(_own_number))
    with pytest.raises(Unreadable, match=f"{re.escape(socket.gethostname())}.*x.html: 这里是只读的"):
        do_county_there(job, "heping")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "tcp://", "tls://127.0.0.1:9", "ws://127.0.0.1:9"])
def test_a_scheduler_that_is_not_there_is_told_of(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdir.workers.cluster._ANSWER_SECONDS", 1)
    with pytest.raises(Unreadable, match="连不上"):
        list(each_county(_nothing, ["a"], Workforce(scheduler=address)))


def test_a_scheduler_is_asked_for_where_an_event_loop_is_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdir.workers.cluster._ANSWER_SECONDS", 1)

    async def in_a_loop() -> None:
        list(each_county(_nothing, ["a"], Workforce(scheduler="tcp://127.0.0.1:9")))

    # In a thread, since the loop of the browser tests may be running in this one.
    with ThreadPoolExecutor() as thread, pytest.raises(Unreadable, match="连不上"):
        thread.submit(lambda: asyncio.run(in_a_loop())).result()


def test_who_takes_the_call_and_says_nothing_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the page of a scheduler does, on the port beside: it waits for a request."""
    monkeypatch.setattr("gkdir.workers.cluster._ANSWER_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unreadable, match="连不上"):
        list(each_county(_nothing, ["a"], Workforce(scheduler=f"tcp://127.0.0.1:{silent.getsockname()[1]}")))


def _own_number() -> str:
    return str(os.getpid())


def _nothing(_slug: str) -> str:
    raise AssertionError("nobody is to come so far")


def _read_only(_slug: str) -> str:
    raise OSError(errno.EROFS, "read-only", "x.html")
