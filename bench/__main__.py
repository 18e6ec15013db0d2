"""Commands, each run cold several times → docs/benchmarks.md: wall time and peak memory, measured in turns.

Then a hundred counties, by bench/nation.py.
"""

from __future__ import annotations

import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.cost import ROOT, Cost, cost
from bench.nation import TITLE, commit
from gkdir.workers import processors

GKDIR = [sys.executable, "-m", "gkdir"]
ROUNDS, FEW = 11, 3


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table: a command, and the target to keep.

    In the command ``{out}`` stands for a new folder of each round, and ``{day}`` for another day each round, so that no
    result is remembered.
    """

    title: str
    arguments: tuple[str, ...]
    mark: str
    rounds: int = ROUNDS


def main() -> None:
    """Measure every case, in turns so that a busy moment affects all alike, and write the table; then many counties."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "bench.material", scratch], cwd=ROOT, check=True)
        cases = _cases(Path(scratch))
        measured: dict[str, list[Cost]] = {case.title: [] for case in cases}
        for number in range(ROUNDS):
            for case in cases:
                if number < case.rounds:
                    own = {"{out}": str(Path(scratch) / f"out-{number}"), "{day}": f"2026-03-{number + 1:02}"}
                    measured[case.title].append(cost([*GKDIR, *(filled(part, own) for part in case.arguments)]))
        lines = [_row(case, measured[case.title]) for case in cases]
        page = ROOT / "docs" / "benchmarks.md"
        _, mark, below = page.read_text(encoding="utf-8").partition("\n## ")  # other sections are kept
        page.write_text(_document(lines) + mark + below, encoding="utf-8")
        print("\n".join(lines), flush=True)
        # Before anything is removed: ext4 creates files slowly after many were removed.
        subprocess.run([sys.executable, "-m", "bench.nation", "100", "--scratch", scratch], cwd=ROOT, check=True)


def _cases(scratch: Path) -> tuple[Case, ...]:
    alike, unlike, large, hundred = (str(scratch / name) for name in ("alike.xlsx", "unlike.xlsx", "large", "hundred"))
    sample, day = ("build", "directories", "-o"), ("--date", "{day}")
    return (
        Case("gkdir --help", ("--help",), "0.12 s"),
        Case("gkdir build 示例县，输出文件夹是新的，不要繁体", (*sample, "{out}/plain", "--no-hant"), "0.8 s"),
        Case("gkdir build 示例县，输出文件夹是新的，每页都有繁体", (*sample, "{out}/site"), "0.8 s"),
        Case("gkdir build 示例县，没有变化", (*sample, "{out}/site"), "0.12 s，生成的四分之一"),
        Case("gkdir check 示例县", ("check", "directories", *day), "—"),
        Case("gkdir check 一个县，104 项、47 篇文章", ("check", large, *day), "1 s"),
        Case("gkdir read 五千行的表，内容多有重复", ("read", alike), "2 s，300 MB"),
        Case("gkdir read 三千行的表，几乎每格都不一样", ("read", unlike), "2 s，300 MB"),
        Case("gkdir check 一百个县，两个进程", ("check", hundred, "--jobs", "2", *day), "5 s", FEW),
    )


def filled(argument: str, own: Mapping[str, str]) -> str:
    """An argument of a command with this round's values for its placeholders."""
    for sign, value in own.items():
        argument = argument.replace(sign, value)
    return argument


def _row(case: Case, runs: list[Cost]) -> str:
    walls = [run.wall for run in runs]
    peak = max(run.memory for run in runs)
    return f"| {case.title} | {statistics.median(walls):.2f} s | {min(walls):.2f} s | {peak:.0f} MB | {case.mark} |"


def _document(lines: list[str]) -> str:
    cores = processors()
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    limit = "" if soft == resource.RLIM_INFINITY else f"，内存上限 {soft >> 20} MB"
    head = [
        "# 测速",
        "",
        f"`make bench` 生成。{cores} 核，{platform.system()}，Python {platform.python_version()}{limit}，{commit()}。",
        f"每个命令都是新起的进程，各跑 {ROUNDS} 次（一百个县的 {FEW} 次），几种轮流跑，免得碰上机器忙的时候只亏一种。",
        "时间是从起进程到退出的墙上时间。内存是一个进程的最大常驻量，有几个进程时是其中最大的（取各次最大）。",
        "每次写进一个新的文件夹：刚删掉上千个文件之后，磁盘建新文件要慢好几倍。标准是清静的两核机器上的。",
        "没有变化的县，核对用上次的结果，所以核对每次换一天。",
        f"生成一百个县要多久，见下面的“{TITLE.removeprefix('## ')}”。",
        "",
        "| 命令 | 中位数 | 最快 | 内存 | 标准 |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *lines, ""])


if __name__ == "__main__":
    main()
