"""Words around an element, a channel, an audience, a mode, a level (GK413–GK415): understood, or reported."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.columns import COLUMN
from gkdir.model.item import Written
from gkdir.read.commonwords import Loosening
from gkdir.read.leftover import loosening, quoted
from gkdir.read.unread import NAMED, unread
from gkdir.rules.blank import one_of, says_nothing
from gkdir.rules.openness import misspelt
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit

COLUMNS = ("content", "channels", "audience", "mode", "levels")
ENTRIES = ("content", "publisher", "channels")


@rule("GK413", "unread-words", "栏目里有没读懂的话", on=COLUMNS, severity=Severity.WARNING, requirement="R3.5a")
def unread_words(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开渠道和载体、公开对象、公开方式、公开层级里，除了可选的词以外，还有程序没有读懂的话。

    ## 为什么
    程序只取认得的词，旁边的话不会出现在页面上，也可能改变了意思，所以请人看一看。渠道里写明是哪个公众号、哪块电子屏的，不算。
    公开内容后面的括号，写着有哪些、给谁、怎样办的不算；“区间”“保留姓氏”这样看不出公开什么的算。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: {增加: [两微一端（张三负责）]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: {增加: [两微一端（微信公众号）, 有线电视]}}
    ```
    """
    for column, element, left in _leftovers(edit, context):
        if _loosens(column, element, left) is None:
            yield Fault(
                element.place,
                f"“{edit.item.name}”的{COLUMN[column].label}“{element.text}”里，{quoted(left)}没有读懂",
                "请删去这些话，或者写到“说明”里；渠道的名称请写全，如 清源人社微信公众号。",
            )


@rule("GK414", "loosened-words", "栏目里附了限制或者放宽的话", on=COLUMNS, requirement="R3.6a")
def loosened_words(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开渠道和载体、公开对象、公开方式、公开层级写了目录要求的词，又附上暂停、仅内网、登录后可见、经申请一类的话。

    ## 为什么
    目录是最低要求。写着向全社会主动公开、又要登录或者申请才看得到的，就不是向全社会主动公开。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: 全社会（登录后可见）}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: 全社会}
    ```
    """
    for column, element, left in _leftovers(edit, context):
        kind = _loosens(column, element, left)
        if kind is not None:
            yield Fault(
                element.place,
                f"“{edit.item.name}”的{COLUMN[column].label}“{element.text}”写着{quoted(left)}，{kind.does}",
                "请删去这些话；一时用不了的渠道，恢复以前不要写。",
            )


@rule("GK415", "empty-entry", "栏目里有空话", on=ENTRIES, requirement="R3.5d")
def empty_entry(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开内容、公开主体、公开渠道和载体里有一条是待定、无一类的话。

    ## 为什么
    列出的渠道应当真有，列出的内容应当真的公开。没有定下来的，定了再写。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: {增加: [待定]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: {增加: [有线电视]}}
    ```
    """
    for column in ENTRIES:
        if column not in edit.last:
            continue
        if column == "publisher":  # 某某局 is reported because it is not in 机构
            hollow = [element for element in _elements(edit, column) if says_nothing(element.text)]
        else:
            hollow = [element for element in _elements(edit, column) if _placeholder(element.text, context)]
        if not hollow or (column != "channels" and all(map(says_nothing, getattr(edit.item, column)))):
            continue  # an empty cell is reported as missing
        for element in hollow:
            yield Fault(
                element.place,
                f"“{edit.item.name}”的{COLUMN[column].label}里写着“{element.text}”，等于没有写",
                "请删去这一条，定下来再写。",
            )


def _elements(edit: Edit, column: str) -> Iterator[Written]:
    """The texts that this layer wrote in the column, in 默认 or for the item."""
    for change in edit.changes(column):
        yield from change.elements


def _loosens(column: str, element: Written, left: tuple[str, ...]) -> Loosening | None:
    """The kind of loosening words in ``left``; in a text that is a name (就业超市), single characters do not count."""
    return loosening(left, column, NAMED if left == (element.text.strip(),) else 1)


def _placeholder(text: str, context: Context) -> bool:
    """Whether the text is only a placeholder: 待定, 某某公众号."""
    return says_nothing(text) or one_of(context.reference.words.placeholders, "^某").search(text) is not None


def _leftovers(edit: Edit, context: Context) -> Iterator[tuple[str, Written, tuple[str, ...]]]:
    """(column, text, its words that were not understood)."""
    for column in COLUMNS:
        for element in _elements(edit, column):
            left = unread(column, element.text)
            reported = column in ("channels", "content") and _placeholder(element.text, context)
            if left and not reported and not (column == "channels" and misspelt(element.text)):
                yield column, element, left
