"""The engine under node: its own tests, and how well it answers the questions written for it."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.tsv"
STRANGERS = HERE / "strangers.txt"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="没有 node：请安装 Node 18 以上")


def ask(assets: Path, questions: Path) -> list[dict[str, object]]:
    """What is found for each question of a file."""
    command = [str(NODE), str(HERE / "ask.js"), str(assets), str(questions)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_scripts_own_tests_pass() -> None:
    done = subprocess.run([str(NODE), "--test", str(HERE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# pass 0" not in done.stdout


def test_questions_are_answered(assets: Path) -> None:
    wanted = {line.split("\t")[0]: line.split("\t")[1].split("|") for line in QUESTIONS.read_text().splitlines()}
    assert len(wanted) >= 150
    ranks = []
    for one in ask(assets, QUESTIONS):
        found = one["found"]
        assert isinstance(found, list)
        ranks.append(next((n for n, item in enumerate(found, 1) if item in wanted[str(one["question"])]), 0))
    assert sum(0 < rank <= 5 for rank in ranks) / len(ranks) >= 0.98
    assert sum(1 / rank for rank in ranks if rank) / len(ranks) >= 0.95


def test_questions_about_other_things_are_told_so(assets: Path) -> None:
    # 低保、户口、营业执照 stand in everyday words of items here, so that not every one is plainly strange.
    answers = ask(assets, STRANGERS)
    assert sum(not one["sure"] for one in answers) / len(answers) >= 0.7


def test_what_the_search_loads_is_small(assets: Path) -> None:
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in assets.glob("search*.js")) <= 60 * 1024
