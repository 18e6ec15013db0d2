"""公开内容 (GK218, GK219): a layer's own list has the elements of the directory above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from gkdir.finding import Severity
from gkdir.rules.blank import says_nothing
from gkdir.rules.names import plain
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit

GENERIC = frozenset(("办理", "服务", "申请", "政策", "信息", "公开", "相关", "报名", "培训", "事项", "补贴", "内容"))
"""Bigrams that do not identify an element."""
KINDS = {
    kind: re.compile(words)
    for kind, words in (
        ("consulting", r"(?:电话|热线|号码|联系方式)|咨询(?:查询)?(?:方式|渠道|途径|查询|\Z)"),
        ("complaint", "监督|投诉|举报"),
        ("hours", "时间"),
        ("limit", "时限|期限|办理时间|办结时间"),
        ("place", "地[点址]|场所|机构|窗口"),
        ("flow", "流程|程序|步骤|环节"),
        ("materials", "材料|资料|证件|要件"),
        ("conditions", "条件|资格|要求"),
        ("served", "对象|范围|人群"),
        ("amount", "标准|金额|额度|收费"),
        ("basis", "依据"),
        ("result", "结果|送达|告知"),
        ("rights", "权利|义务"),
    )
}
"""Kind of an element → its words; elements of different kinds, 咨询时间 and 咨询电话, do not replace each other."""
WAY = re.compile("方式|渠道|途径")
NOT_PUBLIC = re.compile("领导|局长|主任|科长|内部|私人")
"""Words for phones that are not for the public."""
COUNTED = re.compile(r"(?:数|数量|人数|次数|记录|统计|总数|情况)\Z")
"""Endings of statements about an element, which are not the element: 申请人数."""
WHOLE = "指南"
"""办事指南 includes all elements of a guide."""
LEFT = 3
"""Content with fewer than one in this many elements left counts as gutted."""


@rule(
    "GK218", "content-dropped", "公开内容比上一级目录少", on="content", severity=Severity.WARNING, requirement="R3.0a"
)
def content_dropped(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开内容整个换掉以后，少了上一级目录列出的要素。

    ## 为什么
    目录列出的要素，群众都要看到。写成列表是整个替换，容易漏；只想增加的，写 {增加: [...]}。说法不同、意思一样的不算少。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开内容: [就业创业政策项目, 对象范围, 申请条件, 申请材料, 办理流程, 办理地点]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开内容: {增加: [线上办理入口]}}
    ```
    """
    dropped = _dropped(edit)
    if dropped and not _gutted(edit, dropped):
        yield _fault(edit, dropped)


@rule("GK219", "content-gutted", "公开内容大半没有了", on="content", requirement="R3.0a")
def content_gutted(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开内容整个换掉以后，上一级目录列出的要素剩下不到三分之一。

    ## 为什么
    “两个目录”确定的公开事项要全面公开。只剩一个咨询电话，群众看不到条件、材料和流程，等于没有公开。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开内容: [咨询电话]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开内容: {增加: [线上办理入口]}}
    ```
    """
    dropped = _dropped(edit)
    if dropped and _gutted(edit, dropped):
        yield _fault(edit, dropped)


def _fault(edit: Edit, dropped: Sequence[str]) -> Fault:
    change = edit.change("content")
    return Fault(
        change.place if change else edit.step.place,
        f"“{edit.item.name}”的公开内容比上一级目录少了 {len(dropped)} 项：{'、'.join(dropped)}",
        "请补上；只想增加的，写成 公开内容: {增加: [线上办理入口]} 的样子。本地确实没有某一项的，用“允许”写明理由。",
    )


def _dropped(edit: Edit) -> list[str]:
    """The elements above without a counterpart in the layer's list; with two directories above, the longer result."""
    change = edit.change("content")
    if change is None or change.action == "add" or all(map(says_nothing, edit.item.content)):
        return []  # an empty cell is reported elsewhere
    missing = [_missing(above.content, edit.item.content) for _, above in edit.above("content")]
    return max(missing, key=len, default=[])


def _missing(above: Sequence[str], own: Sequence[str]) -> list[str]:
    counted = Counter(kind for element in above for kind in kinds(element))
    alone = {kind for kind, count in counted.items() if count == 1}
    return [element for element in above if not any(_covers(one, element, alone) for one in own)]


def _covers(own: str, above: str, alone: Set[str]) -> bool:
    """Whether ``own`` has the content of ``above``.

    A common kind is enough if it is one of ``alone``, the kinds with only one element in the list above.
    """
    one, other = plain(own), plain(above)
    if one == other:
        return True
    if not one or COUNTED.search(one):
        return False
    shared = kinds(own) & kinds(above)
    if not shared and kinds(own) and kinds(above):
        return False
    near = (one in other and one not in GENERIC) or other in one or bool((_pairs(one) & _pairs(other)) - GENERIC)
    return bool(shared & alone) or (near and bool(shared or one in other or not kinds(above)))


@lru_cache(maxsize=1 << 12)
def kinds(element: str) -> Set[str]:
    """The kinds of the element: for 办理地点（方式） a place and a way."""
    found = {kind for kind, pattern in KINDS.items() if pattern.search(element)}
    if ("complaint" in found and "咨询" not in element) or NOT_PUBLIC.search(element):
        found.discard("consulting")
    if WAY.search(element) and not found - {"place"}:
        found.add("way")
    return frozenset(found)


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}


def _gutted(edit: Edit, dropped: Sequence[str]) -> bool:
    """Whether hardly any element is left, and no others were added."""
    longest = max((len(above.content) for _, above in edit.above("content")), default=0)
    if any(WHOLE in element for element in edit.item.content):
        return False
    return (longest - len(dropped)) * LEFT < longest and len(edit.item.content) * 2 < longest
