"""Work done beside: the same result as here, whatever becomes of the second process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gkdir.aside import aside, here
from gkdir.cli import group

SAMPLE = Path(__file__).parent / "samples" / "small"


def alone(script: str) -> str:
    """What a script prints in a process of its own: a test process may have threads, and then nothing is forked."""
    lines = "import os\nfrom gkdir.aside import aside\nme = os.getpid()\n" + textwrap.dedent(script)
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", lines], capture_output=True, text=True, check=True
    ).stdout


def test_the_result_comes_from_another_process() -> None:
    assert (
        alone("done = aside(lambda: iter([(os.getpid() == me, [1, '二'])]))(); print(done)") == "(False, [1, '二'])\n"
    )


@pytest.mark.parametrize(
    "work",
    [
        "lambda: ((os.getpid() == me) or os.kill(os.getpid(), 9) for _ in '1')",
        "lambda: ((os.getpid() == me) or os._exit(0) for _ in '1')",
        "lambda: ((os.getpid() == me) or (lambda: None) for _ in '1')",
        "lambda: ((os.getpid() == me) or 1 / 0 for _ in '1')",
    ],
    ids=["killed", "gone", "unpicklable", "raised"],
)
def test_what_comes_to_nothing_is_done_here(work: str) -> None:
    assert alone(f"print(aside({work})())") == "True\n"


def test_what_work_raises_is_raised_where_the_result_is_asked_for() -> None:
    assert (
        alone("waiting = aside(lambda: (1 / 0 for _ in '1'))\ntry: waiting()\nexcept ZeroDivisionError: print('here')")
        == "here\n"
    )


def test_the_second_process_holds_nothing_of_the_first(tmp_path: Path) -> None:
    # A lock that a killed build's second process went on holding would keep the next build out.
    script = f"""
        held = open({str(tmp_path / "lock")!r}, "w")
        def is_open():
            try:
                os.fstat(held.fileno())
            except OSError:
                return False
            return True
        print(aside(lambda: (is_open() for _ in '1'))(), is_open())
    """
    assert alone(script) == "False True\n"


def test_a_result_that_nobody_asks_for_ends_the_second_process() -> None:
    script = """
        import time
        waiting = aside(lambda: (time.sleep(600) for _ in '1'))
        del waiting
        try:
            os.wait()
        except ChildProcessError:
            print("none is left")
    """
    assert alone(script) == "none is left\n"


def test_results_come_one_after_the_other_and_the_rest_is_done_here_where_it_must() -> None:
    script = """
        def work():
            yield os.getpid() == me
            yield "long" * 1_000_000
            if os.getpid() != me:
                os._exit(1)
            yield os.getpid() == me
        waiting = aside(work)
        print(waiting(), len(waiting()), waiting())
    """
    assert alone(script) == "False 4000000 True\n"


def test_the_second_process_ends_when_the_first_is_killed() -> None:
    # What it writes would otherwise be written into the folder that the next build has begun.
    lines = """
        import os, signal, time
        from gkdir.aside import aside
        def work():
            yield os.getpid()
            time.sleep(600)
        waiting = aside(work)
        print(waiting(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(lines)], stdout=subprocess.PIPE, timeout=60, check=False
    )
    assert done.returncode == -signal.SIGKILL
    # It held the output open: that the output has ended says that it is gone.


def test_threads_and_other_systems_do_it_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> Iterator[int]:
        yield os.getpid()
        yield 2

    monkeypatch.setattr("threading.active_count", lambda: 2)
    waiting = aside(work)
    assert (waiting(), waiting()) == (os.getpid(), 2)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setattr("sys.platform", "darwin")
    assert aside(work)() == os.getpid() == here(work)()


def test_one_process_and_two_write_the_same_bytes(tmp_path: Path) -> None:
    for name, jobs in (("one", "1"), ("two", "0")):
        command = [sys.executable, "-m", "gkdir", "build", str(SAMPLE / "project"), "-o", str(tmp_path / name)]
        done = subprocess.run([*command, "--jobs", jobs], capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert one
    assert one == two


def test_a_county_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["build", str(SAMPLE / "project"), "-o", str(tmp_path), "--county", "nowhere"])
    assert result.exit_code == 2
    assert "项目里没有nowhere" in result.output
