"""Items that a county adds (GK206, GK207, GK215): under a free number, at an allowed level, in the right group."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.model.county import Unmatched
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import ADDED, Edit

SECOND, DEEPEST = 2, 3
"""How many parts the number of a 二级事项 has, and at most that of a 三级事项, the deepest level."""


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


@rule("GK215", "unlawful-level", "增加事项的层级不对", on=ADDED, requirement="R3.1c")
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
    depth = (edit.item.number or "").count(".") + 1
    if depth > DEEPEST:
        yield Fault(
            edit.step.place,
            f"增加的事项 {edit.item.number} 有 {depth} 级，目录最多三级",
            "请改为三级，如 4.1.2；更细的内容写在公开内容或办事指南里。",
        )
    elif edit.item.level3 and not _has_second_level(edit):
        yield Fault(
            edit.item.place("level3") or edit.step.place,
            f"三级事项“{edit.item.level3}”上面没有二级事项“{edit.item.level2}”",
            "请先增加这个二级事项，再在它下面设三级事项；或者把编号改到已有的二级事项之下。",
        )
    elif edit.item.level3 is None and depth != SECOND:
        yield Fault(
            edit.step.place,
            f"增加的二级事项 {edit.item.number} 的编号有 {depth} 段",
            "二级事项的编号是两段，如 1.6；要设三级事项，请写“三级事项”。",
        )
    elif other := _other_group(edit):
        yield Fault(
            edit.step.place,
            f"增加的事项 {edit.item.number} 写在“{edit.item.level1}”下，编号却和一级事项对不上：{other}",
            "请改编号，接着那个一级事项往下排；或者改一级事项。",
        )


def _other_group(edit: Edit) -> str | None:
    """How the addition's group contradicts the directory above, by its number or name; ``None`` if it does not."""
    if edit.item.level3 is not None:
        return None
    own = (edit.item.number or "").partition(".")[0]
    numbers = edit.names.groups[edit.item.domain]
    names = {name: number for number, name in numbers.items()}
    if own in numbers and numbers[own] != edit.item.level1:
        return f"{own} 是“{numbers[own]}”"
    if edit.item.level1 in names and names[edit.item.level1] != own:
        return f"“{edit.item.level1}”的编号是 {names[edit.item.level1]}"
    return None


def _has_second_level(edit: Edit) -> bool:
    return edit.item.level2 in edit.names.second_levels[edit.item.domain]
