"""A folder for logs → a Dask scheduler on the loopback address, with workers, for tests and measurements."""

from __future__ import annotations

import os
import subprocess
import sys
from json import loads
from pathlib import Path
from time import sleep

ROOT = Path(__file__).parent.parent


class Cluster:
    """A scheduler on the loopback address, and its workers, each a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        found = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--scheduler-file", str(found), "--port", "0", "--no-dashboard")
        while not found.exists() or not found.read_text():
            sleep(0.05)
        self.address = str(loads(found.read_text())["address"])

    def _start(self, kind: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{kind}", *arguments, "--host", "127.0.0.1"]
        path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        with (self._folder / f"log-{len(self._running)}").open("wb") as log:
            running = subprocess.Popen(
                command, cwd=self._folder, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": path, **environment}
            )
        self._running.append(running)
        return running

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker; returns once it reports that it is ready."""
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
        running = self._start("dask_worker", self.address, *options, **environment)
        log = self._folder / f"log-{len(self._running) - 1}"
        while "Registered to" not in log.read_text(errors="replace"):
            assert running.poll() is None, log.read_text()
            sleep(0.05)
        return running

    def end(self) -> None:
        """End all processes."""
        for running in reversed(self._running):
            running.kill()
            running.wait()
