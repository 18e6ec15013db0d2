"""A project and a seed → builds that are killed, run out of disk, lose files or run twice; exit status 1 if the site
was ever incomplete.

``python -m bench.soak [--kills 200] [--seed 12]``. Builds run in one process, in two and, if Dask is installed, on two
workers of a cluster, in turns. After each incident every county is entirely in its old or entirely in its new state, so
is every file beside them, and no file of somebody else is touched; the next build repairs the rest.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from bench.cluster import Cluster

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "samples" / "small"
COUNTIES = ("heping", "anping")
THEIRS = {"theirs/notes.txt": b"mine", ".env.old": b"mine", ".heping.new": b"mine"}
WORK, LOCK = ".gkdir-work", ".gkdir.lock"
HEAL_EVERY = 5
EXIT_HUNDREDTHS = 3000
"""How many hundredths of a second the workers of a killed build may still run."""

Tree = Mapping[str, bytes]


class Broken(Exception):
    """The site is incomplete, or a build did not do what it must."""


def tree(folder: Path) -> dict[str, bytes]:
    """The files in ``folder`` by path, without gkdir's temporary ones."""
    parts = [part for part in folder.iterdir() if part.name not in (WORK, LOCK)]
    files = [file for part in parts for file in (part, *part.rglob("*")) if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def settled(folder: Path) -> dict[str, bytes]:
    """The files once nobody writes any more: workers of a cluster finish their county after the build was killed."""
    before: dict[str, bytes] | None = None
    while True:
        with suppress(FileNotFoundError):  # a county was replaced meanwhile
            if (now := tree(folder)) == before:
                return now
            before = now
        time.sleep(0.2)


def project(folder: Path, days: int) -> Path:
    """A project of two counties that publish within ``days`` days, by which two projects' sites differ."""
    shutil.copytree(SAMPLE / "project", folder)
    shutil.copytree(SAMPLE / "national", folder / "national", dirs_exist_ok=True)
    shutil.rmtree(folder / "counties" / "kuansong")
    county = folder / "counties" / COUNTIES[0] / "county.yaml"
    text = county.read_text(encoding="utf-8").replace("起10个工作日内", f"起{days}个工作日内")
    county.write_text(f"{text}\n紧急通知: {{内容: 第{days}号, 截止: 2030-01-01}}\n", encoding="utf-8")
    shutil.copytree(county.parent, folder / "counties" / COUNTIES[1])
    return folder


class Soak:
    """Two states of a project, their sites, and the folder into which they are built in turn."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.projects = [project(folder / f"project-{days}", days) for days in (9, 8)]
        self.sites: list[Tree] = []
        for count, one in enumerate(self.projects):
            began = time.monotonic()
            self.build(one, folder / f"site-{count}")
            self.length = time.monotonic() - began
            self.sites.append(tree(folder / f"site-{count}"))
        assert self.sites[0] != self.sites[1]
        self.out = folder / "out"
        self.cluster: Cluster | None = None
        self.fill()

    def fill(self) -> None:
        """Make the folder as it is before gkdir's first build, with somebody's files in it."""
        for path, content in THEIRS.items():
            (self.out / path).parent.mkdir(parents=True, exist_ok=True)
            (self.out / path).write_bytes(content)

    def start(self, which: Path, out: Path, workers: Sequence[str] = ()) -> subprocess.Popen[str]:
        """Start a build in a process group of its own, with the options ``workers``."""
        command = [sys.executable, "-m", "gkdir", "build", str(which), "-o", str(out), "--no-hant", *workers]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            start_new_session=True,
        )

    def worker_options(self) -> Mapping[str, Sequence[str]]:
        """Name → the options for that kind of workers."""
        alone: dict[str, Sequence[str]] = {"one process": ("--jobs", "1"), "two processes": ("--jobs", "2")}
        return alone | ({"a cluster": ("--scheduler", self.cluster.address)} if self.cluster else {})

    def build(self, which: Path, out: Path, wanted: tuple[int, ...] = (0,)) -> str:
        """Run a build to its end, which must exit with one of ``wanted``; returns its output."""
        return self.end(self.start(which, out), wanted)

    def end(self, running: subprocess.Popen[str], wanted: tuple[int, ...]) -> str:
        """Wait for a build; returns its output."""
        said = running.communicate()[0]
        if running.returncode not in wanted or "Traceback" in said:
            raise Broken(f"exit status {running.returncode}: {said}")
        return said

    def whole(self, *, theirs: bool = True) -> None:
        """Check that each county and each other file is in one of the two states, and that nobody's file was touched.

        :raises Broken: it is not
        """
        there = settled(self.out)
        for path, content in THEIRS.items() if theirs else ():
            if there.pop(path, None) != content:
                raise Broken(f"{path} is not as it was")
        for county in COUNTIES:
            part = {path: content for path, content in there.items() if path.startswith(f"{county}/")}
            states = [{p: c for p, c in site.items() if p.startswith(f"{county}/")} for site in self.sites]
            if part and part not in states:
                other = [sorted(p for p in part.keys() | one.keys() if part.get(p) != one.get(p)) for one in states]
                raise Broken(f"{county} is neither as before nor as after: {[one[:5] for one in other]}")
        for path, content in there.items():
            if not path.startswith(COUNTIES) and content not in [site.get(path) for site in self.sites]:
                raise Broken(f"{path} is neither as before nor as after")

    def heal(self, *, theirs: bool = True) -> None:
        """Build once more and compare the result with the expected site."""
        which = self.chance.randrange(2)
        self.build(self.projects[which], self.out)
        there = tree(self.out)
        if there != {**self.sites[which], **(THEIRS if theirs else {})}:
            raise Broken("the next build did not heal the site")
        if (self.out / WORK).exists():
            raise Broken("something is left of builds that were killed")

    def at_work(self) -> bool:
        """Whether a build has begun to write."""
        with suppress(OSError):
            return any((self.out / WORK).iterdir())
        return False

    def kill(self, workers: str) -> str:
        """Kill a build at a random moment, or soon after it has begun to write; its workers must end too."""
        running = self.start(self.projects[self.chance.randrange(2)], self.out, self.worker_options()[workers])
        if self.chance.random() < 0.5:
            time.sleep(self.chance.uniform(0, self.length))
        else:
            while running.poll() is None and not self.at_work():
                time.sleep(0.001)
            time.sleep(self.chance.uniform(0, self.length / 8))
        moment = "ended before" if running.poll() is not None else "writing" if self.at_work() else "not writing"
        running.send_signal(signal.SIGKILL)
        running.communicate()
        for _ in range(EXIT_HUNDREDTHS):
            try:
                os.killpg(running.pid, 0)
            except ProcessLookupError:
                self.whole()
                return moment
            time.sleep(0.01)
        raise Broken("those who helped a killed build live on")

    def remove(self) -> None:
        """Remove the folder during a build."""
        running = self.start(self.projects[0], self.out)
        while running.poll() is None and not self.at_work():
            time.sleep(0.001)
        while self.out.exists():
            shutil.rmtree(self.out, ignore_errors=True)
        self.end(running, (0, 1))
        if self.out.exists():
            raise Broken("what was taken away was made again")
        self.fill()

    def double(self) -> str:
        """Start two builds at once: both finish, or the second reports that it cannot run."""
        both = [self.start(one, self.out) for one in self.projects]
        said = [self.end(one, (0, 1)) for one in both]
        told = [words for one, words in zip(both, said, strict=True) if one.returncode]
        if len(told) == 2 or any("另一个 gkdir" not in words for words in told):
            raise Broken("\n".join(said))
        self.whole()
        return "told" if told else "one after the other"


@contextmanager
def small_disk(soak: Soak) -> Iterator[str]:
    """Put ``soak.out`` on a disk of twice a site's bytes; yields the kind of disk, blank if none can be made."""
    size = sum(map(len, soak.sites[0].values())) * 2
    shutil.rmtree(soak.out)
    soak.out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(soak.out)], capture_output=True, check=False
    )
    try:
        yield "tmpfs" if mounted.returncode == 0 else ""
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(soak.out)], check=True)


def full_disk(soak: Soak) -> str:
    """Build onto a disk that becomes full; returns what kind of disk was used."""
    with small_disk(soak) as disk:
        if not disk:
            soak.fill()
            return "not tried: only root can make a small disk"
        soak.fill()
        soak.build(soak.projects[0], soak.out)
        room = shutil.disk_usage(soak.out).free
        for share in (0.99, 0.7, 0.3):
            (soak.out / "filler").write_bytes(b"\0" * int(room * share))
            said = soak.build(soak.projects[1], soak.out, (0, 1))
            (soak.out / "filler").unlink()
            soak.whole()
            if share > 0.9 and "磁盘满了" not in said:
                raise Broken(f"a full disk was not told of: {said}")
        soak.heal()
    soak.fill()
    return disk


def _cluster(folder: Path) -> Cluster | None:
    """Two workers of a cluster on this machine, if Dask is installed."""
    if find_spec("distributed") is None:
        print("without a cluster: Dask is not installed", flush=True)
        return None
    made = Cluster(folder)
    for _ in range(2):
        made.worker()
    return made


def main() -> int:
    """Run everything; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=12)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        soak = Soak(Path(scratch), asked.seed)
        try:
            soak.cluster = _cluster(Path(scratch))
            moments: Counter[str] = Counter()
            for count in range(asked.kills):
                workers = list(soak.worker_options())[count % len(soak.worker_options())]
                moments[f"{workers}, {soak.kill(workers)}"] += 1
                if count % HEAL_EVERY == HEAL_EVERY - 1:
                    soak.heal()
            print(f"{asked.kills} kills: {dict(sorted(moments.items()))}", flush=True)
            print(f"two at once, ten times: {dict(Counter(soak.double() for _ in range(10)))}", flush=True)
            soak.heal()
            for _ in range(10):
                soak.remove()
                soak.heal()
            print("the folder taken away, ten times: told of", flush=True)
            print(f"a full disk: {full_disk(soak)}", flush=True)
            soak.heal()
        except Broken as broken:
            print(f"not whole: {broken}", file=sys.stderr)
            return 1
        finally:
            if soak.cluster:
                soak.cluster.end()
    print("the site was whole each time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
