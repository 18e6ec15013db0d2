"""Items of a county's own (GK203–GK207): at a lawful level, under a free number, not overlapping what is there."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.model.county import Unmatched
from gkdir.model.item import Item
from gkdir.rules.names import alike, plain, same
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit

DEEPEST = 3


@rule("GK203", "similar-name", "增加的事项与已有事项相近", on=Edit, severity=Severity.WARNING, requirement="R3.1d")
def similar_name(edit: Edit, context: Context) -> Iterator[Fault]:
    """增加的事项，名称包含已有的事项名称、被它包含，或者大半相同。

    ## 为什么
    补充和细化的事项不得与已有事项交叉重叠。名称相近不一定重叠，请人看一眼；确实不重叠的，用允许写明理由。
    三级事项的名称里带着它自己的二级事项名称，不算相近。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上就业登记}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记}
    ```
    """
    if not edit.added or _equal(edit, context):
        return
    close = [f"“{label}”" for label, name in _others(edit) if alike(edit.item.name, name)]
    if close:
        yield Fault(
            _name_place(edit),
            f"增加的事项“{edit.item.name}”与{'、'.join(close)}名称相近，可能交叉重叠",
            "内容重叠的，请改为修改原有事项或换一个说得清区别的名称；不重叠的，用“允许”写明理由。",
            edit.item.id,
        )


@rule("GK204", "duplicate-name", "增加的事项与已有事项重复", on=Edit, requirement="R3.1d")
def duplicate_name(edit: Edit, context: Context) -> Iterator[Fault]:
    """增加的事项，名称与已有的事项相同，或只差括号、空格和“申领、申请、办理、服务”几个字。

    ## 为什么
    补充和细化的事项不得与已有事项交叉重叠。同一件事列两次，群众不知道看哪一个。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 失业登记办理}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记}
    ```
    """
    equal = _equal(edit, context) if edit.added else []
    if equal:
        yield Fault(
            _name_place(edit),
            f"增加的事项“{edit.item.name}”与{'、'.join(equal)}重复",
            "同一件事请只列一次：要改原有事项，写在“事项”下；确是另一件事，请换一个说得清区别的名称。",
            edit.item.id,
        )


@rule("GK206", "number-taken", "增加的事项编号已被占用", on=Unmatched, requirement="R3.1c")
def number_taken(unmatched: Unmatched, _context: Context) -> Iterator[Fault]:
    """增加的事项用了别的事项的编号。

    ## 为什么
    编号是事项的门牌，网址、指南和打印件都靠它。要改已有的事项，写在事项下；要增加，用一个没有用过的编号。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1", 一级事项: 就业失业登记, 二级事项: 灵活就业人员备案}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记}
    ```
    """
    if unmatched.reason == "taken":
        holder = f"（{'、'.join(unmatched.candidates)}）" if unmatched.candidates else ""
        yield Fault(
            unmatched.place,
            f"增加的事项编号 {unmatched.number} 已经有了{holder}",
            "要修改已有的事项，请写在“事项”下；要增加，请换一个没有用过的编号。",
            f"{unmatched.domain}/{unmatched.number}",
        )


@rule("GK207", "orphan-addition", "增加的事项不知属于哪里", on=Unmatched, requirement="R3.1c")
def orphan_addition(unmatched: Unmatched, _context: Context) -> Iterator[Fault]:
    """增加的事项既没有写一级事项和二级事项，编号也不在任何已有事项之下；或者层级超过三级。

    ## 为什么
    可以补充一级、二级事项，也可以在二级事项下设三级事项，不能再往下分，也不能没有归属。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.9.1", 三级事项: 线上登记}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记}
    ```
    """
    if unmatched.reason == "orphan":
        near = f"您是不是想写在{'、'.join(f'“{one}”' for one in unmatched.candidates)}之下。"
        yield Fault(
            unmatched.place,
            f"增加的事项 {unmatched.number} 不知属于哪个一级、二级事项",
            (near if unmatched.candidates else "")
            + "增加二级事项请写“一级事项”和“二级事项”；增加三级事项，编号要在它的二级事项之下，如 4.1.1。",
            f"{unmatched.domain}/{unmatched.number}",
        )


@rule("GK215", "unlawful-level", "增加事项的层级不对", on=Edit, requirement="R3.1c")
def unlawful_level(edit: Edit, _context: Context) -> Iterator[Fault]:
    """增加的事项超过了三级，或者三级事项不在任何二级事项之下，或者二级事项的编号属于另一个一级事项。

    ## 为什么
    可以补充一级、二级事项，可以在二级事项下设三级事项；三级以下不能再分，三级事项上面要有二级事项。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记}
          - {编号: "4.1.1.1", 三级事项: 手机号码核验}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        增加:
          - {编号: "4.1.1", 三级事项: 线上失业登记}
          - {编号: "4.1.2", 三级事项: 手机号码核验}
    ```
    """
    if not edit.added:
        return
    depth = (edit.item.number or "").count(".") + 1
    if depth > DEEPEST:
        yield Fault(
            edit.step.place,
            f"增加的事项 {edit.item.number} 有 {depth} 级，目录最多三级",
            "请改为三级，如 4.1.2；更细的内容写在公开内容或办事指南里。",
            edit.item.id,
        )
    elif edit.item.level3 and not _stands_under_second_level(edit):
        yield Fault(
            _name_place(edit),
            f"三级事项“{edit.item.level3}”上面没有二级事项“{edit.item.level2}”",
            "请先增加这个二级事项，再在它下面设三级事项；或者把编号改到已有的二级事项之下。",
            edit.item.id,
        )
    elif other := _other_group(edit):
        yield Fault(
            edit.step.place,
            f"增加的事项 {edit.item.number} 写在“{edit.item.level1}”下，编号却和一级事项对不上：{other}",
            "请改编号，接着那个一级事项往下排；或者改一级事项。",
            edit.item.id,
        )


def _other_group(edit: Edit) -> str | None:
    """What the directory above says of the group's number or name, where the addition says otherwise."""
    if edit.item.level3 is not None:
        return None
    own = (edit.item.number or "").partition(".")[0]
    others = [entry.item for entry in edit.catalog.directories[edit.item.domain].entries if not entry.local]
    numbers = {(other.number or "").partition(".")[0]: other.level1 for other in others}
    names = {name: number for number, name in numbers.items()}
    if own in numbers and numbers[own] != edit.item.level1:
        return f"{own} 是“{numbers[own]}”"
    if edit.item.level1 in names and names[edit.item.level1] != own:
        return f"“{edit.item.level1}”的编号是 {names[edit.item.level1]}"
    return None


def _stands_under_second_level(edit: Edit) -> bool:
    directory = edit.catalog.directories[edit.item.domain]
    others = (entry.item for entry in directory.entries if entry is not edit.entry)
    return any(other.level2 == edit.item.level2 and other.level3 is None for other in others)


def _equal(edit: Edit, context: Context) -> list[str]:
    """The items and groups whose name the addition repeats."""
    equal = [f"“{label}”" for label, name in _others(edit) if same(edit.item.name, name)]
    parents = (edit.item.level1, edit.item.level2) if edit.item.level3 else (edit.item.level1,)
    if _under_known_group(edit, context):
        equal += [f"它所属的“{name}”" for name in parents if same(edit.item.name, name)]
    return equal


def _others(edit: Edit) -> Iterator[tuple[str, str]]:
    """What an addition must not overlap: all other items and groups of its place, but not its own parents.

    Of two additions the later one is at fault, so an addition looks only at those before it.
    """
    seen = {plain(edit.item.level1)} | ({plain(edit.item.level2)} if edit.item.level3 else set())
    for item in _items(edit):
        for label, name in ((f"{item.number} {item.name}", item.name), (f"一级事项 {item.level1}", item.level1)):
            if plain(name) not in seen:
                seen.add(plain(name))
                yield label, name


def _items(edit: Edit) -> Iterator[Item]:
    for directory in edit.catalog.directories.values():
        for entry in directory.entries:
            later = entry.local and entry.steps[0].place.order >= edit.step.place.order
            if entry is not edit.entry and not later:
                yield entry.item
        yield from (omitted.item for omitted in directory.omitted)


def _under_known_group(edit: Edit, context: Context) -> bool:
    """Whether the group was there before the addition, not brought by it under the same name."""
    return edit.item.level3 is not None or any(
        item.level1 == edit.item.level1 for directory in context.national.values() for item in directory.items
    )


def _name_place(edit: Edit) -> Place:
    return edit.item.place("level3" if edit.item.level3 else "level2") or edit.step.place
