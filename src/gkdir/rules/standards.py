"""待遇标准 (GK73x): amounts for the calculators have a source, are current, and are lawful."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.calculators import months_for, yuan
from gkdir.finding import Severity
from gkdir.model.benefits import Amount, Standards, laid
from gkdir.model.county import County, Overlay
from gkdir.model.declared import key_names
from gkdir.rules.rule import Context, Fault, rule

OLD = 400
"""Days after which an amount must be reviewed; standards are set about once a year."""


@rule("GK731", "amount-without-source", "待遇标准没有来源或日期", on=Overlay, severity=Severity.WARNING,
      requirement="R4.2c")  # fmt: skip
def amount_without_source(layer: Overlay, context: Context) -> Iterator[Fault]:
    """待遇标准里的一个数额，没有写来源，或者没有写从哪一天起执行。

    ## 为什么
    没有出处的数，群众没法核实，“算一算”的页面不用它，当作没有写。

    ## 错误
    ```yaml county.yaml
    待遇标准:
      失业保险金: {每月: 1480}
    ```

    ## 正确
    ```yaml county.yaml
    待遇标准:
      失业保险金: {每月: 1480, 来源: 《清源县失业保险金发放标准》（清政发〔2026〕2号）, 日期: 2026-01-01}
    ```
    """
    for name, amount in amounts(layer.standards):
        lacking = [key for key, value in (("来源", amount.source), ("日期", amount.since)) if not value]
        line = amount.place.line or 0
        if lacking and not context.troubled(amount.place.file, line, line + 8):
            yield Fault(
                amount.place,
                f"“{name}”没有写{'和'.join(lacking)}，“算一算”的页面不会用它",
                "请写明哪个文件定的、从哪一天起执行：{每月: …, 来源: 《…》（…号）, 日期: 2026-01-01}。",
            )


@rule("GK732", "stale-amount", "待遇标准一年多没有核对", on=Overlay, severity=Severity.WARNING, requirement="R3.0b")
def stale_amount(layer: Overlay, context: Context) -> Iterator[Fault]:
    """待遇标准里的一个数额，从执行或者上次核对算起已经超过 400 天。

    ## 为什么
    这些标准大多一年一调。用旧的数算，算出来就是错的。

    ## 错误
    ```yaml county.yaml
    待遇标准:
      最低工资: {每月: 1850, 来源: 《清源县最低工资标准》（清政发〔2024〕1号）, 日期: 2024-01-01}
    ```

    ## 正确
    ```yaml county.yaml
    待遇标准:
      最低工资: {每月: 1850, 来源: 《清源县最低工资标准》（清政发〔2024〕1号）, 日期: 2024-01-01, 核对: 2026-03-01}
    ```
    """
    for name, amount in amounts(layer.standards):
        known = max((day for day in (amount.since, amount.checked) if day), default=None)
        if known and (age := (context.today - known).days) > OLD:
            yield Fault(
                amount.place,
                f"“{name}”已经 {age} 天没有核对",
                f"请查一查有没有调整：调整了的换成新数和新文件；没有调整的写上 核对: {context.today}。",
            )


@rule("GK733", "amount-ahead", "待遇标准还没有到执行的日子", on=Overlay, severity=Severity.WARNING,
      requirement="R4.2c")  # fmt: skip
def amount_ahead(layer: Overlay, context: Context) -> Iterator[Fault]:
    """待遇标准里的一个数额，执行日期在以后。

    ## 为什么
    “算一算”的页面马上就会用它，到那天以前算出来的都不对。多半是年份写错了。

    ## 错误
    ```yaml county.yaml
    待遇标准:
      最低工资: {每月: 1850, 来源: 《清源县最低工资标准》（清政发〔2026〕1号）, 日期: 2062-01-01}
    ```

    ## 正确
    ```yaml county.yaml
    待遇标准:
      最低工资: {每月: 1850, 来源: 《清源县最低工资标准》（清政发〔2026〕1号）, 日期: 2026-01-01}
    ```
    """
    for name, amount in amounts(layer.standards):
        if amount.since and amount.since > context.today:
            yield Fault(
                amount.place,
                f"“{name}”从 {amount.since} 起执行，还没有到",
                "请检查年月日是否写错；确实是以后的，到那天再换，现在先写正在执行的。",
            )


@rule(
    "GK734", "unlawful-benefit", "失业保险金标准不合法", on=County,
    cite="《失业保险条例》第十八条：低于当地最低工资标准、高于城市居民最低生活保障标准；《社会保险法》第四十七条",
)  # fmt: skip
def unlawful_benefit(_county: County, context: Context) -> Iterator[Fault]:
    """失业保险金不低于当地最低工资，或者低于城市居民最低生活保障标准。

    ## 为什么
    失业保险金由省里定，必须低于最低工资、不低于城市低保。写出来不是这样，一定有一个数抄错了。
    最低工资和城市低保没有写的，不比。

    ## 错误
    ```yaml county.yaml
    待遇标准:
      失业保险金: {每月: 1900, 来源: 《清源县失业保险金发放标准》（清政发〔2026〕2号）, 日期: 2026-01-01}
      最低工资: {每月: 1850, 来源: 《清源县最低工资标准》（清政发〔2026〕1号）, 日期: 2026-01-01}
    ```

    ## 正确
    ```yaml county.yaml
    待遇标准:
      失业保险金: {每月: 1480, 来源: 《清源县失业保险金发放标准》（清政发〔2026〕2号）, 日期: 2026-01-01}
      最低工资: {每月: 1850, 来源: 《清源县最低工资标准》（清政发〔2026〕1号）, 日期: 2026-01-01}
    ```
    """
    here = _here(context)
    if here.benefit is None:
        return
    hint = "请对照文件核对这两个数，单位都是每月多少元。"
    wage, relief = here.minimum_wage, here.relief
    most, least = max(_paid(here.benefit)), min(_paid(here.benefit))
    if wage and most >= wage.monthly:
        message = f"失业保险金每月 {yuan(most)} 元，不低于最低工资 {yuan(wage.monthly)} 元"
        yield Fault(here.benefit.place, message, hint)
    if relief and least < relief.monthly:
        message = f"失业保险金每月 {yuan(least)} 元，低于城市低保 {yuan(relief.monthly)} 元"
        yield Fault(here.benefit.place, message, hint)


@rule(
    "GK735", "drawn-too-long", "失业保险金领取月数超过上限", on=County,
    cite="《社会保险法》第四十六条：缴费满一年不足五年的最长十二个月，五年不足十年的十八个月，十年以上的二十四个月",
)  # fmt: skip
def drawn_too_long(_county: County, context: Context) -> Iterator[Fault]:
    """本地的领取月数，超过了法律规定的上限，或者缴费不满一年就能领。

    ## 为什么
    各省可以在上限以内定得细一些，不能超过。多半是把年写成了月，或者两个数写反了。

    ## 错误
    ```yaml county.yaml
    待遇标准:
      失业保险金:
        每月: 1480
        来源: 《清源县失业保险金发放标准》（清政发〔2026〕2号）
        日期: 2026-01-01
        领取月数: {12: 3, 24: 15}
    ```

    ## 正确
    ```yaml county.yaml
    待遇标准:
      失业保险金:
        每月: 1480
        来源: 《清源县失业保险金发放标准》（清政发〔2026〕2号）
        日期: 2026-01-01
        领取月数: {12: 3, 24: 6, 60: 14, 120: 24}
    ```
    """
    benefit, rules = _here(context).benefit, context.reference.benefit_rules
    if benefit is None or rules is None:
        return
    for tier in benefit.tiers:
        most = months_for(tier.paid, rules.unemployment.tiers)
        if tier.drawn > most:
            yield Fault(
                benefit.place,
                f"缴满 {tier.paid} 个月写成最多领 {tier.drawn} 个月，法律规定最多 {most} 个月",
                "单位都是月。请对照本省的规定核对。",
            )


@rule(
    "GK736", "pension-below-national", "基础养老金低于全国最低标准", on=County, severity=Severity.WARNING,
    cite="《国务院关于建立统一的城乡居民基本养老保险制度的意见》（国发〔2014〕8号）：中央确定基础养老金最低标准",
)  # fmt: skip
def pension_below_national(_county: County, context: Context) -> Iterator[Fault]:
    """城乡居民基础养老金低于全国最低标准。

    ## 为什么
    各地只能在全国最低标准上加，不能减。全国最低标准在 directories/national/reckoning.yaml，注明有多大把握。

    ## 错误
    ```yaml county.yaml
    待遇标准:
      基础养老金: {每月: 98, 来源: 《清源县城乡居民基础养老金标准》（清政发〔2026〕3号）, 日期: 2026-01-01}
    ```

    ## 正确
    ```yaml county.yaml
    待遇标准:
      基础养老金: {每月: 185, 来源: 《清源县城乡居民基础养老金标准》（清政发〔2026〕3号）, 日期: 2026-01-01}
    ```
    """
    basic, rules = _here(context).basic_pension, context.reference.benefit_rules
    if basic is None or rules is None:
        return
    held = [floor for floor in rules.pension.floors if floor.source.since <= context.today]
    floor = max(held, key=lambda one: one.source.since, default=None)
    if floor and basic.monthly < floor.amount:
        yield Fault(
            basic.place,
            f"基础养老金每月 {yuan(basic.monthly)} 元，低于全国最低标准 {yuan(floor.amount)} 元"
            f"（{floor.source.since} 起，把握：{floor.source.confidence}）",
            "请核对是不是漏了本地加发的部分，或者还是往年的数。",
        )


def amounts(standards: Standards) -> Iterator[tuple[str, Amount]]:
    """(name, amount) for each amount that is set."""
    for field, name in key_names(Standards).items():
        if amount := getattr(standards, field):
            yield name, amount


def _paid(benefit: Amount) -> tuple[int, ...]:
    """The monthly payments, first and later ones."""
    return (benefit.monthly, benefit.later) if benefit.later is not None else (benefit.monthly,)


def _here(context: Context) -> Standards:
    """The standards that apply in the county: its own and those of the layers above."""
    return laid(layer.standards for layer in (*context.county.above, context.county.overlay))
