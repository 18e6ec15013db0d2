"""Troubles of ``build`` with its output folder (GK116, GK117): one rule for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Severity, Trouble, TroubleKind
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.values import of_kind

CITE = "gkdir 只动它自己写的文件：清单（manifest.json）里列着，内容也没有改过"


@rule("GK116", "in-the-way", "输出文件夹里有不能动的东西", on=Trouble, cite=CITE)
def in_the_way(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """要写的地方有 gkdir 没有写过的文件，或者它写好以后被改过的文件。

    ## 为什么
    输出文件夹里可能有别的网站、别人放进去的文件，覆盖了就找不回来。所以 gkdir 一个也不动，这个县（或者所有县的
    首页）这一次不发布，网上原有的页面照旧，其他县照常。要留的移到别处，不要的删去，再生成一次就好。
    自己没有放过、也没有改过的，多半是网页被人改了：请先用 `gkdir audit` 看看改了什么。

    ## 错误
    ```text
    site/qingyuan 里多了一个 通知.docx，不是 gkdir 写的。
    ```

    ## 正确
    ```text
    通知.docx 放进项目的 forms 或者 pages，由 gkdir 发布；site 里只有 gkdir 写的文件。
    ```
    """
    return of_kind(TroubleKind.IN_THE_WAY, trouble)


@rule("GK117", "still-live", "已经发布，项目里却没有", on=Trouble, severity=Severity.WARNING, cite=CITE)
def still_live(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """输出文件夹里有一个县的页面，项目里没有这个县。

    ## 为什么
    县的文件夹改了名、暂时读不到，或者另一个项目也写在这里，都会这样。gkdir 从不自己撤下一个县：页面不动，首页照样
    列出它。确实要撤下时，自己删去它在输出文件夹里的那个文件夹，再生成一次。

    ## 错误
    ```text
    site/qingyuan 已经发布，项目的 counties 里没有 qingyuan。
    ```

    ## 正确
    ```text
    counties/qingyuan 还在；或者 site/qingyuan 已经删去。
    ```
    """
    return of_kind(TroubleKind.STILL_LIVE, trouble)
