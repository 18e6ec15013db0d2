"""The form as it is now and as it was returned → what the clerk changed, row by row, and what cannot be taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from gkdir.clerk.change import Change
from gkdir.clerk.directory import DELETE, DELETED
from gkdir.clerk.form import Form
from gkdir.clerk.record import digest
from gkdir.clerk.returned import Record, Returned, ReturnedRow, ReturnedTable
from gkdir.clerk.sense import nonsense
from gkdir.clerk.table import Row, Table, Untidy, plain, tidy
from gkdir.finding import Kind, Place, Trouble


class Plan(Struct, frozen=True):
    """The changes that can be made, and the troubles of what cannot."""

    changes: tuple[Change, ...]
    troubles: tuple[Trouble, ...]


def plan(form: Form, given: Returned) -> Plan:
    """Compare cell by cell what the workbook says with what it said at export and with what the project says now.

    A cell counts as changed only where it says something else than at export; one whose place in the project has
    changed since, to something else again, is in conflict and is not touched.
    """
    changes: list[Change] = []
    troubles = list(given.troubles)
    for key, sheet in given.tables.items():
        table = form.table(key)
        assert table is not None, "only tables of the form are read"
        found, met = _Comparison(table, sheet, given.record).run()
        troubles += met
        for change in found:
            wrong = list(nonsense(form, change, found))
            changes += [] if wrong else [change]
            others = "这一行别的改动也没有采用。" if not change.new and len(change.texts) > 1 else ""
            for at, message, hint in wrong:
                troubles.append(_trouble(change.places.get(at, change.place), message + others, hint))
    return Plan(tuple(changes), tuple(troubles))


class _Comparison:
    """One table of the form held against the sheet that came back."""

    def __init__(self, table: Table, sheet: ReturnedTable, record: Record) -> None:
        self.table, self.sheet = table, sheet
        self.said = record.said[table.key]
        self.troubles: list[Trouble] = []

    def run(self) -> tuple[list[Change], list[Trouble]]:
        changes: list[Change] = []
        seen: dict[str, int] = {}
        for row in self.sheet.rows:
            if row.id in seen:
                message = f"这一行和第 {seen[row.id]} 行是同一行，没有读。"
                self._trouble(row, None, message, "请只留一行；要增加的写在最下面的空行里。")
                continue
            if row.id:
                seen[row.id] = row.number
            changes += self._new(row) if not row.id else self._known(row)
        for id_ in self.said:
            if id_ not in seen:
                shown = self.table.by_id[id_].name if id_ in self.table.by_id else id_
                message = f"少了一行：{shown}。它没有从目录里删去，也没有改动。"
                hint = "确实不要的，请按填写说明写“不列入的原因”，或者在“删去”栏选“删去”。"
                self.troubles.append(_trouble(Place(self.sheet.file, sheet=self.sheet.sheet), message, hint))
        return changes, self.troubles

    def _known(self, row: ReturnedRow) -> Iterator[Change]:
        base, now = self.said.get(row.id), self.table.by_id.get(row.id)
        if base is None:
            self._trouble(row, None, "不认得这一行，没有读。", "要增加的请写在最下面的空行里，不要复制别的行。")
            return
        changed = dict(self._changed(row, base))
        if now is None:
            self._gone(row, changed)
            return
        if changed.get(DELETE) == DELETED:
            yield Change(self.table, now, {}, self.sheet.place(row.number), removed=True)
            return
        texts = {key: text for key, text in changed.items() if self._may(row, key, text, base, now)}
        if texts:
            places = {key: self.sheet.place(row.number, key) for key in self.sheet.columns}
            yield Change(self.table, now, texts, self.sheet.place(row.number), places)

    def _changed(self, row: ReturnedRow, base: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The cells that say something else than at export, in their one form."""
        for key in self.sheet.columns:
            text = row.texts.get(key, "")
            if key in row.unusable or digest(plain(text)) == base.get(key):
                continue
            try:
                tidied = tidy(self.table.column(key), text)
            except Untidy as error:
                self._trouble(row, key, f"{error}这一格没有改。", error.hint)
                continue
            if digest(tidied) != base.get(key):
                yield key, tidied

    def _may(self, row: ReturnedRow, key: str, text: str, base: Mapping[str, str], now: Row) -> bool:
        """Whether the project can take the text over."""
        is_now = now.texts[key]
        if text == is_now:
            return False
        if key in now.locked:
            self._trouble(row, key, f"{now.name}的“{self._label(key)}”不能在这里改，没有改。", f"原来是“{is_now}”。")
            return False
        if digest(is_now) != base.get(key):
            both = f"项目里现在是“{is_now}”，表里写的是“{text}”。两个都没有动。"
            message = f"{now.name}的“{self._label(key)}”两边都改了：{both}"
            self._trouble(row, key, message, "请商量好用哪一个，再导出一份新的表来改。")
            return False
        return True

    def _gone(self, row: ReturnedRow, changed: Mapping[str, str]) -> None:
        """A row that the project has no longer: a change of it is lost, unless the same is there under another name."""
        if not changed or changed.get(DELETE) == DELETED:
            return
        texts = self._tidied(row)
        if not any(all(each.texts[key] == text for key, text in texts.items()) for each in self.table.rows):
            message = "导出以后，项目里这一行已经改名或者删去了，这里的改动没有采用。"
            self._trouble(row, None, message, "请导出一份新的表，再改一遍。")

    def _new(self, row: ReturnedRow) -> Iterator[Change]:
        texts = self._tidied(row)
        if len(texts) < len([key for key, text in row.texts.items() if plain(text)]) or row.unusable:
            self._trouble(row, None, "这一行有写得不对的格子，整行没有增加。", "请改好上面说的格子，再导入一遍。")
            return
        texts.pop(DELETE, None)
        if not texts:
            return
        if not self.table.spare:
            self._trouble(row, None, "不认得这一行，没有读。", "这张表不能增加行。")
            return
        whole = {column.key: texts.get(column.key, "") for column in self.table.columns}
        if not any(self._same(each, texts) for each in self.table.rows):
            places = {key: self.sheet.place(row.number, key) for key in self.sheet.columns}
            yield Change(self.table, Row("", "", {}), whole, self.sheet.place(row.number), places)

    def _same(self, row: Row, texts: Mapping[str, str]) -> bool:
        """Whether a new row is there already: it was imported before."""
        return row.id not in self.said and all(row.texts[key] == text for key, text in texts.items())

    def _tidied(self, row: ReturnedRow) -> dict[str, str]:
        texts = {}
        for key, text in row.texts.items():
            try:
                texts[key] = tidy(self.table.column(key), text)
            except Untidy as error:
                self._trouble(row, key, str(error), error.hint)
        return {key: text for key, text in texts.items() if text}

    def _label(self, key: str) -> str:
        return self.table.column(key).label

    def _trouble(self, row: ReturnedRow, key: str | None, message: str, hint: str) -> None:
        self.troubles.append(_trouble(self.sheet.place(row.number, key), message, hint))


def _trouble(place: Place, message: str, hint: str) -> Trouble:
    return Trouble(Kind.WRONG_VALUE, place, message, hint)
