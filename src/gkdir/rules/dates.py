"""Dates (GK122, GK7xx): directories and guides are reviewed every year, and no date is in the future."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gkdir.finding import Place, Severity
from gkdir.model.county import County
from gkdir.model.dated import Dated, dated, is_far_ahead
from gkdir.model.guide import Guide
from gkdir.rules.guideparts import place
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Laid, dated_information

DUE = 365
LAPSED = 730
"""Days after which a review is due, and after which the directory is no longer reliable."""
CHECK = "请检查年月日是否写错。"
_ISSUED = re.compile(r"[〔（(\[](20\d\d)[〕）)\]]")
"""The year in the number of a document."""


@rule("GK122", "date-far-ahead", "日期远在以后", on=County, requirement="R3.0b")
def date_far_ahead(_county: County, context: Context) -> Iterator[Fault]:
    """审核、核对、发布、更新的日期，指南来源的查阅日期，比今天晚了一年还多。

    ## 为什么
    这样的日期只能是写错了年份，登出去就是伪造日期，在网站检查里属于单项否决。gkdir build 没有写 --date 时，
    把数据里最新的日期当作今天，但不会拿这样的日期。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2062-03-01
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
    found = {each.place: each for each in dated(context.catalog)} if context.catalog else {}
    for one in dated_information(context.county):
        found[one.formed_place] = Dated(one.formed, one.formed_place, f"{one.title}的形成日期")
    for each in found.values():
        if is_far_ahead(each.day, context.today):
            hint = "请检查年份是否写错。确实没有写错的，生成时请用 --date 写明今天。"
            yield Fault(each.place, f"{each.what} {each.day} 远在 {context.today} 以后", hint, each.item)
    for guide in context.county.guides.values():
        for source in guide.sources:
            if source.seen is not None and is_far_ahead(source.seen, context.today):
                message = f"来源“{source.name}”的查阅日期 {source.seen} 远在 {context.today} 以后"
                yield Fault(source.place, message, "请检查年份是否写错。", guide.id)


@rule("GK701", "review-due", "目录一年没有审核", on=Laid, severity=Severity.WARNING, requirement="R3.0b")
def review_due(laid: Laid, context: Context) -> Iterator[Fault]:
    """目录的审核日期过了一年。

    ## 为什么
    目录要根据实际情况定期调整和更新。一年至少对照一次新政策，改一改审核日期。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2025-01-10
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
    for reviewed, where, what in _reviewed(laid):
        age = (context.today - reviewed).days
        if DUE < age <= LAPSED:
            hint = "请对照近一年的新政策审核一遍，再改审核日期；不要只改日期。"
            yield Fault(where, f"{what}上次审核是 {reviewed}，已经 {age} 天", hint)


@rule("GK702", "review-lapsed", "目录两年没有审核", on=Laid, requirement="R3.0b")
def review_lapsed(laid: Laid, context: Context) -> Iterator[Fault]:
    """目录的审核日期过了两年。

    ## 为什么
    两年没有人看过的目录，时限、依据和电话都可能已经不对，先审核，再发布。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2023-03-01
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
    for reviewed, where, what in _reviewed(laid):
        if (context.today - reviewed).days > LAPSED:
            yield Fault(where, f"{what}上次审核是 {reviewed}，超过两年", "请逐项审核以后改审核日期；不要只改日期。")


@rule("GK703", "no-review-date", "目录没有审核日期", on=Laid, severity=Severity.INFO, requirement="R3.0b")
def no_review_date(laid: Laid, context: Context) -> Iterator[Fault]:
    """写了一个领域的目录，没有写审核日期。

    ## 为什么
    群众要知道目录是什么时候的，程序也要靠它提醒该审核了。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
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
    domain = context.county.overlay.domains.get(laid.directory.domain)
    if domain is None or domain.reviewed is not None or context.troubled(domain.place.file):
        return
    if laid.catalog is context.catalog:
        yield Fault(
            domain.reviewed_place or domain.place,
            f"{laid.directory.label}领域目录没有写审核日期",
            "请加一行 审核日期: 2026-03-01，写最近一次审核的日子。",
        )


@rule("GK704", "date-ahead", "审核或核对的日期在以后", on=Laid, severity=Severity.WARNING, requirement="R3.0b")
def date_ahead(laid: Laid, context: Context) -> Iterator[Fault]:
    """审核、核对、查阅、不列入的日期是还没有到的日子，或者查阅比来源的文件还早。

    ## 为什么
    多半是年份写错了。伪造日期在网站检查里属于单项否决。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2027-03-01
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
    for reviewed, where, what in _reviewed(laid):
        if _is_ahead(reviewed, context):
            yield Fault(where, f"{what}的审核日期 {reviewed} 还没有到", CHECK)
    for checked, where, what in _guides_checked(laid):
        if _is_ahead(checked, context):
            yield Fault(where, f"{what}日期 {checked} 还没有到", CHECK)
    for omitted in laid.directory.omitted:
        on = omitted.omission.on
        if on is not None and _is_ahead(on, context) and omitted.layer in laid.layers:
            message = f"“{omitted.item.name}”不列入的日期 {on} 还没有到"
            yield Fault(omitted.omission.place, message, CHECK, omitted.item.id)
    guides = context.county.guides.values() if laid.catalog is context.catalog else ()
    for guide in guides:
        if guide.domain == laid.directory.domain and guide.checked is not None and _is_ahead(guide.checked, context):
            where = place(guide, "核对.日期", "核对")
            yield Fault(where, f"办事指南的核对日期 {guide.checked} 还没有到", CHECK, guide.id)
        if guide.domain == laid.directory.domain:
            yield from _sources_seen(guide, context)


def _sources_seen(guide: Guide, context: Context) -> Iterator[Fault]:
    """Faults of sources that were read on a future day, or before the document existed."""
    for source in guide.sources:
        issued = _ISSUED.search(source.number or "")
        if source.seen is None:
            continue
        if _is_ahead(source.seen, context):
            yield Fault(source.place, f"来源“{source.name}”的查阅日期 {source.seen} 还没有到", CHECK, guide.id)
        elif issued is not None and source.seen.year < int(issued[1]):
            message = f"来源“{source.name}”（{source.number}）是 {issued[1]} 年的文件，查阅日期 {source.seen} 却更早"
            yield Fault(source.place, message, "请核对文号和查阅日期，把写错的改正。", guide.id)


@rule(
    "GK705", "stale-guide", "办事指南一年没有核对", on=(Guide, Laid), severity=Severity.WARNING, requirement="R3.0b"
)  # fmt: skip
def stale_guide(guide: Guide | Laid, context: Context) -> Iterator[Fault]:
    """办事指南的核对日期，或者一个领域的“指南核对”，过了一年。

    ## 为什么
    材料、电话、时限一变，指南就要跟着变。过时的指南比没有更误人。

    ## 错误
    ```yaml guides/employment/4.1.md
    核对: {日期: 2025-03-01}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    核对: {日期: 2026-03-01}
    ```
    """
    if isinstance(guide, Laid):
        checks: list[tuple[date, Place, str, str | None]] = [(*each, None) for each in _guides_checked(guide)]
    else:
        checks = (
            [(guide.checked, place(guide, "核对.日期", "核对"), "办事指南的核对", guide.id)] if guide.checked else []
        )
    for checked, where, what, item in checks:
        age = (context.today - checked).days
        if age > DUE:
            hint = "请对照现行政策核对一遍，再改核对日期。"
            yield Fault(where, f"{what}日期 {checked} 已经过去 {age} 天", hint, item)


def _is_ahead(day: date, context: Context) -> bool:
    """Whether the day is in the near future; those further away are reported as errors."""
    return day > context.today and not is_far_ahead(day, context.today)


def _guides_checked(laid: Laid) -> Iterator[tuple[date, Place, str]]:
    """(date, place, what messages call it) for each judged layer that has checked the guides from above."""
    for layer in laid.layers:
        domain = layer.domains.get(laid.directory.domain)
        if domain is not None and domain.guides_checked is not None:
            yield domain.guides_checked, domain.guides_checked_place or domain.place, "指南核对"


def _reviewed(laid: Laid) -> Iterator[tuple[date, Place, str]]:
    """(date, place, what messages call it) for each judged layer with a review date."""
    for layer in laid.layers:
        domain = layer.domains.get(laid.directory.domain)
        if domain is not None and domain.reviewed is not None:
            yield domain.reviewed, domain.reviewed_place or domain.place, f"{laid.directory.label}领域目录"
