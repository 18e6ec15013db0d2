"""Service guides (GK601–GK603, GK613–GK617, GK620, GK621): nothing that an applicant needs is missing or unclear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.model.guide import DEGREES, PLAIN_SECTIONS, Guide, Material
from gkdir.rules.blank import says_none
from gkdir.rules.guideparts import (
    missing_elements,
    missing_key_elements,
    open_or_needless,
    place,
    place_of_element,
    vetoed,
)
from gkdir.rules.names import perhaps
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Laid

_WRITTEN_DEGREES = (*DEGREES, "Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级")
SOME = re.compile(r"[1-9１-９一二两三四五六七八九十每各]")
"""The number of copies is at least one: 若干 and 0 are not."""


@rule(
    "GK601", "vetoed-guide", "办事指南缺四类以上重点要素", on=Guide, requirement="R3.2b",
    cite="政府网站检查指标单项否决“服务不实用”：办事指南重点要素类别缺失4类及以上；通知三（二）：指南中列明基本要素",
)  # fmt: skip
def vetoed_guide(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南的重点要素（申请条件、办理材料、办理地点、办理时间、联系电话、办理流程等）缺了四类以上。

    ## 为什么
    政府网站检查中，办事指南缺四类及以上重点要素属于单项否决。地点、时间、电话可以由“办理机构”带出。

    ## 错误
    ```yaml guides/employment/4.2.md
    简述: 办理就业登记
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理机构: [人社局]
    ```
    """
    missing = missing_key_elements(guide, context)
    if vetoed(guide, context) and not context.troubled(guide.place.file):
        yield Fault(
            guide.place,
            f"重点要素缺了 {len(missing)} 类：{'、'.join(missing)}",
            "请逐项补上；地点、时间、电话写了“办理机构”就会从机构里带出。",
        )


@rule("GK602", "incomplete-guide", "办事指南要素不全", on=Guide, severity=Severity.WARNING, requirement="R3.2b")
def incomplete_guide(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南少了一项或几项基本要素，或者目录的公开内容里写明要公开的要素。

    ## 为什么
    社会保险目录的公开内容、一次性告知的要求和网站检查指标，合起来就是这些要素；写全了，三处都满足。
    目录还写着“贷款额度”等别的要素的，指南用“其他要素”写明；确实没有的要素，用“没有的要素”写明为什么没有。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: ""
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 当场告知
    ```
    """
    if context.troubled(guide.place.file) or vetoed(guide, context):
        return
    missing = [*missing_key_elements(guide, context), *missing_elements(guide, context)]
    by_place: dict[Place, list[str]] = {}
    for element in missing:
        by_place.setdefault(place_of_element(guide, element), []).append(element)
    for where, elements in by_place.items():
        offices = "目录的“公开主体”写上本县的单位，它的地址、时间、电话就都有了。别的" if "办理机构" in elements else ""
        hint = f"{offices}请补上；目录里特有的要素写进“其他要素”。确实没有的，在“没有的要素”里写明为什么没有。"
        yield Fault(where, f"办事指南缺少{'、'.join(elements)}", hint)


@rule("GK603", "unclear-material", "办理材料的要求不明确", on=Guide, severity=Severity.WARNING, requirement="R3.2c")
def unclear_material(guide: Guide, context: Context) -> Iterator[Fault]:
    """一项材料没有写明原件还是复印件、几份、纸质还是电子、从哪里来、是否必须。

    ## 为什么
    少写一样，群众就可能多跑一趟。表格的介质由表格自己说明，可以不写。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理材料:
      - {名称: 居民身份证, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理材料:
      - {名称: 居民身份证, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要}
    ```
    """
    lines = sorted(material.place.line or 0 for material in guide.materials or ())
    for material in guide.materials or ():
        line = material.place.line or 0
        after = next((other - 1 for other in lines if other > line), line + 9)
        missing = _unsaid(material)
        if missing and not context.troubled(guide.place.file, line, after):
            yield Fault(
                material.place,
                f"材料“{material.name}”没有写{'、'.join(missing)}",
                "请写成 {名称: 居民身份证, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要} 的样子。",
            )


@rule("GK613", "unknown-office", "办理机构不在机构里", on=Guide, severity=Severity.WARNING, requirement="R2.1")
def unknown_office(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南写的办理机构，机构里没有。

    ## 为什么
    地址、电话和办公时间从机构里带出。对不上，页面上就没有这些内容。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理机构: [人社局, 就业中兴]
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理机构: [人社局]
    ```
    """
    catalog = context.catalog
    named = [(one, place(guide, f"办理机构.{index}", "办理机构")) for index, one in enumerate(guide.offices or ())]
    named += [
        (step.office, place(guide, f"办理流程.{index}.办理单位"))
        for index, step in enumerate(guide.steps or ())
        if step.office
    ]
    if catalog is None or vetoed(guide, context) or context.troubled(context.county.overlay.place.file):
        return
    for office, where in named:
        if catalog.organisation(office) is None and not says_none(office):
            near = perhaps(office, catalog.organisations)
            yield Fault(
                where,
                f"办理机构“{office}”不在“机构”里",
                f"{near}请先在 county.yaml 的“机构”里写明它的名称、地址和电话。",
            )
    for way in guide.ways or ():
        near = perhaps(way.target, catalog.organisations) if way.kind == "窗口" else ""
        if near and catalog.organisation(way.target) is None:
            yield Fault(
                way.place,
                f"办理方式写的窗口“{way.target}”不在“机构”里",
                near,
            )


@rule("GK615", "no-online-degree", "没有写网上办理深度", on=Guide, severity=Severity.WARNING, requirement="R4.1b")
def no_online_degree(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南没有写网上能办到哪一步，或者写的不是通行的说法。

    ## 为什么
    通知要求公开网上可办理程度。写明了，群众才知道要不要跑一趟。

    ## 错误
    ```yaml guides/employment/4.1.md
    网上办理深度: 能办
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    网上办理深度: 原件核验
    ```
    """
    degree = (guide.online_degree or "").strip()
    if (
        degree in _WRITTEN_DEGREES
        or context.troubled(guide.place.file)
        or (not degree and "online_degree" in open_or_needless(guide))
    ):
        return
    if not vetoed(guide, context):
        yield Fault(
            place(guide, "网上办理深度"),
            f"网上办理深度“{degree}”不是通行的说法" if degree else "没有写网上办理深度",
            f"请写其中之一：{'、'.join(DEGREES)}。",
        )


@rule("GK616", "no-plain-words", "办事指南没有通俗的解读", on=Guide, severity=Severity.WARNING, requirement="R4.2a")
def no_plain_words(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南的正文没有讲清“这是什么”“对我有什么用”“我要做什么”。

    ## 为什么
    通知要求把事项的目的、作用、要求和切身利益关系讲清、讲透、讲明白。

    ## 错误
    ```yaml guides/employment/4.1.md
    正文: ""
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    简述: 失业了，可以到户籍地、常住地、就业地或参保地登记。
    ```
    """
    written = {section.title for section in guide.sections if section.markdown.strip()}
    missing = [title for title in PLAIN_SECTIONS if title not in written]
    if missing and not vetoed(guide, context):
        yield Fault(
            guide.place,
            f"正文没有写{'、'.join(f'“{title}”' for title in missing)}",
            "请在正文里加上这些小标题（## 这是什么），用群众听得懂的话写几句。",
        )


@rule(
    "GK620", "related-unknown-item", "相关事项目录里没有", on=Guide, severity=Severity.WARNING, requirement="R3.2a"
)  # fmt: skip
def related_unknown_item(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南的“相关事项”写了一个本县目录里没有的编号。

    ## 为什么
    写错了编号，页面上就不会指到那个事项。

    ## 错误
    ```yaml guides/employment/4.1.md
    相关事项: [employment/44.4]
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    相关事项: [employment/4.2]
    ```
    """
    for index, item in enumerate(guide.related):
        if context.unsettled or vetoed(guide, context):
            return
        if context.catalog is not None and context.catalog.entry(item) is None:
            yield Fault(
                place(guide, f"相关事项.{index}", "相关事项"),
                f"本县目录里没有事项“{item}”",
                "请写成领域/编号，如 employment/4.1；没有列入的事项请删去。",
            )


@rule("GK617", "items-without-guide", "还有事项没有办事指南", on=Laid, severity=Severity.INFO, requirement="R3.2a")
def items_without_guide(laid: Laid, context: Context) -> Iterator[Fault]:
    """目录里还有事项没有办事指南。

    ## 为什么
    公开内容主要是事项清单和办事指南。一次补不齐可以分批补，这里只报还差多少，不算错误。写明理由不用上一级指南的
    （指南: {不用: …}），页面上写着理由，不算在内。

    ## 错误
    ```yaml guides/employment/4.1.md
    简述: 只有这一份指南，其他事项还没有。
    ```

    ## 正确
    ```text
    目录里的每个事项都有自己的办事指南。
    ```
    """
    if laid.catalog is not context.catalog:
        return
    entries, answered = laid.directory.entries, {**laid.catalog.guides, **laid.catalog.unused_guides}
    without = [entry.item for entry in entries if entry.item.id not in answered]
    if without:
        first = "、".join(item.numbered_name for item in without[:3])
        yield Fault(
            laid.place,
            f"{laid.directory.label}领域 {len(entries)} 项里还有 {len(without)} 项没有办事指南：{first}"
            + (" 等" if len(without) > len(without[:3]) else ""),
            f"请在 guides/{laid.directory.domain}/ 里按编号逐步补上，先补办得最多的。",
        )


def _unsaid(material: Material) -> list[str]:
    given = {
        "形式": material.original,
        "份数": material.copies if SOME.search(material.copies or "") else None,
        "介质": material.medium or material.form,
        "来源": material.source,
        "必要性": material.necessity,
    }
    return [name for name, value in given.items() if not value]


FREE = re.compile(r"不(?:用|需)?[收交缴]|免费|免收|无(?:收费|需|\Z)|^没有|没有收费|^0\s*元")
_CHARGED = re.compile(r"(?:[1-9]\d*(?:\.\d+)?|0\.\d+)\s*元")
GROUND = re.compile(r"《|[〔（(\[]\d{4}[〕）)\]]")
"""The name or number of the document on which the fee is based."""


def charges(fee: str) -> bool:
    """Whether something has to be paid: the text has an amount, or no word for free."""
    return bool(_CHARGED.search(fee) or not FREE.search(fee))


@rule("GK621", "fee-without-ground", "收费没有写依据", on=Guide, severity=Severity.WARNING, requirement="R3.2b")
def fee_without_ground(guide: Guide, _context: Context) -> Iterator[Fault]:
    """办事指南写着收费，没有写依据哪个文件；或者只写“按规定收费”。

    ## 为什么
    社会保险目录的公开内容列着“收费依据及标准”。收多少、凭什么收，两样都要写明。

    ## 错误
    ```yaml guides/employment/4.1.md
    收费: 每证5元
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    收费: {标准: 每证5元, 依据: 《清源县证照收费目录》（清发改〔2024〕5号）}
    ```
    """
    fee = guide.fee.text if guide.fee else ""
    if fee and not FREE.search(fee) and not GROUND.search(fee):
        yield Fault(
            place(guide, "收费"),
            f"收费“{fee}”没有写依据",
            "请写成 收费: {标准: 每证5元, 依据: 《…》（文号）}；不收费的写 不收费。",
        )
