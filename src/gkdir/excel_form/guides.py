"""A county's guides → four tables: single elements; materials, steps and ways to apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.directory import DELETE, DELETED
from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.organisations import short_names
from gkdir.excel_form.prose import not_editable, prose_columns, prose_texts
from gkdir.excel_form.table import Table, TableColumn, TableRow, Takes
from gkdir.excel_form.tidy import blank_row, row
from gkdir.model.county import Catalog, County
from gkdir.model.declared import Short, declared
from gkdir.model.guide import WAYS, Guide, GuideStep, Material

GUIDES, MATERIALS, STEPS, WAYS_TABLE = "@guides", "@materials", "@steps", "@ways"
"""Keys of tables, which no domain can have: a domain is called as its workbook."""
LISTS: Mapping[str, str] = {MATERIALS: "办理材料", STEPS: "办理流程", WAYS_TABLE: "办理方式"}
"""Table of list elements → the key of that list in a guide's head."""
ITEM = "item"
FURTHER = "further"
"""The column of 其他要素."""

SHAPES: Mapping[str, type[Struct]] = {MATERIALS: Material, STEPS: GuideStep}
"""Table of list elements → the type of an element, where its keys are declared."""


CELLS: Mapping[str, FormCell] = {one.key: one for one in cells(Guide)}
"""Column key → cell of the table 指南."""
_NAMED_TEXTS = tuple((key, cell.fields[0]) for key, cell in CELLS.items() if cell.by_name)
PATHS: Mapping[str, tuple[str, ...]] = {key: cell.path for key, cell in CELLS.items()}
"""Column of the table 指南 → its path in a guide's head."""
SHORT: Mapping[str, str] = {one.key.name: short.key for one in declared(Guide) for short in one.marks(Short)}
"""Keys that may have a plain text as value → the inner key that this text is for."""
_ELEMENT_CELLS: Mapping[str, tuple[FormCell, ...]] = {table: tuple(cells(shape)) for table, shape in SHAPES.items()}
INNER: Mapping[str, Mapping[str, str]] = {
    **{table: {cell.key: cell.path[0] for cell in cells} for table, cells in _ELEMENT_CELLS.items()},
    WAYS_TABLE: {"kind": "方式", "target": "去哪里"},
}
"""Table of list elements → its columns → the keys of an element."""
_IDENTITY: Mapping[str, tuple[str, ...]] = {
    MATERIALS: (ITEM, "name"), STEPS: (ITEM, "name"), WAYS_TABLE: (ITEM, "kind", "target"),
}  # fmt: skip
FIRST: Mapping[str, str] = {MATERIALS: "name", STEPS: "name", WAYS_TABLE: "kind"}


_TITLE_AND_ABOUT: Mapping[str, tuple[str, str]] = {
    MATERIALS: (
        "材料",
        "一行一样材料，同一个事项的排在一起。要增加的写在最下面的空行里，不要了的在“删去”栏选“删去”。",
    ),
    STEPS: ("流程", "一行一个环节，按先后排。要增加的写在最下面的空行里，加在那个事项的最后。"),
    WAYS_TABLE: ("办理方式", "窗口写“机构”表里的简称，网上写网址，其他写怎么办。"),
}


def guide_table(catalog: Catalog, county: County) -> Table:
    """The elements that are not lists. Every item has a row: filling in that of an item without a guide creates one."""
    about = (
        "一行一个事项的办事指南。空着的格子用上一级的指南，写上的以本县为准；还没有指南的，写上就会新建一份。"
        "有几样的，一行写一样。"
    )
    outline = guide_outline(catalog, county)
    names = item_names(catalog, county)
    rows = tuple(_guide(outline.columns, id_, name, county.guides.get(id_)) for id_, name in names.items())
    return replace(outline, about=about, rows=rows)


def guide_outline(catalog: Catalog, county: County) -> Table:
    """The same table with blank rows: enough to find a place."""
    offers = _offers(catalog)
    columns = (
        TableColumn(ITEM, "事项", width=30),
        *(cell.column(offers) for cell in CELLS.values()),
        *prose_columns(),
    )
    rows = tuple(blank_row(id_, _row_name(name)) for id_, name in item_names(catalog, county).items())
    return Table(GUIDES, "指南", "", columns, rows, (ITEM,))


def list_table(key: str, catalog: Catalog, county: County) -> Table:
    """The materials, steps or ways to apply of all guides, one a row."""
    names = item_names(catalog, county)
    choice = TableColumn(
        ITEM, "事项", width=30, choices=tuple(names.values()), only=True, prompt="新增一行时，从列表里选是哪个事项的。"
    )
    delete = TableColumn(
        DELETE, DELETED, width=7, choices=(DELETED,), only=True, prompt="这一行不要了，从列表里选“删去”。"
    )
    offers = _offers(catalog)
    inner = _way_columns() if key == WAYS_TABLE else (cell.column(offers) for cell in _ELEMENT_CELLS[key])
    columns = (choice, *inner, delete)
    return Table(key, *_TITLE_AND_ABOUT[key], columns, tuple(_listed(key, columns, catalog, names)), _IDENTITY[key], 20)


def list_outline(key: str, catalog: Catalog, county: County) -> Table:
    """The same table with blank rows and no columns: enough to find a row."""
    names = item_names(catalog, county)
    rows = (
        blank_row(f"{id_}/{element}", _shown(key, names[id_], element))
        for id_, guide in ((id_, catalog.guides.get(id_)) for id_ in names)
        for element, _ in identified(elements(guide, key, _IDENTITY[key]) if guide else ())
    )
    return Table(key, *_TITLE_AND_ABOUT[key], (), tuple(rows), (), 20)


def _offers(catalog: Catalog) -> Choices:
    keys = short_names(catalog)
    offices = tuple(dict.fromkeys(keys.values()))
    return Choices({"offices": offices, "forms": tuple(catalog.forms)}, {"offices": keys})


def item_names(catalog: Catalog, county: County) -> Mapping[str, str]:
    """Item id → the item's full name as the sheets show it."""
    names = {}
    for domain, directory in catalog.directories.items():
        for entry in directory.entries:
            names[f"{domain}/{entry.item.number}"] = f"{directory.label} {entry.item.numbered_name}"
    return {**names, **{id_: f"{id_}（不在目录里）" for id_ in county.guides if id_ not in names}}


def _way_columns() -> Iterator[TableColumn]:
    yield TableColumn(
        "kind", "方式", width=10, choices=tuple(way.name for way in WAYS), only=True, prompt="从列表里选。"
    )
    yield TableColumn("target", "去哪里", Takes.PHONE, 60, prompt="窗口写机构的简称，网上写网址。")


def _row_name(name: str) -> str:
    return f"指南 {name}"


def _guide(columns: tuple[TableColumn, ...], id_: str, name: str, guide: Guide | None) -> TableRow:
    texts: dict[str, str | None] = {ITEM: name}
    locked = frozenset((ITEM,))
    if guide is not None:
        texts |= {key: cell.text(guide) for key, cell in CELLS.items()}
        texts |= prose_texts(guide)
        locked |= not_editable(guide)
        locked |= {key for key, field in _NAMED_TEXTS if any("\n" in each.text for each in getattr(guide, field))}
    return row(columns, id_, _row_name(name), texts, locked=locked)


def _listed(
    table: str, columns: tuple[TableColumn, ...], catalog: Catalog, names: Mapping[str, str]
) -> Iterator[TableRow]:
    for id_, name in names.items():
        guide = catalog.guides.get(id_)
        for element, texts in identified(elements(guide, table) if guide else ()):
            locked = {ITEM} | ({"kind"} if table == WAYS_TABLE else set())
            shown = _shown(table, name, element)
            yield row(columns, f"{id_}/{element}", shown, {ITEM: name, **texts}, locked=frozenset(locked))


def _shown(table: str, name: str, element: str) -> str:
    return f"{LISTS[table]} {name} {element}"


def is_own(catalog: Catalog, item: str, table: str) -> bool:
    """Whether the county itself has written that list of the item's guide."""
    guide = catalog.guides.get(item)
    written = guide.written.get(LISTS[table]) if guide else None
    return written is not None and f"counties/{catalog.slug}/guides/" in written.place.file


def elements(guide: Guide, table: str, keys: Sequence[str] = ()) -> Iterator[Mapping[str, str | None]]:
    """The texts of the list's elements by column, in order; only those of the columns ``keys``, if given."""
    if table == WAYS_TABLE:
        yield from ({"kind": way.kind, "target": way.target} for way in guide.ways or ())
    else:
        wanted = [(cell.key, cell) for cell in _ELEMENT_CELLS[table] if not keys or cell.key in keys]
        for one in (guide.materials if table == MATERIALS else guide.steps) or ():
            yield {key: cell.text(one) for key, cell in wanted}


def identified(each: Iterable[Mapping[str, str | None]]) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    """Each element with an id that is unique in its guide and independent of its position."""
    seen: dict[str, int] = {}
    for texts in each:
        name = texts.get("name") or f"{texts.get('kind')}：{texts.get('target')}"
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}（{seen[name]}）"), texts


def guide_of(row: TableRow) -> str:
    """The id of the item that a row of these tables is about."""
    return "/".join(row.id.split("/")[:2])
