"""办理时限 (GK304, GK306, GK307): readable, and the promised limit is within the statutory one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gkdir.finding import Place, Severity
from gkdir.model.guide import Guide
from gkdir.model.item import TimeLimit
from gkdir.rules.blank import says_none
from gkdir.rules.guideparts import place
from gkdir.rules.limits import Verdict, compare
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import LocalGuide

WHOLE, STEP = "handling", "step"
"""Harmless words of a limit for the whole business; a step may also end with 受理 or 审核."""
TIMED = re.compile(r"[\d一二两三四五六七八九十半每次下本当月周年日时]")
"""Words for a time in a limit that was not understood: 次月发放."""


@rule("GK304", "promise-beyond-law", "承诺时限比法定时限长", on=Guide, requirement="R3.4c")
def promise_beyond_law(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南承诺的办理时限，比法定的还长。

    ## 为什么
    承诺是在法定时限以内做得更快。比法定长的承诺，等于公开说要违法。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 10个工作日, 承诺: 15个工作日}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 10个工作日, 承诺: 3个工作日}
    ```
    """
    limits = _promise(guide, context)
    if limits is not None and limits[0] is Verdict.LOOSER:
        yield Fault(
            place(guide, "办理时限.承诺", "办理时限"),
            f"承诺时限“{limits[1].text}”比法定时限“{limits[2].text}”长",
            "请核对两个时限：承诺时限应当等于或短于法定时限；写在“指南默认”里的，法定更短的那几项在各自的指南里另写。",
        )


@rule("GK307", "incomparable-promise", "承诺时限需人工核对", on=Guide, severity=Severity.WARNING, requirement="R3.4c")
def incomparable_promise(guide: Guide, context: Context) -> Iterator[Fault]:
    """承诺时限与法定时限一个按工作日、一个按自然日，或者承诺时限没有读懂，程序分不出哪个长。

    ## 为什么
    20个工作日有时是25天，有时是38天，要看跨不跨长假。程序不猜，请人核对，最好改成同样的单位。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 20个工作日, 承诺: 30日}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理时限: {法定: 20个工作日, 承诺: 20日}
    ```
    """
    limits = _promise(guide, context)
    if limits is not None and limits[0] is Verdict.UNCLEAR:
        yield Fault(
            place(guide, "办理时限.承诺", "办理时限"),
            f"承诺时限“{limits[1].text}”与法定时限“{limits[2].text}”分不出哪个长，需人工核对",
            "请改成同样的单位，只写多少个工作日；核对无误的，用“允许”写明理由。",
        )


@rule(
    "GK306", "vague-promise", "办理时限不具体", on=(Guide, LocalGuide), severity=Severity.WARNING, requirement="R3.4a"
)
def vague_promise(guide: Guide | LocalGuide, _context: Context) -> Iterator[Fault]:
    """办事指南、乡镇和村的办理时限，或者某一环节的时限，写的是“尽快”“及时”一类的话。

    ## 为什么
    通知要求明确具体的办理时限。没有数字，群众不知道哪天来问，单位也没有办法考核。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理时限: {承诺: 尽快办结}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理时限: {承诺: 3个工作日}
    ```
    """
    for limit, where, _ in handling(guide):
        if limit is not None and vague(limit):
            if says_none(limit.text) and not _only_none(guide, limit):
                continue  # reported as missing by another rule
            hint = "请写明多少个工作日，如 3个工作日；当时就能办好的，写当场办结。"
            yield Fault(where, f"办理时限“{limit.text}”看不出是多久", hint)


def vague(limit: TimeLimit) -> bool:
    """Whether a limit of handling has no time, neither in numbers nor in words: 尽快."""
    return limit.kind == "vague" or (limit.kind == "unknown" and not TIMED.search(limit.text))


def handling(guide: Guide | LocalGuide) -> list[tuple[TimeLimit | None, Place, str]]:
    """(limit, place, key of its harmless words) for each limit of handling in a guide."""
    if isinstance(guide, LocalGuide):
        return [(guide.guide.promised, guide.guide.written.get("承诺时限", guide.guide).place, WHOLE)]
    limits = [(guide.statutory, place(guide, "办理时限.法定", "办理时限"), WHOLE)]
    limits += [(guide.promised, place(guide, "办理时限.承诺", "办理时限"), WHOLE)]
    steps = enumerate(guide.steps or ())
    return limits + [(step.limit, place(guide, f"办理流程.{index}.时限"), STEP) for index, step in steps]


def _only_none(guide: Guide | LocalGuide, limit: TimeLimit) -> bool:
    """Whether a guide with a statutory limit promises none: {法定: 10个工作日, 承诺: 无} is not missing."""
    statutory = guide.statutory if isinstance(guide, Guide) else None
    return statutory is not None and not says_none(statutory.text) and limit is not statutory


def _promise(guide: Guide, context: Context) -> tuple[Verdict, TimeLimit, TimeLimit] | None:
    """(verdict, promised limit, statutory limit); ``None`` if one is missing or has no number."""
    promised = guide.promised
    statutory = guide.statutory or (promised.statutory if promised else None)
    if promised is None or statutory is None:
        return None
    verdict = compare(replace(promised, anchor=None), replace(statutory, anchor=None), context.reference.workdays)
    if verdict is Verdict.UNCLEAR and (statutory.kind != "within" or vague(promised)):
        return None  # another rule reports that it has no time at all
    return verdict, promised, statutory
