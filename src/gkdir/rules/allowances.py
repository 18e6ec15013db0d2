"""允许: the findings that a county allows, with reasons; and the rules for allowances themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gkdir.finding import Finding, Severity
from gkdir.model.allowance import Allowance
from gkdir.rules.blank import says_nothing
from gkdir.rules.names import perhaps
from gkdir.rules.personal import MASKED
from gkdir.rules.rule import Context, Fault, Rule, rule

NEVER = ("GK0", "GK1", "GK901")
"""Rules that cannot be allowed: unreadable files, and what must never be published."""
ONE_NUMBER = ("GK902", "GK903")
"""Rules that can be allowed only for single numbers: only a person can tell that a number is the code of a thing."""


def apply(found: Sequence[Finding], context: Context, *, finished: bool = True) -> tuple[Finding, ...]:
    """The findings that no allowance covers, and a finding for each allowance that covers nothing.

    Before everything is ``finished``, allowances for numbers are not called needless: they may be for one on a page.
    """
    in_force = [
        (allowance, file)
        for file, allowance in _allowances(context)
        if _rule_of(allowance, context) and not _bare(allowance) and not _expired(allowance, context)
    ]
    numbers = {id_: {n for one in found if one.rule == id_ for n in MASKED.findall(one.message)} for id_ in ONE_NUMBER}
    used: set[int] = set()
    kept: list[Finding] = []
    for finding in found:
        covering = [
            index
            for index, (allowance, file) in enumerate(in_force)
            if _covers(allowance, file, finding, context)
            and (allowance.only or len(numbers.get(finding.rule, ())) <= 1)
        ]
        used.update(covering)
        if not covering and not _allowed_by_project(finding, context):
            kept.append(finding)
    for index, (allowance, _) in enumerate(in_force):
        named = _rule_of(allowance, context)
        if index not in used and not _forbidden(allowance, context):
            several = numbers.get(named.id, set()) if named and not allowance.only else set()
            awaited = named is not None and named.id in ONE_NUMBER and not (finished and context.county.slug)
            faults = _unnamed(allowance, several) if len(several) > 1 else () if awaited else _needless(allowance)
            kept += [needless_allowance.finding(fault, context.county.slug or None) for fault in faults]
    return tuple(kept)


@rule(
    "GK111", "bare-allowance", "允许没有写明理由或截止日期", on=Allowance, cite="允许要写明理由和截止日期，由本单位负责"
)
def bare_allowance(allowance: Allowance, context: Context) -> Iterator[Fault]:
    """一条允许没有理由，或者没有截止日期。

    ## 为什么
    允许是本单位说明“这一处我们看过，暂时这样，由我们负责”。没有理由，别人无从判断；没有截止日期，暂时就成了永远。
    这样的允许不起作用。

    ## 错误
    ```yaml county.yaml
    允许:
      - {规则: GK203, 事项: employment/4.1, 截止: 2027-06-30}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 就业登记指引}
    允许:
      - {规则: GK203, 事项: employment/4.1, 理由: 只讲怎样填表，与就业登记不重复, 截止: 2027-06-30}
    ```
    """
    if _rule_of(allowance, context) and not _forbidden(allowance, context) and _bare(allowance):
        given = {"理由": not says_nothing(allowance.reason or ""), "截止": allowance.until is not None}
        missing = [label for label, there in given.items() if not there]
        if missing == ["截止"] and context.troubled(allowance.place.file, allowance.place.line or 0, _end(allowance)):
            return  # the key exists; that it is not a date is reported elsewhere
        yield Fault(
            allowance.place,
            f"允许 {allowance.rule} 没有写{'和'.join(missing)}，不起作用",
            "请补上：理由写为什么可以这样，截止写到哪一天为止，如 截止: 2027-06-30。",
            allowance.item,
        )


@rule("GK112", "expired-allowance", "允许已经过期", on=Allowance, cite="允许到截止日期为止，过期即失效")
def expired_allowance(allowance: Allowance, context: Context) -> Iterator[Fault]:
    """一条允许的截止日期已经过去。

    ## 为什么
    过期的允许不再起作用，它原来盖住的问题会重新报出来。请先处理问题；确实还要延期的，写明新的理由和日期。

    ## 错误
    ```yaml county.yaml
    允许:
      - {规则: GK203, 事项: employment/4.1, 理由: 等上级答复, 截止: 2020-12-31}
    ```

    ## 正确
    ```yaml county.yaml
    允许: []
    ```
    """
    bare = _bare(allowance) or _forbidden(allowance, context) or _rule_of(allowance, context) is None
    if not bare and _expired(allowance, context):
        yield Fault(
            allowance.written["截止"].place,
            f"允许 {allowance.rule} 已于 {allowance.until} 到期，不再起作用",
            "请改正它原来盖住的问题，然后删去这一条；确需延期的，重新写明理由和截止日期。",
            allowance.item,
        )


@rule(
    "GK113", "needless-allowance", "允许没有用处", on=Allowance, severity=Severity.WARNING,
    cite="问题已经改正的，允许随之删去",
)  # fmt: skip
def needless_allowance(_allowance: Allowance, _context: Context) -> Iterator[Fault]:
    """一条允许没有盖住任何问题。

    ## 为什么
    问题改正以后，允许留在那里，会悄悄盖住以后新出的问题。

    ## 错误
    ```yaml county.yaml
    允许:
      - {规则: GK301, 事项: employment/4.1, 理由: 系统改造期间, 截止: 2027-06-30}
    ```

    ## 正确
    ```yaml county.yaml
    允许: []
    ```
    """
    # known only after all rules have run: see apply()
    return iter(())


@rule("GK114", "unknown-allowance", "允许的规则不存在", on=Allowance, cite="允许要写规则的编号，如 GK301")
def unknown_allowance(allowance: Allowance, context: Context) -> Iterator[Fault]:
    """一条允许写的规则编号不存在。

    ## 为什么
    多半是笔误。编号不对，允许不起作用。

    ## 错误
    ```yaml county.yaml
    允许:
      - {规则: GK999, 理由: 等上级答复, 截止: 2027-06-30}
    ```

    ## 正确
    ```yaml county.yaml
    允许: []
    ```
    """
    if not _rule_of(allowance, context):
        names = [word for known in context.rules for word in (known.id, known.name)]
        yield Fault(
            allowance.place,
            f"没有编号为 {allowance.rule} 的规则",
            perhaps(allowance.rule, names) + "运行 gkdir rules 看全部规则。",
            allowance.item,
        )


@rule(
    "GK115",
    "forbidden-allowance",
    "这类问题不能允许",
    on=Allowance,
    cite="读不出的文件和身份证号码，任何理由都不能放过",
)
def forbidden_allowance(allowance: Allowance, context: Context) -> Iterator[Fault]:
    """一条允许想放过读取错误或身份证号码。

    ## 为什么
    文件读不出来，后面的核对都不可靠；身份证号码一旦公开，收不回来。这两类问题只能改正。

    ## 错误
    ```yaml county.yaml
    允许:
      - {规则: GK001, 理由: 以后再改, 截止: 2027-06-30}
    ```

    ## 正确
    ```yaml county.yaml
    允许: []
    ```
    """
    if _forbidden(allowance, context):
        yield Fault(
            allowance.place,
            f"{allowance.rule} 这类问题不能允许",
            "请改正问题本身，并删去这一条。",
            allowance.item,
        )


def _needless(allowance: Allowance) -> Iterator[Fault]:
    about = f"（{allowance.item}）" if allowance.item else ""
    yield Fault(
        allowance.place,
        f"允许 {allowance.rule}{about} 没有盖住任何问题",
        "请删去这一条；如果是规则编号或事项写错了，请改正。",
        allowance.item,
    )


def _unnamed(allowance: Allowance, several: Iterable[str]) -> Iterator[Fault]:
    yield Fault(
        allowance.place,
        f"允许 {allowance.rule} 没有写明是哪一个号码，一个也没有放过：{'、'.join(sorted(several))}",
        "一个号码写一条，用“只限”写明是哪一个，照问题里遮住的样子写，如 只限: 138******00。",
    )


def _about(only: str, finding: Finding) -> bool:
    """Whether the words of 只限 match the finding; all its numbers must be named."""
    numbers = MASKED.findall(finding.message)
    return all(number in only for number in numbers) if numbers else only in f"{finding.place} {finding.message}"


def _allowances(context: Context) -> Iterator[tuple[str | None, Allowance]]:
    """(file, allowance) for each allowance; ``None`` for the county's own, which apply to everything in the county."""
    county = context.county
    yield from ((None, allowance) for allowance in county.overlay.allowances)
    for layer in (*county.above, *county.towns):
        yield from ((layer.place.file, allowance) for allowance in layer.allowances)


def _covers(allowance: Allowance, file: str | None, finding: Finding, context: Context) -> bool:
    named = _rule_of(allowance, context)
    if named is None or named.id != finding.rule or _forbidden(allowance, context):
        return False
    if file is not None and finding.place.file != file:
        return False
    if allowance.only is not None and not _about(allowance.only, finding):
        return False
    item = allowance.item
    return item is None or (finding.item is not None and (finding.item == item or finding.item.startswith(f"{item}.")))


def _allowed_by_project(finding: Finding, context: Context) -> bool:
    """Whether the project allows a number on a county's page, which is on the pages of every county.

    Nobody counts the counties that have it, so the project's allowance for a number is never called needless.
    """
    if not context.county.slug or not finding.place.file.startswith(f"{context.county.slug}/"):
        return False
    answers = (one for one in context.project.allowances if one.only and not _bare(one) and not _expired(one, context))
    return any(_covers(one, None, finding, context) for one in answers)


def _rule_of(allowance: Allowance, context: Context) -> Rule | None:
    return next((known for known in context.rules if allowance.rule in (known.id, known.name)), None)


def _bare(allowance: Allowance) -> bool:
    return says_nothing(allowance.reason or "") or allowance.until is None


def _end(allowance: Allowance) -> int:
    """The last line on which a key of the allowance was written."""
    return max([allowance.place.line or 0, *(each.place.line or 0 for each in allowance.written.values())]) + 1


def _expired(allowance: Allowance, context: Context) -> bool:
    return allowance.until is not None and allowance.until < context.today


def _forbidden(allowance: Allowance, context: Context) -> bool:
    named = _rule_of(allowance, context)
    return named is not None and named.id.startswith(NEVER)
