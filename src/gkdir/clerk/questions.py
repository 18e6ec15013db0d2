"""A county's 常见问题 → a table: one row a question, with who answers it, what it is about, and the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gkdir.clerk.guides import item_names
from gkdir.clerk.organisations import short_names
from gkdir.clerk.table import Table, TableColumn, TableRow, Takes
from gkdir.clerk.tidy import row
from gkdir.model.article import Article
from gkdir.model.county import Catalog, County

QUESTIONS = "@faq"
FOLDER = "faq"
KEYS: Mapping[str, str] = {"title": "标题", "day": "日期", "answered_by": "答复单位", "items": "事项"}
"""Column → key in the head of the article; the answer is its body."""
ANSWER = "answer"


def question_table(catalog: Catalog, county: County) -> Table:
    """The questions by file; an answer with headings or indented lines can only be changed in its file."""
    names = {name: id_ for id_, name in item_names(catalog, county).items()}
    offices = tuple(dict.fromkeys(short_names(catalog).values()))
    columns = (
        TableColumn("title", "问题", width=40, prompt="照群众问的话写，必须写。"),
        TableColumn("day", "日期", Takes.DAY, 13, prompt="发布的日期，必须写。以后改了内容也不改它。"),
        TableColumn("answered_by", "答复单位", width=16, choices=offices, prompt="谁答复的，从列表里选。"),
        TableColumn(
            "items", "事项", Takes.ITEMS, 24, prompt="和哪些事项有关，照“指南”表第一栏写，一行一个。", keys=names
        ),
        TableColumn(ANSWER, "回答", width=70, prompt="必须写。分段的，中间空一行。"),
    )
    articles = [article for article in county.articles if article.kind == FOLDER]
    rows = tuple(_row(columns, article) for article in articles)
    about = "一行一个问题。要增加的写在下面的空行里。不再适用的请在项目文件里写“有效至”，不要清空。"
    return Table(QUESTIONS, "常见问题", about, columns, rows, ("title",), 10, 1)


def _row(columns: tuple[TableColumn, ...], article: Article) -> TableRow:
    flat = not any(section.title or re.search(r"^[ \t]", section.markdown, re.M) for section in article.sections)
    texts = {
        "title": article.title,
        "day": article.published.isoformat(),
        "answered_by": article.answered_by,
        "items": "\n".join(article.items),
        ANSWER: "\n\n".join(
            f"## {section.title}\n\n{section.markdown}" if section.title else section.markdown
            for section in article.sections
        ),
    }
    locked = frozenset(("day",) if flat else ("day", ANSWER))
    return row(columns, article.slug, f"常见问题 {article.title}", texts, locked=locked)
