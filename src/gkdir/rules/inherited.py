"""Guides of several layers (GK624–GK629): lower layers make nothing harder, and leave nothing unchecked or blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.county import County
from gkdir.model.guide import Guide
from gkdir.overlay.guides import elements_named
from gkdir.rules.guideparts import place
from gkdir.rules.limits import Verdict, compare
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.strictness import harder, more_materials, stricter, unheard_of
from gkdir.rules.subjects import GuideLayer, Laid

IDENTITY = re.compile("身份证|社会?保障?卡")
"""Proofs of identity, which any layer may ask for."""
_SHOWN = 5
"""The most items to name in one finding."""


@rule("GK624", "slower-than-above", "办理时限比上一级的指南长", on=GuideLayer, requirement="R3.4c")
def slower_than_above(layer: GuideLayer, context: Context) -> Iterator[Fault]:
    """办事指南写的法定时限或承诺时限，比上一级（国家、省、市）办事指南写的长。

    ## 为什么
    上一级写明的时限，下一级只能更短。

    ## 错误
    ```yaml guides/employment/4.3.md
    办理时限: {承诺: 9个工作日}
    ```

    ## 正确
    ```yaml guides/employment/4.3.md
    办理时限: {承诺: 3个工作日}
    ```
    """
    own, above = layer.own, layer.above
    limits = (
        ("承诺", own.promised, above.promised or (above.statutory if own.statutory else None)),
        ("法定", own.statutory, above.statutory),
    )
    for name, limit, minimum in limits:
        if limit and minimum and compare(limit, minimum, context.reference.workdays) is Verdict.LOOSER:
            yield Fault(
                place(own, f"办理时限.{name}", "办理时限"),
                f"{name}时限“{limit.text}”比上一级的指南（{above.place.file}）写的“{minimum.text}”长",
                "请改为不长于上一级的时限，或者删去这一行。",
                own.id,
            )
    denied = next((each for each in own.without if elements_named(each.name) & {"statutory"}), None)
    if denied and above.statutory and own.statutory is None:
        yield Fault(
            denied.place,
            f"没有的要素里写着{denied.name}，上一级的指南（{above.place.file}）写明“{above.statutory.text}”",
            "请删去“法定”的时限，照上一级的。",
            own.id,
        )


@rule(
    "GK625", "more-than-above", "办理材料比上一级的指南多", on=GuideLayer, severity=Severity.WARNING,
    requirement="R3.2g",
)  # fmt: skip
def more_than_above(layer: GuideLayer, _context: Context) -> Iterator[Fault]:
    """办事指南里必要的材料，上一级（国家、省、市）的办事指南没有要；或者同一项材料要得更多、更严，又没有写依据。

    ## 为什么
    不得在办事指南明确的条件外自行增加办事要求。本地确有规定的，用材料的“依据”写明是哪个文件。

    ## 错误
    ```yaml guides/employment/4.3.md
    办理材料:
      - {名称: 村委会证明, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 村委会, 必要性: 必要}
    ```

    ## 正确
    ```yaml guides/employment/4.3.md
    办理材料:
      - {名称: 居民身份证, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要}
    ```
    """
    own, above = layer.own, layer.above
    if above.materials is None:
        return
    for material, what in more_materials(own.materials or (), above.materials, "上一级"):
        needed = material.necessity in (None, "必要") and not IDENTITY.search(material.name)
        if needed and material.ground is None:
            hint = "请删去；本地有规定要用的，给这项材料写上 依据: 《…》。"
            yield Fault(material.place, f"{what}（{_source(above, '办理材料')}）", hint, own.id)


@rule(
    "GK628", "stricter-than-above", "办理条件、收费比上一级的指南严", on=GuideLayer, severity=Severity.WARNING,
    requirement="R3.2g",
)  # fmt: skip
def stricter_than_above(layer: GuideLayer, _context: Context) -> Iterator[Fault]:
    """办事指南的服务对象、办理条件比上一级（国家、省、市）严，别错过的期限比上一级短，或者上一级不收费的要收费；
    上一级不用申请、全程网上办、能代办的，这里不是；上一级还在办的，这里说停了。

    ## 为什么
    不得在办事指南明确的条件外自行增加办事要求：年限长一点，加一条户籍，就有人办不成。本地确有规定的，写明是哪个文件。
    只比数目和几样常见的要求；换了说法的，由人看（GK629）。

    ## 错误
    ```yaml guides/employment/4.3.md
    办理条件: [已经办理就业登记或者失业登记, 户籍在本县]
    ```

    ## 正确
    ```yaml guides/employment/4.3.md
    办理条件: [已经办理就业登记或者失业登记]
    ```
    """
    own, above = layer.own, layer.above
    for key, what, hint in harder(own, above):
        where = place(own, key, key.partition(".")[0])
        yield Fault(where, f"{what}（{_source(above, key.partition('.')[0])}）", hint, own.id)


@rule(
    "GK629", "not-said-above", "办理条件是上一级的指南没有说的", on=GuideLayer, severity=Severity.INFO,
    requirement="R3.2g",
)  # fmt: skip
def not_said_above(layer: GuideLayer, _context: Context) -> Iterator[Fault]:
    """办事指南里的办理条件，上一级（国家、省、市）的办事指南从头到尾没有说到。

    ## 为什么
    可能是本地加的条件，也可能只是换了说法，程序分不清，请看一眼。写着依据哪个文件的、比上一级宽的不算。

    ## 错误
    ```yaml guides/employment/4.3.md
    办理条件: [已经办理就业登记或者失业登记, 夫妻二人名下均无商铺]
    ```

    ## 正确
    ```yaml guides/employment/4.3.md
    办理条件: [已经办理就业登记或者失业登记]
    ```
    """
    own, above = layer.own, layer.above
    if above.conditions is None:
        return
    for index, condition in enumerate(own.conditions or ()):
        if not stricter(condition, above) and unheard_of(condition, above):
            yield Fault(
                place(own, f"办理条件.{index}", "办理条件"),
                f"条件“{condition}”，上一级的指南没有说到（{_source(above, '办理条件')}）",
                "是本地加的请删去，确有规定的在后面写上依据（《…》、文号）；只是换了说法的，不用管。",
                own.id,
            )


@rule("GK626", "unchecked-guides", "从上一级来的指南还没有核对", on=County, severity=Severity.INFO, requirement="R3.2a")
def unchecked_guides(_county: County, context: Context) -> Iterator[Fault]:
    """有的事项用的是国家或上级的办事指南，本县还没有核对过。

    ## 为什么
    国家规定各地一样的部分，指南已经写好；本县核对过，群众才能放心照着办。没有核对的，页面上写着“请先电话核实”。
    一个领域都核对过的，在 county.yaml 这个领域里写“指南核对”；只核对了几份的，在各自的指南里写“核对”。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        指南核对: 2026-03-01
        默认: {公开主体: [人社局]}
    ```
    """
    catalog = context.catalog
    if catalog is None:
        return
    entries = [entry for entry in catalog.entries() if _unchecked(context, entry.item.id)]
    if entries:
        shown = "、".join(entry.item.numbered_name for entry in entries[:_SHOWN])
        yield Fault(
            catalog.overlay.place,
            f"有 {len(entries)} 份办事指南来自国家或上级，本县还没有核对：{shown}"
            + (" 等" if len(entries) > _SHOWN else ""),
            "请逐份看过，合实际的在“目录”的领域里写 指南核对: 2026-03-01；不合的，在 guides 里改。",
        )


@rule("GK627", "blanks-in-guides", "指南里还有待补的要素", on=Laid, severity=Severity.INFO, requirement="R3.2b")
def blanks_in_guides(laid: Laid, context: Context) -> Iterator[Fault]:
    """国家或上级的办事指南里，要由各地写的要素（每月多少钱、能不能网上办），本县还没有写。

    ## 为什么
    国家只定了各地一样的部分。没有写的，页面上告诉群众问谁；写上了，群众不用再打电话。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```

    ## 正确
    ```yaml guides/employment/4.3.md
    网上办理深度: 原件核验
    ```
    """
    if laid.catalog is not context.catalog:
        return
    guides = [laid.catalog.guides.get(entry.item.id) for entry in laid.directory.entries]
    blank = [(guide.number, left.name) for guide in guides if guide for left in guide.pending]
    if blank:
        items = len({number for number, _ in blank})
        shown = "、".join(f"{number} {name}" for number, name in blank[:_SHOWN])
        yield Fault(
            laid.place,
            f"{laid.directory.label}领域有 {items} 份指南的 {len(blank)} 个要素还没有写：{shown}"
            + (" 等" if len(blank) > _SHOWN else ""),
            "请用 gkdir form export 导出，在“待补”表里填：各项都一样的，前几行写一次（county.yaml 的“指南默认”）；"
            "不一样的写在那一项的行里，或者写在 guides 里。",
        )


def _source(above: Guide, key: str) -> str:
    """Where the element above was written, and the documents on which it is based."""
    names = [f"{each.name}{each.articles or ''}" for each in above.sources if key in each.used_for]
    first = place(above, key, f"{key}.0")
    return f"上一级的指南是 {first}" + (f"，依据{'、'.join(names[:2])}" if names else "")


def _unchecked(context: Context, item: str) -> bool:
    guide = context.catalog.guides.get(item) if context.catalog else None
    return guide is not None and bool(guide.inherited) and guide.checked is None
