"""A county's towns and villages → the tables 乡镇村, 乡镇村机构, …办事, …目录; changed rows → their files' texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gkdir.excel_form.directory import DELETE, FIELD_COLUMNS, NAMES, NOTE_COLUMNS, item_texts
from gkdir.excel_form.directory import columns as directory_columns
from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.guides import ITEM
from gkdir.excel_form.itemfile import ItemBefore, entry_text, with_key
from gkdir.excel_form.organisations import PLACE_CELLS, PLACE_COLUMNS, place_texts, short_names
from gkdir.excel_form.table import RowChange, Table, TableColumn, TableRow, Takes, listed
from gkdir.excel_form.tablewriter import REMOVAL, ItemNames, TableWriter, as_element, with_cells
from gkdir.excel_form.tidy import row
from gkdir.model.columns import COLUMN
from gkdir.model.county import Catalog, County, ItemOverlay, Overlay
from gkdir.model.declared import keys
from gkdir.model.guide import NO_MATERIALS, Material
from gkdir.model.townguide import TownGuide
from gkdir.overlay.layer import order as number_order
from gkdir.read.schema.layer import TownDomainPart, TownItemPart, TownPart
from gkdir.yaml.edit import put, put_or_remove, rank, remove
from gkdir.yaml.emit import Value
from gkdir.yaml.nodes import Step

TOWNS, TOWN_PLACES, TOWN_GUIDES, TOWN_ITEMS = "@towns", "@townplaces", "@townguides", "@townitems"
"""Keys of tables, which no domain can have."""
FOLDER = "towns"
SLUG, TOWN = "slug", "town"
TOWN_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(TownPart)}
"""Column key → the key of a town's file that it edits."""
GUIDE_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(TownGuide)}
"""Column key → the key of an item's 办事指南, in a town's file, that it edits."""
MATERIALS = "materials"
_MATERIALS, _GUIDE, _ITEMS = "办理材料", "办事指南", "事项"
OWN = tuple(key for parts in FIELD_COLUMNS.values() for key in parts)
"""The columns for fields of an item in a town's directory."""
NOTED = (*NOTE_COLUMNS, "omitted")
_OMITTED = "不列入"
_ORDER = (*keys(TownPart), *keys(TownDomainPart), *keys(TownItemPart), *keys(TownGuide))


def town_table(county: County) -> Table:
    """One row for each town or village."""
    names = {name: slug for slug, name in town_names(county).items()}
    slug = TableColumn(
        SLUG,
        "网址里叫什么",
        width=14,
        prompt="小写字母和数字，如 baishi；不写的用代码。以后不能改。",
        count=True,
        instead="改了名称的，请写在“名称”栏；网址照旧，以前的链接才打得开。",
    )
    columns = (slug, *(cell.column(Choices({}, {"towns": names})) for cell in TOWN_CELLS.values()))
    rows = tuple(
        row(columns, town.slug, f"乡镇村 {town.name}", {SLUG: town.slug, **_texts(town)}, locked=frozenset((SLUG,)))
        for town in county.towns
    )
    about = "一行一个乡镇、街道或村、社区。要增加的写在下面的空行里；它们的机构写在“乡镇村机构”表里。"
    return Table(TOWNS, "乡镇村", about, columns, rows, ("name",), 20, 2)


def town_place_table(county: County) -> Table:
    """One row for each organisation of a town or village."""
    called = town_names(county)
    choices = tuple(dict.fromkeys(called.values()))
    town = TableColumn(TOWN, "乡镇村", width=20, choices=choices, prompt="是哪个乡镇、村的，写它的名称。")
    layout = (town, *PLACE_COLUMNS)
    places = tuple(
        row(
            layout,
            f"{each.slug}/{office.key}",
            f"乡镇村机构 {office.name}",
            {TOWN: called[each.slug], **place_texts(office)},
            locked=frozenset((TOWN, "key")),
        )
        for each in county.towns
        for office in each.organisations.values()
    )
    about = "一行一个机构，如镇便民服务中心。地址、电话、办公时间变了，改在这里。"
    return Table(TOWN_PLACES, "乡镇村机构", about, layout, places, (TOWN, "key"), 20, 2)


def town_guide_table(county: County, items: ItemNames) -> Table:
    """One row for each item whose guide is different at a town or village."""
    called = town_names(county)
    names = {id_: name for name, id_ in items.items()}
    columns = (
        *_where(called, items),
        *(cell.column(Choices()) for cell in GUIDE_CELLS.values()),
        TableColumn(
            MATERIALS,
            _MATERIALS,
            Takes.LINES,
            30,
            prompt="在本地只要带什么，一行一样，名称照县里的指南；不要材料的写“无需材料”。",
        ),
        REMOVAL,
    )
    rows = tuple(
        _guide_row(columns, f"{town.slug}/{domain}/{item.number}", {TOWN: called[town.slug], ITEM: name}, item.guide)
        for town in county.towns
        for domain, part in town.domains.items()
        for item in part.items
        if item.guide is not None and (name := names.get(f"{domain}/{item.number}", f"{domain}/{item.number}"))
    )
    about = "在乡镇、村办和县里不一样的，一行一个事项；空着的格子照县里的指南。只能更方便，不能多要。"
    return Table(TOWN_GUIDES, "乡镇村办事", about, columns, rows, (TOWN, ITEM), 20, 3)


def town_directory_table(catalog: Catalog, county: County, items: ItemNames) -> Table:
    """One row for each item whose directory entry differs at a town or village; a blank cell is inherited."""
    called = town_names(county)
    own = (each for each in directory_columns(short_names(catalog)) if each.key not in (*NAMES, DELETE))
    layout = (*_where(called, items), *own, REMOVAL)
    names = {id_: name for name, id_ in items.items()}
    rows = tuple(
        row(
            layout,
            f"{town.slug}/{id_}",
            f"乡镇村目录 {called[town.slug]} {names.get(id_, id_)}",
            {TOWN: called[town.slug], ITEM: names.get(id_, id_), **texts},
            locked=frozenset((TOWN, ITEM)),
        )
        for town in catalog.towns
        for id_, texts in _differing(town)
    )
    about = "公开时限、渠道等和县里的目录不一样的，一行一个事项；空着的格子照县里的目录。勾选的几栏，要勾就勾全。"
    return Table(TOWN_ITEMS, "乡镇村目录", about, layout, rows, (TOWN, ITEM), 20, 3)


def _differing(town: Catalog) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The items about which a town's file says more than how to apply, each with its texts by column."""
    for domain, part in town.overlay.domains.items():
        directory = town.directories.get(domain)  # a misspelt domain has no directory
        laid = {entry.item.number: entry.item for entry in directory.entries} if directory else {}
        for each in part.items:
            item = laid.get(each.number)
            whole = item_texts(item) if item else {}
            shown = [key for change in each.changes for key in FIELD_COLUMNS[change.field]]
            texts = {**{key: whole.get(key, "") for key in shown}, **_noted(each)}
            if any(texts.values()):
                yield f"{domain}/{each.number}", texts


def _noted(each: ItemOverlay) -> Mapping[str, str]:
    return {
        "alias": each.alias or "",
        "note": each.note or "",
        "ground": each.ground.text if each.ground else "",
        "omitted": each.omission.reason if each.omission else "",
    }


def _where(called: Mapping[str, str], items: ItemNames) -> tuple[TableColumn, TableColumn]:
    """The columns that name a row's town and item."""
    return (
        TableColumn(TOWN, "乡镇村", width=20, choices=tuple(dict.fromkeys(called.values())), prompt="在哪个乡镇、村。"),
        TableColumn(
            ITEM, "事项", Takes.ITEMS, 30, choices=tuple(items), only=True, prompt="从列表里选。", keys=items, must=True
        ),
    )


def _guide_row(columns: Sequence[TableColumn], id_: str, where: Mapping[str, str], guide: TownGuide) -> TableRow:
    texts = {**where, **{key: cell.text(guide) for key, cell in GUIDE_CELLS.items()}}
    locked = {TOWN, ITEM}
    if guide.materials is not None:
        texts[MATERIALS] = "\n".join(each.name for each in guide.materials) or NO_MATERIALS
        if any(cell.text(each) for each in guide.materials for cell in cells(Material) if cell.key != "name"):
            locked.add(MATERIALS)  # materials with details can only be edited in the file
    return row(columns, id_, f"乡镇村办事 {where[TOWN]} {where[ITEM]}", texts, locked=frozenset(locked))


def town_names(county: County) -> Mapping[str, str]:
    """Folder name of each town or village → its name in the form."""
    return {each.slug: each.name if _alone(each, county) else f"{each.name}（{each.slug}）" for each in county.towns}


def _alone(town: Overlay, county: County) -> bool:
    return sum(each.name == town.name for each in county.towns) == 1


def _texts(town: Overlay) -> Mapping[str, str | None]:
    """The texts of the town's file by column; what the file leaves out is not shown."""
    return {key: cell.text(town) if cell.path[0] in town.written else None for key, cell in TOWN_CELLS.items()}


def new_slug(change: RowChange) -> str:
    """The file name for a new town."""
    return change.texts[SLUG] or re.sub(r"\D", "", change.texts["code"])


def known_towns(table: Table | None) -> Sequence[tuple[str, str]]:
    """File name and name of each town in the table."""
    return [(row.id, row.texts["name"]) for row in table.rows] if table else ()


def town_of(change: RowChange, towns: Sequence[tuple[str, str]], among: Sequence[RowChange]) -> str:
    """The file name of the town that a row is about; blank if no town, or several, have the name that it gives."""
    if not change.new:
        return change.row.id.partition("/")[0]
    wanted = change.texts[TOWN]
    there = [slug for slug, name in towns if wanted in (name, slug, f"{name}（{slug}）")]
    new = [new_slug(each) for each in among if each.new and each.table.key == TOWNS and each.texts["name"] == wanted]
    return there[0] if len(there) == 1 else (new[0] if len(new) == 1 and not there else "")


def _files(county: County, changes: Sequence[RowChange]) -> Mapping[str, Sequence[RowChange]]:
    files: dict[str, list[RowChange]] = {}
    for change in changes:
        if change.table.key == TOWNS:
            slug = new_slug(change) if change.new else change.row.id
        else:
            slug = town_of(change, [(town.slug, town.name) for town in county.towns], changes)
        files.setdefault(f"{FOLDER}/{slug}.yaml", []).append(change)
    return files


def _text(text: str, changes: Sequence[RowChange]) -> str:
    for change in changes:
        if change.table.key == TOWNS:
            text = with_cells(text, (), change, TOWN_CELLS)
        elif change.table.key == TOWN_GUIDES:
            text = _with_guide(text, change)
        elif change.table.key == TOWN_ITEMS:
            text = _with_item(text, change)
        elif change.new:
            text = put(text, ("机构", change.texts["key"]), as_element(change, PLACE_CELLS), _order)
        else:
            text = with_cells(text, ("机构", change.row.texts["key"]), change, PLACE_CELLS)
    return text


def _with_guide(text: str, change: RowChange) -> str:
    domain, _, number = _item(change).partition("/")
    path = ("目录", domain, _ITEMS, number, _GUIDE)
    if change.removed:
        return remove(text, path)
    given = change.texts.get(MATERIALS)
    if change.new:
        element = as_element(change, GUIDE_CELLS) | ({_MATERIALS: _materials(given)} if given else {})
        return put(text, path, element, _order)
    text = with_cells(text, path, change, GUIDE_CELLS)
    return text if given is None else put_or_remove(text, (*path, _MATERIALS), given and _materials(given), _order)


def _with_item(text: str, change: RowChange) -> str:
    domain, _, number = _item(change).partition("/")
    path = ("目录", domain, _ITEMS, number)
    if not change.removed:
        return entry_text(text, path, change, ItemBefore(dict.fromkeys(OWN, ""), {}))
    labels = (*(COLUMN[field].label for field in FIELD_COLUMNS), *NOTE_COLUMNS.values(), _OMITTED)
    for label in labels:  # the item's 办事指南 is kept
        text = with_key(text, (*path, label), "")
    return text


def _item(change: RowChange) -> str:
    """The id of the row's item."""
    name = change.after.texts[ITEM]
    return (change.table.column(ITEM).keys or {}).get(name, name)


def _materials(text: str) -> Value:
    names = listed(text)
    return NO_MATERIALS if names == (NO_MATERIALS,) else list(names)


def _order(path: tuple[Step, ...], key: str) -> tuple[int, ...]:
    return number_order(key) if path[-1:] == (_ITEMS,) else rank(_ORDER, key)


TOWN_WRITER = TableWriter((TOWNS, TOWN_PLACES, TOWN_GUIDES, TOWN_ITEMS), _files, _text)
