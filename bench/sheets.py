"""Sheets of the sample county, set repeatedly → docs/benchmarks-print.md; pictures → build/pictures/sheets.png.

``python -m bench.sheets`` measures; ``python -m bench.sheets pictures`` makes the pictures, in both scripts.
"""

from __future__ import annotations

import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from msgspec.structs import replace

from gkdir.build import script_of
from gkdir.model.county import Catalog
from gkdir.overlay import lay
from gkdir.read.project import read_county, read_project
from gkdir.resources import template_folder
from gkdir.service.site import Site, folder_address
from gkdir.sheets import county_sheets
from gkdir.sheets.printing import rendered, to_traditional
from gkdir.sheets.renderer import TypstRenderer
from gkdir.sheets.sheet import PrintedSheet
from gkdir.workers import processors

ROOT = Path(__file__).parent.parent
DAY = date(2026, 3, 1)
ROUNDS = 5
MANY = 1000

SHOWN = (
    ("print/social_insurance.pdf", 2),
    ("print/towns/baishi-a2.pdf", 2),
    ("print/towns/baishi-a3.pdf", 2),
    ("print/social_insurance/7-1.pdf", 1),
    ("print/social_insurance/2-1.pdf", 1),
    ("print/booklet.pdf", 5),
    ("print/forms/sydjb-3f97fb-blank.pdf", 1),
    ("print/forms/sydjb-3f97fb-sample.pdf", 1),
    ("print/ballot.pdf", 1),
    ("print/towns/baishi-record.pdf", 1),
)
"""The sheets of the contact sheet, and how many of their pages."""
HEIGHT, GAP, WIDE = 560, 24, 2400


def main() -> None:
    """Measure, or make the pictures."""
    if sys.argv[1:] == ["pictures"]:
        _pictures()
    else:
        _measure()


def sample() -> Catalog:
    """The sample county, laid."""
    project = read_project(ROOT / "directories")
    return lay(project, read_county(project, "qingyuan"))


def _measure() -> None:
    catalog = sample()
    sheets = tuple(county_sheets(Site(catalog, DAY, folder_address(catalog, None))))
    notices = [sheet for sheet in sheets if sheet.template == "notice.typ"][:100]
    whole = [sheet for sheet in sheets if sheet.path == "print/social_insurance.pdf"]
    boards = [sheet for sheet in sheets if sheet.template == "poster.typ"]
    with TypstRenderer((template_folder(),), DAY) as press:
        memory = _memory(press, notices)
        rows = [
            ("100 张 A4 告知单，各一个 PDF", "3 s", *_times(press, notices)),
            ("78 项的目录，A3，一个 PDF", "1 s", *_times(press, whole)),
            (f"公示栏海报 {len(boards)} 张", "—", *_times(press, boards)),
            (f"示例县全部 {len(sheets)} 份", "—", *_times(press, sheets)),
        ]
    cores = processors()
    lines = [
        "# 打印测速",
        "",
        f"`python -m bench.sheets` 生成。{cores} 核，{platform.system()}，Python {platform.python_version()}。",
        f"同一个进程里各排 {ROUNDS} 遍，几个核就同时排几张，每遍的标题都不同（一样的 Typst 会记住）。",
        "编译器和字体已经装载。标准是清静的两核机器上的。",
        "",
        "| 排什么 | 中位数 | 最快 | 处理器时间 | 标准 |",
        "|---|---|---|---|---|",
        *(
            f"| {title} | {middle:.2f} s | {best:.2f} s | {work:.2f} s | {mark} |"
            for title, mark, middle, best, work in rows
        ),
        "",
        f"## 连排 {MANY} 张的内存",
        "",
        "每张的内容都不同。常驻内存，MB：",
        "",
        "| 张数 | " + " | ".join(str(count) for count, _ in memory) + " |",
        "|---|" + "---|" * len(memory),
        "| 内存 | " + " | ".join(f"{size:.0f}" for _, size in memory) + " |",
        "",
    ]
    (ROOT / "docs" / "benchmarks-print.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


def _times(press: TypstRenderer, sheets: Sequence[PrintedSheet]) -> tuple[float, float, float]:
    """Median and best wall seconds, and the median of processor seconds."""
    walls, works = [], []
    for number in range(ROUNDS):
        fresh = [replace(sheet, title=f"{sheet.title}（{number}）") for sheet in sheets]  # or Typst would use its cache
        wall, work = time.perf_counter(), time.process_time()
        for _ in rendered(press, fresh, pictures=False):
            pass
        walls.append(time.perf_counter() - wall)
        works.append(time.process_time() - work)
    return statistics.median(walls), min(walls), statistics.median(works)


def _memory(press: TypstRenderer, notices: Sequence[PrintedSheet]) -> list[tuple[int, float]]:
    """Resident MB after each number of sheets, all of them different."""
    sizes = [(0, _resident())]
    every = (replace(notices[n % len(notices)], title=f"{notices[n % len(notices)].title} {n}") for n in range(MANY))
    for number, _ in enumerate(rendered(press, every, pictures=False), 1):
        if number % 200 == 0:
            sizes.append((number, _resident()))
    return sizes


def _resident() -> float:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _pictures() -> None:
    """A picture of every kind of sheet: Simplified above, Traditional below if gkdir[hant] is installed."""
    from PIL import Image  # installed with pdfua

    sheets = {sheet.path: sheet for sheet in county_sheets(Site(sample(), DAY, folder_address(sample(), None)))}
    images = []
    for convert in _scripts():
        with TypstRenderer((template_folder(),), DAY, convert=convert) as press:
            for path, pages in SHOWN:
                for page in press.pages(sheets[path], 60)[:pages]:
                    image = Image.open(BytesIO(page)).convert("RGB")
                    images.append(
                        image.resize((round(image.width * HEIGHT / image.height), HEIGHT), Image.Resampling.LANCZOS)
                    )
    lines: list[list[Image.Image]] = [[]]
    for image in images:
        if lines[-1] and sum(one.width + GAP for one in lines[-1]) + image.width + GAP > WIDE:
            lines.append([])
        lines[-1].append(image)
    whole = Image.new("RGB", (WIDE, len(lines) * (HEIGHT + GAP) + GAP), "#d9d4cb")
    for row, line in enumerate(lines):
        left = GAP
        for image in line:
            whole.paste(image, (left, GAP + row * (HEIGHT + GAP)))
            left += image.width + GAP
    picture = ROOT / "build" / "pictures" / "sheets.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(64).save(picture, optimize=True)


def _scripts() -> list[Callable[[str], str] | None]:
    script = script_of(sample())
    return [None, to_traditional(script)] if script else [None]


if __name__ == "__main__":
    main()
