"""Texts that cannot be rendered (GK011), and what failed because of a bug in gkdir (GK015)."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from gkdir.finding import OWN_FAULT, Finding, Place
from gkdir.model.article import Article
from gkdir.model.county import County
from gkdir.model.guide import Form, Guide
from gkdir.read.markdowntext import problem_of_rendering
from gkdir.rules.rule import Context, Fault, rule

_SOURCE = Path(__file__).parents[1]


@rule(
    "GK011",
    "unbearable-text",
    "正文太长、太深或者太乱",
    on=(Guide, Article, Form),
    cite="读不完的正文没法核对，也没法看",
)
def unbearable_text(subject: Guide | Article | Form, _context: Context) -> Iterator[Fault]:
    """正文的一节超过两万个字符，列表套了三十层以上，或者一段里有几百行、几百个“[”“<”。

    ## 为什么
    这样的正文多半是粘贴错了，手机上没法看，生成也会卡住。

    ## 错误
    ```yaml pages/faq/cash.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    正文: |
      - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 先打 12333 挂失。
    ```

    ## 正确
    ```yaml pages/faq/cash.md
    标题: 社保卡丢了怎么办
    日期: 2026-03-01
    正文: |
      先打 12333 挂失。
    ```
    """
    if isinstance(subject, Form):
        found = problem_of_rendering(subject.instructions or "")
        if found:
            yield Fault(subject.place, f"填写说明里{found.message}", found.hint)
        return
    for section in subject.sections:
        if found := problem_of_rendering(section.markdown, section.title):
            line = (section.line or section.place.line or 1) + found.line
            yield Fault(Place(section.place.file, line, 1), found.message, found.hint)


@rule("GK015", OWN_FAULT, "程序自己出了毛病", on=(), cite="程序的毛病由程序的维护者改，不怪写的人")
def own_fault(_county: County, _context: Context) -> Iterator[Fault]:
    """核对或者生成一个县的时候，程序自己出了毛病。

    ## 为什么
    一个县的毛病不连累别的县：这个县先不发布，网上原有的页面不动，其他县照常。退出码是 3。

    ## 错误
    ```text
    程序没有料到的写法让它停了下来。
    ```

    ## 正确
    ```text
    请把这一条里的话告诉维护者，最好连同这个县的文件夹；改好以前，可以先把最近改动的地方改回去。
    ```
    """
    return iter(())


def fault_of_ours(error: Exception, county: str, place: Place) -> Finding:
    """The finding for an unexpected error; it says where in gkdir's code it was raised."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_SOURCE)
    ]
    where = f"，{Path(frames[-1].filename).relative_to(_SOURCE).as_posix()}:{frames[-1].lineno}" if frames else ""
    text = " ".join(str(error).split())[:200]
    message = f"处理“{county}”时程序自己出了毛病（{type(error).__name__}: {text}{where}），这个县没有处理完，其他县照常"
    hint = "请把这句话告诉维护者，最好连同这个县的文件夹。可以先把最近改动的地方改回去。"
    return own_fault.finding(Fault(place, message, hint), county)
