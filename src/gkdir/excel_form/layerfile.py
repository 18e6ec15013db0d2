"""county.yaml and changed rows → its text after these changes, with only what differs from the layers above."""

from __future__ import annotations

from collections.abc import Sequence

from gkdir.excel_form.allowances import ALLOWED, allowance_text
from gkdir.excel_form.blanks import ANSWER, BLANKS, default_value
from gkdir.excel_form.directory import FIELD_COLUMNS, NAMES, NOTE_COLUMNS, CountyCatalogs, above_texts
from gkdir.excel_form.doubts import DOUBTS, REASON, ids
from gkdir.excel_form.form import ExcelForm
from gkdir.excel_form.itemfile import ItemBefore, Path, Texts, elements, entry_text, order, with_key
from gkdir.excel_form.organisations import PLACES, REVIEWS
from gkdir.excel_form.records import CELLS, record_text
from gkdir.excel_form.table import RowChange, TableRow
from gkdir.excel_form.tablewriter import in_turn
from gkdir.excel_form.website import KEYS, SECTION, VALUE, WEBSITE
from gkdir.model.columns import COLUMN
from gkdir.model.county import Addition, County, ItemOverlay
from gkdir.read.schema.layer import OMISSION_REASON
from gkdir.yaml.edit import append, at, put, remove
from gkdir.yaml.emit import Value
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.nodes import Branch, Listing, Scalar
from gkdir.yaml.spans import tree

_ITEMS, _ADDED = "事项", "增加"
_DOUBTS, _REFUSED = "存疑", "不采用"


def layer_text(text: str, form: ExcelForm, county: County, changes: Sequence[RowChange]) -> str:
    """The text after ``changes``; changes that belong in other files are ignored."""
    domains = form.catalogs.catalog.directories
    text = _website(text, {each.row.id: each.texts[VALUE] for each in changes if each.table.key == WEBSITE})
    allowed = in_turn([change for change in changes if change.table.key == ALLOWED])
    for change in (*allowed, *(change for change in changes if change not in allowed)):
        if change.table.key == PLACES:
            text = _organisation(text, change)
        elif change.table.key == REVIEWS:
            text = _review(text, ("目录", change.row.id), change.texts)
        elif change.table.key == BLANKS:
            text = with_key(text, *default_value(change.row, change.texts[ANSWER]))
        elif change.table.key == DOUBTS:
            text = with_key(text, (_DOUBTS, _doubt(text, change.row.id), _REFUSED), change.texts[REASON])
        elif change.table.key == ALLOWED:
            text = allowance_text(text, change, order)
        elif change.table.key in CELLS:
            text = record_text(text, change, order)
        elif change.table.key in domains:
            text = _item(text, form, county, change)
        if change.settles:
            text = remove(text, (_DOUBTS, _doubt(text, change.settles)))
    return text


def _website(text: str, texts: Texts) -> str:
    """The text after a change to 网站.

    A new section is written at once, so that a long one gets a line for each key.
    """
    given = {key: texts[key] for key in KEYS if texts.get(key)}
    if given and at(tree(text), (SECTION,)) is None:
        return put(text, (SECTION,), given, order)
    for key, value in texts.items():
        text = with_key(text, (SECTION, key), value)
    return text


def _review(text: str, path: Path, texts: Texts) -> str:
    if "day" in texts:
        text = with_key(text, (*path, "审核日期"), texts["day"])
    if "omitted" in texts:
        text = put(text, (*path, OMISSION_REASON), texts["omitted"], order)
    return text


def _doubt(text: str, id_: str) -> int:
    """The index of the row in doubt with that id."""
    node = at(tree(text), (_DOUBTS,))
    found = (
        [each.get("出处") if isinstance(each, Branch) else None for each in node.items]
        if isinstance(node, Listing)
        else []
    )
    sources = [each.text.strip() if isinstance(each, Scalar) else "" for each in found]
    if id_ not in ids(sources):
        raise CannotEdit(f"{id_} is not among the rows in doubt")
    return ids(sources).index(id_)


def _organisation(text: str, change: RowChange) -> str:
    labels = {column.key: column.label for column in change.table.columns if column.key != "key"}
    if change.new:
        given = {label: change.texts[key] for key, label in labels.items() if change.texts[key]}
        return put(text, ("机构", change.texts["key"]), given, order)
    for key, value in change.texts.items():
        text = with_key(text, ("机构", change.row.id, labels[key]), value)
    return text


def _item(text: str, form: ExcelForm, county: County, change: RowChange) -> str:
    domain, number = change.table.key, change.row.id
    if change.new:
        return append(text, ("目录", domain, _ADDED), _addition(change.after), order)
    part = county.overlay.domains.get(domain)
    added = next((each for each in part.additions if each.number == number), None) if part else None
    if added is None:
        item = next((each for each in part.items if each.number == number), None) if part else None
        return entry_text(text, ("目录", domain, _ITEMS, number), change, _before(form.catalogs, county, change, item))
    path = ("目录", domain, _ADDED, _position(text, domain, number))
    if change.removed:
        return remove(text, path)
    return entry_text(text, path, change, _before(form.catalogs, county, change, added))


def _before(
    catalogs: CountyCatalogs, county: County, change: RowChange, item: ItemOverlay | Addition | None
) -> ItemBefore:
    changes = {each.field: each for each in item.changes} if item else {}
    return ItemBefore(above_texts(catalogs, county, change.table.key, change.row.id), changes)


def _addition(row: TableRow) -> dict[str, Value]:
    """A new item as a mapping for the file; blank fields are left out and inherited."""
    entries: dict[str, Value] = {"编号": row.texts["number"]}
    entries |= {COLUMN[key].label: row.texts[key] for key in NAMES[1:] if row.texts[key]}
    for field in FIELD_COLUMNS:
        found = elements(field, row.texts)
        if found:
            entries[COLUMN[field].label] = found[0] if field == "time_limit" else list(found)
    return entries | {NOTE_COLUMNS[key]: row.texts[key] for key in ("alias", "note") if row.texts[key]}


def _position(text: str, domain: str, number: str) -> int:
    """The index, in the domain's 增加, of the item with that number."""
    node = at(tree(text), ("目录", domain, _ADDED))
    for index, each in enumerate(node.items if isinstance(node, Listing) else ()):
        entry = each.get("编号") if isinstance(each, Branch) else None
        if isinstance(entry, Scalar) and entry.text.strip() == number:
            return index
    raise CannotEdit(f"{number} is not in the list of what was added")
