"""A changed row of a directory → the text of county.yaml (or a town's file) with what differs from the layers above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from gkdir.excel_form.blanks import DEFAULTS
from gkdir.excel_form.directory import FIELD_COLUMNS, GROUP, NAMES, NOTE_COLUMNS, OWN_CHANNELS, SHARED, TICKED_FIELDS
from gkdir.excel_form.table import RowChange, listed
from gkdir.excel_form.website import KEYS, SECTION
from gkdir.model.columns import AUDIENCES, COLUMN
from gkdir.model.county import Change, Organisation
from gkdir.model.declared import keys
from gkdir.overlay.layer import order as number_order
from gkdir.read.schema.layer import OMISSION_REASON
from gkdir.yaml.edit import at, put, put_or_remove, rank
from gkdir.yaml.emit import Value
from gkdir.yaml.nodes import Branch, Step
from gkdir.yaml.spans import tree

_ITEMS, _MORE = "事项", "增加"
_OMITTED, _REASON = "不列入", "理由"
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
    DEFAULTS,
    "机构",
    "目录",
    "允许",
    "存疑",
    "审核",
)
_PLACE = keys(Organisation)
_DOMAIN = ("审核日期", "指南核对", "责任人", "审核人", "默认", DEFAULTS, OMISSION_REASON, _ITEMS, _MORE)

Path = tuple[Step, ...]
Texts = Mapping[str, str]


class ItemBefore(Struct, frozen=True):
    """An item before the change: its cells without the county's changes, and these changes by field."""

    above: Texts
    changes: Mapping[str, Change]


class _Field(Struct, frozen=True):
    """A field of a changed row: the elements wanted, those from above, the county's change so far."""

    key: str
    wanted: tuple[str, ...]
    above: tuple[str, ...]
    change: Change | None


def order(path: Path, key: str) -> tuple[int, ...]:
    """Where a new key goes: as in the documentation, items by number."""
    if len(path) == 3 and path[0] == "目录" and path[2] == _ITEMS:
        return number_order(key)
    if path == (SECTION,):
        return rank(KEYS, key)
    if len(path) == 2 and path[0] in ("机构", "目录"):
        return rank(_PLACE if path[0] == "机构" else _DOMAIN, key)
    return rank(_TOP, key) if not path else ()


def with_key(text: str, path: Path, value: Value) -> str:
    """The text with ``value`` at ``path``, or without the key if the value is empty."""
    return put_or_remove(text, path, value, order)


def entry_text(text: str, path: Path, change: RowChange, before: ItemBefore) -> str:
    """The text after a change to the entry at ``path``: an item from above or one the county added."""
    if change.texts.get("omitted"):
        reason = change.texts["omitted"]
        return _omit(text, path, "" if reason == SHARED else reason)
    if "omitted" in change.texts:
        text = with_key(text, (*path, _OMITTED), "")
    for key in (*NAMES[1:], *NOTE_COLUMNS):
        if key in change.texts:
            text = with_key(text, (*path, NOTE_COLUMNS.get(key) or COLUMN[key].label), change.texts[key])
    if any(key in change.texts for parts in FIELD_COLUMNS.values() for key in parts):
        text = with_key(text, (*path, _OMITTED), "")  # imported without a reason
    for field, parts in FIELD_COLUMNS.items():
        if any(key in change.texts for key in parts):
            wanted, above = elements(field, change.after.texts), elements(field, before.above)
            text = _field(text, (*path, COLUMN[field].label), _Field(field, wanted, above, before.changes.get(field)))
    return text


def _omit(text: str, path: Path, reason: str) -> str:
    """The text with the item omitted: a reason, and no fields."""
    spelled_out = isinstance(at(tree(text), (*path, _OMITTED)), Branch)
    text = put(text, (*path, _OMITTED, _REASON) if spelled_out else (*path, _OMITTED), reason, order)
    for field in FIELD_COLUMNS:
        text = with_key(text, (*path, COLUMN[field].label), "")
    return text


def _field(text: str, path: Path, new: _Field) -> str:
    """The text with the smallest change that gives the field the row's value: none, an addition, or a new value."""
    field, above, value = new.key, new.above, new.change
    wanted = _in_order(new.wanted, value)
    if not wanted or _alike(field, wanted, above):
        return with_key(text, path, "")
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
    """The ticked values in the order of the file, new ones last, so that other lines are unchanged."""
    if change is None or change.field not in TICKED_FIELDS:
        return wanted
    there = [each.text for each in change.elements]
    moved = tuple(sorted(wanted, key=lambda each: there.index(each) if each in there else len(there)))
    return moved if _own(change.field, moved) == _own(change.field, wanted) else wanted


def _own(field: str, each: Sequence[str]) -> list[str]:
    """The elements that are none of the national choices, in the order in which they were written."""
    return [one for one in each if one not in TICKED_FIELDS[field]]


def _alike(field: str, wanted: Sequence[str], above: Sequence[str]) -> bool:
    if field not in TICKED_FIELDS:
        return wanted == above
    return set(wanted) == set(above) and _own(field, wanted) == _own(field, above)


def _more(field: str, wanted: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    """What ``wanted`` adds to ``above``; empty if ``wanted`` is not ``above`` with additions."""
    if field not in TICKED_FIELDS:
        return wanted[len(above) :] if wanted[: len(above)] == above else ()
    more = tuple(each for each in wanted if each not in above)
    return more if _alike(field, (*above, *more), wanted) else ()


def elements(field: str, texts: Texts) -> tuple[str, ...]:
    """The row's cells of one field, as the list in the file."""
    if field not in TICKED_FIELDS:
        return listed(texts[field]) if field != "time_limit" else tuple(filter(None, (texts[field],)))
    chosen = [word for word in TICKED_FIELDS[field] if texts[f"{field}/{word}"]]
    if field == "channels":
        chosen += listed(texts[OWN_CHANNELS])
    if field == "audience" and texts[GROUP]:
        chosen = [f"{word}（{texts[GROUP]}）" if word == AUDIENCES[1] else word for word in chosen]
    return tuple(chosen)
