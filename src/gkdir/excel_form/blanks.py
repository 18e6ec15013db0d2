"""A county's guides → the table 待补: what guides from above leave to the county, the most asked items first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gkdir.excel_form.formcell import BETWEEN, FormCell
from gkdir.excel_form.guides import CELLS, FURTHER, ITEM, guide_of, item_names
from gkdir.excel_form.table import RowChange, Table, TableColumn, TableRow, listed
from gkdir.excel_form.tidy import BadText, row, tidy
from gkdir.finding import Place
from gkdir.model.county import Catalog, County
from gkdir.model.guide import Guide
from gkdir.overlay.guides import elements_named

BLANKS = "@blanks"
ELEMENT, UNTIL, ANSWER = "element", "until", "answer"
_LISTS = frozenset(("materials", "steps", "ways"))
"""Elements with tables of their own."""

Refused = tuple[Place, str, str]
"""Where an answer is that was not taken, why, and what to do."""


def blank_table(catalog: Catalog, county: County) -> Table:
    """The blanks, and those that the county has filled; an export shows only the blanks."""
    names = item_names(catalog, county)
    columns = (
        TableColumn(ITEM, "事项", width=32),
        TableColumn(ELEMENT, "要素", width=18),
        TableColumn(UNTIL, "网页上现在写的", width=44),
        TableColumn(ANSWER, "本县怎么写", width=44, prompt="写上就补上了。还不知道的，空着。"),
    )
    rows = tuple(
        row(
            columns,
            f"{item}/{name}",
            f"待补 {names[item]} {name}",
            {ITEM: names[item], ELEMENT: name, UNTIL: until, ANSWER: answer},
            locked=frozenset((ITEM, ELEMENT, UNTIL)),
        )
        for item in _most_asked(catalog)
        for name, until, answer in _blanks(item, catalog, county)
    )
    about = "国家或上级的指南里，要由本县写的要素，群众问得多的在前。写在最后一栏，别的指南不用改。"
    return Table(BLANKS, "待补", about, columns, rows, (ITEM, ELEMENT))


def still_blank(table: Table) -> tuple[TableRow, ...]:
    """The rows that the county has not filled."""
    return tuple(each for each in table.rows if not each.texts[ANSWER])


def cell_of(name: str) -> FormCell | None:
    """The column of the first table of guides that stands for an element; ``None`` for one of 其他要素."""
    elements = elements_named(name)
    found = [cell for cell in CELLS.values() if _element(cell) in elements and cell.key != "fee_basis"]
    return found[-1] if found else None  # of 法定 and 承诺 the county's


def in_guides(
    found: Sequence[RowChange], others: Sequence[RowChange], guides: Table
) -> tuple[list[RowChange], list[Refused]]:
    """``others`` with the answers in ``found``: as changes of the rows of ``guides``, where these have the column."""
    made = list(others)
    refused: list[Refused] = []
    for change in found:
        name, at = change.row.texts[ELEMENT], change.places.get(ANSWER, change.place)
        cell, of_guide = cell_of(name), guides.by_id.get(guide_of(change.row))
        if of_guide is None:
            refused.append((at, f"“指南”表里没有{change.row.name}的那一行，这一格没有采用。", "请在项目文件里改。"))
            continue
        there = next((each for each in made if each.table.key == guides.key and each.row.id == of_guide.id), None)
        try:
            key = cell.key if cell else FURTHER
            text = tidy(guides.column(key), change.texts[ANSWER] if cell else f"{name}：{change.texts[ANSWER]}")
        except BadText as error:
            refused.append((at, str(error), error.hint))
            continue
        if cell is None:
            text = _named_once((there.after if there else of_guide).texts[FURTHER], name, text)
        elif there is not None and there.texts.get(key, text) != text:
            message = f"“指南”表里也改了{of_guide.name}的这一样，写得不一样，这一格没有采用。"
            refused.append((at, message, "请只在一张表里写。"))
            continue
        before = there or RowChange(guides, of_guide, {}, change.place)
        after = RowChange(guides, of_guide, {**before.texts, key: text}, before.place, {**before.places, key: at})
        made = [each for each in made if each is not there] + [after]
    return made, refused


def _named_once(further: str, name: str, line: str) -> str:
    """其他要素 with the line in place of the one that has its name."""
    others = [each for each in listed(further) if not each.startswith(f"{name}{BETWEEN}")]
    return "\n".join([*others, line])


def _blanks(item: str, catalog: Catalog, county: County) -> Iterator[tuple[str, str, str]]:
    """The elements left to the county: name, the words until it is filled in, the county's own answer."""
    guide, own = catalog.guides.get(item), county.guides.get(item)
    if guide is None:
        return
    above = [layer for layer in catalog.guide_layers.get(item, ()) if layer is not own]
    pending = {each.name: each.text for layer in above for each in layer.pending}
    blank = {each.name for each in guide.pending}
    for name, until in pending.items():
        answer = _answer(own, name) if own else ""
        if (answer or name in blank) and not elements_named(name) & _LISTS:
            yield name, until, answer


def _answer(own: Guide, name: str) -> str:
    cell = cell_of(name)
    if cell is not None:
        return cell.text(own) or ""
    return next((entry.text for entry in own.further if entry.name == name), "")


def _element(cell: FormCell) -> str:
    """The element of a guide that a column stands for."""
    return cell.fields[-1] if cell.fields[0] == "limit" else cell.fields[0]


def _most_asked(catalog: Catalog) -> Iterator[str]:
    """The items: those that people ask for, those of life events, then all others in the order of the directories."""
    asked = [item.text for item in catalog.navigation.questions.values()]
    asked += [use.item for event in catalog.navigation.events.values() for use in event.uses]
    there = {entry.item.id: entry for entry in catalog.entries()}
    yield from (item for item in dict.fromkeys((*asked, *there)) if item in there)
