"""Completeness against the directory above (GK2xx): every item is kept, refined, or omitted with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.model.county import DomainOverlay, Unmatched
from gkdir.rules.names import meant, perhaps
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Laid, OrphanGuide


@rule("GK201", "unknown-item", "上一级目录里没有这个事项", on=Unmatched, requirement="R3.1f")
def unknown_item(unmatched: Unmatched, _context: Context) -> Iterator[Fault]:
    """事项下写的编号，国家目录（和上级目录）里没有。

    ## 为什么
    事项下只写对上一级目录的改动。编号写错，改动就落了空；本地自己的事项要写在增加下。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "4.9": {公开时限: 信息形成或变更之日起10个工作日内公开}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "4.1": {公开时限: 信息形成或变更之日起10个工作日内公开}
    ```
    """
    if unmatched.reason == "unknown":
        near = f"您是不是想写{'、'.join(f'“{one}”' for one in unmatched.candidates)}。" if unmatched.candidates else ""
        yield Fault(
            unmatched.place,
            f"上一级目录里没有编号为 {unmatched.number} 的事项",
            f"{near}本地自己的事项请写在“增加”下。",
            f"{unmatched.domain}/{unmatched.number}",
        )


@rule("GK205", "lost-item", "国家目录的事项不见了", on=Laid, requirement="R1.2a")
def lost_item(laid: Laid, context: Context) -> Iterator[Fault]:
    """国家目录里的事项，本地目录里没有，也没有写不列入。

    ## 为什么
    “两个目录”的事项要全面公开：公开的加上写明理由不列入的，应当一项不少。县里只写差别，通常不会少；
    少了，多半是国家目录的工作簿里有重号或缺号的行。

    ## 错误
    ```text
    全国目录的工作簿里有两行都编作 4.1，其中一行叠加后不见了。
    ```

    ## 正确
    ```text
    全国目录的每一行有自己的编号。
    ```
    """
    national = context.project.national.get(laid.directory.domain)
    if national is None or laid.catalog is not context.catalog:
        return
    there = [entry.national for entry in laid.directory.entries if entry.national is not None]
    there += [omitted.item for omitted in laid.directory.omitted]
    kept = {(item.number, item.name) for item in there}
    lost = [item for item in national.items if (item.number, item.name) not in kept]
    if lost:
        names = "、".join(f"{item.number or '（无编号）'} {item.name}" for item in lost)
        yield Fault(
            laid.place,
            f"国家目录的 {len(national.items)} 项里有 {len(lost)} 项不见了：{names}",
            "请检查国家目录的工作簿：每一行都要有编号，编号不能重复。",
        )


@rule("GK208", "unknown-domain", "没有这个领域的国家目录", on=DomainOverlay, requirement="R3.1f")
def unknown_domain(domain: DomainOverlay, context: Context) -> Iterator[Fault]:
    """目录下写的领域，没有对应的国家目录工作簿。

    ## 为什么
    领域的名称就是 directories/national/ 下工作簿的文件名。名称写错，下面写的一切都落了空。

    ## 错误
    ```yaml county.yaml
    目录:
      employmant:
        审核日期: 2026-03-01
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```
    """
    labels = {directory.label: key for key, directory in context.project.national.items()}
    near = labels.get(domain.domain) or meant(domain.domain, context.project.national)
    known = "、".join(f"{key}（{label}）" for label, key in sorted(labels.items(), key=lambda pair: pair[1]))
    yield Fault(
        domain.place,
        f"没有名为 {domain.domain} 的国家目录",
        (f"您是不是想写 {near}。" if near else "") + f"现有的领域：{known}。",
    )


@rule("GK209", "edit-of-omitted", "改动了上级不列入的事项", on=Unmatched, requirement="R3.1e")
def edit_of_omitted(unmatched: Unmatched, _context: Context) -> Iterator[Fault]:
    """上一级已经写明不列入的事项，这一级又去改它。

    ## 为什么
    上一级没有开展的业务，这一级改了也不会公开，两级说法也不一致。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "9.1": {不列入: 由设区的市受理，本县未开展此项业务}
    ```
    ```yaml towns/baishi.yaml
    名称: 白石镇
    代码: "990101101"
    级别: 乡级
    目录:
      employment:
        审核日期: 2026-03-01
        事项:
          "9.1": {公开时限: 信息形成或变更之日起5个工作日内公开}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "9.1": {不列入: 由设区的市受理，本县未开展此项业务}
    ```
    """
    if unmatched.reason == "omitted":
        yield Fault(
            unmatched.place,
            f"事项 {unmatched.number} 上一级已写明不列入，这里的改动不起作用",
            "请删去这里的改动；其实开展了这项业务的，请上一级删去“不列入”。",
            f"{unmatched.domain}/{unmatched.number}",
        )


@rule("GK210", "guide-of-omitted", "不列入的事项还有办事指南", on=OrphanGuide, requirement="R3.1e")
def guide_of_omitted(orphan: OrphanGuide, context: Context) -> Iterator[Fault]:
    """一个事项写了不列入，却还放着它的办事指南。

    ## 为什么
    不列入就是没有开展；还放着指南，群众会照着来办。两处只能有一处是对的。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "4.1": {不列入: 本县未开展此项业务}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
    ```
    """
    guide = orphan.guide
    directory = context.catalog.directories.get(guide.domain) if context.catalog else None
    omitted = [one for one in directory.omitted if one.item.id == guide.id] if directory else []
    if omitted:
        yield Fault(
            guide.place,
            f"“{omitted[0].item.name}”已写明不列入（{omitted[0].omission.place}），却还有办事指南",
            "没有开展的，请移走这份指南；开展了的，请删去“不列入”。",
            guide.id,
        )


@rule("GK214", "guide-without-item", "办事指南没有对应的事项", on=OrphanGuide, requirement="R3.1f")
def guide_without_item(orphan: OrphanGuide, context: Context) -> Iterator[Fault]:
    """办事指南的文件名，不是本县目录里任何事项的编号。

    ## 为什么
    指南按文件名挂到事项上：guides/employment/4.1.md 是就业目录 4.1 的指南。文件名写错，这份指南不会发布。

    ## 错误
    ```yaml guides/employment/4.9.md
    简述: 办理失业登记
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    简述: 办理失业登记
    ```
    """
    guide = orphan.guide
    directories = context.catalog.directories if context.catalog else {}
    directory = directories.get(guide.domain)
    known = [entry.item.number or "" for entry in directory.entries] if directory else sorted(directories)
    if directory and (
        any(one.item.id == guide.id for one in directory.omitted)
        or any(one.number == guide.number for one in directory.unmatched)
        or context.unsettled
    ):
        return
    near = perhaps(guide.number if directory else guide.domain, known)
    yield Fault(
        guide.place,
        f"本县目录里没有编号为 {guide.id} 的事项，这份指南不会发布",
        f"{near}请把文件名改成事项的编号，如 guides/employment/4.1.md。",
        guide.id,
    )
