"""A command → what it costs, in a separate process: time, and its own memory without that of the benchmark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_LAUNCH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py")))
_TAIL = 2000
"""Bytes of what a command said last that are shown if it fails."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall seconds, processor seconds of all processes together, and MB of the largest of them."""

    wall: float
    processor: float
    memory: float


def cost(command: Sequence[str], ends: Collection[int] = (0,)) -> Cost:
    """Run the command, which must end with one of ``ends``: only what works is measured."""
    with tempfile.TemporaryFile() as said:
        told = subprocess.run([*_LAUNCH, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=said, check=False).stdout
        end, *costs = json.loads(told) if told else (None, 0, 0, 0)
        if end not in ends:
            said.seek(max(0, os.fstat(said.fileno()).st_size - _TAIL))
            raise SystemExit(f"{' '.join(command)} ended with {end}:\n{said.read().decode('utf-8', 'replace')}")
    return Cost(*costs)
