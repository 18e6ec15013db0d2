"""No text of a cell takes quadratic time: 12 KB of a workbook once took the reader 50 s."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gkdir.read.timelimit import MAX_LIMIT, time_limit

from .long_texts import AROUND_BLANKS, GRAMMARS, PIECES

ENOUGH = 600
"""Seconds after which a grammar that does not end is stopped; all 3,000 texts take three."""
SLOW = 1.0
"""Processor seconds for 4,000 letters: a linear grammar takes a fiftieth of it, a quadratic one took five seconds."""


def test_long_texts_of_every_shape_are_read_in_time() -> None:
    command = [sys.executable, "-m", "tests.read.long_texts"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=ENOUGH, check=True
    )
    count, slowest = done.stdout.split()
    assert int(count) == (2 * len(PIECES) + len(AROUND_BLANKS)) * len(GRAMMARS)
    assert float(slowest) < SLOW


def test_what_is_too_long_is_no_limit_and_is_left_over_whole() -> None:
    text = "20个工作日内公开" + "，" * MAX_LIMIT
    limit = time_limit(text)
    assert (limit.kind, limit.left) == ("unknown", (text,))
