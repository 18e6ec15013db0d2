"""Wording of guides (GK604, GK605, GK612): no catch-all demands, nothing vague, nothing left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.guide import Guide
from gkdir.rules.guideparts import demands, texts
from gkdir.rules.rule import Context, Fault, rule

_PAPERS = "材料|证明|资料|文件|证件|手续"
CATCH_ALL = re.compile(rf"其[他它][^，。；、（]{{0,8}}(?:{_PAPERS}|条件|要求)|等(?:相关|有关)?(?:{_PAPERS})")
"""More ways of saying it than a list of words could hold."""


@rule("GK604", "catch-all-demand", "办理材料或条件有兜底说法", on=Guide, requirement="R3.2g")
def catch_all_demand(guide: Guide, context: Context) -> Iterator[Fault]:
    """材料或条件里写着“其他材料”“相关证明”一类的话。

    ## 为什么
    不得在办事指南明确的条件外自行增加办事要求。兜底说法等于留了一个随时可以加材料的口子。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理材料:
      - {名称: 其他相关材料, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 申请人自备, 必要性: 必要}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理材料:
      - {名称: 解除劳动合同证明, 形式: 原件, 份数: 1, 介质: 纸质, 来源: 原用人单位出具, 必要性: 必要}
    ```
    """
    for text, where in demands(guide):
        word = next((word for word in context.reference.words.catch_all if word in text), None)
        said = CATCH_ALL.search(text)
        if word or said:
            word = word or (said[0] if said else "")
            yield Fault(
                where,
                f"“{text.strip()}”里有兜底说法“{word}”",
                "请逐项写明是什么材料、什么条件；没有的就删去。",
                guide.id,
            )


@rule("GK605", "vague-guide", "办事指南有模糊说法", on=Guide, severity=Severity.WARNING, requirement="R5.2b")
def vague_guide(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南里写着“酌情”“视情况”“有关部门”一类的话。

    ## 为什么
    模糊条款要逐一明确。谁来办、什么情况、什么时候，写出来群众才能照着做。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 视情况通知
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 当场告知
    ```
    """
    for text, where in texts(guide):
        word = next((word for word in context.reference.words.vague if word in text), None)
        if word:
            yield Fault(where, f"“{text.strip()}”里的“{word}”说得不明确", "请写明是谁、什么情况、什么时候。", guide.id)


@rule("GK612", "placeholder-text", "办事指南没有写完", on=Guide, severity=Severity.WARNING, requirement="R5.2b")
def placeholder_text(guide: Guide, context: Context) -> Iterator[Fault]:
    """办事指南里还留着“待补充”“敬请期待”“××”。

    ## 为什么
    没有写完的内容发布出去，等于告诉群众这里没有人管。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 待补充
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 当场告知
    ```
    """
    for text, where in texts(guide):
        word = next((word for word in context.reference.words.placeholders if word in text), None)
        if word:
            yield Fault(where, f"“{text.strip()}”像是没有写完", f"请把“{word}”换成真实的内容。", guide.id)
