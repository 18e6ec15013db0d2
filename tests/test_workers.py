"""Counties shared among processes: the results in order, lost workers replaced, and phases are counted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from time import sleep

import pytest
from tests.places import ROOT

from gkdir.finding import Unreadable
from gkdir.phases import counted, phase
from gkdir.workers import MAX_LOSSES, Workforce, each_county, in_background

SLUGS = tuple(f"c{number}" for number in range(9))


def do(folder: Path, slug: str) -> tuple[str, int]:
    """The work of a process, controlled by files in the folder."""
    with phase("judge"):
        killer = folder / f"kill-{slug}"
        if killer.exists():
            left = int(killer.read_text()) - 1
            killer.write_text(str(left)) if left else killer.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
    return slug.upper(), os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_results_come_in_order_from_so_many_processes(tmp_path: Path, jobs: int) -> None:
    with counted() as tally:
        results = list(each_county(partial(do, tmp_path), SLUGS, Workforce(jobs)))
    assert [name for name, _ in results] == [slug.upper() for slug in SLUGS]
    numbers = {number for _, number in results}
    assert len(numbers) <= jobs
    assert (os.getpid() in numbers) is (jobs == 1)
    assert list(tally.seconds) == ["judge"]


def test_what_a_lost_process_had_in_hand_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "kill-c4").write_text("2")
    results = list(each_county(partial(do, tmp_path), SLUGS, Workforce(2)))
    assert [name for name, _ in results] == [slug.upper() for slug in SLUGS]
    assert not list(tmp_path.glob("kill-*"))


def test_who_is_lost_again_and_again_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "kill-c0").write_text(str(MAX_LOSSES + 1))
    with pytest.raises(Unreadable, match="内存不够"):
        list(each_county(partial(do, tmp_path), SLUGS, Workforce(2)))


def test_what_is_begun_in_the_background_is_there_when_asked_for(tmp_path: Path) -> None:
    with counted() as tally, in_background(partial(do, tmp_path), 1) as begin:
        results = [result() for result in [begin(slug) for slug in SLUGS]]
    assert [name for name, _ in results] == [slug.upper() for slug in SLUGS]
    assert results[0][1] != os.getpid()
    assert list(tally.seconds) == ["judge"]


def test_what_a_lost_process_had_begun_is_done_here(tmp_path: Path) -> None:
    (tmp_path / "kill-c0").write_text("1")
    with in_background(partial(do, tmp_path), 1) as begin:
        results = [result() for result in [begin(slug) for slug in SLUGS]]
    assert results == [(slug.upper(), os.getpid()) for slug in SLUGS]


def test_what_nobody_asks_for_is_called_off(tmp_path: Path) -> None:
    with in_background(partial(noted, tmp_path), 1) as begin:
        begin("first")()
        for number in range(500):
            begin(f"{number}")
    assert len(list(tmp_path.iterdir())) < 500


def noted(folder: Path, name: str) -> None:
    (folder / name).touch()


def test_a_phase_inside_another_is_counted_once() -> None:
    with counted() as tally:
        with phase("rest"), phase("read"):
            tally.add({"lay": 2.0})
        tally.add({"lay": 3.0})
    assert set(tally.seconds) == {"rest", "read", "lay"}
    assert tally.seconds["lay"] == 5.0
    with phase("rest"):
        pass
    assert all(took >= 0 for took in tally.seconds.values())


KILLED = """
import sys
from functools import partial
from pathlib import Path
from gkdir.workers import Workforce, each_county
from tests.test_workers import slowly
for _ in each_county(partial(slowly, Path(sys.argv[1])), ("a", "b", "c", "d"), Workforce(2)):
    pass
"""


def slowly(folder: Path, _slug: str) -> None:
    """Work that records the process's number and then takes long."""
    (folder / f"helper-{os.getpid()}").touch()
    sleep(60)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="whether they live is asked of Linux")
def test_helpers_end_with_the_one_they_help(tmp_path: Path) -> None:
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], env={**os.environ, "PYTHONPATH": path}
    ) as running:
        while len(list(tmp_path.glob("helper-*"))) < 2:
            assert running.poll() is None
            sleep(0.01)
        running.send_signal(signal.SIGKILL)
    helpers = {int(note.name.removeprefix("helper-")) for note in tmp_path.glob("helper-*")}
    for _ in range(12000):
        if not any(map(lives, helpers)):
            return
        sleep(0.01)
    for number in helpers:
        os.kill(number, signal.SIGKILL)
    raise AssertionError("they live on, and keep the lock of the folder that they write into")


def lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False
