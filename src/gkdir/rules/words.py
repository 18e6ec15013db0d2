"""A county's search synonyms (GK81x): they belong to an item, distinguish it, and are long enough to be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.county import County
from gkdir.rules.rule import Context, Fault, rule

SEARCH = "《中华人民共和国政府信息公开条例》第二十四条：信息公开平台应当具备信息检索、查阅、下载等功能"
SHORTEST = 2
MANY = 10
"""A word for this many items does not distinguish them."""


@rule(
    "GK811", "words-of-unknown-item", "日常说法写给了没有的事项", on=County, severity=Severity.WARNING, cite=SEARCH,
)  # fmt: skip
def words_of_unknown_item(county: County, context: Context) -> Iterator[Fault]:
    """words.yaml 里的事项，国家目录和本县目录都没有。

    ## 为什么
    写错了编号，这些说法就搜不到任何事项。

    ## 错误
    ```yaml words.yaml
    增加: {employment/4.9: 没活干了}
    ```

    ## 正确
    ```yaml words.yaml
    增加: {employment/4.1: 没活干了}
    ```
    """
    for item, place in county.words.places.items():
        if item not in context.items and not context.unsettled:
            yield Fault(place, f"没有“{item}”这个事项", "请写成“领域/编号”，如 employment/4.1。")


@rule(
    "GK812", "word-everywhere", "同一个说法写给了太多事项", on=County, severity=Severity.WARNING, cite=SEARCH,
)  # fmt: skip
def word_everywhere(county: County, context: Context) -> Iterator[Fault]:
    """同一个日常说法，算上全国的，写给了十个以上的事项。

    ## 为什么
    到处都有的说法分不出要找的是哪一项，只会把别的事项挤下去。

    ## 错误
    ```yaml words.yaml
    增加:
      social_insurance/9.1: 办卡的事
      social_insurance/9.2: 办卡的事
      social_insurance/9.3: 办卡的事
      social_insurance/9.4: 办卡的事
      social_insurance/9.5: 办卡的事
      social_insurance/9.6: 办卡的事
      social_insurance/9.7: 办卡的事
      social_insurance/9.8: 办卡的事
      social_insurance/2.3: 办卡的事
      social_insurance/2.4: 办卡的事
    ```

    ## 正确
    ```yaml words.yaml
    增加: {social_insurance/9.1: 办卡的事}
    ```
    """
    laid = context.catalog.synonyms.words if context.catalog else {}
    counts = Counter(word.text for words in laid.values() for word in words)
    own = {word.text: word.place for words in county.words.words.values() for word in reversed(words)}
    for text, place in own.items():
        if counts[text] >= MANY:
            yield Fault(place, f"“{text}”写给了 {counts[text]} 个事项", "请只写给最贴切的一两个事项。")


@rule(
    "GK813", "short-word", "日常说法太短", on=County, severity=Severity.WARNING, cite=SEARCH,
)  # fmt: skip
def short_word(county: County, _context: Context) -> Iterator[Fault]:
    """日常说法或者同义词只有一个字。

    ## 为什么
    一个字到处都有，会让不相干的事项排到前面。

    ## 错误
    ```yaml words.yaml
    增加: {employment/4.1: 闲}
    ```

    ## 正确
    ```yaml words.yaml
    增加: {employment/4.1: 闲在家里}
    ```
    """
    words = [word for own in county.words.words.values() for word in own]
    words += [word for group in county.words.groups for word in group]
    for word in words:
        if len(word.text) < SHORTEST:
            yield Fault(word.place, f"“{word.text}”只有一个字", "请写两个字以上的说法。")


@rule(
    "GK814", "needless-removal", "去掉的说法原本就没有", on=County, severity=Severity.WARNING, cite=SEARCH,
)  # fmt: skip
def needless_removal(county: County, context: Context) -> Iterator[Fault]:
    """“去掉”里的说法，全国的说法里没有。

    ## 为什么
    多半是写错了字或事项，想去掉的还在。

    ## 错误
    ```yaml words.yaml
    去掉: {employment/4.1: 没有人这样说}
    ```

    ## 正确
    ```yaml words.yaml
    去掉: {employment/4.1: 下岗登记}
    ```
    """
    for item, words in county.words.removed.items():
        there = {word.text for word in context.project.words.words.get(item, ())}
        for word in words:
            if there and word.text not in there:
                yield Fault(
                    word.place, f"“{item}”没有“{word.text}”这个说法", "请对照全国的 words.yaml 改正，或删去它。"
                )
