"""A changed row → its problems, each with column, message and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gkdir.excel_form import amendments, articles, entries, synonyms
from gkdir.excel_form.allowances import ALLOWED
from gkdir.excel_form.blankforms import BLANK_FORMS, FORM, SECTION
from gkdir.excel_form.directory import DELETE, FIELD_COLUMNS, GROUP, NAMES, NOTE_COLUMNS
from gkdir.excel_form.form import TEXT_ID_TABLES, ExcelForm
from gkdir.excel_form.guides import FIRST, GUIDES, ITEM
from gkdir.excel_form.organisations import PLACES
from gkdir.excel_form.prose import OTHERS, PROSE
from gkdir.excel_form.records import CELLS, WHAT
from gkdir.excel_form.table import RowChange, Table, TableRow
from gkdir.excel_form.towns import (
    GUIDE_CELLS,
    MATERIALS,
    NOTED,
    OWN,
    SLUG,
    TOWN,
    TOWN_GUIDES,
    TOWN_ITEMS,
    TOWN_PLACES,
    TOWNS,
    known_towns,
    new_slug,
    town_of,
)
from gkdir.model.article import ARTICLE_KINDS, ONLY_IN
from gkdir.model.columns import AUDIENCES, COLUMN
from gkdir.model.guide import NO_MATERIALS, WITHOUT_MATERIALS
from gkdir.read.folder import is_file_name, is_slug
from gkdir.yaml.front_matter import headings

CellProblem = tuple[str, str, str]
"""Column key, what is wrong, what to do."""


def problems(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    """The problems of a change; none if it can be made. ``among``: all changes so far."""
    table, row = change.table, change.row
    if change.removed:
        if DELETE in row.locked:
            yield DELETE, f"{row.name}不能删去，没有改动。", "没有开展的业务请写“不列入的原因”。"
    elif table.key == PLACES:
        yield from _organisation(change, among)
    elif table.key in form.catalogs.catalog.directories:
        yield from _item(change, among)
    elif table.key in CELLS:
        yield from _record(change)
    elif table.key in FIRST:
        yield from _element(table, row, change.after.texts)
    elif table.key == GUIDES:
        yield from _prose(change)
    elif table.key in TEXT_ID_TABLES:
        yield from _text_id_problems(form, change, among)


def _organisation(change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    after = change.after.texts
    if not after["name"]:
        yield "name", f"机构“{after['key']}”没有名称，没有改动。", "请写机构全称。"
    if not change.new:
        return
    if not after["key"]:
        yield "key", "新增的机构没有简称，没有增加。", "请起一个简称，别的表里就写它。"
    elif after["key"] in change.table.by_id or _twice(_of_table(change, among), "key", after["key"]):
        yield "key", f"简称“{after['key']}”已经有了，没有增加。", "请另起一个简称；要改原来的机构，请改它那一行。"


def _of_table(change: RowChange, among: Sequence[RowChange]) -> Sequence[RowChange]:
    """The changes to the same table."""
    return [each for each in among if each.table.key == change.table.key]


def _twice(among: Sequence[RowChange], key: str, text: str) -> bool:
    return sum(change.new and change.texts.get(key) == text for change in among) > 1


def _item(change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    row, texts, after = change.row, change.texts, change.after.texts
    yield from _group(change)
    if change.new:
        yield from _new_item(change.table, after, _of_table(change, among))
        return
    if DELETE not in row.locked:  # added by the county: blank fields are inherited
        if "level3" not in row.locked and not after["level3"] and not after["level2"]:
            yield "level2", f"{row.name}没有名称了，没有改动。", "请写名称；不要了的，在“删去”栏选“删去”。"
        return
    if after["omitted"]:
        yield from _omission_problems(change)
        return
    for field, parts in FIELD_COLUMNS.items():
        if any(key in texts for key in parts) and not any(after[key] for key in parts if key != GROUP):
            label = COLUMN[field].label
            message = f"{row.name}的“{label}”清空了，没有改动。"
            yield parts[0], message, "要和国家目录一样的，请照国家目录填上，不要清空。"


def _group(change: RowChange) -> Iterator[CellProblem]:
    after = change.after.texts
    if after[GROUP] and not after[f"audience/{AUDIENCES[1]}"]:
        yield GROUP, "写了特定群体是谁，没有勾选“特定群体”，没有改动。", "请在“特定群体”一栏打“√”，或者清空这一格。"


def _record(change: RowChange) -> Iterator[CellProblem]:
    """A record with any value must have the required ones."""
    after = change.after.texts
    if any(text for key, text in after.items() if key != WHAT):
        for column in change.table.columns:
            if column.must and not after[column.key]:
                message = f"{change.row.name}没有写“{column.label}”，没有改动。"
                yield column.key, message, "请写上；整行不要了的，这一行的格子都清空。"


def _omission_problems(change: RowChange) -> Iterator[CellProblem]:
    """An omitted item must have no other values, and no item added below it."""
    row, texts = change.row, change.texts
    changed = [key for parts in FIELD_COLUMNS.values() for key in parts if key in texts]
    if "omitted" in texts:
        changed += [key for key in NOTE_COLUMNS if texts.get(key)]
    if changed:
        labels = "、".join(dict.fromkeys(change.table.column(key).label for key in changed))
        message = f"{row.name}写了“不列入的原因”，不列入的事项别的栏目（{labels}）用不上，都没有改动。"
        yield "omitted", message, "不列入的就不用改别的；要列入的请清空“不列入的原因”。"
    below = [each.name for each in change.table.rows if each.id.startswith(f"{row.id}.") and DELETE not in each.locked]
    if below and "omitted" in texts:
        message = f"{row.name}下面有本县增加的{'、'.join(below)}，不能不列入，没有改动。"
        yield "omitted", message, "请先在那几行的“删去”栏选“删去”，导入以后再写“不列入的原因”。"


def _new_item(table: Table, after: Mapping[str, str], among: Sequence[RowChange]) -> Iterator[CellProblem]:
    number = after["number"]
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3}){1,5}", number, re.ASCII):
        yield "number", "新增的事项没有编号，或者编号写得不对，没有增加。", "请接着往下编，如 1.6；三级事项如 4.1.1。"
    elif number in table.by_id or _twice(among, "number", number):
        yield "number", f"编号 {number} 已经有了，没有增加。", "请接着往下编一个没有用过的编号。"
    if not after["level2"] and not after["level3"]:
        yield "level2", "新增的事项没有名称，没有增加。", "请写二级事项；设在二级事项下面的，写三级事项。"
    for key in ("ground", "omitted"):
        if after[key]:
            yield key, "新增的事项用不到这一栏，没有增加。", "请清空这一格。"
    if number and not any(after[key] for key in after if key not in NAMES) and not after["level3"]:
        yield "content", f"新增的事项 {number} 只有名称，没有增加。", "请写公开内容、公开依据、公开时限等栏目。"


def _element(table: Table, row: TableRow, after: Mapping[str, str]) -> Iterator[CellProblem]:
    first = FIRST[table.key]
    label = table.column(first).label
    if not after[first]:
        what = f"{row.name}的“{label}”清空了，没有改动。" if row.id else f"新增的一行没有写“{label}”，没有增加。"
        yield first, what, "请写上；这一行不要了的，在“删去”栏选“删去”。"
    if not after[ITEM]:
        yield ITEM, "新增的一行没有选是哪个事项的，没有增加。", "请从“事项”一栏的列表里选。"
    if first == "kind" and not after["target"]:
        yield "target", "办理方式没有写去哪里，没有改动。", "请写上；这一行不要了的，在“删去”栏选“删去”。"


def _prose(change: RowChange) -> Iterator[CellProblem]:
    """The text for other headings must begin with a heading, and none that has its own column."""
    lines = change.texts.get(OTHERS, "").split("\n")
    titles = dict(headings(lines))
    if lines[0] and not titles.get(0):
        message = f"{change.row.name}的“别的小标题”开头不是小标题，没有改动。"
        yield OTHERS, message, "第一行写小标题，前面写“## ”，如 ## 退休的人怎么办；下面写内容。"
    for title in set(titles.values()) & set(PROSE.values()):
        yield OTHERS, f"{change.row.name}的“{title}”有自己的一栏，没有改动。", f"请写在“{title}”一栏里。"


def _text_id_problems(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    """The problems of a change to one of ``TEXT_ID_TABLES``. ``among``: all changes so far."""
    key = change.table.key
    yield from _blank(change, _required_columns(change))
    if key in (articles.QUESTIONS, articles.ARTICLES):
        yield from _article(change)
    elif key == TOWNS and change.new:
        yield from _town(change, among)
    elif key == TOWN_PLACES and change.new:
        yield from _town_place(form, change, among)
    elif key == TOWN_GUIDES:
        yield from _town_guide(form, change, among)
    elif key == TOWN_ITEMS:
        yield from _town_item(form, change, among)
    elif key == BLANK_FORMS and change.new and not is_file_name(change.texts[FORM]):
        hint = "表格名里不要有空格和符号，不超过 50 个汉字。"
        yield FORM, f"“{change.texts[FORM][:30]}”不能用作表格的名称，没有增加。", hint
    elif key == amendments.AMENDMENTS:
        yield from _amendment(change)
    elif key == synonyms.WORDS:
        yield from _words(change)
    elif key == entries.ENTRIES and change.after.texts[entries.KIND]:
        yield from _entry(change, among)


_REQUIRED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    articles.QUESTIONS: (articles.BODY,),
    BLANK_FORMS: (FORM, SECTION),
    TOWN_PLACES: (TOWN, "key"),
    TOWN_GUIDES: (TOWN,),
    TOWN_ITEMS: (TOWN,),
    ALLOWED: ("reason",),
    synonyms.WORDS: (synonyms.KIND, synonyms.SAID),
    entries.ENTRIES: (entries.KIND,),
}
"""Table → the columns that it requires, besides those that the file requires."""


def _required_columns(change: RowChange) -> Iterator[str]:
    """The required columns."""
    key, after = change.table.key, change.after.texts
    yield from (column.key for column in change.table.columns if column.must and key != synonyms.WORDS)
    yield from _REQUIRED_COLUMNS.get(key, ())
    if key == articles.ARTICLES:
        yield articles.KIND
        yield from () if after["link"] else (articles.BODY,)
    elif key == synonyms.WORDS:
        if after[synonyms.KIND] in synonyms.OF_ITEM:
            yield synonyms.ITEM
        elif after[synonyms.KIND] == synonyms.ELSEWHERE:
            yield "line"
    elif key == entries.ENTRIES and (kind := entries.KINDS.get(after[entries.KIND])):
        yield from kind.known if kind.inner else kind.columns


def _blank(change: RowChange, musts: Iterator[str]) -> Iterator[CellProblem]:
    whose = change.row.name or "新增的一行"
    for key in musts:
        if not change.after.texts[key]:
            text = f"{whose}没有写“{change.table.column(key).label}”，没有{'增加' if change.new else '改动'}。"
            yield key, text, "请写上。不要了的，在“删去”栏选“删去”；文章不再适用的，写“有效至”。"


def _article(change: RowChange) -> Iterator[CellProblem]:
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


def _town(change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    slug = new_slug(change)
    others = [new_slug(each) for each in among if each.new and each.table.key == TOWNS]
    if not is_slug(slug):
        yield SLUG, f"“{slug[:30]}”不能用作网址里的名字，没有增加。", "请用小写字母、数字和连字符，如 baishi。"
    elif slug in change.table.by_id or others.count(slug) > 1:
        yield SLUG, f"“{slug}”已经有了，没有增加。", "请另起一个。"


def _town_place(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    texts = change.texts
    yield from _known_town(form, change, among)
    if _taken(change, among, (TOWN, "key")):
        message = f"{texts[TOWN]}的“{texts['key']}”已经有了，没有增加。"
        yield "key", message, "请另起一个简称；要改的，请改它那一行。"


def _known_town(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    if change.texts[TOWN] and not town_of(change, known_towns(form.table(TOWNS)), among):
        message = f"“{change.texts[TOWN][:30]}”不在“乡镇村”表里，或者有几个，没有增加。"
        yield TOWN, message, "请照“乡镇村”表写它的名称；还没有的，先在那张表里增加。"


def _town_guide(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    after = change.after.texts
    if not any(after[key] for key in (*GUIDE_CELLS, MATERIALS)):
        message = f"{change.row.name or '新增的一行'}没有写本地怎么办，没有{'增加' if change.new else '改动'}。"
        yield next(iter(GUIDE_CELLS)), message, "请至少写一栏；这一行不要了的，在“删去”栏选“删去”。"
    if after[MATERIALS] in WITHOUT_MATERIALS and after[MATERIALS] != NO_MATERIALS:
        yield MATERIALS, f"“{after[MATERIALS]}”像是不要材料，没有改动。", f"不要材料的，请写“{NO_MATERIALS}”。"
    yield from _item_of_town(form, change, among)


def _item_of_town(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    after = change.after.texts
    if change.new:
        yield from _known_town(form, change, among)
        if _taken(change, among, (TOWN, ITEM)):
            message = f"{after[TOWN]}的“{after[ITEM]}”已经有一行，没有增加。"
            yield ITEM, message, "要改的，请改原来那一行。"


def _town_item(form: ExcelForm, change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    after, whose = change.after.texts, change.row.name or "新增的一行"
    filled = [key for key in OWN if after[key]]
    if not filled and not any(after[key] for key in NOTED):
        message = f"{whose}没有写和县里有什么不同，没有{'增加' if change.new else '改动'}。"
        yield OWN[0], message, "请至少写一栏；这一行不要了的，在“删去”栏选“删去”。"
    if filled and after["omitted"]:
        yield "omitted", f"{whose}写了“不列入的原因”，别的栏目用不上，没有改动。", "请只留下其中一个。"
    yield from _group(change)
    yield from _item_of_town(form, change, among)


def _taken(change: RowChange, among: Sequence[RowChange], known: Sequence[str]) -> bool:
    """Whether another row, or another new one, has the same texts in these columns."""
    own = [change.after.texts[key] for key in known]
    new = [each.after.texts for each in among if each.new and each.table.key == change.table.key]
    return [[texts[key] for key in known] for texts in (*new, *(row.texts for row in change.table.rows))].count(own) > 1


def _amendment(change: RowChange) -> Iterator[CellProblem]:
    named = [key for key in amendments.SUBJECTS if change.after.texts[key]]
    if len(named) != 1:
        labels = "、".join(change.table.column(key).label for key in amendments.SUBJECTS)
        what = "写了几样" if named else "没有写改的是什么"
        message = f"{change.row.name or '新增的一行'}{what}，没有{'增加' if change.new else '改动'}。"
        yield (*named[1:], amendments.SUBJECTS[0])[0], message, f"{labels}里写一样，别的空着。"


def _words(change: RowChange) -> Iterator[CellProblem]:
    after = change.after.texts
    if after[synonyms.ITEM] and after[synonyms.KIND] not in synonyms.OF_ITEM:
        yield synonyms.ITEM, f"“{after[synonyms.KIND]}”用不到“事项”，没有改动。", "请清空这一格。"
    filled = [key for key in synonyms.ELSEWHERE_CELLS if after[key]]
    if filled and after[synonyms.KIND] != synonyms.ELSEWHERE:
        label = change.table.column(filled[0]).label
        yield filled[0], f"“{after[synonyms.KIND]}”用不到“{label}”，没有改动。", "请清空这一格。"
    if after[synonyms.KIND] == synonyms.SAME and "\n" not in after[synonyms.SAID]:
        yield synonyms.SAID, "同义的只写了一种叫法，没有改动。", "请至少写两种，一行一种。"


def _entry(change: RowChange, among: Sequence[RowChange]) -> Iterator[CellProblem]:
    after = change.after.texts
    called, kind = after[entries.KIND], entries.KINDS[after[entries.KIND]]
    for column in change.table.columns:
        if after[column.key] and column.key not in (entries.KIND, DELETE, *kind.columns):
            yield column.key, f"“{called}”用不到“{column.label}”，没有改动。", "请清空这一格。"
    if kind.inner and not any(after[key] for key in kind.says):
        yield kind.says[0], f"“{called}”只有名称，没有改动。", "请写别的几栏；这一行不要了的，在“删去”栏选“删去”。"
    if "\n" in after[entries.ITEM] and called != entries.NOTES:
        yield entries.ITEM, f"“{called}”一行只能写一个事项，没有改动。", "要几个的，分几行写。"
    if change.new and _taken(change, among, (entries.KIND, *kind.known)):
        yield (
            kind.known[0],
            f"“{'、'.join(after[key] for key in kind.known)}”已经有一行“{called}”，没有增加。",
            "要改的，请改原来那一行。",
        )
