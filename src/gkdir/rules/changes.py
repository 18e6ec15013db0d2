"""更新记录 (GK721–GK723): it exists, matches what is published, and has no future dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gkdir.finding import Severity
from gkdir.model.amendment import ARTICLE, FORM, GUIDE, ITEM, OFFICE, STOPPED, Amendment, defaults_id
from gkdir.model.county import Catalog, County
from gkdir.model.dated import is_far_ahead
from gkdir.read.declaredfiles import CHANGES
from gkdir.rules.rule import Context, Fault, rule

FOLDERS = {GUIDE: "guides", FORM: "forms", ARTICLE: "pages"}


@rule(
    "GK721", "change-against-directory", "更新记录和目录对不上", on=County, severity=Severity.WARNING,
    requirement="R4.1d",
)  # fmt: skip
def change_against_directory(county: County, context: Context) -> Iterator[Fault]:
    """更新记录里最后一次说某个事项、指南、表格、文章或机构停用了，它却还在；或者说它新增了、改了，它却不在。

    ## 为什么
    更新记录是给群众和上级看的目录调整台账。对不上，多半是写错了编号，或者改了目录忘了记。同一样东西有几条的，只看最后一条。

    ## 错误
    ```yaml changes.yaml
    记录:
      - {日期: 2026-03-01, 类型: 修改, 事项: employment/4.9, 名称: 失业登记}
    ```

    ## 正确
    ```yaml changes.yaml
    记录:
      - {日期: 2026-03-01, 类型: 修改, 事项: employment/4.1, 名称: 失业登记}
    ```
    """
    if context.catalog is None or context.unsettled:
        return
    last = {amendment.about: amendment for amendment in county.amendments}
    named = {amendment.town for amendment in last.values()}
    places = {"": context.catalog, **{town.slug: town for town in context.catalog.towns}}
    there = {slug: _there(place, county) for slug, place in places.items() if slug in named}
    troubled = {trouble.place.file for trouble in context.county.troubles}
    for amendment in last.values():
        # what could not be read is not missing
        if not any(f"/{FOLDERS.get(amendment.subject, '')}/{amendment.id}" in file for file in troubled):
            yield from _against(amendment, there)


@rule(
    "GK722", "change-date-ahead", "更新记录的日期在以后", on=Amendment, severity=Severity.WARNING, requirement="R4.1d"
)
def change_date_ahead(amendment: Amendment, context: Context) -> Iterator[Fault]:
    """更新记录里有一条的日期还没有到。

    ## 为什么
    多半是年份写错了。记录写的是已经改了的，伪造日期在网站检查里属于单项否决。

    ## 错误
    ```yaml changes.yaml
    记录:
      - {日期: 2027-03-01, 类型: 修改, 事项: employment/4.1, 名称: 失业登记}
    ```

    ## 正确
    ```yaml changes.yaml
    记录:
      - {日期: 2026-03-01, 类型: 修改, 事项: employment/4.1, 名称: 失业登记}
    ```
    """
    if amendment.day > context.today and not is_far_ahead(amendment.day, context.today):
        yield Fault(
            amendment.written["日期"].place,
            f"更新记录“{amendment.name}”的日期 {amendment.day} 还没有到",
            "请检查年月日是否写错。",
        )


@rule("GK723", "no-change-list", "还没有更新记录", on=County, severity=Severity.INFO, requirement="R4.1d")
def no_change_list(county: County, context: Context) -> Iterator[Fault]:
    """县的文件夹里没有 changes.yaml，或者里面一条也没有。

    ## 为什么
    通知要求建立健全目录动态调整机制。哪天改了什么、为什么改，记下来才查得到，网站上就有更新记录页和订阅。在工作台点
    “写进去”时勾上“记进更新记录”，程序替您写好；也可以写在填写表的“更新记录”里。用命令的，改以前把项目文件夹抄一份，改完
    运行 gkdir diff 抄的那份 现在的 --record。

    ## 错误
    ```yaml county.yaml
    允许: []
    ```

    ## 正确
    ```yaml changes.yaml
    记录:
      - {日期: 2026-03-01, 类型: 修改, 事项: employment/4.1, 名称: 失业登记}
    ```
    """
    file = f"{county.overlay.place.file.rpartition('/')[0]}/{CHANGES}"
    if not county.amendments and not context.troubled(file):
        yield Fault(
            county.overlay.place,
            "还没有更新记录，看不出目录什么时候改过什么",
            "改目录、指南时，在工作台勾上“记进更新记录”，或者写在填写表的“更新记录”里；也可以用 gkdir diff --record。",
        )


def _against(amendment: Amendment, there: Mapping[str, frozenset[tuple[str, str]]]) -> Iterator[Fault]:
    """Faults of a last entry that contradicts what exists: ``there`` is slug → {(subject, id)}."""
    stopped = amendment.kind == STOPPED
    if amendment.town not in there:
        if not stopped:
            hint = "请写乡镇、村的文件名，不带 .yaml；改的是县里的，删去这一行。"
            yield Fault(amendment.written["乡镇村"].place, f"towns 里没有“{amendment.town}”", hint)
        return
    found = (amendment.subject, amendment.id) in there[amendment.town]
    place = amendment.written[amendment.subject].place
    if found and stopped:
        message = f"更新记录说{amendment.subject}“{amendment.name}”停用了，它还在"
        yield Fault(place, message, "请检查编号；又启用了的，在末尾补一条“新增”。")
    elif not found and not stopped:
        message = f"更新记录说{amendment.subject}“{amendment.id}”{amendment.kind}了，现在没有它"
        yield Fault(place, message, "请检查编号或名称；后来又停用了的，在末尾补一条“停用”。")


def _there(catalog: Catalog, county: County) -> frozenset[tuple[str, str]]:
    """Everything in this place that a change can be about: (subject, id)."""
    items = {entry.item.id for entry in catalog.entries()}
    domains = catalog.overlay.domains.values()
    local = {f"{each.domain}/{item.number}" for each in domains for item in each.items if item.guide}
    return frozenset(
        (
            *((ITEM, item) for item in items),
            *((GUIDE, item) for item in items & (catalog.guides.keys() | local)),
            *((GUIDE, defaults_id(domain)) for domain in catalog.overlay.defaults_of_guides),
            *((FORM, name) for name in {**county.forms, **catalog.forms}),
            *((ARTICLE, f"{article.kind}/{article.slug}") for article in catalog.articles),
            *((OFFICE, key) for key in catalog.overlay.organisations),
        )
    )
