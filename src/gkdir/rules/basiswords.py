"""Words around the name of a law (GK512–GK514): the name is not empty, and all other words are understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.read.leftover import loosening, quoted
from gkdir.read.text import fold
from gkdir.read.unread import beside_title
from gkdir.rules.bases import clause_of, own_bases, sloppy
from gkdir.rules.blank import one_of, says_nothing
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit

COLUMN = "basis"
NAME = re.compile(r"[\u4e00-\u9fff]{3}")
"""What a name contains at least: three Chinese characters; a number in 《》 is not a name."""
NO_NAME = re.compile(
    r"(?:国家|地方|上级|下级|本[局县地单位区市省部门]{1,2}|我[局县区市省]|[省市县区]级?|部门|单位|内部|其他|各[项级类种]|有关|相关|领导"
    r"|法律|法规|规章|制度|条例|办法|规定|规则|细则|通知|意见|文件|决定|政策|要求|精神|讲话稿?|批示|指示|党[委组]|县委|县政府|政府|人社局|常委会?|岗位|职责|说明|办公会?|常务|局务|会议|纪要|电话|口头|微信|短信|工作群|群|记录|工作|安排|法|的|和|及|与|等)+"
)
"""Words for the kind of a document or for its author, which do not identify a document."""
_SOME = re.compile("某(?![省市县区州旗])")
"""某 in place of a name, as in 关于某工作的函; 某省 is allowed, as examples have no real place."""


@rule("GK512", "empty-title", "书名号里没有名称", on=COLUMN, requirement="R3.3a")
def empty_title(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开依据的书名号里是空的，或者只写了“待定”“××”“有关规定”一类的话。

    ## 为什么
    通知要求列出政策法规的名称。没有名称，查不到，也核对不了是不是有效。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《》]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}}
    ```
    """
    placeholder = one_of(context.reference.words.placeholders)
    for basis, place in own_bases(edit):
        if basis.name is None:
            continue
        named = NAME.search(basis.name) and not says_nothing(basis.name) and not NO_NAME.fullmatch(fold(basis.name))
        if not named or placeholder.search(basis.name) or "…" in basis.name or _SOME.search(basis.name):
            yield Fault(
                place,
                f"“{edit.item.name}”的公开依据“{basis.text}”，书名号里没有名称",
                "请写出文件的名称和文号，写不出的，请删去这一条。",
            )


@rule("GK513", "unread-basis", "公开依据里有没读懂的话", on=COLUMN, severity=Severity.WARNING, requirement="R3.3a")
def unread_basis(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开依据在名称、文号和修订情况以外，还写了程序没有读懂的话。

    ## 为什么
    公开依据只要名称和文号。别的话可能改变了意思，也会让检索和核对对不上，所以请人看一看。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）学习体会]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号，2025年修订）]}}
    ```
    """
    for text, place, left in _leftovers(edit):
        if loosening(left, COLUMN) is None:
            yield Fault(
                place,
                f"“{edit.item.name}”的公开依据“{text}”里，{quoted(left)}没有读懂",
                "请只写名称和文号；确实要写的，用“允许”写明理由。",
            )


@rule("GK514", "loosened-basis", "公开依据附了否定或者限制的话", on=COLUMN, requirement="R3.3c")
def loosened_basis(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开依据写了名称，又附上已废止、暂不执行、除外一类的话。

    ## 为什么
    公开依据应是现行有效、直接适用的政策法规。已经废止、并不适用的，不是依据。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号，已废止）]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开依据: {增加: [《清源县公共就业服务办法》（清政发〔2024〕5号）]}}
    ```
    """
    for text, place, left in _leftovers(edit):
        kind = loosening(left, COLUMN)
        if kind is not None:
            yield Fault(
                place,
                f"“{edit.item.name}”的公开依据“{text}”写着{quoted(left)}，{kind.does}",
                "请删去这些话；已经废止、不再适用的，连同名称一起删去。",
            )


def _leftovers(edit: Edit) -> Iterator[tuple[str, Place, tuple[str, ...]]]:
    for basis, place in own_bases(edit):
        left = beside_title(_without_reported(basis.text))
        if left:
            yield basis.text, place, left


def _without_reported(text: str) -> str:
    """The text without clauses and sloppy numbers, which other rules report."""
    clause, number = clause_of(text), sloppy(text)
    if clause:
        text = text.replace(clause, "")
    if number:
        text = re.sub(rf"[\u4e00-\u9fff]{{0,12}}{re.escape(number[0])}", "", text)
    return text
