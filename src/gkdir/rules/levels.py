"""公开层级 (GK409): a layer keeps all levels of the directory above."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit


@rule("GK409", "level-removed", "公开层级比上一级目录少", on="levels", severity=Severity.WARNING, requirement="R1.2d")
def level_removed(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开层级少了上一级目录列出的某一级。

    ## 为什么
    县级部门、经办机构、乡镇（街道）平台、村（社区）站点都要公开。去掉一级，那一级的页面和海报上就没有这个事项。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开层级: [乡级]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开层级: [县级, 乡级, 村级]}
    ```
    """
    change, before = edit.change("levels"), edit.step.before
    if change is None or change.action == "add" or before is None:
        return
    removed = [level for level in before.levels or () if level not in (edit.item.levels or ())]
    if removed:
        yield Fault(
            change.place,
            f"“{edit.item.name}”的公开层级比上一级目录少了{'、'.join(removed)}",
            "请补上；本地没有这一级站点的，用“允许”写明理由。",
            edit.item.id,
        )
