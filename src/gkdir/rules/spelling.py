"""Wording of everything published (GK951–GK955): names, spelling, offices, unfinished texts, dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gkdir.finding import Place, Severity
from gkdir.model.county import County, Overlay
from gkdir.model.project import Project
from gkdir.read.published import PublishedTexts, template_texts
from gkdir.rules.calendar import misdated
from gkdir.rules.columns import INSPECTION
from gkdir.rules.lexicon import Lexicon, WordingMistakes
from gkdir.rules.pairs import pairs_of
from gkdir.rules.rule import Context, Fault, Rule, rule
from gkdir.rules.unfinished import placeholders

_WORDING = f"{INSPECTION}：严重表述错误属于单项否决，错别字扣分"


@rule("GK951", "grave-wording", "国名、地名或者机关的名称有严重错误", on=WordingMistakes, cite=_WORDING)
def grave_wording(mistakes: WordingMistakes, context: Context) -> Iterator[Fault]:
    """要发布的文字里，国家、党政机关、港澳台和民族地方的名称写错了，或者表述有严重错误。

    ## 为什么
    这一类错误在网站检查里发现一处就是单项否决。写法在 national/wording.yaml 里，各县可以另写自己的 wording.yaml。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 按中华人民共合国的法律当场告知
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 按中华人民共和国的法律当场告知
    ```
    """
    return _faults(mistakes, "国名地名", context)


@rule("GK952", "misspelling", "有错别字", on=WordingMistakes, severity=Severity.WARNING, cite=_WORDING)
def misspelling(mistakes: WordingMistakes, context: Context) -> Iterator[Fault]:
    """要发布的文字里有错别字：标题、正文、表格、机构的说明、文件的名称都看。

    ## 为什么
    错别字是网站检查里最常见的问题。只收一定写错的写法：“台风登陆”“帐篷”不算；没有错的，用“允许”写明理由。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 登陆网站查看
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 登录网站查看
    ```
    """
    return _faults(mistakes, "错别字", context)


@rule(
    "GK953",
    "renamed-office",
    "写到了已经更名或者撤销的机构",
    on=WordingMistakes,
    severity=Severity.WARNING,
    cite=_WORDING,
)
def renamed_office(mistakes: WordingMistakes, context: Context) -> Iterator[Fault]:
    """要发布的文字里还让人去找已经更名、合并或者撤销的机构。

    ## 为什么
    照着去的人找不到门。文件的名称、说明它原来叫什么的话，不算；本地确实还叫这个名称的，用“允许”写明理由。

    ## 错误
    ```yaml guides/employment/4.1.md
    结果送达: 到县国税局领取
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    结果送达: 到县税务局领取
    ```
    """
    return _faults(mistakes, "机构", context)


@rule("GK954", "unfinished-text", "内容没有写完", on=PublishedTexts, severity=Severity.WARNING, cite=INSPECTION)
def unfinished_text(published: PublishedTexts, _context: Context) -> Iterator[Fault]:
    """文章、表格、机构的说明或者文件的名称里，还留着“待补充”“敬请期待”“XX局”。办事指南里的由 GK612 说。

    ## 为什么
    没有写完的内容、空白的栏目，网站检查要扣分；群众看到的是没有人管。

    ## 错误
    ```yaml pages/faq/card.md
    标题: XX局怎么走
    日期: 2026-03-01
    ```

    ## 正确
    ```yaml pages/faq/card.md
    标题: 人社局怎么走
    日期: 2026-03-01
    ```
    """
    for text in published.texts:
        if text.part == "guides":
            continue
        for offset, words in placeholders(text):
            message = "、".join(f"“{word}”" for word in words)
            yield Fault(text.place(offset), f"像是没有写完：{message}", "请换成真实的内容；还没有内容的，先不要发布。")


@rule(
    "GK955",
    "misdated",
    "日期、时间不存在，或者和星期对不上",
    on=PublishedTexts,
    severity=Severity.WARNING,
    cite=_WORDING,
)
def misdated_text(published: PublishedTexts, _context: Context) -> Iterator[Fault]:
    """要发布的文字里写着不存在的日期（11月31日）、时间（25:00），或者日期和写的星期对不上。

    ## 为什么
    群众会照着日子和钟点来。没有写年份的，按文章的日期推算是哪一年。

    ## 错误
    ```yaml pages/notices/hours.md
    标题: 周六照常办理
    日期: 2026-03-01
    正文: |
      2026年3月7日（星期日）上午9:00—12:60照常办理。
    ```

    ## 正确
    ```yaml pages/notices/hours.md
    标题: 周六照常办理
    日期: 2026-03-01
    正文: |
      2026年3月7日（星期六）上午9:00—12:00照常办理。
    ```
    """
    for text in published.texts:
        by_line: dict[int | None, tuple[int, list[str]]] = {}
        for offset, message in misdated(text.text):
            by_line.setdefault(text.place(offset).line, (offset, []))[1].append(message)
        for offset, messages in by_line.values():
            yield Fault(text.place(offset), "；".join(dict.fromkeys(messages)), "请对照日历改正。")


def project_faults(project: Project) -> Iterator[tuple[Rule, Fault]]:
    """(rule, fault) for each mistake in the project's own templates."""
    texts = tuple(template_texts(project.folder))
    if texts:
        context = Context(project, County("", "", Overlay("", Place(""), name="", code="")), None, date.min)
        for mistakes in Lexicon(project.reference.wording, project.reference.laws).mistakes(texts):
            for each in (grave_wording, misspelling, renamed_office):
                yield from ((each, fault) for fault in each.judge(mistakes, context))


def _faults(mistakes: WordingMistakes, kind: str, context: Context) -> Iterator[Fault]:
    place = mistakes.place
    if mistakes.kind != kind or (place.line and context.troubled(place.file, place.line, place.line)):
        return
    words = [(word, phrase) for word, phrase in mistakes.words if not _is_own_name(word, phrase.right, context.county)]
    if words:
        message = "；".join(
            f"“{word}”应为“{phrase.right}”{f'（{phrase.why}）' if phrase.why else ''}" for word, phrase in words
        )
        yield Fault(place, message, "请改正；没有写错的，用“允许”写明理由。")


def _is_own_name(word: str, right: str, county: County) -> bool:
    """Whether the supposed mistake is part of a place's name: 泰湾居民 in 泰湾镇 is not 台湾居民 misspelt."""
    names = [layer.name for layer in (county.overlay, *county.above, *county.towns)]
    pairs = zip(pairs_of(word), pairs_of(right), strict=False)
    return len(word) == len(right) and any(one != other and one in name for one, other in pairs for name in names)
