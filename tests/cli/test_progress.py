"""What a build prints while it runs: a bar on a terminal, nothing in a pipe, and a summary at the end."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from tests.places import SMALL

from gkdir.cli.progress import MAX_NAMED, PHASES, held_back_text, progress, where_the_time_went
from gkdir.outcome import BuildOutcome, State
from gkdir.outputs import OUTPUTS

SOURCE = Path(__file__).parent.parent.parent / "src" / "gkdir"


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("progress")
    shutil.copytree(SMALL / "project", folder / "project")
    shutil.copytree(SMALL / "national", folder / "project" / "national", dirs_exist_ok=True)
    where = [str(folder / "project"), "-o", str(folder / "site")]
    return [sys.executable, "-m", "gkdir", "build", *where, "--no-hant", "--profile"]


def on_terminal(command: list[str], kind: str) -> str:
    """What the command shows on a terminal of that kind (``TERM``)."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": kind}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as running:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 1000):
                shown += part
        except OSError:  # Linux's error for a closed pipe
            pass
    os.close(ours)
    assert running.returncode == 1
    return shown.decode()


def test_a_terminal_has_a_bar_with_counts_and_who_is_held_back(command: list[str]) -> None:
    words = on_terminal(command, "xterm")
    assert "2/2" in words
    assert "未发布：kuansong" in words
    assert not re.search(r"\\x", words), "nothing of the bar is shown as if it were foreign"


def test_a_terminal_that_cannot_overwrite_a_line_has_no_bar(command: list[str]) -> None:
    words = on_terminal(command, "dumb")
    assert "2/2" not in words
    assert "\x1b" not in words
    assert "因有错误未发布 1 个" in words


def test_a_pipe_has_no_bar_but_the_end(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    words = done.stderr.decode()
    assert "\r" not in words
    assert "2/2" not in words
    assert re.search(r"生成 0 个县，没有变化 1 个，因有错误未发布 1 个；共 \d{2,} 页，用了 [\d.]+ 秒。", words)
    rows = [line.split(maxsplit=3) for line in words.partition("时间花在哪里")[2].splitlines()[2:]]
    named = {row[3] for row in rows if len(row) == 4 and row[3] in PHASES.values()}
    assert named == {PHASES["compare"]}, "nothing is made, and yet the table says where the time went"


def test_whoever_is_held_back_is_named_while_there_is_room() -> None:
    assert held_back_text([], 80) == ""
    names = [f"c{number}" for number in range(MAX_NAMED + 2)]
    assert held_back_text(names[:1], 80) == "未发布：c0"
    assert held_back_text(names, 80) == f"未发布：{'、'.join(names[-MAX_NAMED:])} 等 {len(names)} 个"
    told = [held_back_text(names, room) for room in (18, 17, 12, 11)]
    assert told == ["未发布：c4 等 5 个", "未发布：5 个", "未发布：5 个", ""]
    assert held_back_text(names[:2], 14) == "未发布：c0、c1"


@pytest.mark.parametrize("columns", [40, 80])
def test_the_bar_is_no_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("gkdir.cli.progress._columns", lambda: columns)
    with progress() as shown:
        shown.begun([""] * 2843)
        for number in range(2843):
            shown.tell(BuildOutcome(f"county-{number}", State.HELD))
    lines = re.split(r"[\r\n]", re.sub("\x1b\\[[?0-9]*[a-z]", "", screen.getvalue()))
    assert any("2843/2843" in line for line in lines)
    assert max(sum(1 + (char > "\u2000") for char in line.rstrip()) for line in lines) <= columns
    assert ("未发布：" in screen.getvalue()) == (columns == 80)


class Terminal(StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_each_phase_has_a_name_and_the_shares_are_of_the_whole() -> None:
    used = set(re.findall(r'phase\("([a-z-]+)"\)', "".join(file.read_text("utf-8") for file in SOURCE.rglob("*.py"))))
    assert used | {output.__name__ for output in OUTPUTS} == set(PHASES)
    lines = where_the_time_went({"read": 1.0, "render": 3.0}, 4).splitlines()
    assert [line.split() for line in lines[2:4]] == [
        ["3.00", "75%", "750.0", PHASES["render"]],
        ["1.00", "25%", "250.0", PHASES["read"]],
    ]
    assert where_the_time_went({}, 0).endswith("合计，0 个县")
