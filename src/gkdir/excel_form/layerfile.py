"""county.yaml and changed rows → its text with these changes, containing only differences from the layers above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from gkdir.excel_form.allowances import ALLOWED, allowance_text
from gkdir.excel_form.directory import GROUP, NAMES, NOTES, OWN_CHANNELS, PARTS, SHARED, TICKS, Ground, above_texts
from gkdir.excel_form.doubts import DOUBTS, REASON, ids
from gkdir.excel_form.form import ExcelForm
from gkdir.excel_form.keeper import in_turn
from gkdir.excel_form.organisations import PLACES, REVIEWS
from gkdir.excel_form.records import CELLS, record_text
from gkdir.excel_form.table import RowChange, TableRow, listed
from gkdir.excel_form.website import KEYS, SECTION, VALUE, WEBSITE
from gkdir.model.columns import AUDIENCES, COLUMN
from gkdir.model.county import Addition, Change, County, ItemOverlay, Organisation
from gkdir.model.declared import keys
from gkdir.overlay.layer import order as number_order
from gkdir.read.schema.layer import OMISSION_REASON
from gkdir.yaml.edit import append, at, put, rank, remove
from gkdir.yaml.emit import Value
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.nodes import Branch, Listing, Scalar, Step
from gkdir.yaml.spans import tree

_ITEMS, _ADDED = "事项", "增加"
_MORE = "增加"
_OMITTED, _REASON = "不列入", "理由"
_DOUBTS, _REFUSED = "存疑", "不采用"
_TOP = (
    "名称",
    "代码",
    "简称",
    "级别",
    "示例",
    "上级",
    "网站",
    "紧急通知",
    "待遇标准",
    "机构",
    "目录",
    "允许",
    "存疑",
    "审核",
)
_PLACE = keys(Organisation)
_DOMAIN = ("审核日期", "责任人", "审核人", "默认", OMISSION_REASON, _ITEMS, _ADDED)

Path = tuple[Step, ...]
Texts = Mapping[str, str]


class _Before(Struct, frozen=True):
    """An item before the change: its cells without the county's changes, and these changes by field."""

    above: Texts
    changes: Mapping[str, Change]


class _Field(Struct, frozen=True):
    """A field of a changed row: the elements wanted, those from above, the county's own change until now."""

    key: str
    wanted: tuple[str, ...]
    above: tuple[str, ...]
    change: Change | None


def layer_text(text: str, form: ExcelForm, county: County, changes: Sequence[RowChange]) -> str:
    """The text after ``changes``; those of other files are ignored."""
    domains = form.ground.catalog.directories
    text = _website(text, {each.row.id: each.texts[VALUE] for each in changes if each.table.key == WEBSITE})
    allowed = in_turn([change for change in changes if change.table.key == ALLOWED])
    for change in (*allowed, *(change for change in changes if change not in allowed)):
        if change.table.key == PLACES:
            text = _organisation(text, change)
        elif change.table.key == REVIEWS:
            text = _review(text, ("目录", change.row.id), change.texts)
        elif change.table.key == DOUBTS:
            text = _given(text, (_DOUBTS, _doubt(text, change.row.id), _REFUSED), change.texts[REASON])
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
    """A new section is written at once, so that it gets lines of its own where it is long."""
    given = {key: texts[key] for key in KEYS if texts.get(key)}
    if given and at(tree(text), (SECTION,)) is None:
        return put(text, (SECTION,), given, order)
    for key, value in texts.items():
        text = _given(text, (SECTION, key), value)
    return text


def _review(text: str, path: Path, texts: Texts) -> str:
    if "day" in texts:
        text = _given(text, (*path, "审核日期"), texts["day"])
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


def order(path: Path, key: str) -> tuple[int, ...]:
    """The position of a new key: keys in the order of their documentation, items by number."""
    if len(path) == 3 and path[0] == "目录" and path[2] == _ITEMS:
        return number_order(key)
    if path == (SECTION,):
        return rank(KEYS, key)
    if len(path) == 2 and path[0] in ("机构", "目录"):
        return rank(_PLACE if path[0] == "机构" else _DOMAIN, key)
    return rank(_TOP, key) if not path else ()


def _given(text: str, path: Path, value: Value) -> str:
    """Write the value, or remove the key if the value is empty."""
    if value:
        return put(text, path, value, order)
    return text if at(tree(text), path) is None else remove(text, path)


def _organisation(text: str, change: RowChange) -> str:
    labels = {column.key: column.label for column in change.table.columns if column.key != "key"}
    if change.new:
        given = {label: change.texts[key] for key, label in labels.items() if change.texts[key]}
        return put(text, ("机构", change.texts["key"]), given, order)
    for key, value in change.texts.items():
        text = _given(text, ("机构", change.row.id, labels[key]), value)
    return text


def _item(text: str, form: ExcelForm, county: County, change: RowChange) -> str:
    domain, number = change.table.key, change.row.id
    if change.new:
        return append(text, ("目录", domain, _ADDED), _addition(change.after), order)
    part = county.overlay.domains.get(domain)
    added = next((each for each in part.additions if each.number == number), None) if part else None
    if added is None:
        item = next((each for each in part.items if each.number == number), None) if part else None
        return _entry(text, ("目录", domain, _ITEMS, number), change, _before(form.ground, county, change, item))
    path = ("目录", domain, _ADDED, _position(text, domain, number))
    if change.removed:
        return remove(text, path)
    return _entry(text, path, change, _before(form.ground, county, change, added))


def _before(ground: Ground, county: County, change: RowChange, item: ItemOverlay | Addition | None) -> _Before:
    changes = {each.field: each for each in item.changes} if item else {}
    return _Before(above_texts(ground, county, change.table.key, change.row.id), changes)


def _entry(text: str, path: Path, change: RowChange, before: _Before) -> str:
    """Change the entry at ``path``, of an item from above or of the county's own."""
    if change.texts.get("omitted"):
        reason = change.texts["omitted"]
        return _omit(text, path, "" if reason == SHARED else reason)
    if "omitted" in change.texts:
        text = _given(text, (*path, _OMITTED), "")
    for key in (*NAMES[1:], *NOTES):
        if key in change.texts:
            text = _given(text, (*path, NOTES.get(key) or COLUMN[key].label), change.texts[key])
    if any(key in change.texts for parts in PARTS.values() for key in parts):
        text = _given(text, (*path, _OMITTED), "")  # an import left it without a reason
    for field, parts in PARTS.items():
        if any(key in change.texts for key in parts):
            wanted, above = elements(field, change.after.texts), elements(field, before.above)
            text = _field(text, (*path, COLUMN[field].label), _Field(field, wanted, above, before.changes.get(field)))
    return text


def _omit(text: str, path: Path, reason: str) -> str:
    """An omitted item has a reason, and no fields."""
    spelled_out = isinstance(at(tree(text), (*path, _OMITTED)), Branch)
    text = put(text, (*path, _OMITTED, _REASON) if spelled_out else (*path, _OMITTED), reason, order)
    for field in PARTS:
        text = _given(text, (*path, COLUMN[field].label), "")
    return text


def _field(text: str, path: Path, new: _Field) -> str:
    """The smallest change that makes the field equal to the row: none, an addition to what is above, or a new value."""
    field, above, value = new.key, new.above, new.change
    wanted = _in_order(new.wanted, value)
    if not wanted or _alike(field, wanted, above):
        return _given(text, path, "")
    if field == "time_limit":
        return put(text, path, wanted[0], order)
    more = _more(field, wanted, above)
    replaces = value is not None and value.action == "replace"
    if not more or not above or field == "audience" or replaces:
        return put(text, path, list(wanted), order)
    if isinstance(at(tree(text), path), Branch):
        return put(text, (*path, _MORE), list(more), order)
    return put(text, path, {_MORE: list(more)}, order)


def _in_order(wanted: tuple[str, ...], change: Change | None) -> tuple[str, ...]:
    """The ticked values in the file's order, new ones last, so that other lines stay in place."""
    if change is None or change.field not in TICKS:
        return wanted
    there = [each.text for each in change.elements]
    moved = tuple(sorted(wanted, key=lambda each: there.index(each) if each in there else len(there)))
    return moved if _own(change.field, moved) == _own(change.field, wanted) else wanted


def _own(field: str, each: Sequence[str]) -> list[str]:
    """The elements that are not national boxes, in the order in which they were written."""
    return [one for one in each if one not in TICKS[field]]


def _alike(field: str, wanted: Sequence[str], above: Sequence[str]) -> bool:
    if field not in TICKS:
        return wanted == above
    return set(wanted) == set(above) and _own(field, wanted) == _own(field, above)


def _more(field: str, wanted: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    """What ``wanted`` adds to ``above``; empty if it is not just an addition."""
    if field not in TICKS:
        return wanted[len(above) :] if wanted[: len(above)] == above else ()
    more = tuple(each for each in wanted if each not in above)
    return more if _alike(field, (*above, *more), wanted) else ()


def elements(field: str, texts: Texts) -> tuple[str, ...]:
    """The row's cells of a field, as the list in the file."""
    if field not in TICKS:
        return listed(texts[field]) if field != "time_limit" else tuple(filter(None, (texts[field],)))
    chosen = [word for word in TICKS[field] if texts[f"{field}/{word}"]]
    if field == "channels":
        chosen += listed(texts[OWN_CHANNELS])
    if field == "audience" and texts[GROUP]:
        chosen = [f"{word}（{texts[GROUP]}）" if word == AUDIENCES[1] else word for word in chosen]
    return tuple(chosen)


def _addition(row: TableRow) -> dict[str, Value]:
    """A new item as written in the file; blank fields are inherited."""
    entries: dict[str, Value] = {"编号": row.texts["number"]}
    entries |= {COLUMN[key].label: row.texts[key] for key in NAMES[1:] if row.texts[key]}
    for field in PARTS:
        found = elements(field, row.texts)
        if found:
            entries[COLUMN[field].label] = found[0] if field == "time_limit" else list(found)
    return entries | {NOTES[key]: row.texts[key] for key in ("alias", "note") if row.texts[key]}


def _position(text: str, domain: str, number: str) -> int:
    """The index of the domain's addition with that number."""
    node = at(tree(text), ("目录", domain, _ADDED))
    for index, each in enumerate(node.items if isinstance(node, Listing) else ()):
        entry = each.get("编号") if isinstance(each, Branch) else None
        if isinstance(entry, Scalar) and entry.text.strip() == number:
            return index
    raise CannotEdit(f"{number} is not in the list of what was added")
