"""Cells that every row must have (R3.0a, R3.3a, R3.6a, R3.6d), judged for the layer that wrote or added the row."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Place
from gkdir.model.columns import COLUMN
from gkdir.model.item import Basis, Item
from gkdir.rules.blank import says_none, says_nothing
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import ADDED, Edit

_WANTED = ("content", "time_limit", "publisher")


@rule("GK211", "missing-cell", "必须有的栏目是空的", on=(*_WANTED, ADDED), requirement="R3.0a")
def missing_cell(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开内容、公开时限或公开主体是空的。

    ## 为什么
    通知要求每个事项明确主体、内容、时限和方式。增加的二级事项没有上一级可以沿用，要写全；改动已有的事项，
    不能把原来有的改成空的。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        增加:
          - 编号: "1.6"
            一级事项: 就业信息服务
            二级事项: 零工市场开放时间
            公开内容: [市场地址, 开放时间]
            公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]
            公开时限: 信息形成或变更之日起10个工作日内公开
            公开渠道和载体: [政府网站]
            公开对象: [全社会]
            公开方式: [主动]
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        增加:
          - 编号: "1.6"
            一级事项: 就业信息服务
            二级事项: 零工市场开放时间
            公开内容: [市场地址, 开放时间]
            公开依据: [《清源县公共就业服务办法》（清政发〔2024〕5号）]
            公开时限: 信息形成或变更之日起10个工作日内公开
            公开主体: [人社局]
            公开渠道和载体: [政府网站]
            公开对象: [全社会]
            公开方式: [主动]
    ```
    """
    written = _WANTED if edit.added else [key for key in edit.last if key in _WANTED]
    empty = [key for key in written if _blank(edit, key, context)]
    if edit.added and _blank(edit, "channels", context):
        empty.append("channels")
    by_place: dict[Place, list[str]] = {}
    for key in empty:
        by_place.setdefault(edit.place(key), []).append(COLUMN[key].label)
    for place, labels in by_place.items():
        yield Fault(
            place,
            f"“{edit.item.name}”没有写{'、'.join(labels)}",
            "请补上" + ("。" if edit.added else "，或者删去这一行，沿用上一级的内容。"),
        )


@rule("GK501", "no-basis", "没有公开依据", on=("basis", ADDED), requirement="R3.3a")
def no_basis(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开依据是空的。

    ## 为什么
    每个事项都要列出所依据的国家和本地政策法规名称。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: []}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: [《中华人民共和国就业促进法》]}
    ```
    """
    if _blank(edit, "basis", context):
        yield Fault(
            edit.place("basis"),
            f"“{edit.item.name}”没有公开依据",
            "请写出所依据的政策法规名称，如《中华人民共和国就业促进法》，不需要写到条款。",
        )


@rule("GK411", "no-audience", "没有公开对象", on=("audience", ADDED), requirement="R3.6a")
def no_audience(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开对象是空的：全社会和特定群体至少要有一个。

    ## 为什么
    没有对象，就不知道该向谁公开。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: []}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: [全社会]}
    ```
    """
    if _blank(edit, "audience", context):
        yield Fault(
            edit.place("audience"),
            f"“{edit.item.name}”没有写公开对象",
            "请写 公开对象: [全社会]；只向一部分人公开的，写特定群体和群体的名称。",
        )


@rule("GK412", "no-mode", "没有公开方式", on=("mode", ADDED), requirement="R3.6d")
def no_mode(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开方式是空的：主动和依申请至少要有一个。

    ## 为什么
    公开方式应标注主动公开还是依申请公开。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: []}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: [主动]}
    ```
    """
    if _blank(edit, "mode", context):
        yield Fault(
            edit.place("mode"),
            f"“{edit.item.name}”没有写公开方式",
            "请写 公开方式: [主动]；依法只能依申请公开的，写 [依申请] 并写明依申请依据。",
        )


def _blank(edit: Edit, key: str, context: Context) -> bool:
    """Whether this layer left the cell empty: by adding the row without it, or by writing it empty."""
    if not edit.added and key not in edit.last:
        return False
    if _filled(edit.item, key):
        return False
    if not edit.added:
        return True
    # it may be there under a misspelt key, which is reported elsewhere
    place = edit.step.place
    return not context.troubled(place.file, place.line or 0, context.last_line(place))


def _filled(item: Item, key: str) -> bool:
    if key == "time_limit":
        return not says_none(item.time_limit.text)  # 同上 and 待定 are not limits, which is reported elsewhere
    texts = [one.text if isinstance(one, Basis) else one for one in getattr(item, key)]
    return not all(map(says_nothing, texts))
