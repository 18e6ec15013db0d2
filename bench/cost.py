"""A command → its cost, in a separate process: time, and its own memory without that of the benchmark."""

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
"""How many bytes of a failed command's output are shown."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall seconds, processor seconds of all its processes, and MB of the largest of these."""

    wall: float
    processor: float
    memory: float


def cost(command: Sequence[str], ends: Collection[int] = (0,)) -> Cost:
    """Run the command, which must exit with one of ``ends``: a failed run is not measured."""
    with tempfile.TemporaryFile() as said:
        told = subprocess.run([*_LAUNCH, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=said, check=False).stdout
        end, *costs = json.loads(told) if told else (None, 0, 0, 0)
        if end not in ends:
            said.seek(max(0, os.fstat(said.fileno()).st_size - _TAIL))
            raise SystemExit(f"{' '.join(command)} ended with {end}:\n{said.read().decode('utf-8', 'replace')}")
    return Cost(*costs)
