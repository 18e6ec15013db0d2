"""A county's directories → a table for each domain: every item as laid, with the columns that a clerk may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.organisations import short_names
from gkdir.excel_form.table import Table, TableColumn, TableRow, Takes
from gkdir.excel_form.tidy import blank_row, row
from gkdir.export.cells import TICK, sheet_name
from gkdir.model.columns import AUDIENCES, CHANNELS, COLUMN, LEVELS, MODES, NAME_KEYS
from gkdir.model.county import Addition, Catalog, County, DomainOverlay, Entry, ItemOverlay
from gkdir.model.item import Basis, Item, TimeLimit
from gkdir.model.project import Project
from gkdir.overlay import lay_items
from gkdir.overlay.layer import order
from gkdir.read.text import one_line

NAMES = ("number", *NAME_KEYS)
SHARED = "同一个理由"
"""The text of a cell whose reason for omission is the one the domain gives for all unlisted items."""
DELETE, DELETED = "delete", "删去"
OWN_CHANNELS, GROUP = "channels_own", "audience_detail"
TICKED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "channels": CHANNELS,
    "audience": AUDIENCES,
    "mode": MODES,
    "levels": LEVELS,
}
FIELD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "content": ("content",),
    "basis": ("basis",),
    "time_limit": ("time_limit",),
    "publisher": ("publisher",),
    "channels": (*(f"channels/{word}" for word in CHANNELS), OWN_CHANNELS),
    "audience": (*(f"audience/{word}" for word in AUDIENCES), GROUP),
    "mode": tuple(f"mode/{word}" for word in MODES),
    "levels": tuple(f"levels/{word}" for word in LEVELS),
}
"""Field of an item → the columns that hold its value."""
_SPREAD = frozenset(key for parts in FIELD_COLUMNS.values() for key in parts)
NOTE_COLUMNS: Mapping[str, str] = {"alias": "通俗名称", "note": "说明", "ground": "依申请依据"}
"""Columns that are keys of an item in county.yaml but no fields of its directory row → these keys."""


def columns(keys: Mapping[str, str]) -> tuple[TableColumn, ...]:
    """The columns of a directory; ``keys``: an organisation's full name → its short name."""
    return tuple(_columns(keys))


def _columns(keys: Mapping[str, str]) -> Iterator[TableColumn]:
    names = COLUMN["level1"].group or ""
    yield TableColumn(
        "number",
        "编号",
        width=7,
        prompt="新增事项的编号：接着往下排，如 1.6；三级事项如 4.1.1。",
        count=True,
        instead=_NAMES_ADVICE,
    )
    for key, width in (("level1", 14), ("level2", 18), ("level3", 14)):
        yield TableColumn(key, COLUMN[key].label, width=width, group=names, instead=_NAMES_ADVICE)
    yield TableColumn("content", COLUMN["content"].label, Takes.ELEMENTS, 26, prompt="一行一个要素，不用编号。")
    yield TableColumn(
        "basis", COLUMN["basis"].label, Takes.BASES, 44, prompt="一行一部法规或文件，写名称和文号，不写条款，不用编号。"
    )
    yield TableColumn("time_limit", COLUMN["time_limit"].label, Takes.LIMIT, 18, prompt="只能比国家目录更短。")
    yield TableColumn(
        "publisher", COLUMN["publisher"].label, Takes.LINES, 14, prompt="一行一个，写“机构”表里的简称。", keys=keys
    )
    for key in ("channels", "audience", "mode", "levels"):
        for word in TICKED_FIELDS[key]:
            yield TableColumn(f"{key}/{word}", word, Takes.TICK, 5, COLUMN[key].label, (TICK,), prompt=_PROMPTS[key])
        if key == "channels":
            yield TableColumn(
                OWN_CHANNELS,
                "另外的渠道",
                Takes.CHANNELS,
                16,
                COLUMN[key].label,
                prompt="国家目录没有的渠道，一行一个。",
            )
        if key == "audience":
            yield TableColumn(
                GROUP, "特定群体是谁", width=14, group=COLUMN[key].label, prompt="勾了“特定群体”的，写明是谁。"
            )
    yield from _note_columns()


def _note_columns() -> Iterator[TableColumn]:
    """The columns for what county.yaml says about an item besides its fields."""
    yield TableColumn("alias", NOTE_COLUMNS["alias"], width=16, prompt="老百姓怎么叫它，搜索时也认。")
    yield TableColumn("note", NOTE_COLUMNS["note"], width=24, prompt="要向群众说明的话。")
    yield TableColumn(
        "ground",
        NOTE_COLUMNS["ground"],
        width=20,
        prompt="主动公开改为依申请公开的，写依据哪部法律。",
        instead=_OMISSION_ADVICE,
    )
    yield TableColumn(
        "omitted",
        "不列入的原因",
        width=24,
        prompt="本县没有开展这项业务的，写明原因，目录里就不列这一项。“同一个理由”写在“审核日期”表里。",
        instead=_OMISSION_ADVICE,
    )
    yield TableColumn(
        DELETE,
        DELETED,
        width=7,
        choices=(DELETED,),
        only=True,
        prompt="只能删本县自己增加的事项。",
        instead="本县没有开展的，请写在“不列入的原因”栏。",
    )


_NAMES_ADVICE = "群众怎么叫它，请写在“通俗名称”栏；国家目录没有的事项，请写在最下面的空行里。"
_OMISSION_ADVICE = f"本县自己增加的事项不用写这一栏；不要了的，请在“{DELETED}”栏选“{DELETED}”。"
_PROMPTS = {
    "channels": "在这里公开的打“√”。只能比国家目录多，不能少。",
    "audience": "打“√”。只能比国家目录更宽。",
    "mode": "打“√”。主动公开的不能改成依申请，除非写明依据。",
    "levels": "由哪几级公开，打“√”。",
}


class CountyCatalogs(Struct, frozen=True, dict=True):
    """The county's catalog, and the same without the items that the county changed or added, to compare with."""

    project: Project
    county: County
    catalog: Catalog

    @cached_property
    def above(self) -> Catalog:
        """The catalog without the county's changes to single items and its additions; laid on first use."""
        bare = {domain: replace(part, items=(), additions=()) for domain, part in self.county.overlay.domains.items()}
        overlay = replace(self.county.overlay, domains=bare)
        return lay_items(self.project, replace(self.county, overlay=overlay))


def directory_table(catalogs: CountyCatalogs, county: County, domain: str) -> Table:
    """The domain's items in the order of their numbers, including omitted ones."""
    laid, above = catalogs.catalog.directories[domain], catalogs.above.directories[domain]
    keys = short_names(catalogs.catalog)
    layout = columns(keys)
    part = county.overlay.domains.get(domain) or DomainOverlay(domain, county.overlay.place)
    own = {addition.number: addition for addition in reversed(part.additions)}
    changes = {item.number: item for item in part.items}
    base = {entry.item.number: entry for entry in above.entries}
    entries = {entry.item.number: entry for entry in laid.entries}
    left_out = {each.item.number: each for each in laid.omitted}
    rows = []
    for number in sorted({*base, *entries, *left_out} - {None}, key=order):
        number = number or ""
        if number in own and number in entries and number not in base:
            rows.append(_added(layout, entries[number], own[number]))
        elif number in base:
            rows.append(_row(layout, entries.get(number), base[number], changes.get(number)))
        elif number in left_out:  # omitted by a layer above: this county cannot change it
            item = left_out[number].item
            texts = {**item_texts(item), "omitted": left_out[number].omission.reason}
            rows.append(row(layout, number, item.numbered_name, texts, locked=frozenset(each.key for each in layout)))
    about = "一行一个事项。改哪一格，本县的目录就在那里和国家目录不同；没有改的，和国家目录一样。"
    return Table(domain, _titles(catalogs.catalog)[domain], about, layout, tuple(rows), NAMES, 12, 4)


def directory_outline(catalog: Catalog, domain: str) -> Table:
    """The same table with blank rows: enough to find the row and column of a finding."""
    laid = catalog.directories[domain]
    items = {each.item.number: each.item for each in laid.omitted}
    items |= {each.item.number: each.item for each in laid.entries}
    layout = columns(short_names(catalog))
    rows = (blank_row(number or "", items[number].numbered_name) for number in sorted({*items} - {None}, key=order))
    return Table(domain, _titles(catalog)[domain], "", layout, tuple(rows), NAMES, 12, 4)


def _titles(catalog: Catalog) -> Mapping[str, str]:
    """Domain → title of its sheet. Only these titles end as they do, so no other sheet can have the same."""
    titles: dict[str, str] = {}
    for domain, directory in catalog.directories.items():
        titles[domain] = sheet_name(f"{directory.label}目录", titles.values())
    return titles


def _row(layout: tuple[TableColumn, ...], entry: Entry | None, base: Entry, change: ItemOverlay | None) -> TableRow:
    shown = entry or base
    texts = dict(item_texts(shown.item))
    texts |= {"alias": shown.alias or "", "note": shown.note or ""}
    if change is not None:
        texts["ground"] = change.ground.text if change.ground else ""
        if change.omission is not None:
            texts |= {
                "alias": change.alias or "",
                "note": change.note or "",
                "omitted": SHARED if change.omission.shared else change.omission.reason,
            }
    made = row(layout, shown.item.number or "", shown.item.numbered_name, texts, locked=frozenset((*NAMES, DELETE)))
    before = item_texts(base.national or base.item)
    changed = tuple(column for column in layout if before.get(column.key) != texts.get(column.key))
    plain = row(changed, "", "", before).texts
    own = frozenset(key for key in plain if key in _SPREAD and made.texts[key] != plain[key])
    return replace(made, own=own)


def _added(layout: tuple[TableColumn, ...], entry: Entry, addition: Addition) -> TableRow:
    """The row of an item that the county added: its own values only; blank fields are inherited."""
    given = {change.field for change in addition.changes}
    laid = item_texts(entry.item)
    shown = {key for field in given for key in FIELD_COLUMNS[field]} | set(NAMES)
    texts = {key: text for key, text in laid.items() if key in shown}
    texts |= {"alias": addition.alias or "", "note": addition.note or ""}
    locked = {"number", "ground", "omitted"} | {key for key in NAMES if getattr(addition, key) is None}
    own = frozenset(key for key, text in texts.items() if text.strip())
    return row(layout, addition.number, entry.item.numbered_name, texts, locked=frozenset(locked), own=own)


def above_texts(catalogs: CountyCatalogs, county: County, domain: str, number: str) -> Mapping[str, str]:
    """The item's cells without the county's changes; for an item it added, the inherited values."""
    layout = columns(short_names(catalogs.catalog))
    entry = next((e for e in catalogs.above.directories[domain].entries if e.item.number == number), None)
    if entry is None:
        laid = catalogs.catalog.directories[domain].entries
        addition = next((each for each in laid if each.item.number == number), None)
        entry = _bare_addition(catalogs, county, domain, addition) if addition else None
    return row(layout, "", "", item_texts(entry.item) if entry else {}).texts


def _bare_addition(catalogs: CountyCatalogs, county: County, domain: str, entry: Entry) -> Entry | None:
    """The added item with its names and no other value of its own."""
    from gkdir.overlay.layer import add

    part = county.overlay.domains[domain]
    additions = tuple(replace(each, changes=()) for each in part.additions if each.number == entry.item.number)
    laid = catalogs.catalog.directories[domain]
    others = tuple(each for each in laid.entries if each.item.number != entry.item.number)
    made = add(replace(laid, entries=others), county.overlay, replace(part, additions=additions))
    return next((each for each in made.entries if each.item.number == entry.item.number), None)


def item_texts(item: Item) -> Mapping[str, str]:
    """The item's cells by column, not yet normalised."""
    texts = {
        "number": item.number or "",
        "level1": item.level1,
        "level2": item.level2,
        "level3": item.level3 or "",
        **field_texts("content", item.content),
        **field_texts("basis", item.basis),
        **field_texts("time_limit", item.time_limit),
        **field_texts("publisher", item.publisher),
        GROUP: item.audience_detail or "",
    }
    for key, words in TICKED_FIELDS.items():
        chosen = getattr(item, key) or ()
        texts |= {f"{key}/{word}": TICK if word in chosen else "" for word in words}
    texts[OWN_CHANNELS] = "\n".join(one_line(each) for each in item.channels if each not in CHANNELS)
    return texts


def field_texts(field: str, value: tuple[str, ...] | tuple[Basis, ...] | TimeLimit) -> dict[str, str]:
    """The text of a field that has one column, by column key."""
    if isinstance(value, TimeLimit):
        return {field: value.text}
    return {field: "\n".join(one_line(each.text if isinstance(each, Basis) else each) for each in value)}
