"""Article 26 of 条例 (GK719, GK720, GK724): information is published within twenty working days of its creation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from gkdir.finding import Severity
from gkdir.model.dated import is_far_ahead
from gkdir.model.reference import Workdays
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import DatedInformation

WITHIN = 20
"""Working days, without the day of creation."""

CITE = "《中华人民共和国政府信息公开条例》第二十六条：自该政府信息形成或者变更之日起20个工作日内及时公开"


class Due(Struct, frozen=True):
    """The last day to publish: between ``first`` and ``last``, which are equal if the holidays are known."""

    first: date
    last: date

    @property
    def certain(self) -> bool:
        """Whether the holidays are known."""
        return self.first == self.last


def due(formed: date, workdays: Workdays) -> Due:
    """The last day to publish information that was created on the day ``formed``."""
    day = workdays.after(formed, WITHIN)
    if workdays.known(formed) and workdays.known(day):
        return Due(day, day)
    fewest, most = workdays.span(WITHIN)
    return Due(formed + timedelta(days=fewest), formed + timedelta(days=most))


@rule("GK719", "published-late", "超过二十个工作日才公开", on=DatedInformation, cite=CITE)
def published_late(dated: DatedInformation, context: Context) -> Iterator[Fault]:
    """文章或者更新记录的日期，比形成日期晚了二十个工作日还多。

    ## 为什么
    条例要求信息形成或者变更之日起二十个工作日内公开，法律、法规另有规定的除外。工作日按每年的放假安排算，形成的当天不算。
    已经晚了的改不回来，不要改日期；用“允许”写明原因，下不为例。

    ## 错误
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2026-03-30
    形成日期: 2026-02-10
    ```

    ## 正确
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2026-03-16
    形成日期: 2026-02-10
    ```
    """
    last = due(dated.formed, context.reference.workdays)
    if dated.day > last.last and not is_far_ahead(dated.day, context.today):
        when = f"最迟应在 {last.last} 公开" if last.certain else f"不管怎样放假，最迟应在 {last.last} 公开"
        yield Fault(
            dated.day_place,
            f"{dated.title}形成于 {dated.formed}，{when}，写的日期是 {dated.day}",
            "写错了的请改正。确实晚了的不要改日期，用“允许”写明原因；法律、法规另有规定的，写明是哪一部。",
        )


@rule(
    "GK720",
    "doubtful-due-day",
    "放假安排不知道，是否超期需人工核对",
    on=DatedInformation,
    severity=Severity.INFO,
    cite=CITE,
)
def doubtful_due_day(dated: DatedInformation, context: Context) -> Iterator[Fault]:
    """形成以后的那段日子跨到了放假安排还没有写进表里的年份，公开得晚不晚，程序算不准。

    ## 为什么
    每年十一月前后公布下一年的放假和调休。表里没有的年份，程序不猜，请人数一数；或者在项目的 national/workdays.yaml
    里加上那一年。

    ## 错误
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2018-03-15
    形成日期: 2018-02-10
    ```

    ## 正确
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2018-02-28
    形成日期: 2018-02-10
    ```
    """
    last = due(dated.formed, context.reference.workdays)
    if last.first < dated.day <= last.last:
        yield Fault(
            dated.day_place,
            f"{dated.title}形成于 {dated.formed}，到期日在 {last.first} 到 {last.last} 之间，"
            f"写的日期是 {dated.day}，需人工核对",
            f"请按 {dated.formed.year} 年的放假安排数满二十个工作日；或者在 national/workdays.yaml 里加上这一年。",
        )


@rule(
    "GK724",
    "formed-after-publishing",
    "形成日期在公开日期之后",
    on=DatedInformation,
    severity=Severity.WARNING,
    cite=CITE,
)
def formed_after_publishing(dated: DatedInformation, context: Context) -> Iterator[Fault]:
    """形成日期比公开的日期还晚。

    ## 为什么
    没有形成的信息公开不了，多半有一个日期写错了。

    ## 错误
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2026-03-01
    形成日期: 2026-03-10
    ```

    ## 正确
    ```yaml pages/notices/hours.md
    标题: 调整窗口办公时间
    日期: 2026-03-10
    形成日期: 2026-03-01
    ```
    """
    if dated.formed > dated.day and not is_far_ahead(dated.formed, context.today):
        yield Fault(
            dated.formed_place,
            f"{dated.title}的形成日期 {dated.formed} 在公开日期 {dated.day} 之后",
            "请检查哪一个写错了。",
        )
