"""Troubles with keys, values and the output folder (GK010, GK101–GK104, GK116, GK117), a rule for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Severity, Trouble, TroubleKind
from gkdir.rules.rule import Context, Fault, rule


def of_kind(kind: TroubleKind, trouble: Trouble) -> Iterator[Fault]:
    """The trouble as a fault if it is of this kind."""
    if trouble.kind is kind:
        yield Fault(trouble.place, trouble.message, trouble.hint)


@rule(
    "GK010",
    "invisible-character",
    "有看不见的字符",
    on=Trouble,
    severity=Severity.WARNING,
    cite="写的要让人看得见、搜得到",
)
def invisible_character(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """文字里夹着零宽空格、软连字符一类不占地方的字符。

    ## 为什么
    看不见，却把一个词断成了两个：搜不到，电话拨不出去，名称对不上。多半是从网页或聊天记录里复制来的。

    ## 错误
    ```yaml county.yaml
    简称: "清源\\u200B县"
    ```

    ## 正确
    ```yaml county.yaml
    简称: 清源县
    ```
    """
    return of_kind(TroubleKind.INVISIBLE, trouble)


@rule("GK101", "unknown-key", "不认识的项目名", on=Trouble, cite="每一项都要写成目录上的栏目名称，写错的不会发布")
def unknown_key(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """写了一个程序不认识的项目名。

    ## 为什么
    多半是笔误。不认识的项目不会发布，写的人却以为已经发布了，所以当作错误。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时现: 信息形成或变更之日起10个工作日内公开}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 信息形成或变更之日起10个工作日内公开}
    ```
    """
    return of_kind(TroubleKind.UNKNOWN_KEY, trouble)


@rule("GK102", "duplicate-key", "同一个项目写了两次", on=Trouble, cite="同一个项目只写一次，写两次时后一个会盖住前一个")
def duplicate_key(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """同一处写了两个相同的项目名。

    ## 为什么
    YAML 会悄悄用后一个盖住前一个，前一个就丢了。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 信息形成或变更之日起10个工作日内公开}
          "1.1": {公开内容: {增加: [线上办理入口]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1":
            公开时限: 信息形成或变更之日起10个工作日内公开
            公开内容: {增加: [线上办理入口]}
    ```
    """
    return of_kind(TroubleKind.DUPLICATE_KEY, trouble)


@rule("GK103", "missing-key", "少了必须写的项目", on=Trouble, cite="必须写的项目缺了，就不知道说的是谁、是什么")
def missing_key(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """少了一个必须写的项目。

    ## 为什么
    例如增加事项没有编号，机构没有名称，程序就不知道说的是哪一个。

    ## 错误
    ```yaml county.yaml
    机构:
      人社局: {名称: 清源县人社局, 地址: 清源路, 电话: "0600-5550101", 监督电话: "0600-5550102", 办公时间: 周一至周五}
      就业中心: {电话: "0600-5550111"}
    ```

    ## 正确
    ```yaml county.yaml
    机构:
      人社局: {名称: 清源县人社局, 地址: 清源路, 电话: "0600-5550101", 监督电话: "0600-5550102", 办公时间: 周一至周五}
      就业中心: {名称: 清源县公共就业服务中心, 电话: "0600-5550111"}
    ```
    """
    return of_kind(TroubleKind.MISSING_KEY, trouble)


@rule("GK104", "wrong-value", "内容的写法不对", on=Trouble, cite="内容要写成程序读得懂的样子")
def wrong_value(trouble: Trouble, _context: Context) -> Iterator[Fault]:
    """一个项目的内容不是它该有的样子：该写日期的写了别的，该写列表的写了一句话，等等。

    ## 为什么
    读不懂的内容没法核对，也没法发布。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 去年三月
        默认: {公开主体: [人社局]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```
    """
    return of_kind(TroubleKind.WRONG_VALUE, trouble)


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
