"""Items that a county adds (GK203, GK204): their names must not duplicate existing ones."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.rules.names import alike, plain, same
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import ADDED, Edit

_MANY = 5
"""The most names to quote in a finding."""


@rule("GK203", "similar-name", "增加的事项与已有事项相近", on=ADDED, severity=Severity.WARNING, requirement="R3.1d")
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
    if _equal(edit, context):
        return
    group = _similar_group(edit)
    if group:
        yield Fault(
            edit.item.place("level1") or edit.step.place,
            f"新设的一级事项“{edit.item.level1}”与已有的一级事项“{group}”名称相近，可能交叉重叠",
            "是同一类的，请改成已有的名称，编号接着往下排；不是的，用“允许”写明理由。",
        )
    close = edit.names.like(edit.item.name, edit.entry, _parents(edit), _MANY + 1)
    if close:
        named = "、".join(f"“{label}”" for label in close[:_MANY]) + ("等" if len(close) > _MANY else "")
        yield Fault(
            _name_place(edit),
            f"增加的事项“{edit.item.name}”与{named}名称相近，可能交叉重叠",
            "内容重叠的，请改为修改原有事项或换一个说得清区别的名称；不重叠的，用“允许”写明理由。",
        )


@rule("GK204", "duplicate-name", "增加的事项与已有事项重复", on=ADDED, requirement="R3.1d")
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
    equal = _equal(edit, context)
    if equal:
        yield Fault(
            _name_place(edit),
            f"增加的事项“{edit.item.name}”与{'、'.join(equal)}重复",
            "同一件事请只列一次：要改原有事项，写在“事项”下；确是另一件事，请换一个说得清区别的名称。",
        )


def _similar_group(edit: Edit) -> str | None:
    """The existing group with a name similar to that of the addition's new group; ``None`` if there is none."""
    known = edit.names.group_names[edit.item.domain]
    if edit.item.level3 is not None or edit.item.level1 in known:
        return None
    near = (name for name in known if same(edit.item.level1, name) or alike(edit.item.level1, name))
    return min(near, default=None)


def _equal(edit: Edit, context: Context) -> list[str]:
    """The items and groups with the addition's name, as a message names them."""
    label = edit.names.same(edit.item.name, edit.entry, _parents(edit))
    equal = [f"“{label}”"] if label else []
    parents = (edit.item.level1, edit.item.level2) if edit.item.level3 else (edit.item.level1,)
    repeated = [name for name in parents if same(edit.item.name, name)]
    if repeated and _under_known_group(edit, context):
        equal += [f"它所属的“{name}”" for name in repeated]
    return equal


def _parents(edit: Edit) -> set[str]:
    """The plain names of an addition's parents, which its own name may repeat in part."""
    return {plain(edit.item.level1)} | ({plain(edit.item.level2)} if edit.item.level3 else set())


def _under_known_group(edit: Edit, context: Context) -> bool:
    """Whether the group existed before the addition, rather than being created by it."""
    return edit.item.level3 is not None or any(
        item.level1 == edit.item.level1 for directory in context.project.national.values() for item in directory.items
    )


def _name_place(edit: Edit) -> Place:
    return edit.item.place("level3" if edit.item.level3 else "level2") or edit.step.place
