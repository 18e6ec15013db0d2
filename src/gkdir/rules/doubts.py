"""Undecided rows of an imported table (GK119, GK120), which are not in any directory yet."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.county import Doubt
from gkdir.rules.blank import says_nothing
from gkdir.rules.rule import Context, Fault, rule

_CITE = "县里公布过的每一行，要么在目录里，要么写明为什么不在"
_REFUSED = ("不采用", "不要", "是")
"""Further fillers that people write instead of a reason."""


def _settled(doubt: Doubt) -> bool:
    reason = (doubt.reason or "").strip()
    return bool(reason) and not says_nothing(reason) and reason not in _REFUSED


@rule("GK119", "unsettled-row", "导入时存疑的行还没有定下来", on=Doubt, cite=_CITE)
def unsettled_row(doubt: Doubt, _context: Context) -> Iterator[Fault]:
    """`gkdir import` 拿不准的一行：像国家目录的某一项，又不够像，记在“存疑”里，还没有人定下来。

    ## 为什么
    存疑的行不在目录里，网站上就没有它。不定下来，县里公布过的事项就悄悄少了。定下来有三种：就是国家目录的某一项，
    把栏目移到“事项”之下；是本县自己的事项，移到“增加”之下；不采用，写理由。用填写表的“存疑”一张表选最省事。

    ## 错误
    ```yaml county.yaml
    存疑:
      - 出处: 我县目录.xlsx#就业!C6
        领域: employment
        可能是: [4.1 失业登记]
        编号: "10.1"
        一级事项: 就业失业登记
        二级事项: 失业人员登记
    ```

    ## 正确
    ```yaml county.yaml
    存疑:
      - 出处: 我县目录.xlsx#就业!C6
        领域: employment
        二级事项: 失业人员登记
        不采用: 和 4.1 失业登记是同一项，内容也相同
    ```
    """
    if doubt.item is None or _settled(doubt):
        return
    name = doubt.item.level3 or doubt.item.level2 or doubt.item.level1
    near = f"可能是 {'、'.join(doubt.candidates)}，也可能" if doubt.candidates else "可能"
    message = f"导入时存疑的“{name}”（{doubt.source}）还没有定下来：{near}是本县自己的事项；现在目录里没有它"
    if doubt.reason is not None:
        message += "，“不采用”没有写明理由"
    hint = (
        "用填写表：gkdir form export 导出，在“存疑”表里选，再导入。或者在这里改：就是某一项的，把栏目移到“事项”之下；"
        "本县自己的，移到“增加”之下；不要的，加一行 不采用: 理由。"
    )
    yield Fault(doubt.place, message, hint)


@rule("GK120", "unread-imported-row", "导入时没有读懂的行还没有人看过", on=Doubt, severity=Severity.WARNING, cite=_CITE)
def unread_imported_row(doubt: Doubt, _context: Context) -> Iterator[Fault]:
    """`gkdir import` 没有读懂的一行，记在“存疑”里，还没有人看过。

    ## 为什么
    没有读懂的行不在目录里。它可能只是表格下面的说明，也可能是一个事项，要有人看过才知道。

    ## 错误
    ```yaml county.yaml
    存疑:
      - 出处: 我县目录.xlsx#就业!B9
    ```

    ## 正确
    ```yaml county.yaml
    存疑:
      - {出处: 我县目录.xlsx#就业!B9, 不采用: 是表格下面的说明}
    ```
    """
    if doubt.item is None and not _settled(doubt):
        hint = "请打开原来的表看这一行：是事项的，写到“事项”或“增加”之下，再删去这一条；不是的，写 不采用: 理由。"
        yield Fault(doubt.place, f"导入时没有读懂 {doubt.source} 这一行，目录里没有它", hint)
