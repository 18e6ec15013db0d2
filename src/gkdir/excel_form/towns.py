"""A county's towns and villages → the tables 乡镇村 and 乡镇村机构; changes to their rows → their files' texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gkdir.excel_form.formcell import Choices, FormCell, cells
from gkdir.excel_form.keeper import Keeper, as_element, ordered, with_cells
from gkdir.excel_form.organisations import PLACE_CELLS, PLACE_COLUMNS, place_texts
from gkdir.excel_form.table import RowChange, Table, TableColumn
from gkdir.excel_form.tidy import row
from gkdir.model.county import County, Overlay
from gkdir.model.declared import keys
from gkdir.read.schema.layer import TownPart
from gkdir.yaml.edit import put

TOWNS, TOWN_PLACES = "@towns", "@townplaces"
"""Keys of tables, which no domain can have."""
FOLDER = "towns"
SLUG, TOWN = "slug", "town"
TOWN_CELLS: Mapping[str, FormCell] = {each.key: each for each in cells(TownPart)}
"""Column → what it stands for in a town's file."""
_ORDER = keys(TownPart)


def town_table(county: County) -> Table:
    """One row a town or village."""
    names = {name: slug for slug, name in _called(county).items()}
    slug = TableColumn(
        SLUG,
        "网址里叫什么",
        width=14,
        prompt="小写字母和数字，如 baishi；不写的用代码。以后不能改。",
        count=True,
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
    called = _called(county)
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


def _called(county: County) -> Mapping[str, str]:
    """What the form calls each town or village, by its folder's name."""
    return {each.slug: each.name if _alone(each, county) else f"{each.name}（{each.slug}）" for each in county.towns}


def _alone(town: Overlay, county: County) -> bool:
    return sum(each.name == town.name for each in county.towns) == 1


def _texts(town: Overlay) -> Mapping[str, str | None]:
    """What the file says; what it leaves out is not made up."""
    return {key: cell.text(town) if cell.path[0] in town.written else None for key, cell in TOWN_CELLS.items()}


def new_slug(change: RowChange) -> str:
    """The name of a new town's file."""
    return change.texts[SLUG] or re.sub(r"\D", "", change.texts["code"])


def known_towns(table: Table | None) -> Sequence[tuple[str, str]]:
    """The towns of the table: the name of the file, and what it is called."""
    return [(row.id, row.texts["name"]) for row in table.rows] if table else ()


def town_of(change: RowChange, towns: Sequence[tuple[str, str]], among: Sequence[RowChange]) -> str:
    """The file of the town whose organisation is changed; blank if there is none and none is new."""
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
    order = ordered(_ORDER)
    for change in changes:
        if change.table.key == TOWNS:
            text = with_cells(text, (), change, TOWN_CELLS)
        elif change.new:
            text = put(text, ("机构", change.texts["key"]), as_element(change, PLACE_CELLS), order)
        else:
            text = with_cells(text, ("机构", change.row.texts["key"]), change, PLACE_CELLS)
    return text


KEPT_TOWNS = Keeper((TOWNS, TOWN_PLACES), _files, _text)
