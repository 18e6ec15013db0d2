"""The channels that a directory claims, compared with the sheets, slides and texts made from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gkdir.finding import Severity
from gkdir.model.columns import BOARD
from gkdir.model.item import Item
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Laid
from gkdir.service.town import own_entries

SPOKEN = frozenset(("12333咨询电话", "手机短信"))
"""Channels whose texts are made from an item's guide."""
SHOWN = 3
"""The most items to name; others are counted."""


@rule("GK407", "board-without-sheet", "写了公示栏却没有海报", on=Laid, severity=Severity.INFO, requirement="R3.5d")
def board_without_sheet(laid: Laid, context: Context) -> Iterator[Fault]:
    """目录写着在公示栏公开，却没有一个乡镇、村列有这个事项，排不出贴在那里的海报。

    ## 为什么
    列出的渠道应当真有。公示栏的海报按乡镇、村各排一张，只列公开层级里有本级的事项。写了公示栏而各乡镇、村都没有这一项，
    海报上就没有它。电子屏页面由写了这个渠道的事项轮换，不会少；12333 和短信另有一条规则。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "4.1":
            公开渠道和载体: {增加: [社区/企事业单位/村公示栏（电子屏）]}
      social_insurance:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "4.1":
            公开渠道和载体: {增加: [社区/企事业单位/村公示栏（电子屏）]}
      social_insurance:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```
    ```yaml towns/baishi.yaml
    名称: 白石镇
    代码: "990101101"
    级别: 乡级
    ```
    """
    if laid.catalog is not context.catalog:
        return
    posted = {entry.item.id for town in laid.catalog.towns for entry in own_entries(town.entries(), town.overlay.kind)}
    missing = [
        entry.item for entry in laid.directory.entries if BOARD in entry.item.channels and entry.item.id not in posted
    ]
    if missing:
        yield Fault(
            missing[0].place("channels") or laid.place,
            f"{_named(missing)}写着在公示栏公开，却没有一个乡镇、村列有，排不出海报",
            "请在 towns 里写上有公示栏的乡镇、村，并看看事项的公开层级；没有公示栏的，去掉这个渠道。",
            missing[0].id,
        )


@rule("GK408", "nothing-to-say", "写了12333或者短信却没有可说的", on=Laid, severity=Severity.INFO, requirement="R3.5d")
def nothing_to_say(laid: Laid, context: Context) -> Iterator[Fault]:
    """目录写着通过 12333 咨询电话或者手机短信公开，却没有办事指南，广播稿和短信里说不出带什么、要多久。

    ## 为什么
    列出的渠道应当真有。给 12333 接线员念的稿子和群发的短信由办事指南生成：带什么、去哪里、多久、多少钱。没有指南，
    稿子只能叫人再打电话，打电话的人还是问不到。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "4.2":
            公开渠道和载体: {增加: [12333咨询电话]}
      social_insurance:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "4.1":
            公开渠道和载体: {增加: [12333咨询电话]}
      social_insurance:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```
    """
    if laid.catalog is not context.catalog:
        return
    dumb = [
        entry.item
        for entry in laid.directory.entries
        if SPOKEN & set(entry.item.channels) and entry.item.id not in laid.catalog.guides
    ]
    if dumb:
        yield Fault(
            dumb[0].place("channels") or laid.place,
            f"{_named(dumb)}写着通过12333或者短信公开，却没有办事指南，广播稿和短信里说不出带什么、要多久",
            "请在 guides 里写办事指南，稿子和短信随着就有了内容；不通过这些渠道公开的，去掉这个渠道。",
            dumb[0].id,
        )


def _named(items: Sequence[Item]) -> str:
    names = "、".join(f"{item.number}{item.name}" for item in items[:SHOWN])
    return f"{names}等{len(items)}项" if len(items) > SHOWN else names
