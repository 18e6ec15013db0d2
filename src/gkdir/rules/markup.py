"""Markdown of guides and articles (GK623): nothing that a page does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.model.article import Article
from gkdir.model.guide import Guide
from gkdir.read.markdowntext import CODE, linked_path
from gkdir.rules.rule import Context, Fault, rule

_PICTURE = r"!\[(?P<words>[^\]\n]{0,200})\]\s?\((?P<led>[^()\n]{0,500})"
_ELEMENT = (
    r"<(?P<tag>img|svg|picture|image|video|audio|source|track|iframe|frame|embed|object|applet|canvas|math|map|area"
    r"|script|style|template|form|input|button|select|option|textarea|marquee|link|meta|base)\b"
)
_SHOWS_NOTHING = re.compile(f"{_PICTURE}|{_ELEMENT}", re.IGNORECASE)
_SRC = re.compile(r"""[^<>]*?\bsrc\s*=\s*["']([^"'<>]{0,500})["']""", re.IGNORECASE)


@rule(
    "GK623", "lost-markup", "正文里有网页上显示不出来的内容", on=(Guide, Article),
    severity=Severity.WARNING, requirement="R5.2b",
)  # fmt: skip
def lost_markup(subject: Guide | Article, _context: Context) -> Iterator[Fault]:
    """正文里插了别的网站上的图片，或者写了 `<svg>`、`<iframe>` 一类的 HTML 标签。

    ## 为什么
    网页上只留下图片的说明文字，标签里的内容一概去掉。群众看不到图，也就看不到图里说的事。图片放在正文的文件旁边，
    照文件名写，就会显示。

    ## 错误
    ```yaml guides/employment/4.1.md
    正文: |
      ## 这是什么
      登记失业。
      ## 对我有什么用
      可以领钱。
      ## 我要做什么
      ![流程图](https://www.qingyuan.gov.cn/flow.png)
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    正文: |
      ## 这是什么
      登记失业。
      ## 对我有什么用
      可以领钱。
      ## 我要做什么
      先填表，再到窗口交表，当场办好。
    ```
    """
    for section in subject.sections:
        if "![" not in section.markdown and "<" not in section.markdown:
            continue
        for number, line in enumerate(section.markdown.splitlines(), section.line):
            for found in _SHOWS_NOTHING.finditer(CODE.sub("", line)):
                if _shown(found):
                    continue
                what = f"图片“{found['words']}”" if found["tag"] is None else f"标签 <{found['tag'].lower()}>"
                yield Fault(
                    Place(section.place.file, number, 1),
                    f"正文里的{what}在网页上显示不出来",
                    "请把图片放在这个 .md 文件旁边，写 ![图里是什么](图片.png)；别的写成文字，或者做成表格。",
                )


def _shown(found: re.Match[str]) -> bool:
    """Whether the picture or element refers to a file beside the text; GK961 reports missing ones."""
    if found["tag"] is None:
        return linked_path(found["led"].strip().strip("<>").partition(" ")[0]) is not None
    source = _SRC.match(found.string, found.end()) if found["tag"].lower() == "img" else None
    return source is not None and linked_path(source[1]) is not None
