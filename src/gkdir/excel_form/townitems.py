"""A county's towns and villages → the table 乡镇村目录; a changed row → the text of the town's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gkdir.excel_form.directory import DELETE, NAMES, NOTES, PARTS, columns, item_texts
from gkdir.excel_form.itemfile import ItemBefore, entry_text, with_key
from gkdir.excel_form.keeper import REMOVAL
from gkdir.excel_form.organisations import short_names
from gkdir.excel_form.table import RowChange, Table, TableColumn
from gkdir.excel_form.tidy import row
from gkdir.model.columns import COLUMN
from gkdir.model.county import Catalog, ItemOverlay

TOWN_ITEMS = "@townitems"
"""The key of the table, which no domain can have."""
OWN = tuple(key for parts in PARTS.values() for key in parts)
"""The columns of the directory."""
NOTED = (*NOTES, "omitted")
_OMITTED = "不列入"


def town_item_table(catalog: Catalog, called: Mapping[str, str], where: tuple[TableColumn, TableColumn]) -> Table:
    """One row for each item in whose directory a town or village differs; a blank cell is as in the county's.

    ``called`` are the towns' names by their files; ``where`` are the columns that say of which town and item a row is.
    """
    own = (each for each in columns(short_names(catalog)) if each.key not in (*NAMES, DELETE))
    layout = (*where, *own, REMOVAL)
    town_key, item_key = (column.key for column in where)
    names = {id_: name for name, id_ in (where[1].keys or {}).items()}
    rows = tuple(
        row(
            layout,
            f"{town.slug}/{id_}",
            f"乡镇村目录 {called[town.slug]} {names.get(id_, id_)}",
            {town_key: called[town.slug], item_key: names.get(id_, id_), **texts},
            locked=frozenset((town_key, item_key)),
        )
        for town in catalog.towns
        for id_, texts in _differing(town)
    )
    about = "公开时限、渠道等和县里的目录不一样的，一行一个事项；空着的格子照县里的目录。勾选的几栏，要勾就勾全。"
    return Table(TOWN_ITEMS, "乡镇村目录", about, layout, rows, (town_key, item_key), 20, 3)


def _differing(town: Catalog) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The items that the town's file says anything about besides how they are done, and what it says."""
    for domain, part in town.overlay.domains.items():
        directory = town.directories.get(domain)  # a misspelt domain has none
        laid = {entry.item.number: entry.item for entry in directory.entries} if directory else {}
        for each in part.items:
            item = laid.get(each.number)
            whole = item_texts(item) if item else {}
            shown = [key for change in each.changes for key in PARTS[change.field]]
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


def town_item_text(text: str, change: RowChange, item: str) -> str:
    """The text of the town's file after the change of one row, which is about that item."""
    domain, _, number = item.partition("/")
    path = ("目录", domain, "事项", number)
    if not change.removed:
        return entry_text(text, path, change, ItemBefore(dict.fromkeys(OWN, ""), {}))
    labels = (*(COLUMN[field].label for field in PARTS), *NOTES.values(), _OMITTED)
    for label in labels:  # how the item is done there stays
        text = with_key(text, (*path, label), "")
    return text
