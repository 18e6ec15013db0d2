"""An export of the government service platform, in any format that we read → its items, and troubles.

Two layouts: one row an item below a row of headings, or headings with their texts beside or below them, one item after
another (one a sheet or page). Both may have tables of materials, steps and questions within.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.importing import platformlabels as labels
from gkdir.importing.platformtext import materials, names_nothing, normalised, questions, steps
from gkdir.model.item import Written
from gkdir.read.archive import content
from gkdir.read.pagerows import page_rows
from gkdir.read.plaintext import decoded
from gkdir.read.sheet import Cell, Row, Sheet, read_sheets
from gkdir.read.text import one_line, shortened

PlatformTexts = Mapping[str, Written]
"""Element or column → what is written there."""


class PlatformItem(Struct, frozen=True):
    """One item of the export: its name, elements by name, and lists (materials, steps, questions).

    ``unplaced``: headings that no element of a guide corresponds to, with their texts.
    """

    name: Written
    texts: PlatformTexts
    lists: Mapping[str, tuple[PlatformTexts, ...]] = field(default_factory=dict)
    unplaced: PlatformTexts = field(default_factory=dict)

    def text(self, element: str) -> str:
        """The text of the element, empty if there is none."""
        return self.texts[element].text if element in self.texts else ""


MIN_HEADINGS = 2
"""The least number of adjacent headings in a row of headings."""
_PAGES = (".html", ".htm")
_TITLE = re.compile(r"(?:政务服务事项|公共服务事项)?(?:办事指南|服务指南|事项实施清单|实施清单|办理指南)\Z")
_TITLE_PREFIX = re.compile(r"\A(?:办事指南|服务指南|事项名称|当前位置)[:：]\s*")
_WORKBOOKS = (".xlsx", ".xls", ".ods", ".et")
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*|.", re.IGNORECASE)
"""Sheet names that programs give by default."""
_HEADING_AND_TEXT = re.compile(r"([^:：\n]{2,40})[:：]\s*(\S.*)", re.S)
_LISTS = {labels.MATERIALS: materials, labels.STEPS: steps, labels.QUESTIONS: questions}
_SPLIT_HINT = {
    labels.MATERIALS: "请一样一行，或者编上号。",
    labels.STEPS: "请编上号，写成“1.受理：……”这样。",
    labels.QUESTIONS: "请写成“问：……答：……”。",
}
_MAX_EXCERPT = 30
_MAX_EXCERPTS = 5


class PlatformExport(Struct, frozen=True):
    """The items of a file, and troubles for everything that was not understood."""

    items: tuple[PlatformItem, ...]
    troubles: tuple[Trouble, ...]


def read_platform(path: Path, name: str) -> PlatformExport:
    """The items of the file, called ``name`` in places. :raises Unreadable: no item in it, hostile, too large"""
    sheets = _sheets(path, name)
    items: list[PlatformItem] = []
    troubles: list[Trouble] = []
    transposed: list[Trouble] = []
    for sheet in sheets:
        reading = _SheetItems(sheet, name)
        items += reading.items()
        troubles += (*sheet.troubles, *reading.troubles)
        transposed += reading.troubles[-1:] if reading.transposed else []
    if not items and transposed:
        raise Unreadable(transposed[0].place, transposed[0].message, transposed[0].hint)
    if not items:
        hint = "要有“事项名称”和“受理条件”“申请材料”这样的栏目：一行一个事项，或者左边栏目、右边内容。"
        raise Unreadable(Place(name), "没有读到一个事项的办事指南。", hint)
    return PlatformExport(tuple(items), tuple(troubles))


def _sheets(path: Path, name: str) -> tuple[Sheet, ...]:
    """The sheets of the file; of a web page its tables with one row an item, else the whole page as one sheet."""
    if path.suffix.lower() not in _PAGES:
        return read_sheets(path, name)
    page = page_rows(decoded(content(path, Place(name)), Place(name)), Place(name))
    try:
        tables = read_sheets(path, name)
    except Unreadable:
        return (page,)
    by_row = [table for table in tables if any(_headings(row) for row in table.rows)]
    return tuple(by_row) or (page,)


def _headings(row: Row) -> bool:
    """Whether the row has the headings of a table with one row an item."""
    kinds = {column: labels.element(cell.text) for column, cell in row.cells.items()}
    beside = [
        column
        for column in kinds
        if kinds[column] is not None
        and kinds.get(column + 1) is not None
        and row.cells[column] != row.cells[column + 1]
    ]
    alone = len(kinds) >= MIN_HEADINGS and None not in kinds.values()
    return labels.NAME in kinds.values() and (alone or len(beside) >= MIN_HEADINGS)


class _Draft(Struct):
    """An item that is being read."""

    texts: dict[str, Written]
    lists: dict[str, list[PlatformTexts]]
    unplaced: dict[str, Written]
    name: Written | None = None


def _blank() -> _Draft:
    return _Draft({}, {}, {})


class _SheetItems:
    """Reads one sheet: the state is the item and the heading or list that rows belong to."""

    def __init__(self, sheet: Sheet, file: str) -> None:
        self.sheet, self.file = sheet, file
        self.troubles: list[Trouble] = []
        self.transposed = False
        self._draft = _blank()
        self._open_heading = ""  # the last heading that was alone in its row
        self._list: tuple[str, Mapping[int, str]] | None = None
        self._title: Written | None = None
        self._named_items: set[str] = set()
        self._stray: list[Cell] = []  # lines without a heading, reported together

    def items(self) -> Iterator[PlatformItem]:
        """The items of the sheet."""
        rows = self.sheet.rows
        top = next((number for number, row in enumerate(rows) if _headings(row)), None)
        if top is not None:
            yield from self._by_row(rows[top:])
            return
        if (beside := _transposed_heading(rows)) is not None:
            hint = "请改成一行一个事项，或者一个事项一张工作表：复制以后，选择性粘贴，勾上“转置”。"
            self._report(beside, "这张表一列是一个事项，没有读。", hint)
            self.transposed = True
            return
        for row in rows:
            yield from self._row(row)
        yield from self._finished()
        self._stray = [cell for cell in self._stray if _bare_title(cell.text) not in self._named_items]
        if self._stray:
            quoted = "”“".join(_short(cell.text) for cell in self._stray[:_MAX_EXCERPTS])
            more = "等" if len(self._stray) > _MAX_EXCERPTS else ""
            message = f"有 {len(self._stray)} 行字不知道是哪个栏目的，没有读：“{quoted}”{more}。"
            hint = "是办事指南的内容的，请在前面写上“受理条件”“申请材料”这样的栏目；标题、导航不用管。"
            self._report(self._stray[0], message, hint)

    def _by_row(self, rows: Sequence[Row]) -> Iterator[PlatformItem]:
        """One row an item; further rows without a name continue it with one material each."""
        below = rows[1] if len(rows) > 1 else rows[0]
        double = bool(below.own) and all(labels.is_heading(cell.text) for cell in below.own)
        headings = {**rows[0].cells, **(below.cells if double else {})}
        kinds = {column: labels.element(cell.text) for column, cell in headings.items()}
        inner = {column: cell.text for column, cell in headings.items() if kinds[column] is None}
        list_ = labels.list_columns(inner) if double else _list_among(inner)
        names = [column for column, kind in kinds.items() if kind == labels.NAME]
        for column, text in inner.items():
            if list_ is None or column not in list_[1]:
                self._unknown(text, headings[column])
        for row in rows[1 + double :]:
            named = next((row.cells[column] for column in names if column in row.cells), None)
            if _headings(row):  # headings repeated on the next page
                continue
            if named is not None and named.row == row.number:
                yield from self._finished()
                self._draft.name = self._written(named)
            for column, cell in row.cells.items():
                kind = kinds.get(column)
                if cell.row == row.number and kind is not None:
                    self._add_text(kind, headings[column].text, self._written(cell))
            if list_ is not None:
                self._list_row(list_, row)
        yield from self._finished()

    def _row(self, row: Row) -> Iterator[PlatformItem]:
        """Read a row: headings with texts, a row of a list, or more text for the heading above."""
        own = row.own
        if not own:
            return
        found = labels.list_columns({cell.column: cell.text for cell in own})
        if found:
            self._list = found
            return
        kinds = [labels.element(cell.text) for cell in own]
        in_list = self._list is not None and len(own) > 1 and kinds[0] is not None and kinds[1:2] == [None]
        if self._list and (kinds[0] is None or (in_list and own[0].column in self._list[1])) and len(own) > 1:
            self._list_row(self._list, row)
            return
        if kinds[0] is None:
            yield from self._unheaded(own)
            return
        self._take_title()
        yield from self._pairs(own, kinds)

    def _take_title(self) -> None:
        """Take the last line above the first heading as the item's name, if there is no other."""
        if not self._draft.texts and self._title is None and self._stray:
            self._title = self._written(self._stray[-1])

    def _pairs(self, own: Sequence[Cell], kinds: Sequence[str | None]) -> Iterator[PlatformItem]:
        """Read headings, each followed by its text; a heading alone in its row belongs to the rows below."""
        self._list = None
        self._open_heading = ""
        for number, (cell, kind) in enumerate(zip(own, kinds, strict=True)):
            if kind is None:
                continue
            rest = {each.column: each.text for each in own[number + 1 :]}
            if kind in _LISTS and (found := labels.list_columns(rest)):
                self._list = found
                return
            if number + 1 < len(own) and kinds[number + 1] is None:
                yield from self._named(kind, own[number + 1])
                for value in own[number + 1 : _next(kinds, number + 1)]:
                    self._add_text(kind, cell.text, self._written(value))
            elif len(own) == 1:
                self._open_heading = cell.text

    def _unheaded(self, own: Sequence[Cell]) -> Iterator[PlatformItem]:
        """Read a row without a heading: ``受理条件：……`` in one cell, a title, or more text for the heading above."""
        first = own[0]
        inline = _HEADING_AND_TEXT.fullmatch(first.text) if len(own) == 1 else None
        kind = labels.element(inline[1]) if inline else None
        if inline and kind is not None:
            self._take_title()
            self._list, self._open_heading = None, ""
            written = Written(inline[2].strip(), self._place(first))
            yield from self._named(kind, Cell(written.text, first.row, first.column))
            self._add_text(kind, inline[1], written)
        elif len(own) == 1 and _TITLE.search(first.text) and len(first.text) <= labels.MAX_HEADING:
            yield from self._finished()
            self._title = Written(_TITLE.sub("", first.text).strip(" —-_"), self._place(first))
        elif self._open_heading and len(own) == 1:
            self._add_text(labels.element(self._open_heading) or "", self._open_heading, self._written(first))
        elif len(own) == 1:
            self._stray.append(first)
        else:
            self._unknown(first.text, first)

    def _named(self, kind: str, cell: Cell) -> Iterator[PlatformItem]:
        """Begin the next item if ``cell`` is the name of another one."""
        if kind == labels.NAME:
            if self._draft.name and self._draft.name.text != cell.text and self._draft.texts:
                yield from self._finished()
            self._draft.name = self._written(cell)

    def _list_row(self, list_: tuple[str, Mapping[int, str]], row: Row) -> None:
        kind, columns = list_
        cells = {
            key: self._written(row.cells[column])
            for column, key in columns.items()
            if column in row.cells
            and (row.cells[column].row == row.number or key != "name")
            and not names_nothing(row.cells[column].text)
        }
        if "name" in cells:
            self._draft.lists.setdefault(kind, []).append(normalised(cells) if kind == labels.MATERIALS else cells)
        elif any(cell.row == row.number for column, cell in row.cells.items() if column in columns):
            cell = next(cell for column, cell in row.cells.items() if column in columns and cell.row == row.number)
            self._report(
                cell, f"这一行没有写名称（{_short(cell.text)}），没有读。", "请写上名称；接着上一行的，合并到上一行。"
            )

    def _add_text(self, kind: str, heading: str, written: Written) -> None:
        if names_nothing(written.text):
            return
        draft = self._draft
        if not kind:
            draft.unplaced |= {} if labels.bare(heading) in labels.UNREPORTED else {labels.bare(heading): written}
        elif kind in draft.texts:
            before = draft.texts[kind]
            if written.text not in before.text:
                draft.texts[kind] = Written(f"{before.text}\n{written.text}", before.place)
        elif kind != labels.NAME:
            draft.texts[kind] = written

    def _finished(self) -> Iterator[PlatformItem]:
        """The item read so far, if it is not empty and has a name; the next one begins."""
        draft, self._draft = self._draft, _blank()
        self._list, self._open_heading = None, ""
        name = draft.name or self._title or draft.texts.get(labels.PARENT) or self._sheet_name()
        if not draft.texts and not draft.lists:
            return
        if name is None:
            place = next(iter(draft.texts.values()), None)
            at = place.place if place else Place(self.file, sheet=self.sheet.name)
            hint = "请写上“事项名称”一栏。"
            self.troubles.append(Trouble(TroubleKind.WRONG_VALUE, at, "这里的办事指南没有写是哪个事项，没有读。", hint))
            return
        self._title = None
        self._named_items.add(_bare_title(name.text))
        lists = {kind: tuple(rows) for kind, rows in draft.lists.items()}
        for kind, split in _LISTS.items():
            written = draft.texts.pop(kind, None)
            if written is None:
                continue
            rows = () if kind in lists else tuple(split(written))
            if rows:
                lists[kind] = rows
            else:
                why = "另有一张表" if kind in lists else "分不出一样一样"
                message = f"{name.text}的这一格{why}（{_short(written.text)}），没有采用。"
                self.troubles.append(Trouble(TroubleKind.WRONG_VALUE, written.place, message, _SPLIT_HINT[kind]))
        yield PlatformItem(name, draft.texts, lists, draft.unplaced)

    def _sheet_name(self) -> Written | None:
        """The name of the sheet, unless it is a default one."""
        named = self.file.endswith(_WORKBOOKS) and not _UNNAMED.fullmatch(self.sheet.name)
        return Written(self.sheet.name, Place(self.file, sheet=self.sheet.name)) if named else None

    def _unknown(self, text: str, cell: Cell) -> None:
        hint = "是办事指南的内容的，请把栏目名称改成“受理条件”“申请材料”这样的；别的不用管。"
        self._report(cell, f"没有读懂“{_short(text)}”是什么栏目，这里没有采用。", hint)

    def _report(self, cell: Cell, message: str, hint: str) -> None:
        self.troubles.append(Trouble(TroubleKind.NOT_A_ROW, self._place(cell), message, hint))

    def _written(self, cell: Cell) -> Written:
        return Written(cell.text.strip(), self._place(cell))

    def _place(self, cell: Cell) -> Place:
        return Place(self.file, sheet=self.sheet.name, cell=cell.name)


def _transposed_heading(rows: Sequence[Row]) -> Cell | None:
    """The heading 事项名称 of a transposed table, in which each item has a column; ``None`` if it is none."""
    columns: dict[tuple[int, ...], Cell] = {}
    for row in rows:
        kinds = [labels.element(cell.text) for cell in row.own]
        if len(kinds) <= MIN_HEADINGS or kinds[0] is None or any(kind is not None for kind in kinds[1:]):
            continue
        named = columns.get(tuple(cell.column for cell in row.own[1:]))
        if kinds[0] == labels.NAME:
            columns[tuple(cell.column for cell in row.own[1:])] = row.own[0]
        elif named is not None:
            return named
    return None


def _bare_title(text: str) -> str:
    """The title without 办事指南 and the like before or after it."""
    return _TITLE.sub("", _TITLE_PREFIX.sub("", text.strip())).strip(" —-_")


def _next(kinds: Sequence[str | None], after: int) -> int:
    """The index of the next heading; the end if there is none."""
    return next((number for number in range(after, len(kinds)) if kinds[number] is not None), len(kinds))


def _list_among(texts: Mapping[int, str]) -> tuple[str, Mapping[int, str]] | None:
    """The list whose columns are among those of a single row of headings; ``None`` if there is none."""
    named = {column: text for column, text in texts.items() if labels.bare(text) not in ("名称", "说明", "要求")}
    return labels.list_columns(named)


def _short(text: str) -> str:
    return shortened(one_line(text), _MAX_EXCERPT)
