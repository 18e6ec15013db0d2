"""Time limits (GK3xx): understood, and never looser than the directory above or the law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.item import TimeLimit
from gkdir.read.leftover import loosening
from gkdir.read.limitpatterns import DATED, STAYS
from gkdir.read.timelimit import is_ditto
from gkdir.rules.blank import one_of, says_none, says_nothing
from gkdir.rules.limits import Verdict, compare
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit

LEGAL = TimeLimit("信息形成或变更之日起20个工作日内公开", "within", 20, "workday", "信息形成或变更")
"""政府信息公开条例第二十六条: the limit if no directory gives one."""

COUNTS = re.compile(r"[\d一二三四五六七八九十百两]")
"""A digit or a Chinese numeral."""
_PLAIN = "只写从何时起、多少个工作日内公开，数字不要夹字母和加减号"
_SAID, _SAY = "没有写明多少天内公开", "写明从何时起、多少个工作日内公开"
SUM = re.compile(r"[+×*>≥＞]")
"""Signs that change a count: 20个工作日+10个工作日."""


@rule("GK301", "late-disclosure", "公开时限比上一级目录宽", on="time_limit", requirement="R3.4b")
def late_disclosure(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开时限比国家目录（或上级目录）给出的宽。

    ## 为什么
    国家目录的时限是最低标准，各地可以压缩，不能放宽。工作日与自然日按历年放假安排换算，换算后仍分不出宽严的，
    由 GK302 请人核对。写了数字、又读不出是多久的，如“20+20个工作日”“l0个工作日”（字母l），不能算守住了上一级的时限；
    上一级写明了多久，这里却写“及时公开”“定期公开”“另行通知”，或者只写公开多少天的，也没有守住。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 信息形成或变更之日起30个工作日内公开}
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
    verdict = _against_above(edit, context)
    if verdict is not None and verdict[0] is Verdict.LOOSER:
        _, whose, minimum = verdict
        yield Fault(
            edit.place("time_limit"),
            f"“{edit.item.name}”的公开时限“{edit.item.time_limit.text}”比{whose}的“{minimum.text}”宽",
            f"请改为不长于“{minimum.text}”的时限，或者删去这一行，沿用上一级的时限。",
        )
    for lost, problem, hint in (
        (_garbled(edit), "里的数字读不出是多久", _PLAIN),
        (_untimed(edit, context), _SAID, _SAY),
    ):
        if lost and (least := _number_above(edit)) is not None:
            yield Fault(
                edit.place("time_limit"),
                f"“{edit.item.name}”的公开时限“{edit.item.time_limit.text}”{problem}，守不住{least}",
                f"请{hint}；或者删去这一行，沿用上一级的时限。",
            )


@rule(
    "GK302", "incomparable-limit", "公开时限需人工核对", on="time_limit", severity=Severity.WARNING, requirement="R3.4b"
)
def incomparable_limit(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开时限与上一级目录的单位或起算点不同，程序分不出宽严。

    ## 为什么
    例如“30日内”与“20个工作日内”：20个工作日有时是25天，有时是38天，要看跨不跨长假。程序不猜，请人核对。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 信息形成或变更之日起30日内公开}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 信息形成或变更之日起20日内公开}
    ```
    """
    verdict = _against_above(edit, context)
    # limits with words that were not understood are reported by GK308 and GK309
    if verdict is not None and verdict[0] is Verdict.UNCLEAR and not edit.item.time_limit.left:
        _, whose, minimum = verdict
        yield Fault(
            edit.place("time_limit"),
            f"“{edit.item.name}”的公开时限“{edit.item.time_limit.text}”与{whose}的“{minimum.text}”"
            "单位或起算点不同，需人工核对",
            f"最好改成与上一级同样的单位和起算点，如“{minimum.text}”或更短；核对无误的，用“允许”写明理由。",
        )


@rule("GK303", "vague-limit", "公开时限不具体", on="time_limit", severity=Severity.WARNING, requirement="R3.4a")
def vague_limit(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开时限读不出是多久；或者上一级没有写明多久的，这里也写“及时”“按规定”一类的话。

    ## 为什么
    通知要求明确具体的公开时限或办理时限。没有数字，就没法知道是否按时。上一级写明了多久、这里写“及时公开”的，
    是放宽了时限，由 GK301 报错。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开时限: 形成即挂}
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
    limit = edit.item.time_limit
    if (
        edit.change("time_limit")
        and limit.kind in ("vague", "unknown")
        and not says_none(limit.text)
        and not (_number_above(edit) and (_garbled(edit) or _untimed(edit, context)))
    ):
        yield Fault(
            edit.place("time_limit"),
            f"“{edit.item.name}”的公开时限“{limit.text}”看不出是多久",
            "请写明从何时起、多少个工作日内公开，如：信息形成或变更之日起20个工作日内公开。",
        )


@rule(
    "GK305", "beyond-twenty-days", "增加事项的公开时限超过二十个工作日", on="time_limit", requirement="R3.4b",
    cite="政府信息公开条例第二十六条：自该政府信息形成或者变更之日起20个工作日内及时公开",
)  # fmt: skip
def beyond_twenty_days(edit: Edit, context: Context) -> Iterator[Fault]:
    """本地增加的事项，公开时限超过了条例规定的20个工作日。

    ## 为什么
    国家目录里没有的事项，也要守《政府信息公开条例》的时限，法律、法规另有规定的除外。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记, 公开时限: 信息形成或变更之日起30个工作日内公开}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记, 公开时限: 信息形成或变更之日起10个工作日内公开}
    ```
    """
    limit, change = edit.item.time_limit, edit.change("time_limit")
    if change is None or change in edit.step.layer.domains[edit.item.domain].defaults:
        return  # limits from above or from 默认 are judged at their own places
    if edit.added and compare(limit, LEGAL, context.reference.workdays) is Verdict.LOOSER:
        yield Fault(
            edit.place("time_limit"),
            f"增加的事项“{edit.item.name}”的公开时限“{limit.text}”超过20个工作日",
            "请改为20个工作日以内；法律、法规另有规定的，用“允许”写明是哪一部。",
        )


def _garbled(edit: Edit) -> bool:
    """Whether this layer's limit has numbers that are not a count: 20+20个工作日."""
    limit = edit.item.time_limit
    garbled = limit.kind == "unknown" and COUNTS.search(DATED.whole.sub("", limit.text))
    return edit.change("time_limit") is not None and bool(garbled or any(map(SUM.search, limit.left)))


def _untimed(edit: Edit, context: Context) -> bool:
    """Whether this layer's limit only has words like "promptly", how long it stays public, or a placeholder.

    Unknown words do not count: they may be a limit, which a person has to judge.
    """
    limit = edit.item.time_limit
    if edit.change("time_limit") is None or says_none(limit.text) or _garbled(edit):
        return False
    vague = [part for part in limit.parts or (limit,) if part.kind == "vague"]
    unsettled = says_nothing(limit.text) or one_of(context.reference.words.placeholders).search(limit.text)
    loosened = STAYS.search(limit.text) or unsettled or loosening(limit.left, "time_limit")
    return bool(vague) or (limit.kind == "unknown" and bool(loosened) and not is_ditto(limit.text))


def _number_above(edit: Edit) -> str | None:
    """The first directory above that has a number, and its limit, for a message; ``None`` if none has."""
    above = ((whose, item.time_limit) for whose, item in edit.above("time_limit"))
    return next((f"{whose}的“{least.text}”" for whose, least in above if least.kind == "within"), None)


def _against_above(edit: Edit, context: Context) -> tuple[Verdict, str, TimeLimit] | None:
    """(verdict, directory, its limit) for the worst verdict against the directories above; ``None`` if it is kept."""
    limit = edit.item.time_limit
    if edit.change("time_limit") is None or limit.kind in ("vague", "unknown"):
        return None
    workdays, national = context.reference.workdays, edit.entry.national
    verdicts = [
        (compare(limit, above.time_limit, workdays), whose, above.time_limit)
        for whose, above in edit.above("time_limit")
        # a limit above that is itself wrong is not a minimum; it is judged at its own place
        if national is None or compare(above.time_limit, national.time_limit, workdays) is Verdict.KEPT
    ]
    for wanted in (Verdict.LOOSER, Verdict.UNCLEAR):
        for verdict in verdicts:
            if verdict[0] is wanted:
                return verdict
    return None
