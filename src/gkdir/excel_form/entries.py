"""A county's ways.yaml → the table 入口, one row for each entry; changed rows → the text of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.table import RowChange, Table, TableColumn, TableRow, Takes, listed
from gkdir.excel_form.tablewriter import REMOVAL, ItemNames, TableWriter, all_in, in_turn
from gkdir.excel_form.tidy import row
from gkdir.model.county import Catalog, County
from gkdir.model.declared import keys
from gkdir.model.navigation import Audience, Event, Navigation
from gkdir.read.declaredfiles import WAYS as FILE
from gkdir.yaml.edit import at, put, put_or_remove, rank, remove
from gkdir.yaml.nodes import Listing, Step
from gkdir.yaml.spans import tree

ENTRIES = "@entries"
"""The key of the table, which no domain can have."""
KIND, NAME, ITEM, FOR, TEXT, SLUG, OPENING = "kind", "name", "item", "for", "text", "slug", "opening"
QUESTIONS, EVENTS, AUDIENCES, SERVED, LINES, NOTES = keys(Navigation)
STEPS = "一件事的事项"
_USES = "事项"
_INNER = {SLUG: "网址", TEXT: "说明", OPENING: "开头"}


class EntryKind(Struct, frozen=True):
    """Rows of one kind: the columns that identify the entry in its section, then the columns with its content.

    With ``inner`` each content column has a key of its own in the file; otherwise the one column is the entry's value.
    """

    section: str
    known: tuple[str, ...]
    says: tuple[str, ...]
    inner: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that a row of this kind uses."""
        return (*self.known, *self.says)


KINDS: Mapping[str, EntryKind] = {
    QUESTIONS: EntryKind(QUESTIONS, (NAME,), (ITEM,)),
    EVENTS: EntryKind(EVENTS, (NAME,), (SLUG, TEXT, OPENING), inner=True),
    STEPS: EntryKind(EVENTS, (NAME, ITEM), (TEXT,)),
    AUDIENCES: EntryKind(AUDIENCES, (NAME,), (SLUG, TEXT), inner=True),
    SERVED: EntryKind(SERVED, (ITEM,), (FOR,)),
    LINES: EntryKind(LINES, (ITEM,), (TEXT,)),
    NOTES: EntryKind(NOTES, (NAME,), (ITEM,)),
}
"""What the column 是什么 says → the kind of row, in the order of the file."""

_COLUMNS = (
    TableColumn(
        KIND,
        "是什么",
        width=14,
        choices=tuple(KINDS),
        only=True,
        prompt="一件事：人一生里的大事，要办的事项另写几行“一件事的事项”；谁会用：事项和会用到它的人群。",
    ),
    TableColumn(NAME, "名称", width=30, prompt="一件事、人群：它的名称；常有人问：问题；提醒：要提醒的话。"),
    TableColumn(ITEM, "事项", Takes.ITEMS, 30, prompt="从列表里选。“提醒”可以写几个，一行一个。"),
    TableColumn(FOR, "谁会用", Takes.LINES, 20, prompt="只在“谁会用”：会用到这个事项的人群，一行一个。"),
    TableColumn(
        TEXT, "怎么说", width=40, prompt="一句话：是什么事；一件事、人群：名称下面的短话；一件事的事项：办它做什么。"
    ),
    TableColumn(SLUG, "网址里叫什么", width=16, prompt="全国没有的一件事、人群才写：小写字母和连字符，如 lost-job。"),
    TableColumn(OPENING, "开头", width=30, prompt="只在“一件事”：页面开头对当事人说的一句话。"),
    REMOVAL,
)


def entry_table(catalog: Catalog, county: County, items: ItemNames) -> Table:
    """One row for each entry of the file."""
    whole = catalog.navigation
    people = {name: name for name in whole.audiences}
    offers: Mapping[str, tuple[tuple[str, ...], Mapping[str, str] | None]] = {
        NAME: (tuple(dict.fromkeys((*whole.events, *people))), None),
        ITEM: (tuple(items), items),
        FOR: (tuple(people), people),
    }
    columns = tuple(
        replace(each, choices=offers[each.key][0], keys=offers[each.key][1]) if each.key in offers else each
        for each in _COLUMNS
    )
    names = {id_: name for name, id_ in items.items()}
    rows = tuple(_row(columns, texts) for texts in _entries(county.navigation, names))
    about = "首页上的一件事、人群、常有人问，本县自己的写在这里；全国的已经有了，不用再写。"
    return Table(ENTRIES, "入口", about, columns, rows, (KIND, NAME, ITEM), 20, 3)


def _row(columns: tuple[TableColumn, ...], texts: Mapping[str, str]) -> TableRow:
    kind = KINDS[texts[KIND]]
    id_ = " ".join((texts[KIND], *(texts[key] for key in kind.known)))
    locked = {column.key for column in columns} - {*kind.says, REMOVAL.key}
    return row(columns, id_, f"入口 {id_}", texts, locked=frozenset(locked))


def _entries(own: Navigation, names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    def named(*ids: str) -> str:
        return "\n".join(names.get(id_, id_) for id_ in ids)

    yield from ({KIND: QUESTIONS, NAME: asked, ITEM: named(item.text)} for asked, item in own.questions.items())
    for event in own.events.values():
        if event.slug or event.line or event.opening:
            yield {KIND: EVENTS, NAME: event.name, SLUG: event.slug, TEXT: event.line, OPENING: event.opening}
        for use in event.uses:
            yield {KIND: STEPS, NAME: event.name, ITEM: named(use.item), TEXT: use.purpose}
    for people in own.audiences.values():
        yield {KIND: AUDIENCES, NAME: people.name, SLUG: people.slug, TEXT: people.line}
    for item, audiences in own.served.items():
        yield {KIND: SERVED, ITEM: named(item), FOR: "\n".join(each.text for each in audiences)}
    yield from ({KIND: LINES, ITEM: named(item), TEXT: line.text} for item, line in own.lines.items())
    for sentence, about in own.notes.items():
        yield {KIND: NOTES, NAME: sentence, ITEM: named(*(each.text for each in about))}


def entry_at(table: Table, path: Sequence[Step]) -> tuple[str, str]:
    """The id of the row, and the column, for the value at ``path`` of the file; blank if there is none."""
    ids = table.column(ITEM).keys or {}
    steps = [str(step) for step in path]
    for each in table.rows:
        kind = KINDS[each.texts[KIND]]
        place = _path(each.texts, ids)
        if tuple(steps[: len(place)]) == place:
            inner = next((key for key in kind.says if _INNER[key] in steps[len(place) :]), "") if kind.inner else ""
            if kind.inner and _USES in steps[len(place) :]:
                continue
            return each.id, inner or kind.says[0]
    return "", ""


def _path(texts: Mapping[str, str], ids: ItemNames) -> tuple[str, ...]:
    kind = KINDS[texts[KIND]]
    known = [ids.get(texts[key], texts[key]) if key == ITEM else texts[key] for key in kind.known]
    return (kind.section, known[0], *((_USES, known[1]) if len(known) > 1 else ()))


def _text(text: str, changes: Sequence[RowChange]) -> str:
    for change in in_turn(changes):
        after, ids = change.after.texts, change.table.column(ITEM).keys or {}
        kind, path = KINDS[after[KIND]], _path(after, ids)
        if not kind.inner:
            text = remove(text, path) if change.removed else _with_value(text, path, _value(kind.says[0], after, ids))
            continue
        for key in kind.says:
            if change.removed or key in change.texts:
                text = put_or_remove(text, (*path, _INNER[key]), "" if change.removed else after[key], _order)
    return text


def _value(key: str, texts: Mapping[str, str], ids: ItemNames) -> Sequence[str]:
    """The texts to write for the entry."""
    lines = listed(texts[key]) if key != TEXT else (texts[key],)
    return [ids.get(each, each) for each in lines] if key == ITEM else lines


def _with_value(text: str, path: tuple[Step, ...], words: Sequence[str]) -> str:
    several = isinstance(at(tree(text), path), Listing)
    return put(text, path, list(words) if several else "、".join(words), _order)


def _order(path: tuple[Step, ...], key: str) -> tuple[int, ...]:
    if not path:
        return rank(keys(Navigation), key)
    return rank(keys(Event) if path[0] == EVENTS else keys(Audience), key) if len(path) == 2 else ()


ENTRY_WRITER = TableWriter((ENTRIES,), all_in(FILE), _text)
