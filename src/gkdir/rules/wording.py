"""Wording of guides (GK604, GK605, GK612): no catch-all demands, nothing vague, no placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.guide import Guide
from gkdir.rules.blank import LONGEST, one_of, unfinished
from gkdir.rules.guideparts import demands, explanations, texts
from gkdir.rules.rule import Context, Fault, rule

_PAPERS = "材料|证明|资料|文件|证件|手续"
CATCH_ALL = (
    rf"其[他它余][^，。；、（]{{0,8}}(?:{_PAPERS}|条件|要求|情形|情况)|等(?:相关|有关)?(?:{_PAPERS})"
    rf"|(?:必要|必需|有关|相关|需要|要求)(?:提供|提交|补充|出具|出示)?的[^，。；、（]{{0,4}}(?:{_PAPERS})"
)
"""Catch-all demands in more wordings than a list of words can have."""
AND_MORE_WORDS = ("其他", "其它", "其余")
AND_MORE = re.compile(rf"其[他它余][^，。；、（]{{0,8}}(?:{_PAPERS})")
ASKED = re.compile(r"带|交|提供|出[示具]|补充|准备|备齐")
NOT_ASKED = re.compile(r"不用|不需|不必|不要|不再|不得|无需|无须|免|没有|别|不限|除外|[?？]")
"""Words of a clause that demands nothing: 不用交其他材料."""
_PLACEHOLDER_SIGNS = ("略", "??", "？？", "xx", "__", "＿＿", "待定", "待填", "暂无", "未定", "未填")
_PLACEHOLDER = re.compile(r"[（(]略[)）]|[?？]{3,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|[_＿]{3,}")
"""Placeholders made of signs."""
_CLAUSE = re.compile(r"[，。；,;]")
_SENTENCE = re.compile(r"(?<=[。！？!?])")


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
    demanded = [(text, where, _catch_all(text, context)) for text, where in demands(guide)]
    names = ((material.name, material.place) for material in guide.materials or ())
    demanded += [
        (name, where, "等") for name, where in names if name.endswith(("等", "等等")) and not _catch_all(name, context)
    ]
    demanded += [(text, where, _and_more(text)) for text, where in explanations(guide, AND_MORE_WORDS)]
    for text, where, word in demanded:
        if word:
            yield Fault(
                where,
                f"“{text.strip()}”里有兜底说法“{word}”",
                "请逐项写明是什么材料、什么条件；没有的就删去。",
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
    words = context.reference.words.vague
    for text, where in texts(guide, words):
        word = next((word for word in words if word in text), None)
        if word:
            yield Fault(where, f"“{text.strip()}”里的“{word}”说得不明确", "请写明是谁、什么情况、什么时候。")


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
    words = context.reference.words.placeholders
    for text, where in texts(guide, (*words, *_PLACEHOLDER_SIGNS)):
        word = next((word for word in words if word in text), None) or _placeholder(text)
        if word:
            yield Fault(where, f"“{text.strip()}”像是没有写完", f"请把“{word}”换成真实的内容。")


def _placeholder(text: str) -> str | None:
    """The first placeholder made of signs, or the whole text if it is a placeholder; ``None`` if there is none."""
    if "略" in text or "?" in text or "？" in text or "x" in text or "X" in text or "_" in text or "＿" in text:
        match = _PLACEHOLDER.search(text)
        if match:
            return match[0]
    return text.strip() if len(text) <= LONGEST and unfinished(text) else None


def _catch_all(text: str, context: Context) -> str | None:
    """The catch-all words in a clause that demands something; ``None`` if there are none."""
    open_ended = one_of(context.reference.words.catch_all, CATCH_ALL)
    if open_ended.search(text) is None:
        return None
    for clause in _CLAUSE.split(text):
        match = open_ended.search(clause)
        if match and not NOT_ASKED.search(clause):
            return match[0]
    return None


def _and_more(text: str) -> str | None:
    """The same for an explanation, where they only count in a clause that says to bring something."""
    if AND_MORE.search(text) is None:
        return None
    for sentence in _SENTENCE.split(text):
        match = AND_MORE.search(sentence)
        if match and ASKED.search(sentence) and not NOT_ASKED.search(sentence):
            return match[0]
    return None
