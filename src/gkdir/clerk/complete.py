"""A changed row of a sheet that is kept in files of its own → what is missing in it, or does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gkdir.clerk import articles, everyday
from gkdir.clerk.allowed import ALLOWED
from gkdir.clerk.blankforms import BLANK_FORMS, FORM, SECTION
from gkdir.clerk.change import RowChange
from gkdir.clerk.form import ExcelForm
from gkdir.clerk.towns import SLUG, TOWN, TOWN_PLACES, TOWNS, known_towns, new_slug, town_of
from gkdir.model.article import ARTICLE_KINDS, ONLY_IN
from gkdir.read.folder import is_file_name, is_slug

Said = tuple[str, str, str]
"""Column, what is wrong, what to do."""


def kept_problems(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[Said]:
    """The problems of the change; none if it can be made. ``among``: all changes."""
    key = change.table.key
    yield from _blank(change, _musts(change))
    if key in (articles.QUESTIONS, articles.ARTICLES):
        yield from _article(change)
    elif key == TOWNS and change.new:
        yield from _town(change, among)
    elif key == TOWN_PLACES and change.new:
        yield from _town_place(form, change, among)
    elif key == BLANK_FORMS and change.new and not is_file_name(change.texts[FORM]):
        hint = "表格名里不要有空格和符号，不超过 50 个汉字。"
        yield FORM, f"“{change.texts[FORM][:30]}”不能用作表格的名称，没有增加。", hint
    elif key == everyday.WORDS:
        yield from _words(change)


def _musts(change: RowChange) -> Iterator[str]:
    """The columns that must not be blank."""
    key, after = change.table.key, change.after.texts
    yield from (column.key for column in change.table.columns if column.must and key != everyday.WORDS)
    if key == articles.QUESTIONS:
        yield articles.BODY
    elif key == articles.ARTICLES:
        yield articles.KIND
        yield from () if after["link"] else (articles.BODY,)
    elif key == BLANK_FORMS:
        yield from (FORM, SECTION)
    elif key == TOWN_PLACES:
        yield from (TOWN, "key")
    elif key == ALLOWED:
        yield "reason"
    elif key == everyday.WORDS:
        yield from (everyday.KIND, everyday.SAID)
        if after[everyday.KIND] in (everyday.MORE, everyday.LESS):
            yield everyday.ITEM
        elif after[everyday.KIND] == everyday.ELSEWHERE:
            yield "line"


def _blank(change: RowChange, musts: Iterator[str]) -> Iterator[Said]:
    whose = change.row.name or "新增的一行"
    for key in musts:
        if not change.after.texts[key]:
            said = f"{whose}没有写“{change.table.column(key).label}”，没有{'增加' if change.new else '改动'}。"
            yield key, said, "请写上。不要了的，在“删去”栏选“删去”；文章不再适用的，写“有效至”。"


def _article(change: RowChange) -> Iterator[Said]:
    after, question = change.after.texts, change.table.key == articles.QUESTIONS
    if question and any(line.startswith("## ") for line in change.texts.get(articles.BODY, "").split("\n")):
        message = f"{change.row.name or '新增的问题'}的回答里有小标题，没有改动。"
        yield articles.BODY, message, "请不要写以“## ”开头的行；要分小标题的，在项目文件里写。"
    if question:
        return
    for key, cell in articles.ARTICLE_CELLS.items():
        kinds = [ARTICLE_KINDS[kind] for kind in ONLY_IN.get(cell.path[-1], ())]
        if kinds and after[articles.KIND] not in (*kinds, "") and change.texts.get(key):
            message = f"“{after[articles.KIND]}”里用不到“{cell.path[-1]}”，没有改动。"
            yield key, message, f"“{cell.path[-1]}”写在{'、'.join(kinds)}里。请清空这一格。"


def _town(change: RowChange, among: Sequence[RowChange]) -> Iterator[Said]:
    slug = new_slug(change)
    others = [new_slug(each) for each in among if each.new and each.table.key == TOWNS]
    if not is_slug(slug):
        yield SLUG, f"“{slug[:30]}”不能用作网址里的名字，没有增加。", "请用小写字母、数字和连字符，如 baishi。"
    elif slug in change.table.by_id or others.count(slug) > 1:
        yield SLUG, f"“{slug}”已经有了，没有增加。", "请另起一个。"


def _town_place(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[Said]:
    texts = change.texts
    if texts[TOWN] and not town_of(change, known_towns(form.table(TOWNS)), among):
        message = f"“{texts[TOWN][:30]}”不在“乡镇村”表里，或者有几个，没有增加。"
        yield TOWN, message, "请照“乡镇村”表写它的名称；还没有的，先在那张表里增加。"
    same = [each for each in among if each.new and each.table.key == TOWN_PLACES]
    called = (texts[TOWN], texts["key"])
    known = any((row.texts[TOWN], row.texts["key"]) == called for row in change.table.rows)
    if known or sum((each.texts[TOWN], each.texts["key"]) == called for each in same) > 1:
        yield (
            "key",
            f"{texts[TOWN]}的“{texts['key']}”已经有了，没有增加。",
            "请另起一个简称；要改的，请改它那一行。",
        )


def _words(change: RowChange) -> Iterator[Said]:
    after = change.after.texts
    if after[everyday.ITEM] and after[everyday.KIND] not in (everyday.MORE, everyday.LESS):
        yield everyday.ITEM, f"“{after[everyday.KIND]}”用不到“事项”，没有改动。", "请清空这一格。"
    told = [key for key in everyday.ELSEWHERE_CELLS if after[key]]
    if told and after[everyday.KIND] != everyday.ELSEWHERE:
        label = change.table.column(told[0]).label
        yield told[0], f"“{after[everyday.KIND]}”用不到“{label}”，没有改动。", "请清空这一格。"
    if after[everyday.KIND] == everyday.SAME and "\n" not in after[everyday.SAID]:
        yield everyday.SAID, "同义的只写了一种叫法，没有改动。", "请至少写两种，一行一种。"
