"""The sample county, and questions with the items that answer them → docs/search-report.md, measured in Chromium."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).parent.parent
OWN = ROOT / "tests" / "search" / "questions.tsv"
SHARED = ROOT.parent / "shared" / "search" / "queries.tsv"
SLOW = 6
"""The factor by which the processor is slowed down, to be like an old phone."""

ROUNDS = 5
"""How often each is measured; the fastest round counts, so that a busy machine does not matter."""

LOADED = """() => new Promise((done) => {
  const box = document.getElementById('q'), busy = () => document.getElementById('results').hasAttribute('aria-busy');
  const look = (start) => busy() ? setTimeout(look, 1, start) : done(performance.now() - start);
  const enter = () => { // the box hears nothing until its script is there, after the page is painted
    const start = performance.now();
    box.blur();
    box.focus();
    if (busy()) look(start);
    else setTimeout(enter, 5);
  };
  enter();
})"""
ASK = """(questions) => {
  const box = document.getElementById('q');
  return questions.map((question) => {
    box.value = question;
    const start = performance.now();
    box.dispatchEvent(new Event('input'));
    const taken = performance.now() - start;
    return [taken, [...document.querySelectorAll('#results [data-item]')].map((one) => one.dataset.item)];
  });
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the items that answer it, its kind, and the rank of the first one (0: not among the first ten)."""

    question: str
    wanted: frozenset[str]
    kind: str
    rank: int = 0


def main() -> None:
    """Build, ask, write the report and print it."""
    chromium = os.environ.get("GKDIR_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("没有 chromium，不能量。Debian 上：apt-get install chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        subprocess.run([sys.executable, "-m", "gkdir", "build", "directories", "-o", scratch], cwd=ROOT, check=True)
        county = Path(scratch) / "qingyuan"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        ready = min(_once(browser, county) for _ in range(ROUNDS))
        page = browser.new_page()
        _ready(page, county)
        sets = [(path.name, _asked(page, path)) for path in (SHARED, OWN) if path.is_file()]
        slow = _slow(page, page.context.new_cdp_session(page), [one.question for _, asked in sets for one in asked])
        browser.close()
        text = "\n".join(_document(sets, ready, slow, _weight(county / "assets")))
    (ROOT / "docs" / "search-report.md").write_text(text, encoding="utf-8")
    print(text)


def _once(browser: Browser, county: Path) -> float:
    """``_ready`` on a new page, which is closed afterwards."""
    page = browser.new_page()
    taken = _ready(page, county)
    page.close()
    return taken


def _ready(page: Page, county: Path) -> float:
    """Milliseconds from the first focus to the first answer, on a page just opened from disk."""
    page.goto((county / "index.html").as_uri())
    taken: float = page.evaluate(LOADED)
    return taken


def _read(path: Path) -> Iterator[Asked]:
    for line in path.read_text(encoding="utf-8").splitlines():
        question, wanted, *kind = line.split("\t")
        yield Asked(question, frozenset(wanted.split("|")), *kind or ("全部",))


def _asked(page: Page, path: Path) -> list[Asked]:
    asked = list(_read(path))
    answers = page.evaluate(ASK, [one.question for one in asked])
    return [
        Asked(one.question, one.wanted, one.kind, _rank(found, one.wanted))
        for one, (_, found) in zip(asked, answers, strict=True)
    ]


def _rank(found: Iterable[str], wanted: frozenset[str]) -> int:
    return next((rank for rank, item in enumerate(list(found)[:10], 1) if item in wanted), 0)


def _slow(page: Page, session: CDPSession, questions: list[str]) -> list[float]:
    """Milliseconds from typing each question to results drawn, with the processor slowed down.

    The slowing pauses the browser now and then, and a short run may escape it: so whole rounds are compared.
    """
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    rounds = [sorted(taken for taken, _ in page.evaluate(ASK, questions)) for _ in range(ROUNDS)]
    return min(rounds, key=lambda taken: taken[int(0.95 * len(taken))])


def _weight(assets: Path) -> float:
    """KB that the search loads, compressed as by a server, without the index of the English home page."""
    loaded = set(assets.glob("search*.js")) - set(assets.glob("search-english*.js"))
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in loaded) / 1024


def _document(sets: list[tuple[str, list[Asked]]], ready: float, slow: list[float], weight: float) -> Iterator[str]:
    yield from (
        "# 搜索的成绩",
        "",
        f"`make search-report` 生成：在 Chromium 里问示例县，每样量 {ROUNDS} 遍取最快的一遍。",
        "做法见 [search.md](search.md)。",
        "",
        f"- 一次输入到画出结果（处理器放慢 {SLOW} 倍）：中位数 {slow[len(slow) // 2]:.1f} 毫秒，"
        f"95% 在 {slow[int(0.95 * len(slow))]:.1f} 毫秒内。标准：10 毫秒。",
        f"- 点进搜索框到可以搜：{ready:.0f} 毫秒（从磁盘打开，处理器不放慢）。标准：150 毫秒。",
        f"- 搜索用到的全部文件：压缩后 {weight:.1f} KB。标准：60 KB。",
    )
    for name, asked in sets:
        yield from ("", f"## {name}", "", "| 问法 | 题数 | 第一个就是 | 前五个里有 | MRR@10 |", "|---|---|---|---|---|")
        kinds = list(dict.fromkeys(one.kind for one in asked))
        yield from (_row(kind, [one for one in asked if one.kind == kind]) for kind in kinds if len(kinds) > 1)
        yield _row("全部", asked)
        missed = [one for one in asked if one.rank != 1]
        if missed:
            yield from ("", "没有排在第一的：", "")
            yield from (f"- {one.question}（{f'第 {one.rank}' if one.rank else '前十个里没有'}）" for one in missed)
    yield ""


def _row(kind: str, asked: list[Asked]) -> str:
    count = len(asked)
    first = sum(one.rank == 1 for one in asked) / count
    five = sum(0 < one.rank <= 5 for one in asked) / count
    mrr = sum(1 / one.rank for one in asked if one.rank) / count
    return f"| {kind} | {count} | {first:.3f} | {five:.3f} | {mrr:.3f} |"


if __name__ == "__main__":
    main()
