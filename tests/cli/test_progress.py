"""What a build tells while it goes on: a bar on a terminal, nothing in a pipe, and in the end what it came to."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.places import SMALL

from gkdir.cli.progress import NAMED, PHASES, beside, where_the_time_went
from gkdir.outputs import OUTPUTS

SOURCE = Path(__file__).parent.parent.parent / "src" / "gkdir"


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("progress")
    shutil.copytree(SMALL / "project", folder / "project")
    shutil.copytree(SMALL / "national", folder / "project" / "national", dirs_exist_ok=True)
    where = [str(folder / "project"), "-o", str(folder / "site")]
    return [sys.executable, "-m", "gkdir", "build", *where, "--no-hant", "--profile"]


def test_a_terminal_has_a_bar_with_counts_and_who_is_held_back(command: list[str]) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 1000):
                shown += part
        except OSError:  # what Linux says where the other end is closed
            pass
    os.close(ours)
    assert running.returncode == 1
    words = shown.decode()
    assert "2/2" in words
    assert "未发布：kuansong" in words
    assert not re.search(r"\\x", words), "nothing of the bar is shown as if it were foreign"


def test_a_pipe_has_no_bar_but_the_end(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    words = done.stderr.decode()
    assert "\r" not in words
    assert "2/2" not in words
    assert re.search(r"生成 0 个县，没有变化 1 个，因有错误未发布 1 个；共 \d{2,} 页，用了 [\d.]+ 秒。", words)
    assert "时间花在哪里" in words


def test_whoever_is_held_back_is_named_while_there_is_room() -> None:
    assert beside([]) == ""
    names = [f"c{number}" for number in range(NAMED + 2)]
    assert beside(names[:1]) == "未发布：c0"
    assert beside(names) == f"未发布：{'、'.join(names[-NAMED:])} 等 {len(names)} 个"


def test_each_phase_has_a_name_and_the_shares_are_of_the_whole() -> None:
    used = set(re.findall(r'phase\("([a-z-]+)"\)', "".join(file.read_text("utf-8") for file in SOURCE.rglob("*.py"))))
    assert used | {output.__name__ for output in OUTPUTS} == set(PHASES)
    lines = where_the_time_went({"read": 1.0, "render": 3.0}, 4).splitlines()
    assert [line.split() for line in lines[2:4]] == [
        ["3.00", "75%", "750.0", PHASES["render"]],
        ["1.00", "25%", "250.0", PHASES["read"]],
    ]
    assert where_the_time_went({}, 0).endswith("合计，0 个县")
