"""The current form and the returned one → the clerk's changes, row by row, and the troubles of those not accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from gkdir.excel_form.blanks import BLANKS, in_guides
from gkdir.excel_form.directory import DELETE, DELETED
from gkdir.excel_form.doubts import DOUBTS, VERDICT, settled
from gkdir.excel_form.form import ExcelForm
from gkdir.excel_form.formplaces import as_exported
from gkdir.excel_form.guides import GUIDES
from gkdir.excel_form.instead import instead
from gkdir.excel_form.record import digest
from gkdir.excel_form.returned import FormRecord, Returned, read_record, returned
from gkdir.excel_form.sheetback import EXPORT_AGAIN, ReturnedRow, ReturnedTable
from gkdir.excel_form.table import CHECKED, RowChange, Table, TableRow, Takes
from gkdir.excel_form.tidy import BadText, plain, tidy
from gkdir.excel_form.validate import problems
from gkdir.finding import Gathered, Place, Trouble, Unreadable, wrong_value
from gkdir.read.grid import Grid
from gkdir.read.text import shortened

MAX_MOVED_ROWS = 3
"""How many rows of a sheet may contradict their ids; with more, the whole sheet is refused."""

CellDigests = Mapping[str, Mapping[str, str]]
"""Row id → column key → digest of the cell at export."""


class MovedRow(Struct, frozen=True):
    """A row that contradicts its id: the column that shows it, and the id of the original row (or empty).

    Sorting, cutting, pasting and inserting move the visible cells; the hidden ids may stay behind. Such a row would be
    written to another row's place in the project, so it is not read.
    """

    row: ReturnedRow
    key: str
    was: str


def moved_rows(table: Table, sheet: ReturnedTable, digests: CellDigests) -> tuple[MovedRow, ...]:
    """The rows that contradict their ids, and those whose ids are gone."""
    called = {_called(table, cells): id_ for id_, cells in digests.items()}
    there = {row.id for row in sheet.rows}
    found = []
    for row in sheet.rows:
        other = called.get(_called(table, _digests(table, row)), "")
        if not row.struck and (row.id or other not in there):
            found.append(_moved(table, row, digests, other))
    return tuple(one for one in found if one is not None)


def _digests(table: Table, row: ReturnedRow) -> Mapping[str, str]:
    return {key: digest(plain(row.texts.get(key, ""))) for key in table.identity}


def _moved(table: Table, row: ReturnedRow, digests: CellDigests, other: str) -> MovedRow | None:
    """The row if it has moved. ``other`` is the id of the row that had its name at export; blank if none had."""
    if not row.id:  # new, or a row whose id was deleted
        return MovedRow(row, table.identity[0], other) if other else None
    now, base, known = _digests(table, row), digests.get(row.id), table.by_id.get(row.id)
    if base is None:
        return None
    differ = [key for key in table.identity if now[key] != base[key]]
    locked = next((key for key in differ if known is not None and key in known.locked), None)
    if locked is not None:
        return MovedRow(row, locked, row.id)
    return MovedRow(row, differ[0], row.id) if differ and other not in ("", row.id) else None


def _called(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells[key] for key in table.identity)


def shuffled(table: Table, sheet: ReturnedTable, digests: CellDigests) -> tuple[ReturnedRow, ...]:
    """Rows with changed cells that hold the exported text of another, changed row: some columns were sorted alone.

    Only texts that occurred once prove this; a text that the other row still has was copied.
    """
    rows = {row.id: row for row in sheet.rows if row.id in digests}
    hit: dict[str, ReturnedRow] = {}
    for column in table.columns:
        if column.takes in (Takes.TICK, Takes.DAY) or column.key in table.identity or column.key not in sheet.columns:
            continue
        counts = Counter(cells.get(column.key, "-") for cells in digests.values())
        owner = {cells[column.key]: id_ for id_, cells in digests.items() if counts[cells.get(column.key, "-")] == 1}
        changed = dict(_changed(column.key, rows, digests))
        for id_, now in changed.items():
            if owner.get(now, id_) != id_ and owner[now] in changed:
                hit[id_] = rows[id_]
    return tuple(sorted(hit.values(), key=lambda row: row.number))


def _changed(key: str, rows: Mapping[str, ReturnedRow], digests: CellDigests) -> Iterator[tuple[str, str]]:
    for id_, row in rows.items():
        text = plain(row.texts.get(key, ""))
        if text and key not in row.unusable and (now := digest(text)) != digests[id_].get(key):
            yield id_, now


_MAX_NAMED_ROWS, _MAX_QUOTED_CHARS = 8, 40
"""How many rows a message names, and how many characters of the old text it quotes."""


class Plan(Struct, frozen=True):
    """The changes that can be made, and the troubles of those that cannot."""

    changes: tuple[RowChange, ...]
    troubles: tuple[Trouble, ...]


def plan(form: ExcelForm, given: Returned) -> Plan:
    """Compare each cell of the workbook with its value at export and with the project's value now.

    A cell counts as changed only if it differs from the export. If the project has another new value, that is a
    conflict and nothing is changed.
    """
    changes: list[RowChange] = []
    troubles = Gathered(given.troubles)
    for key, sheet in given.tables.items():
        table = form.table(key)
        assert table is not None, "only tables of the form are read"
        found = troubles.taken_from(_Comparison(table, sheet, given.record).run())
        if key == DOUBTS:
            found = troubles.taken_from(_settling_changes(form, found, changes))
        if key == BLANKS and (guides := form.table(GUIDES)) is not None:
            changes, refused = in_guides(found, changes, guides)
            troubles += [wrong_value(*each) for each in refused]
            continue
        changes += troubles.taken_from(_valid_changes(form, found, changes))
    return Plan(tuple(changes), tuple(troubles))


def returned_changes(form: ExcelForm, record: FormRecord, grids: tuple[Grid, ...], name: str) -> Plan:
    """The plan for the workbook ``name`` with this record and these sheets; ``form`` is the county's form now."""
    now = as_exported(form, [key for key, columns in record.columns.items() if CHECKED in columns])
    return plan(now, returned(record, grids, name, now))


def _valid_changes(
    form: ExcelForm, found: Sequence[RowChange], before: Sequence[RowChange] = ()
) -> tuple[list[RowChange], list[Trouble]]:
    """The changes whose texts are valid, and the troubles of the others."""
    changes: list[RowChange] = []
    troubles: list[Trouble] = []
    for change in found:
        wrong = list(problems(form, change, (*before, *found)))
        changes += [] if wrong else [change]
        others = "这一行别的改动也没有采用。" if not change.new and len(change.texts) > 1 else ""
        for at, message, hint in wrong:
            troubles.append(wrong_value(change.places.get(at, change.place), message + others, hint))
    return changes, troubles


def settled_rows(form: ExcelForm, decisions: Sequence[RowChange]) -> Plan:
    """The plan for ``decisions`` on rows in doubt that were made outside a workbook."""
    found, troubles = _settling_changes(form, decisions, ())
    changes, more = _valid_changes(form, found)
    return Plan(tuple(changes), (*troubles, *more))


def _settling_changes(
    form: ExcelForm, found: Sequence[RowChange], others: Sequence[RowChange]
) -> tuple[list[RowChange], list[Trouble]]:
    """The changes that follow from decisions on rows in doubt, unless another change concerns the same row."""
    made: list[RowChange] = []
    troubles: list[Trouble] = []
    tables = {table.key: table for table in form.tables}
    taken = {(change.table.key, change.row.id) for change in others if not change.new}
    for change in found:
        at = change.places.get(VERDICT, change.place)
        try:
            done = settled(form.catalogs, form.doubts[change.row.id], change, tables)
        except BadText as error:
            troubles.append(wrong_value(at, str(error), error.hint))
            continue
        where = (done.table.key, done.row.id)
        if done.row.id and where in taken:
            message = f"{done.row.name}在这份表里另有一行也要改它，这一行没有定下来。"
            troubles.append(wrong_value(at, message, "请先导入一遍，再导出一份新的表来定；或者只留下一行。"))
            continue
        taken.add(where)
        made.append(done)
    return made, troubles


class _Comparison:
    """Compares one table of the form with the returned sheet."""

    def __init__(self, table: Table, sheet: ReturnedTable, record: FormRecord) -> None:
        self.table, self.sheet = table, sheet
        self.exported = record.cells[table.key]
        self.troubles: list[Trouble] = []

    def run(self) -> tuple[list[RowChange], list[Trouble]]:
        missing = [self._label(key) for key in self.table.identity if key not in self.sheet.columns]
        if missing:
            message = f"少了“{'、'.join(missing)}”，认不出哪一行是哪一行，这张表没有读，一处也没有改。"
            self.troubles.append(wrong_value(self._sheet_place, message, EXPORT_AGAIN))
            return [], self.troubles
        moved = moved_rows(self.table, self.sheet, self.exported)
        mixed = shuffled(self.table, self.sheet, self.exported)
        if len(moved) > MAX_MOVED_ROWS or len(mixed) > MAX_MOVED_ROWS:
            self._refuse_sheet([each.row for each in moved] if len(moved) > MAX_MOVED_ROWS else mixed)
            return [], self.troubles
        for each in moved:
            self._report_moved(each)
        moved_numbers = {each.row.number for each in moved}
        changes: list[RowChange] = []
        for row in self._readable_rows(moved_numbers):
            changes += self._new_row(row) if not row.id else self._changes_of(row)
        seen = {row.id for row in self.sheet.rows} | {each.was for each in moved}
        for id_ in self.exported:
            if id_ not in seen:
                shown = self.table.by_id[id_].name if id_ in self.table.by_id else id_
                message = f"少了一行：{shown}。它没有从目录里删去，也没有改动。"
                hint = "确实不要的，请按填写说明写“不列入的原因”，或者在“删去”栏选“删去”。"
                self.troubles.append(wrong_value(self._sheet_place, message, hint))
        return changes, self.troubles

    def _readable_rows(self, moved_numbers: Collection[int]) -> Iterator[ReturnedRow]:
        """The rows to read, without moved and struck ones. Of several with one id, the first if all say the same."""
        by_id: dict[str, list[ReturnedRow]] = {}
        for row in self.sheet.rows:
            by_id.setdefault(row.id, []).append(row)
        for row in self.sheet.rows:
            others = [each for each in by_id[row.id] if row.id and each.number != row.number]
            if row.struck or row.number in moved_numbers:
                continue
            rivals = [each for each in others if each.number not in moved_numbers and each.texts != row.texts]
            twins = [each for each in others if each.texts == row.texts and each.number < row.number]
            if rivals or twins:
                message = f"这一行和第 {(rivals or twins)[0].number} 行是同一行，没有读。"
                self._trouble(row, None, message, "请只留一行；要增加的写在最下面的空行里。")
            else:
                yield row

    def _refuse_sheet(self, rows: Sequence[ReturnedRow]) -> None:
        numbers = "、".join(str(row.number) for row in rows[:_MAX_NAMED_ROWS]) + (
            "…" if len(rows) > _MAX_NAMED_ROWS else ""
        )
        message = (
            f"有 {len(rows)} 行（第 {numbers} 行）的内容和导出时的行对不上，像是排过序，或者整行挪动、粘贴过。"
            "为了不把一项的内容写到另一项，这张表没有读，一处也没有改。"
        )
        hint = f"{EXPORT_AGAIN}要排序，请用栏目名称右边的筛选按钮，不要取消工作表保护。"
        self.troubles.append(wrong_value(self.sheet.place(rows[0].number), message, hint))

    def _report_moved(self, each: MovedRow) -> None:
        known = self.table.by_id.get(each.was)
        name = known.name if known else each.was
        if not each.row.id:
            message = f"这一行是“{name}”，但是隐藏的第一列被清掉了，整行没有读。"
        else:
            message = f"这一行本来是“{name}”，它的“{self._label(each.key)}”变了，不能在这里改，整行没有读。"
        meant = instead(self.table, known, each.key) if known and each.row.id and each.key in known.locked else ""
        hint = f"请改回来。{meant}如果是排过序，或者整行挪动、粘贴过，{EXPORT_AGAIN}"
        self._trouble(each.row, each.key, message, hint)

    @property
    def _sheet_place(self) -> Place:
        return Place(self.sheet.file, sheet=self.sheet.sheet)

    def _changes_of(self, row: ReturnedRow) -> Iterator[RowChange]:
        base, now = self.exported.get(row.id), self.table.by_id.get(row.id)
        if base is None:
            self._trouble(row, None, "不认得这一行，没有读。", "要增加的请写在最下面的空行里，不要复制别的行。")
            return
        changed = dict(self._changed(row, base, now))
        if now is None:
            self._report_lost_changes(row, changed)
            return
        if changed.get(DELETE) == DELETED:
            yield RowChange(self.table, now, {}, self.sheet.place(row.number), removed=True)
            return
        texts = {key: text for key, text in changed.items() if self._is_acceptable(row, key, text, base)}
        if texts:
            places = {key: self.sheet.place(row.number, key) for key in self.sheet.columns}
            yield RowChange(self.table, now, texts, self.sheet.place(row.number), places)

    def _changed(self, row: ReturnedRow, base: Mapping[str, str], now: TableRow | None) -> Iterator[tuple[str, str]]:
        """Column key and normalised text of each cell that changed since export."""
        for key in self.sheet.columns:
            text = row.texts.get(key, "")
            if key in row.unusable or digest(plain(text)) == base.get(key):
                continue
            try:
                tidied = tidy(self.table.column(key), text, now.texts[key] if now else "")
            except BadText as error:
                self._trouble(row, key, f"{error}这一格没有改。", error.hint)
                continue
            if digest(tidied) != base.get(key):
                yield key, tidied

    def _is_acceptable(self, row: ReturnedRow, key: str, text: str, base: Mapping[str, str]) -> bool:
        """Whether the text is to be written to the project, which has the row; reports why not, unless it is there."""
        now = self.table.by_id[row.id]
        is_now = now.texts[key]
        if text == is_now:
            return False
        if key in now.locked:
            was = f"原来是“{shortened(is_now, _MAX_QUOTED_CHARS)}”。" if is_now else "原来空着。"
            message = f"{now.name}的“{self._label(key)}”不能在这里改，没有改。{was}"
            self._trouble(row, key, message, instead(self.table, now, key))
            return False
        if digest(is_now) != base.get(key):
            both = f"项目里现在是“{is_now}”，表里写的是“{text}”。两个都没有动。"
            message = f"{now.name}的“{self._label(key)}”两边都改了：{both}"
            self._trouble(row, key, message, "请商量好用哪一个，再导出一份新的表来改。")
            return False
        return True

    def _report_lost_changes(self, row: ReturnedRow, changed: Mapping[str, str]) -> None:
        """Report changes to a row that the project no longer has, unless an equal row exists under another id."""
        in_doubt = self.table.key == DOUBTS  # such a row is gone once an import has settled it
        if not changed or changed.get(DELETE) == DELETED or in_doubt:
            return
        texts = self._tidied(row)
        if not any(all(each.texts[key] == text for key, text in texts.items()) for each in self.table.rows):
            message = "导出以后，项目里这一行已经改名或者删去了，这里的改动没有采用。"
            self._trouble(row, None, message, "请导出一份新的表，再改一遍。")

    def _new_row(self, row: ReturnedRow) -> Iterator[RowChange]:
        if not any(plain(text) for text in row.texts.values()):
            return
        if self.table.spare and not any(plain(row.texts.get(key, "")) for key in self.table.identity):
            self._report_continuation(row)
            return
        texts = self._tidied(row)
        if len(texts) < len([key for key, text in row.texts.items() if plain(text) and key != CHECKED]) or row.unusable:
            self._trouble(row, None, "这一行有写得不对的格子，整行没有增加。", "请改好上面说的格子，再导入一遍。")
            return
        texts.pop(DELETE, None)
        if not texts:
            return
        if not self.table.spare:
            self._trouble(row, None, "不认得这一行，没有读。", "这张表不能增加行。")
            return
        twin = next((id_ for id_, cells in self.exported.items() if _is_copy_of(texts, cells)), None)
        if twin is not None:
            message = f"这一行和“{self.table.by_id[twin].name if twin in self.table.by_id else twin}”一样，没有增加。"
            self._trouble(row, None, message, "如果是复制来的，请删去；要增加的，请改成新的内容。")
            return
        whole = {column.key: texts.get(column.key, "") for column in self.table.columns if column.key != CHECKED}
        if not any(self._is_in_project(each, texts) for each in self.table.rows):
            places = {key: self.sheet.place(row.number, key) for key in self.sheet.columns}
            yield RowChange(self.table, TableRow("", "", {}), whole, self.sheet.place(row.number), places)

    def _report_continuation(self, row: ReturnedRow) -> None:
        labels = "、".join(self._label(key) for key in self.table.identity)
        first = next(key for key in self.sheet.columns if plain(row.texts.get(key, "")))
        message = f"这一行没有写“{labels}”，不知道说的是哪一个，没有增加，也没有读。"
        hint = "上一行没有写完的，请写在同一格里：按住 Alt 再按回车换行；要增加的，请写全。"
        self._trouble(row, first, message, hint)

    def _is_in_project(self, row: TableRow, texts: Mapping[str, str]) -> bool:
        """Whether an earlier import has already added this new row as ``row``."""
        return row.id not in self.exported and all(row.texts[key] == text for key, text in texts.items())

    def _tidied(self, row: ReturnedRow) -> dict[str, str]:
        texts = {}
        for key, text in row.texts.items():
            if key == CHECKED:
                continue
            try:
                texts[key] = tidy(self.table.column(key), text)
            except BadText as error:
                self._trouble(row, key, str(error), error.hint)
        return {key: text for key, text in texts.items() if text}

    def _label(self, key: str) -> str:
        return self.table.column(key).label

    def _trouble(self, row: ReturnedRow, key: str | None, message: str, hint: str) -> None:
        self.troubles.append(wrong_value(self.sheet.place(row.number, key), message, hint))


def _is_copy_of(texts: Mapping[str, str], cells: Mapping[str, str]) -> bool:
    return all(digest(text) == cells.get(key) for key, text in texts.items())


_OTHER_NAME_HINT = "请换一个文件名，或者先把这个文件移走。"


def unsaved(path: Path, form: ExcelForm) -> tuple[str, str] | None:
    """Why not to overwrite ``path``, and what to do; ``None`` if there is no file or overwriting it loses nothing."""
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        record, grids = read_record(path, str(path))
    except Unreadable as error:
        return f"已经有这个文件，里面的内容认不出来：{error.trouble.message}", _OTHER_NAME_HINT
    if (record.slug, record.code) != (form.slug, form.code):
        return f"这个文件是 {record.name}（{record.slug}）的填写表。", _OTHER_NAME_HINT
    planned = returned_changes(form, record, grids, str(path))
    count = sum(max(1, len(change.texts)) for change in planned.changes) + len(planned.troubles)
    if not count:
        return None
    first = f"先运行 gkdir form import {path} …，看过改动再加上 --write"
    return (
        f"里面有 {count} 处还没有导入。",
        f"要这些内容的，请{first}；还有没采用的，请改好再导入。不要的，{_OTHER_NAME_HINT}",
    )
