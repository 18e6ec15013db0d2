"""A county's guides → the table 待补: the elements that guides from above leave to the county, the most wanted items
first.

Above these are elements that may be the same for all items: one cell fills the blanks of all (指南默认 in county.yaml).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gkdir.excel_form.formcell import BETWEEN, Choices, FormCell, cells
from gkdir.excel_form.guides import CELLS, FURTHER, ITEM, guide_of, item_names
from gkdir.excel_form.table import RowChange, Table, TableColumn, TableRow, listed
from gkdir.excel_form.tidy import BadText, row, tidy
from gkdir.finding import Place
from gkdir.model.county import Catalog, County
from gkdir.model.guide import WAYS, Guide, NamedText
from gkdir.model.guidedefaults import GuideDefaults
from gkdir.overlay.guides import elements_named
from gkdir.yaml.emit import Value
from gkdir.yaml.nodes import Step

BLANKS = "@blanks"
ELEMENT, UNTIL, ANSWER = "element", "until", "answer"
_LISTS = frozenset(("materials", "steps", "ways"))
"""Elements that have a sheet of their own."""
DEFAULTS = GuideDefaults.called
_DEFAULTS: Mapping[str, FormCell] = {cell.key: cell for cell in cells(GuideDefaults)}
_WAY_KINDS = tuple(way.name for way in WAYS)

Refused = tuple[Place, str, str]
"""An answer that was not accepted: its place, why, and what to do."""


def blank_table(catalog: Catalog, county: County) -> Table:
    """All elements left to the county, including those it has filled in; ``in_sheet`` are the rows to export."""
    columns = (
        TableColumn(ITEM, "事项", width=32),
        TableColumn(ELEMENT, "要素", width=18),
        TableColumn(UNTIL, "网页上现在写的", width=44),
        TableColumn(ANSWER, "本县怎么写", width=44, prompt="写上就补上了。还不知道的，空着。"),
    )
    rows = tuple(
        row(
            columns,
            id_,
            f"待补 {item} {name}",
            {ITEM: item, ELEMENT: name, UNTIL: until, ANSWER: answer},
            locked=frozenset((ITEM, ELEMENT, UNTIL)),
        )
        for id_, item, name, until, answer in _sorted(catalog, county)
    )
    about = (
        "国家或上级的指南里，要由本县写的。前几行是各项都一样的，写一格就都补上；接着是一项一项才有的，群众问得多的在前；"
        "最后是前几行已经补上的，哪一项不一样才写。"
    )
    return Table(BLANKS, "待补", about, columns, rows, (ITEM, ELEMENT))


def still_blank(table: Table) -> tuple[TableRow, ...]:
    """The rows of single items that the county has not filled in."""
    return tuple(each for each in table.rows if not each.texts[ANSWER] and not is_default(each))


def in_sheet(table: Table) -> tuple[TableRow, ...]:
    """The rows that the sheet shows: those still blank, and those of 指南默认, which can only be changed here."""
    return tuple(each for each in table.rows if not each.texts[ANSWER] or is_default(each))


def is_default(row: TableRow) -> bool:
    """Whether a row is about all items, or all items of a domain."""
    return row.id.startswith(f"{DEFAULTS}/")


def default_at(path: Sequence[Step]) -> str | None:
    """The id of the row for the value at ``path`` of county.yaml; ``None`` if no row stands for it."""
    match [str(step) for step in path]:
        case ["目录", domain, key, *rest] if key == DEFAULTS:
            pass
        case [key, *rest] if key == DEFAULTS:
            domain = ""
        case _:
            return None
    found = (key for key, cell in _DEFAULTS.items() if cell.path[0] in rest[:1])
    return f"{DEFAULTS}/{domain}/{next(found, '')}"


def default_value(row: TableRow, text: str) -> tuple[tuple[str, ...], Value]:
    """The path in county.yaml that such a row writes to, and the value for ``text``; blank for a blank text."""
    _, domain, key = row.id.split("/")
    cell = _DEFAULTS[key]
    return (*(("目录", domain) if domain else ()), DEFAULTS, *cell.path), text and cell.value(_column(cell), text)


def _column(cell: FormCell) -> TableColumn:
    return cell.column(Choices())


def cell_of(name: str) -> FormCell | None:
    """The column of the table 指南 for an element; ``None`` for an element of 其他要素."""
    elements = elements_named(name)
    found = [cell for cell in CELLS.values() if _element(cell) in elements and cell.key != "fee_basis"]
    return found[-1] if found else None  # 承诺时限, not 法定时限, is for the county to fill in


def in_guides(
    found: Sequence[RowChange], others: Sequence[RowChange], guides: Table
) -> tuple[list[RowChange], list[Refused]]:
    """``others`` and the answers ``found`` in 待补, those about single items as changes of ``guides``.

    Also the answers that were refused.
    """
    made, refused = _defaults_made(change for change in found if is_default(change.row))
    made = [*others, *made]
    for change in found:
        if is_default(change.row):
            continue
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


def _defaults_made(found: Iterable[RowChange]) -> tuple[list[RowChange], list[Refused]]:
    """The changes of rows about all items, with valid texts, and the answers that were refused."""
    made: list[RowChange] = []
    refused: list[Refused] = []
    for change in found:
        try:
            text = _tidied(change)
        except BadText as error:
            refused.append((change.places.get(ANSWER, change.place), str(error), error.hint))
        else:
            made.append(RowChange(change.table, change.row, {ANSWER: text}, change.place, change.places))
    return made, refused


def _tidied(change: RowChange) -> str:
    cell = _DEFAULTS[change.row.id.rpartition("/")[2]]
    text = tidy(_column(cell), change.texts[ANSWER])
    kinds = [line.partition(BETWEEN)[0] for line in listed(text)] if cell.key in _LISTS else []
    unknown = next((kind for kind in kinds if kind not in _WAY_KINDS), None)
    if unknown is not None:
        raise BadText(f"“{unknown}”不是办理方式。", f"冒号前面请写其中一个：{'、'.join(_WAY_KINDS)}。")
    return text


def _named_once(further: str, name: str, line: str) -> str:
    """``further`` (其他要素, one ``name：text`` a line) with ``line`` in place of the line of that ``name``."""
    others = [each for each in listed(further) if not each.startswith(f"{name}{BETWEEN}")]
    return "\n".join([*others, line])


_Row = tuple[str, str, str, str, str]
"""Row id, item, element, the text published until it is filled in, the county's own answer."""


def _sorted(catalog: Catalog, county: County) -> Iterator[_Row]:
    """The rows about all items, the elements that have no such row, the rows about a domain, the other elements."""
    rows = tuple(_item_rows(catalog, county))
    differing = frozenset(_DEFAULTS)
    yield from _default_rows(catalog, ("",))
    yield from (each for each in rows if not elements_named(each[2]) <= differing)
    yield from _default_rows(catalog, tuple(catalog.directories))
    yield from (each for each in rows if elements_named(each[2]) <= differing)


def _default_rows(catalog: Catalog, domains: Sequence[str]) -> Iterator[_Row]:
    """Elements that can be written once for all items, or all of a domain: those still blank in some, and answers."""
    for domain in domains:
        own = catalog.overlay.defaults_of_guides.get(domain)
        guides = [guide for id_, guide in catalog.guides.items() if id_.startswith(f"{domain}/" if domain else "")]
        blank = Counter(name for guide in guides for name in frozenset().union(*map(_elements, guide.pending)))
        item = f"{catalog.directories[domain].label} 全部事项" if domain else "全部事项"
        for key, cell in _DEFAULTS.items():
            answer = (own and cell.text(own)) or ""
            if answer or blank[key]:
                scope = "只有这个领域一样的" if domain else "都一样的"
                left = f"{blank[key]} 项还空着。" if blank[key] else ""
                until = f"{left}{scope}，在这里写一次，不一样的再写在那一项里。"
                about = cell.cell.prompt if key in _LISTS else ""
                yield f"{DEFAULTS}/{domain}/{key}", item, cell.path[0], until + about, answer


def _elements(left: NamedText) -> frozenset[str]:
    return elements_named(left.name)


def _item_rows(catalog: Catalog, county: County) -> Iterator[_Row]:
    names = item_names(catalog, county)
    for item in _most_asked(catalog):
        for name, until, answer in _blanks(item, catalog, county):
            yield f"{item}/{name}", names[item], name, until, answer


def _blanks(item: str, catalog: Catalog, county: County) -> Iterator[tuple[str, str, str]]:
    """The elements that an item's guide leaves to the county: name, text until filled in, the county's answer."""
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
    """The name of the guide's element that a column edits."""
    return cell.fields[-1] if cell.fields[0] == "limit" else cell.fields[0]


def _most_asked(catalog: Catalog) -> Iterator[str]:
    """Item ids: the popular ones, those of life events, then all others in the order of the directories."""
    asked = [item.text for item in catalog.navigation.questions.values()]
    asked += [use.item for event in catalog.navigation.events.values() for use in event.uses]
    there = {entry.item.id: entry for entry in catalog.entries()}
    yield from (item for item in dict.fromkeys((*asked, *there)) if item in there)
