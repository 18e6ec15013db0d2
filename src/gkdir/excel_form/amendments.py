"""A county's changes.yaml → the table 更新记录; changes to its rows → the text of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from gkdir.excel_form.articles import offers
from gkdir.excel_form.formcell import BETWEEN, Choices, FormCell, cells
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
    with_row,
)
from gkdir.excel_form.tidy import row
from gkdir.excel_form.towns import town_names
from gkdir.model.amendment import SUBJECT_FIELDS, Amended, Amendment
from gkdir.model.county import Catalog, County
from gkdir.model.declared import keys
from gkdir.read.declaredfiles import CHANGES as FILE
from gkdir.yaml.edit import append, rank
from gkdir.yaml.emit import Value
from gkdir.yaml.nodes import Step

AMENDMENTS = "@amendments"
"""The key of the table, which no domain can have."""
AMENDED, DAY, NAME = "fields", "day", "name"
SUBJECTS = tuple(SUBJECT_FIELDS.values())
"""The columns that say what was amended; a row fills exactly one of them."""
LIST = "记录"
_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(Amendment)}
_FIELDS, _LABEL, _OLD, _NEW = "改动", *keys(Amended)[:3]
_ARROW, _NOTHING = " → ", "没有写"


def amendment_table(catalog: Catalog, county: County, items: ItemNames) -> Table:
    """One row for each entry of changes.yaml, in the order of the file."""
    left_out = {
        f"{directory.label} {one.item.numbered_name}": f"{domain}/{one.item.number}"
        for domain, directory in catalog.directories.items()
        for one in directory.omitted
    }
    own = offers(catalog, county, items)
    towns = {name: slug for slug, name in town_names(county).items()}
    choices = Choices({**own.words, "forms": tuple(catalog.forms)}, {**own.names, "towns": towns})
    given = {key: cell.column(choices) for key, cell in _CELLS.items()}
    given |= {key: replace(given[key], keys={**items, **left_out}) for key in ("item", "guide")}
    amended = TableColumn(
        AMENDED,
        _FIELDS,
        Takes.NAMED,
        44,
        prompt=f"一行一栏，写成 公开时限{BETWEEN}20个工作日{_ARROW}10个工作日。",
        instead="记过的改动照旧；漏了的，请写在最下面的空行里。",
    )
    first = list(given).index(NAME) + 1
    columns = (*list(given.values())[:first], amended, *list(given.values())[first:], REMOVAL)
    ids = RowIds()
    rows = []
    for each in county.amendments:
        id_ = ids.of(f"{each.day} {each.subject} {each.id}")
        texts = {key: cell.text(each) for key, cell in _CELLS.items()}
        texts[AMENDED] = "\n".join(map(_amended, each.fields))
        shown = f"更新记录 {each.day} {each.name}"
        rows.append(row(columns, id_, shown, texts, locked=frozenset((DAY, AMENDED))))
    about = "哪天改了什么、为什么改，一行一样，早的在前。理由、依据请补上；工作台写进去时可以替您记，漏了的写在空行里。"
    return Table(AMENDMENTS, "更新记录", about, columns, tuple(rows), (DAY, "kind", NAME), 20, 2)


def _amended(one: Amended) -> str:
    lists = (("去掉 ", one.removed), ("增加 ", one.added))
    parts = [f"{word}{'、'.join(texts)}" for word, texts in lists if texts]
    if one.old or one.new:
        parts.append(f"{one.old}{_ARROW}{one.new or _NOTHING}" if one.old else one.new or "")
    return f"{one.label}{BETWEEN}{' '.join('；'.join(parts).split())}"


def _written(text: str) -> Iterator[Value]:
    """The entries of 改动 that a cell's lines (``label：old → new``) stand for."""
    for line in listed(text):
        label, _, words = line.partition(BETWEEN)
        old, arrow, new = words.rpartition(_ARROW)
        pairs = ((_OLD, old), (_NEW, new if arrow and new != _NOTHING else words if not arrow else ""))
        yield {_LABEL: label, **{key: value for key, value in pairs if value}}


def _text(text: str, changes: Sequence[RowChange]) -> str:
    for change in in_turn(changes):
        if change.new:
            entry = {**as_element(change, _CELLS), _FIELDS: list(_written(change.texts[AMENDED]))}
            text = append(text, (LIST,), {key: entry[key] for key in keys(Amendment) if entry.get(key)}, _order)
        else:
            text = with_row(text, (LIST, index_of(change)), change, _CELLS)
    return text


def _order(path: tuple[Step, ...], key: str) -> tuple[int, ...]:
    return rank(keys(Amendment) if path else (LIST,), key)


AMENDMENT_WRITER = TableWriter((AMENDMENTS,), all_in(FILE), _text)
