"""A running build → a progress bar and, at the end, the time of each phase; nothing if no line can be overwritten."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from gkdir.outcome import BuildOutcome, State

MAX_NAMED = 3
"""How many counties held back are named beside the bar, if there is room."""
_BAR, _AROUND_BAR = 16, 32
"""Widths in terminal cells: of the bar, and of the label, counts and remaining time around it."""
_DEFAULT_COLUMNS = 80

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
    "load": "载入 gkdir 自己",
    "compare": "看哪些县没有变化",
    "root": "所有县的首页",
    "send": "送到对象存储",
    "rest": "其余",
}
"""Phase → its Chinese name."""


class Progress:
    """What a build prints while it runs, and the number of pages it made."""

    def __init__(self, bar: Any, room: int) -> None:
        self._bar, self._room = bar, room
        self._held: list[str] = []
        self.pages = 0

    def begun(self, counties: Sequence[str]) -> None:
        """Show the bar, now that the number of counties to build is known."""
        self._bar.length = len(counties)

    def tell(self, outcome: BuildOutcome) -> None:
        """Count a finished county."""
        if outcome.state is State.HELD:
            self._held.append(outcome.slug)
        self._bar.update(1, held_back_text(self._held, self._room))


def held_back_text(held: Sequence[str], room: int) -> str:
    """The counties held back as words of at most ``room`` cells, the last ones by name."""
    for count in range(min(MAX_NAMED, len(held)), -1, -1):
        names = "、".join(held[len(held) - count :])
        more = f"{' 等 ' if names else ''}{len(held)} 个" if len(held) > count else ""
        words = f"未发布：{names}{more}"
        if sum(1 + (char > "\u2000") for char in words) <= room:  # a bar that wraps cannot be overwritten
            return words if held else ""
    return ""


@contextmanager
def progress() -> Iterator[Progress]:
    """The bar: done and total, remaining time, counties held back. No bar in a pipe."""
    options: dict[str, Any] = {"show_pos": True, "item_show_func": lambda words: words or ""}
    with _bar("生成", 1, **options) as bar:
        yield Progress(bar, _columns() - _AROUND_BAR - bar.width)


@contextmanager
def counting(label: str, things: int) -> Iterator[Callable[[], None]]:
    """A bar for things done one after the other; yields a function to call after each."""
    with _bar(label, things, show_pos=True) as bar:
        yield lambda: bar.update(1)


def _bar(label: str, things: int, **options: Any) -> Any:
    width = max(1, min(_BAR, _columns() - _AROUND_BAR))
    hidden = not sys.stderr.isatty() or os.environ.get("TERM") == "dumb"  # such a terminal cannot overwrite a line
    return click.progressbar(length=things, label=label, file=sys.stderr, width=width, hidden=hidden, **options)


def _columns() -> int:
    """The width of the terminal in cells."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _DEFAULT_COLUMNS
    except OSError:  # no terminal, or one that does not know its width
        return _DEFAULT_COLUMNS


def where_the_time_went(seconds: Mapping[str, float], counties: int) -> str:
    """A line for each phase, the longest first: seconds of all processes together, share, milliseconds per county."""
    whole = sum(seconds.values())
    lines = ["时间花在哪里（几个进程的加在一起）：", "      秒    占   毫秒/县"]
    for name, took in sorted(seconds.items(), key=lambda entry: -entry[1]):
        each = took / counties * 1000 if counties else 0
        lines.append(f"{took:8.2f} {took / (whole or 1):5.0%} {each:9.1f}  {PHASES[name]}")
    lines.append(f"{whole:8.2f}  100% {whole / counties * 1000 if counties else 0:9.1f}  合计，{counties} 个县")
    return "\n".join(lines)
