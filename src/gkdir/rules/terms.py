"""Obsolete documents and terms (GK507): people must not be asked for documents that are no longer issued."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from gkdir.finding import Place, Severity
from gkdir.model.columns import NAME_KEYS
from gkdir.model.county import Addition, County, ItemOverlay, Overlay
from gkdir.model.item import Written
from gkdir.read.published import PublishedText, PublishedTexts
from gkdir.rules.guideparts import texts
from gkdir.rules.rule import Context, Fault, rule

EXPLAINED = re.compile(
    r"不再|取消|停用|停发|停止|停办|废止|作废|改为|改称|更名|现在|现称|现指|原来|原名|代替|替代|不用|不需|无需|无须|不必|结束|终止|以前|过去|之前|[旧老吗已曾?？]"
)
"""Words in sentences that explain, or ask, what replaced an obsolete term."""
_SENTENCE = re.compile(r"[。；;！!\n]")
_ITEM_TEXTS = ("通俗名称", "说明", *NAME_KEYS)
_OFFICE_TEXTS = ("名称", "地址", "办公时间", "说明")
_TITLE = re.compile("《[^《》\n]{6,}》")
"""The title of a document, which keeps its words; short ones are papers: 《失业证》."""

_Text = tuple[str, Place, str | None]
"""(text, its place, the id of its item)."""


@rule(
    "GK507",
    "obsolete-term",
    "写到了已停用的证件或说法",
    on=(County, PublishedTexts),
    severity=Severity.WARNING,
    requirement="R3.3c",
)
def obsolete_term(subject: County | PublishedTexts, context: Context) -> Iterator[Fault]:
    """目录、机构、办事指南、栏目文章、表格、附件或者文件的名称里写到了已经停用的证件、停止的待遇或旧的说法。

    ## 为什么
    让群众去找一张已经不发的证，是最伤人的错误。国家目录的事项名称可以保留；说明它已经停用、现在叫什么的话，不算。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理条件: [持有报到证]
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理条件: [已办理毕业去向登记]
    ```
    """
    terms = {term: law for law in context.reference.laws for term in law.terms}
    texts = _texts(subject, context, terms) if isinstance(subject, County) else _files(subject, context, terms)
    for text, place, item in texts:
        mentioned = [term for term in terms if term in text]
        if not mentioned:
            continue
        sentences = _SENTENCE.split(text)
        found = {
            term: terms[term]
            for term in mentioned
            if any(term in one and not EXPLAINED.search(one) for one in sentences)
        }
        if found:
            messages = (f"“{term}”：{law.action or '已停用'}（把握：{law.confidence}）" for term, law in found.items())
            yield Fault(
                place,
                f"写到了{'；'.join(messages)}",
                "请按现行政策改写；只是说明历史情况的，用“允许”写明理由。",
                item,
            )


def _texts(county: County, context: Context, terms: Collection[str]) -> Iterator[_Text]:
    """The texts for the public of the county, the layers above and the townships below."""
    for layer in (*county.above, county.overlay, *county.towns):
        yield from _layer(layer)
    there = {entry.item.id for entry in context.catalog.entries()} if context.catalog else set()
    for guide in county.guides.values():
        if guide.id in there:
            yield from ((text, place, guide.id) for text, place in texts(guide, terms))
    for article in county.articles:
        if not article.expired(context.today):
            given = ((key, article.written.get(key)) for key in ("标题", "摘要"))
            yield from ((written.text, written.place, None) for _, written in given if written)
            for section in article.sections:
                yield section.title, section.place, None
                if not any(term in section.markdown for term in terms):
                    continue
                for number, line in enumerate(section.markdown.splitlines(), section.line):
                    yield line, Place(section.place.file, number, 1), None


def _files(published: PublishedTexts, context: Context, terms: Collection[str]) -> Iterator[_Text]:
    """The texts of forms, files to download and file names, line by line; not of files beside an old article."""
    old = {
        file.place.file
        for article in context.county.articles
        if article.expired(context.today)
        for section in article.sections
        for file in section.files
    }
    for text in published.texts:
        apart = text.part in ("forms", "name") or text.file.endswith(".txt")
        if apart and text.file not in old and any(term in text.text for term in terms):
            for number, line in enumerate(_TITLE.sub("", text.text).split("\n"), 1):
                yield line, _place(text, number), None


def _place(text: PublishedText, line: int) -> Place:
    return Place(text.file) if text.part == "name" else text.at(line)


def _layer(layer: Overlay) -> Iterator[_Text]:
    for office in layer.organisations.values():
        yield from ((one.text, one.place, None) for key in _OFFICE_TEXTS if (one := office.written.get(key)))
    for domain in layer.domains.values():
        parts: tuple[ItemOverlay | Addition, ...] = (*domain.items, *domain.additions)
        for part in parts:
            id_ = f"{domain.domain}/{part.number}"
            given: list[Written] = [part.written[key] for key in _ITEM_TEXTS if key in part.written]
            given += [one for change in part.changes if change.field == "content" for one in change.elements]
            yield from ((written.text, written.place, id_) for written in given)
