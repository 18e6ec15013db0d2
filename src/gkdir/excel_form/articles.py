"""A county's articles → two tables, 常见问题 and 文章; changes to their rows → the texts of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.organisations import short_names
from gkdir.excel_form.prose import whole
from gkdir.excel_form.table import RowChange, Table, TableColumn, TableRow
from gkdir.excel_form.tablewriter import ItemNames, TableWriter, with_cells
from gkdir.excel_form.tidy import plain, row
from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.county import Catalog, County
from gkdir.yaml.front_matter import split_front_matter

QUESTIONS, ARTICLES = "@faq", "@articles"
"""Keys of tables, which no domain can have."""
FOLDER = "faq"
PAGES = "pages"
KIND, BODY = "kind", "answer"
ARTICLE_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(Article)}
"""Column key → the key in the head of an article that it edits."""
_KINDS = {title: kind for kind, title in ARTICLE_KINDS.items() if kind != FOLDER}
_QUESTION_COLUMNS = ("day", "answered_by", "items")
"""The columns of the sheet 常见问题 besides the title."""


_EDIT_ADVICE = "发布以后改过什么，请写在“修改”栏；另一篇，请写在最下面的空行里。"
_ABOUT = "请写在下面的空行里，一行一篇。不再适用的写“有效至”或“废止”，不要清空。"


def question_table(catalog: Catalog, county: County, items: ItemNames) -> Table:
    """One row for each 常见问题."""
    columns = dict(_columns(catalog, county, items))
    answer = TableColumn(BODY, "回答", width=70, prompt="必须写。分段的，中间空一行。")
    columns |= {"day": replace(columns["day"], instead="答复变了的，请改“回答”栏；另一个问题，请写在最下面的空行里。")}
    asked = (replace(columns["title"], label="问题"), *(columns[key] for key in _QUESTION_COLUMNS), answer)
    return _table((QUESTIONS, "常见问题", f"一行一个问题。要增加的{_ABOUT}"), asked, county)


def article_table(catalog: Catalog, county: County, items: ItemNames) -> Table:
    """One row for each article of any other kind."""
    kind = TableColumn(
        KIND, "栏目", width=12, choices=tuple(_KINDS), only=True, prompt="从列表里选，必须写。", instead=_EDIT_ADVICE
    )
    body = TableColumn(
        BODY,
        "正文",
        width=70,
        prompt="分段的，中间空一行；小标题单独一行，前面写“## ”。图片写成 ![图上有什么](文件名.png)，文件在工作台交。",
    )
    columns = (kind, *_columns(catalog, county, items).values(), body)
    return _table((ARTICLES, "文章", f"通知、政策文件等，一行一篇。要增加的{_ABOUT}"), columns, county)


def _columns(catalog: Catalog, county: County, items: ItemNames) -> Mapping[str, TableColumn]:
    offered = offers(catalog, county, items)
    columns = {key: cell.column(offered) for key, cell in ARTICLE_CELLS.items()}
    return columns | {"day": replace(columns["day"], instead=_EDIT_ADVICE)}


def offers(catalog: Catalog, county: County, items: ItemNames) -> Choices:
    """The choices for dropdowns: the county's organisations, its items, all articles, and articles of some kinds."""

    def named(*kinds: str) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for article in county.articles:
            if article.kind in kinds:
                taken = article.title in names
                names[f"{article.title}（{article.slug}）" if taken else article.title] = article.id
        return names

    offices = tuple(dict.fromkeys(short_names(catalog).values()))
    articles = {kind: named(kind) for kind in ("policies", "interpretations")}
    return Choices({"offices": offices}, {"items": items, "articles": named(*ARTICLE_KINDS), **articles})


def _table(called: tuple[str, str, str], columns: tuple[TableColumn, ...], county: County) -> Table:
    key, title, about = called
    own = [article for article in county.articles if (article.kind == FOLDER) is (key == QUESTIONS)]
    rows = tuple(_row(columns, article) for article in own)
    return Table(key, title, about, columns, rows, ("title",), 10, 2 if key == ARTICLES else 1)


def _row(columns: tuple[TableColumn, ...], article: Article) -> TableRow:
    body = whole(article.sections)
    question = article.kind == FOLDER
    fit = plain(body) == body and not (question and any(section.title for section in article.sections))
    texts = {key: cell.text(article) for key, cell in ARTICLE_CELLS.items()}
    texts |= {KIND: ARTICLE_KINDS[article.kind], BODY: body}
    locked = frozenset(("day", KIND) if fit else ("day", KIND, BODY))
    shown = f"{'常见问题' if question else '文章'} {article.title}"
    return row(columns, article.slug if question else article.id, shown, texts, locked=locked)


def _files(county: County, changes: Sequence[RowChange]) -> Mapping[str, Sequence[RowChange]]:
    taken = {article.id for article in county.articles}
    files: dict[str, Sequence[RowChange]] = {}
    for change in changes:
        question = change.table.key == QUESTIONS
        if change.new:
            id_ = _new_id(FOLDER if question else _KINDS[change.texts[KIND]], change.texts["day"], taken)
        else:
            id_ = f"{FOLDER}/{change.row.id}" if question else change.row.id
        taken.add(id_)
        files[f"{PAGES}/{id_}.md"] = (change,)
    return files


def _new_id(kind: str, day: str, taken: set[str]) -> str:
    """A name not yet ``taken`` for an article of that kind and day."""
    id_, count = f"{kind}/{kind}-{day}", 1
    while id_ in taken:
        count += 1
        id_ = f"{kind}/{kind}-{day}-{count}"
    return id_


def _text(text: str, changes: Sequence[RowChange]) -> str:
    start, head, rest = split_front_matter(text)
    for change in changes:
        head = with_cells(head, (), change, ARTICLE_CELLS)
        if BODY in change.texts:
            broken = "\r\n" if "\r\n" in start else "\n"
            rest = rest[:3] + broken + change.texts[BODY].replace("\n", broken) + broken
    return start + head + rest


ARTICLE_WRITER = TableWriter((QUESTIONS, ARTICLES), _files, _text)
