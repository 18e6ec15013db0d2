"""A county's words.yaml → the table 日常说法; changes to its rows → the text of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.table import RowChange, Table, TableColumn, Takes, listed
from gkdir.excel_form.tablewriter import (
    REMOVAL,
    ItemNames,
    RowIds,
    TableWriter,
    all_in,
    as_element,
    in_turn,
    index_of,
    with_cells,
)
from gkdir.excel_form.tidy import row
from gkdir.model.county import County
from gkdir.model.declared import keys
from gkdir.model.item import Written
from gkdir.model.synonyms import HandledElsewhere, Synonyms
from gkdir.read.declaredfiles import WORDS as FILE
from gkdir.yaml.edit import append, put, rank, remove

WORDS = "@words"
"""The key of the table, which no domain can have."""
KIND, ITEM, SAID = "kind", "item", "said"
SAME, MORE, LESS, ELSEWHERE, PLATFORM = KINDS = keys(Synonyms)
"""What a row is: 同义, 增加, 去掉, 不归这里管, 平台名称; also the keys of the file."""
OF_ITEM = (MORE, LESS, PLATFORM)
ELSEWHERE_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(HandledElsewhere)}
_ASKED = "说法"


def word_table(county: County, items: ItemNames) -> Table:
    """One row for each group of synonyms, each item's words, and each matter that another office handles."""
    columns = (
        TableColumn(
            KIND,
            "是什么",
            width=14,
            choices=KINDS,
            only=True,
            prompt="同义：同一样东西的几种叫法；增加、去掉：某个事项的说法；不归这里管：别的部门的事；"
            "平台名称：某个事项在平台上叫什么。",
        ),
        TableColumn(
            ITEM,
            "事项",
            Takes.ITEMS,
            30,
            choices=tuple(items),
            only=True,
            prompt="增加、去掉、平台名称：哪个事项。",
            keys=items,
        ),
        TableColumn(SAID, _ASKED, Takes.LINES, 40, prompt="群众会说的话，一行一个。"),
        *(each.column(Choices()) for each in ELSEWHERE_CELLS.values()),
        REMOVAL,
    )
    ids = RowIds()
    rows = []
    for texts in _rows(county, {id_: name for name, id_ in items.items()}):
        id_ = ids.of(" ".join(filter(None, (texts[KIND], texts.get(ITEM), texts[SAID].replace("\n", "、")))))
        locked = frozenset((KIND, ITEM)) | (frozenset() if texts[KIND] == ELSEWHERE else frozenset(ELSEWHERE_CELLS))
        rows.append(row(columns, id_, f"日常说法 {id_}", texts, locked=locked))
    about = "群众怎么说、怎么问，本县自己的写在这里；全国的说法已经有了，不用再写。"
    return Table(WORDS, "日常说法", about, columns, tuple(rows), (KIND, ITEM, SAID), 20, 3)


def _rows(county: County, names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    words = county.words
    yield from ({KIND: SAME, SAID: _lines(group)} for group in words.groups)
    for kind, of in ((MORE, words.words), (LESS, words.removed), (PLATFORM, words.platform)):
        for item, entries in of.items():
            yield {KIND: kind, ITEM: names.get(item, item), SAID: _lines(entries)}
    for each in words.elsewhere:
        texts = {key: cell.text(each) or "" for key, cell in ELSEWHERE_CELLS.items()}
        yield {KIND: ELSEWHERE, SAID: _lines(each.asked), **texts}


def _lines(words: Sequence[Written]) -> str:
    return "\n".join(word.text for word in words)


def _text(text: str, changes: Sequence[RowChange]) -> str:
    for change in in_turn(changes):
        after = change.after.texts
        kind, words = after[KIND], "、".join(listed(after[SAID]))
        item = (change.table.column(ITEM).keys or {}).get(after[ITEM], after[ITEM])
        if kind in OF_ITEM:
            path = (kind, item)
            text = remove(text, path) if change.removed else put(text, path, words, _order)
        elif change.new:
            element = words if kind == SAME else {_ASKED: words, **as_element(change, ELSEWHERE_CELLS)}
            text = append(text, (kind,), element, _order)
        elif change.removed:
            text = remove(text, (kind, index_of(change, KIND)))
        else:
            place = (kind, index_of(change, KIND))
            if SAID in change.texts:
                text = put(text, place if kind == SAME else (*place, _ASKED), words, _order)
            text = with_cells(text, place, change, ELSEWHERE_CELLS)
    return text


def _order(path: tuple[str | int, ...], key: str) -> tuple[int, ...]:
    return rank(() if path else KINDS, key)


SYNONYM_WRITER = TableWriter((WORDS,), all_in(FILE), _text)
