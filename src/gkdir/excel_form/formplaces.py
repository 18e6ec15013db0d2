"""A county's form and its findings → where in the form to correct them: sheet, row, column, cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form import amendments, articles, blankforms, entries, synonyms, towns
from gkdir.excel_form.allowances import ALLOWED
from gkdir.excel_form.blanks import ANSWER, BLANKS, default_at
from gkdir.excel_form.directory import FIELD_COLUMNS, GROUP, NOTE_COLUMNS, OWN_CHANNELS
from gkdir.excel_form.doubts import DOUBTS
from gkdir.excel_form.form import ExcelForm, FormOutline, as_shown, blocking_troubles
from gkdir.excel_form.formfinding import FormFinding, FormPlace
from gkdir.excel_form.guides import GUIDES, LISTS, PATHS, SHORT, guide_of
from gkdir.excel_form.organisations import PLACES, REVIEWS
from gkdir.excel_form.prose import PROSE
from gkdir.excel_form.records import STANDARDS, URGENT
from gkdir.excel_form.table import CHECKED, FIRST_ROW, Table, TableColumn, TableRow, Takes
from gkdir.excel_form.website import VALUE, WEBSITE
from gkdir.finding import Finding, Place, Unreadable, apart
from gkdir.model.columns import COLUMN, NAME_KEYS
from gkdir.model.county import Catalog, County
from gkdir.model.project import Project
from gkdir.read.county import FILE
from gkdir.read.declaredfiles import CHANGES
from gkdir.read.declaredfiles import WAYS as WAY_FILE
from gkdir.read.declaredfiles import WORDS as WORD_FILE
from gkdir.read.grid import letters
from gkdir.read.schema.layer import OMISSION_REASON
from gkdir.yaml.front_matter import read_headed
from gkdir.yaml.nodes import Branch, Listing, Node, Step
from gkdir.yaml.parse import read_yaml, read_yaml_cached

_FIELDS: Mapping[str, str] = {
    **{COLUMN[field].label: keys[0] for field, keys in FIELD_COLUMNS.items()},
    **{label: key for key, label in NOTE_COLUMNS.items()},
    **{COLUMN[name].label: name for name in NAME_KEYS},
    "不列入": "omitted",
}
"""Key of an item in YAML → the first column of the form that has it."""
_BODY = "正文"
"""The only step of a path into the body of an article or guide."""
_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "no-review-date": (REVIEWS, "day"),
    "no-change-list": (amendments.AMENDMENTS, ""),
    "blanks-in-guides": (BLANKS, ""),
    "no-feedback": (PLACES, "complaint_phone"),
    "one-phone-for-all": (PLACES, "phone"),
    "nothing-promised": (GUIDES, ""),
    "empty-column": (articles.ARTICLES, ""),
    "unchecked-guides": (GUIDES, "checked"),
    "items-without-guide": (GUIDES, ""),
    "incomplete-footer": (WEBSITE, ""),
    "channel-without-address": (WEBSITE, ""),
}
"""Rules whose findings have no line in a file (something is missing, or everywhere) → table and column for it."""


def with_form_places(
    project: Project, county: County, findings: Iterable[Finding], laid: Catalog | None = None
) -> tuple[Finding, ...]:
    """The county's findings, each with its place in the form; unchanged if a form cannot be made of its files.

    ``laid`` is the county's catalog, if the caller has it.
    """
    every = tuple(findings)
    if not every or blocking_troubles(county):
        return every
    places = FormPlaces(FormOutline(project, county, laid), project.folder, county.folder)
    return tuple(places.placed(each) for each in every)


class _Numbered(Struct, frozen=True):
    """Row id → row number and column key → column number, as on the table's sheet."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]


class FormPlaces:
    """Finds the place in ``form`` of findings about its county; ``folder`` is the project's."""

    def __init__(self, form: ExcelForm | FormOutline, folder: Path, county: str) -> None:
        self._form, self._folder, self._county = form, folder, county
        self._heads: dict[str, Node] = {}
        self._paths: dict[Place, tuple[Step, ...]] = {}
        self._shown: dict[str, Table | None] = {}
        self._tables: dict[str, _Numbered] = {}
        self._lists: dict[str, dict[str, list[TableRow]]] = {}

    def of(self, finding: Finding) -> FormPlace | None:
        """The place, ``None`` if the form has none for it."""
        name = finding.place.file.partition(f"{self._county}/")[2]
        path = self._path(name, finding.place)
        if finding.name == "unnamed-group" and finding.item and name == "county.yaml":
            domain, _, number = finding.item.partition("/")
            return self._at(domain, number, GROUP)
        if finding.name in _ELSEWHERE:
            key, column = _ELSEWHERE[finding.name]
            return self._at(key, next((str(each) for each in path[1:2]), ""), column)
        if name == "county.yaml":
            if (row := default_at(path)) is not None:
                return self._at(BLANKS, row, ANSWER)
            return self._in_layer(path) or self._in_record(path) or self._of_item(finding)
        parts = name.removesuffix(".md").split("/")
        if parts[0] == "guides" and len(parts) == 3:
            item = f"{parts[1]}/{parts[2]}"
            if finding.name == "no-plain-words":
                return self._at(GUIDES, item, next(iter(PROSE)))
            return self._in_guide(item, path)
        return self._kept(parts, path) or self._of_item(finding)

    def _kept(self, parts: Sequence[str], path: Sequence[Step]) -> FormPlace | None:
        """A place in the tables that have a file of their own."""
        steps = [str(step) for step in path]
        match parts:
            case [articles.PAGES, articles.FOLDER, slug]:
                return self._labelled(articles.QUESTIONS, slug, "回答" if steps == [_BODY] else "".join(steps[:1]))
            case [articles.PAGES, kind, slug]:
                return self._labelled(articles.ARTICLES, f"{kind}/{slug}", "".join(steps[:1]))
            case [towns.FOLDER, slug]:
                return self._town(slug.removesuffix(".yaml"), steps)
            case [blankforms.FOLDER, name]:
                return self._blank(name.removesuffix(".yaml"), path)
            case [name] if name in (WORD_FILE, CHANGES):
                return self._words(path) if name == WORD_FILE else self._amendment(path)
            case [name] if name == WAY_FILE and (table := self._form.table(entries.ENTRIES)):
                return self._at(entries.ENTRIES, *entries.entry_at(table, path))
        return None

    def _town(self, slug: str, steps: Sequence[str]) -> FormPlace | None:
        match steps:
            case ["机构", key, *rest]:
                return self._labelled(towns.TOWN_PLACES, f"{slug}/{key}", rest[0] if rest else "")
            case ["目录", domain, _, number, "办事指南", *rest]:
                return self._labelled(towns.TOWN_GUIDES, f"{slug}/{domain}/{number}", rest[0] if rest else "")
            case ["目录", domain, "事项", number, *rest]:
                return self._at(towns.TOWN_ITEMS, f"{slug}/{domain}/{number}", _FIELDS.get(rest[0], "") if rest else "")
        return self._labelled(towns.TOWNS, slug, steps[0] if steps else "")

    def _amendment(self, path: Sequence[Step]) -> FormPlace | None:
        at, label = (*path[1:], "", "")[:2]
        rows = self._rows(amendments.AMENDMENTS)
        row = rows[at].id if isinstance(at, int) and at < len(rows) else ""
        return self._labelled(amendments.AMENDMENTS, row, str(label))

    def _blank(self, name: str, path: Sequence[Step]) -> FormPlace | None:
        rows = [row for row in self._rows(blankforms.BLANK_FORMS) if row.texts[blankforms.FORM] == name]
        match list(path):
            case ["分节", int(section), "栏目", int(field), *rest]:
                titles = tuple(dict.fromkeys(row.texts[blankforms.SECTION] for row in rows))
                own = [row for row in rows if row.texts[blankforms.SECTION] in titles[section : section + 1]]
                if field < len(own):
                    return self._labelled(blankforms.BLANK_FORMS, own[field].id, str(rest[0]) if rest else "")
        return self._at(blankforms.BLANK_FORMS, "") if rows else None

    def _words(self, path: Sequence[Step]) -> FormPlace | None:
        kind, at = (*path, "", "")[:2]
        rows = [row for row in self._rows(synonyms.WORDS) if row.texts[synonyms.KIND] == kind]
        if isinstance(at, int):
            return self._at(synonyms.WORDS, rows[at].id, synonyms.SAID) if at < len(rows) else None
        words = self._form.table(synonyms.WORDS)
        names = (words.column(synonyms.ITEM).keys if words else None) or {}
        row = next((row for row in rows if names.get(row.texts[synonyms.ITEM], row.texts[synonyms.ITEM]) == at), None)
        return self._at(synonyms.WORDS, row.id if row else "", synonyms.SAID)

    def placed(self, finding: Finding) -> Finding:
        """The finding with its place in the form, as text."""
        joined = tuple(self.placed(each) for each in finding.joined)
        return replace(finding, form=str(self.of(finding) or ""), joined=joined)

    def _in_layer(self, path: Sequence[Step]) -> FormPlace | None:
        match [str(step) for step in path]:
            case ["目录", domain, "审核日期", *_]:
                return self._at(REVIEWS, domain, "day")
            case ["目录", domain, key, *_] if key == OMISSION_REASON:
                return self._at(REVIEWS, domain, "omitted")
            case ["目录", domain, "事项", number, *rest]:
                return self._at(domain, number, _FIELDS.get(rest[0], "") if rest else "")
            case ["目录", domain, "增加", at, *rest]:
                return self._at(domain, self._added(domain, int(at)), _FIELDS.get(rest[0], "") if rest else "")
            case ["目录", domain, *_]:
                return self._at(domain, "")
            case ["机构", *rest]:
                key, label, *_ = (*rest, "", "")
                return self._labelled(PLACES, key, label)
            case ["网站", key, *_]:
                return self._at(WEBSITE, key, VALUE)
            case ["允许", at, *rest]:
                rows = self._rows(ALLOWED)
                return self._labelled(ALLOWED, rows[int(at)].id, rest[0] if rest else "")
            case ["存疑", at, *_]:
                return self._at(DOUBTS, tuple(self._form.doubts)[int(at)])
        return None

    def _in_record(self, path: Sequence[Step]) -> FormPlace | None:
        match [str(step) for step in path]:
            case ["紧急通知" as name, *rest]:
                return self._labelled(URGENT, name, rest[0] if rest else "")
            case ["待遇标准", name, *rest]:
                return self._labelled(STANDARDS, name, rest[0] if rest else "")
        return None

    def _in_guide(self, item: str, path: Sequence[Step]) -> FormPlace | None:
        first = str(path[0]) if path else ""
        table = next((key for key, called in LISTS.items() if called == first), None)
        if table is None:
            return self._at(GUIDES, item, _guide_column([str(step) for step in path]))
        rows = self._of_guide(table).get(item, [])
        at = path[1] if len(path) > 1 else 0
        return self._at(table, rows[at].id) if isinstance(at, int) and at < len(rows) else self._at(table, "")

    def _of_guide(self, table: str) -> Mapping[str, Sequence[TableRow]]:
        """The rows of a table such as 材料, by the id of the guide's item."""
        if table not in self._lists:
            rows = self._lists[table] = defaultdict(list)
            for row in self._rows(table):
                rows[guide_of(row)].append(row)
        return self._lists[table]

    def _of_item(self, finding: Finding) -> FormPlace | None:
        domain, _, number = (finding.item or "").partition("/")
        return self._at(domain, number) if number else None

    def _added(self, domain: str, at: int) -> str:
        overlay = self._form.catalogs.catalog.overlay.domains.get(domain)
        return overlay.additions[at].number if overlay and at < len(overlay.additions) else ""

    def _labelled(self, key: str, row: str, label: str) -> FormPlace | None:
        table = self._form.table(key)
        columns = table.columns if table and label else ()
        return self._at(key, row, next((each.key for each in columns if label in (each.label, each.group)), ""))

    def _at(self, key: str, row: str, column: str = "") -> FormPlace | None:
        table = self._sheet(key)
        if table is None:
            return None
        if key not in self._tables:
            self._tables[key] = _Numbered(
                {each.id: number for number, each in enumerate(table.rows, FIRST_ROW)},
                {each.key: number for number, each in enumerate(table.columns, 2)},
            )
        rows, columns = self._tables[key].rows, self._tables[key].columns
        if row not in rows:
            return FormPlace(table.title, keys=(key,))
        name = table.by_id[row].name.removeprefix(f"{table.title} ")
        if column not in columns:
            return FormPlace(table.title, name, keys=(key, row))
        found = table.column(column)
        spread = found.takes is Takes.TICK or found.key in (OWN_CHANNELS, GROUP)
        cell = f"{letters(columns[column])}{rows[row]}"
        return FormPlace(table.title, name, found.group if spread else found.label, cell, (key, row, column))

    def _rows(self, key: str) -> Sequence[TableRow]:
        table = self._sheet(key)
        return table.rows if table else ()

    def _sheet(self, key: str) -> Table | None:
        if key not in self._shown:
            table = self._form.table(key)
            self._shown[key] = as_shown(table) if table else None
        return self._shown[key]

    def _path(self, name: str, place: Place) -> tuple[Step, ...]:
        if place not in self._paths:
            if name not in self._heads:
                self._heads[name] = self._head(self._folder / self._county / name, place.file)
            below = name.endswith(".md") and (place.line or 1) > self._body_of(name)
            self._paths[place] = (_BODY,) if below else _steps(self._heads[name], _start(place))
        return self._paths[place]

    def _body_of(self, name: str) -> int:
        """The number of the last line before the body of a Markdown file."""
        try:
            lines = (self._folder / self._county / name).read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            return 0
        ends = (number for number, line in enumerate(lines, 1) if number > 1 and line.rstrip() == "---")
        return next(ends, len(lines))

    def _head(self, path: Path, called: str) -> Node:
        nothing = Place(path.name)
        try:
            if path.suffix == ".md":
                return read_headed(path, path.name, "", "").head
            if path.suffix != ".yaml":
                return Branch((), nothing, nothing)
            return (read_yaml_cached if path.name == FILE else read_yaml)(path, called).root
        except Unreadable:
            return Branch((), nothing, nothing)


def _steps(node: Node, wanted: tuple[int, int]) -> tuple[Step, ...]:
    """The path to the last node that begins at or before the ``wanted`` line and column."""
    if isinstance(node, Branch):
        at = bisect_right(node.entries, wanted, key=lambda entry: _start(entry[0].place)) - 1
        return (node.entries[at][0].text, *_steps(node.entries[at][1], wanted)) if at >= 0 else ()
    if isinstance(node, Listing):
        at = bisect_right(node.items, wanted, key=lambda child: _start(child.place)) - 1
        return (at, *_steps(node.items[at], wanted)) if at >= 0 else ()
    return ()


def _start(place: Place) -> tuple[int, int]:
    return place.line or 1, place.column or 1


def _guide_column(path: Sequence[str]) -> str:
    """The key of the column in the table 指南 for the value at ``path``.

    A plain text at ``path`` may stand for an inner key.
    """
    first = path[0] if path else ""
    for wanted in (tuple(path[:2]), (first, SHORT.get(first, "")), (first,)):
        for key, where in PATHS.items():
            if where == wanted:
                return key
    return next((key for key, where in PATHS.items() if where[0] == first), "")


_COLUMN = TableColumn(CHECKED, "核对", width=60, prompt="核对出来的问题，改好以后再导出一份就没有了。写在这里的不读。")


def checked(form: ExcelForm, findings: Iterable[Finding], places: FormPlaces) -> ExcelForm:
    """The form with a last column 核对 in every table, and the cells with findings marked."""
    found = tuple(FormFinding(each, places.of(each)) for each in apart(findings))
    by_cell: dict[tuple[str, ...], list[str]] = defaultdict(list)
    marked: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for each in found:
        if each.place and len(each.place.keys) > 1:
            row = each.place.keys[:2]
            label = f"“{each.place.column}”：" if each.place.column else ""
            by_cell[row].append(f"{label}{each.finding.message}{each.remedy}（{each.finding.rule}）")
            marked[row].update(each.place.keys[2:])

    def noted(table: Table, row: TableRow) -> TableRow:
        where = (table.key, row.id)
        texts = {CHECKED: "\n".join(dict.fromkeys(by_cell[where]))}
        return replace(row.with_texts(texts), locked=row.locked | {CHECKED}, marked=frozenset(marked[where]))

    tables = (
        replace(table, columns=(*table.columns, _COLUMN), rows=tuple(noted(table, row) for row in table.rows))
        for table in form.tables
    )
    return replace(form, tables=tuple(tables), found=found)


def as_exported(form: ExcelForm, checked_tables: Iterable[str]) -> ExcelForm:
    """The form, with a blank column 核对 in the tables ``checked_tables`` that were exported with one."""
    keys = frozenset(checked_tables)

    def blank(row: TableRow) -> TableRow:
        return replace(row.with_texts({CHECKED: ""}), locked=row.locked | {CHECKED})

    tables = (
        replace(table, columns=(*table.columns, _COLUMN), rows=tuple(map(blank, table.rows)))
        if table.key in keys
        else table
        for table in form.tables
    )
    return replace(form, tables=tuple(tables))
