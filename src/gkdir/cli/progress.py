"""A running build → a progress bar and, at the end, where the time went; nothing where the output is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from gkdir.outcome import BuildOutcome, State

NAMED = 3
"""How many of those that are held back are named beside the bar."""

PHASES = {
    "render": "网页：填模板",
    "views": "网页：备好内容",
    "html": "网页：链接、样式和脚本",
    "hant": "繁体页面",
    "judge-pages": "核对做好的网页",
    "judge": "按规则核对",
    "read": "读县里的文件",
    "lay": "摆各级目录",
    "documents": "Word 表格和文字",
    "tables": "供下载的目录表格",
    "sheets": "PDF",
    "search": "检索",
    "packed_index": "检索：压缩索引",
    "machines": "给别的程序的索引和数据",
    "fragments": "正文片段",
    "publish": "写文件、换上去",
    "stamp": "记下发布的文件夹",
    "shared": "各县共用的：国家目录、模板",
    "compare": "看哪些县没有变化",
    "root": "所有县的首页",
    "send": "送到对象存储",
    "rest": "其余",
}
"""Phase → what it is called."""


class Progress:
    """What a build prints while it runs, and how many pages it made."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar
        self._held: list[str] = []
        self.pages = 0

    def begun(self, counties: Sequence[str]) -> None:
        """So many counties are to be built."""
        self._bar.length = len(counties)

    def tell(self, outcome: BuildOutcome) -> None:
        """A county is done."""
        if outcome.state is State.HELD:
            self._held.append(outcome.slug)
        self._bar.update(1, beside(self._held))


def beside(held: Sequence[str]) -> str:
    """The words beside the bar: who is held back, the last ones by name."""
    if not held:
        return ""
    names = "、".join(held[-NAMED:])
    return f"未发布：{names}" + (f" 等 {len(held)} 个" if len(held) > NAMED else "")


@contextmanager
def progress() -> Iterator[Progress]:
    """The bar: how many of how many, the time that is left, who is held back. It is not there in a pipe."""
    options: dict[str, Any] = {"show_pos": True, "item_show_func": lambda words: words or "", "width": 24}
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, label="生成", file=sys.stderr, hidden=hidden, **options) as bar:
        yield Progress(bar)


@contextmanager
def counting(label: str, things: int) -> Iterator[Callable[[], None]]:
    """The bar of things done one after the other; a function to call after each."""
    options: dict[str, Any] = {"show_pos": True, "width": 24, "hidden": not sys.stderr.isatty()}
    with click.progressbar(length=things, label=label, file=sys.stderr, **options) as bar:
        yield lambda: bar.update(1)


def where_the_time_went(seconds: Mapping[str, float], counties: int) -> str:
    """The phases, the longest first: seconds of all processes together, share, milliseconds for each county."""
    whole = sum(seconds.values())
    lines = ["时间花在哪里（几个进程的加在一起）：", "      秒    占   毫秒/县"]
    for name, took in sorted(seconds.items(), key=lambda entry: -entry[1]):
        each = took / counties * 1000 if counties else 0
        lines.append(f"{took:8.2f} {took / (whole or 1):5.0%} {each:9.1f}  {PHASES[name]}")
    lines.append(f"{whole:8.2f}  100% {whole / counties * 1000 if counties else 0:9.1f}  合计，{counties} 个县")
    return "\n".join(lines)
