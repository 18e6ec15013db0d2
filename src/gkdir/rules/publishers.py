"""Publishers (GK212, GK213): they are described organisations, and the directory is not a mere copy."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.rules.blank import says_nothing
from gkdir.rules.names import perhaps
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit, Laid


@rule("GK212", "unknown-publisher", "公开主体不在机构里", on="publisher", severity=Severity.WARNING, requirement="R2.1")
def unknown_publisher(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开主体写的名称，机构里没有。

    ## 为什么
    公开主体写机构的简称，页面上就会带出全称、地址和电话；对不上，群众不知道该找谁。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开主体: [人社局, 就业中心]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开主体: [人社局]}
    ```
    """
    for change in edit.changes("publisher"):
        if not isinstance(change.value, tuple):
            continue
        named = (name for name in change.value if isinstance(name, str) and not says_nothing(name))
        for name in named:
            if name in edit.catalog.organisations or _known(name, edit, context):
                continue
            places = {written.text.strip(): written.place for written in change.elements}
            yield Fault(
                places.get(name, change.place),
                f"公开主体“{name}”不在“机构”里",
                perhaps(name, edit.catalog.organisations) + "请先在“机构”里写明它的名称、地址和电话。",
            )


@rule("GK213", "plain-copy", "目录大半照抄国家目录", on=Laid, severity=Severity.INFO, requirement="R1.2b")
def plain_copy(laid: Laid, context: Context) -> Iterator[Fault]:
    """一个领域的目录，过半的事项公开主体和渠道与国家目录一字不差。

    ## 为什么
    通知要求结合各地实际情况细化、完善。至少要把“人力资源社会保障部门”换成本县的单位。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
      social_insurance:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```
    """
    # what is written below a misspelt domain may belong here
    if laid.catalog is not context.catalog or laid.catalog.unmatched_domains:
        return
    entries = [entry for entry in laid.directory.entries if not entry.local]
    copied = [entry for entry in entries if not entry.changed & {"publisher", "channels"}]
    if len(copied) * 2 > len(entries):
        yield Fault(
            laid.place,
            f"{laid.directory.label}领域 {len(entries)} 项里有 {len(copied)} 项的公开主体和渠道照抄国家目录",
            f"请至少写一行 默认: {{公开主体: [{_office(laid)}]}}，把公开主体换成本县的单位。",
        )


def _office(laid: Laid) -> str:
    """An example of the name of the domain's office in a county."""
    return (laid.directory.facts.office if laid.directory.facts else "") or "机构的简称"


def _known(name: str, edit: Edit, context: Context) -> bool:
    """Whether the name is of an organisation, or a word of the national directory, or may be in a part not read."""
    files = (layer.place.file for layer in edit.catalog.layers)
    if edit.catalog.organisation(name) is not None or any(context.troubled(file) for file in files):
        return True
    items = (item for directory in context.project.national.values() for item in directory.items)
    return any(name in item.publisher for item in items)
