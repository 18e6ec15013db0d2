"""The county's form and an export of the service platform → what agrees, what differs, and the changes to make.

Where neither the county nor a layer above says anything, the platform's text fills the blank. Where they differ, both
are shown, and the county's is changed only with ``replace``. Materials are never removed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace as msgspec_replace

from gkdir.excel_form.form import ExcelForm
from gkdir.excel_form.guides import CELLS, GUIDES, ITEM, LISTS, MATERIALS, STEPS, WAYS_TABLE, guide_of
from gkdir.excel_form.platformmatch import Paired, paired
from gkdir.excel_form.prose import PROSE
from gkdir.excel_form.prose import QUESTIONS as ASKED
from gkdir.excel_form.table import RowChange, Table, TableColumn, TableRow, Takes
from gkdir.excel_form.tidy import BadText, tidy
from gkdir.finding import Place, Trouble, wrong_value
from gkdir.harmless import shown_lines
from gkdir.importing import platformlabels as labels
from gkdir.importing.likeness import exact, likeness, normal
from gkdir.importing.match import MIN_LISTED
from gkdir.importing.platform import PlatformExport, PlatformItem, PlatformTexts
from gkdir.importing.platformtext import FREE, fee, limit, pieces
from gkdir.model.county import Organisation
from gkdir.model.guide import Guide
from gkdir.model.item import Item, Written
from gkdir.model.reference import Workdays
from gkdir.overlay.county_guides import FROM_OFFICE
from gkdir.read.text import nfkc, shortened
from gkdir.read.timelimit import time_limit
from gkdir.read.webaddress import is_web_address
from gkdir.rules.limits import Verdict, compare
from gkdir.rules.personal import numbers

_STANDARD = "standard"
"""The column for the platform's element ``fee``."""
_QUESTION_KEY = next(key for key, title in PROSE.items() if title == ASKED)
_PHONE = re.compile(r"\d[\d\- ]{4,}\d")
_COPY_WORDS = re.compile("原件|复印件|正本|副本|及|和|与|、")


class PlatformDifference(Struct, frozen=True):
    """An element that both sides have, with different texts: label, the county's text, the platform's."""

    label: str
    now: str
    theirs: str


class ItemComparison(Struct, frozen=True):
    """One recognised item: the labels of the elements that agree, and the elements that differ."""

    pair: Paired
    agreed: tuple[str, ...] = ()
    different: tuple[PlatformDifference, ...] = ()


class PlatformComparison(Struct, frozen=True):
    """All items in the order of the export, the changes to make, and what was not understood or not accepted."""

    items: tuple[ItemComparison, ...]
    doubts: tuple[Paired, ...]
    changes: tuple[RowChange, ...]
    troubles: tuple[Trouble, ...]


def compared(form: ExcelForm, export: PlatformExport, workdays: Workdays, replace: bool) -> PlatformComparison:
    """Compare each item of the export with the county's guide for it."""
    items: list[ItemComparison] = []
    changes: list[RowChange] = []
    given, repeated = _own_codes(export.items)
    troubles = [*export.troubles, *repeated]
    pairs = paired(given, form.catalogs.catalog)
    for pair in pairs:
        if pair.item is None:
            continue
        one = _ItemReading(form, pair.item, workdays, replace)
        one.read(pair.given)
        items.append(ItemComparison(pair, tuple(one.agreed), tuple(one.different)))
        changes += one.changes()
        troubles += one.troubles
    return PlatformComparison(
        tuple(items), tuple(pair for pair in pairs if pair.item is None), tuple(changes), tuple(troubles)
    )


def _own_codes(items: Sequence[PlatformItem]) -> tuple[list[PlatformItem], list[Trouble]]:
    """The items, those that share a code without it, and a trouble for each item that lost its code."""
    codes = Counter(item.text(labels.CODE) for item in items)
    kept, troubles = [], []
    for item in items:
        code = item.texts.get(labels.CODE)
        if code is not None and codes[code.text] > 1:
            message = f"实施编码“{code.text[:30]}”有 {codes[code.text]} 个事项写着，不知道是谁的，没有采用。"
            hint = "请核对平台上这几项的编码，各写各的，再运行一遍。"
            troubles.append(wrong_value(code.place, message, hint))
            item = msgspec_replace(
                item, texts={key: written for key, written in item.texts.items() if written is not code}
            )
        kept.append(item)
    return kept, troubles


class _ItemReading:
    """Compares one item, element by element, collecting changes and differences."""

    def __init__(self, form: ExcelForm, item: Item, workdays: Workdays, replace: bool) -> None:
        self.form, self.item, self._workdays, self._replace = form, item, workdays, replace
        self.guide: Guide | None = form.catalogs.catalog.guides.get(item.id)
        self.agreed: list[str] = []
        self.different: list[PlatformDifference] = []
        self.troubles: list[Trouble] = []
        self._texts: dict[str, Written] = {}
        self._rows: list[RowChange] = []
        guides = self._table(GUIDES)
        self._row = guides.by_id[item.id]

    def read(self, given: PlatformItem) -> None:
        """Compare every element that the export has for the item."""
        texts = {key: written for key, written in given.texts.items() if self._public(written)}
        for element, written in texts.items():
            key = _STANDARD if element == "fee" else element
            if key in CELLS:
                self._single(key, written, texts)
        if labels.PLACE in texts:
            self._place(texts[labels.PLACE])
        if labels.ONLINE in texts:
            self._online(texts[labels.ONLINE])
        if labels.BASIS in texts:
            self._basis(texts[labels.BASIS])
        public = {kind: [row for row in rows if self._all_public(row)] for kind, rows in given.lists.items()}
        if labels.MATERIALS in public:
            self._materials(public[labels.MATERIALS])
        if labels.STEPS in public:
            self._steps(public[labels.STEPS])
        self._questions(public.get(labels.QUESTIONS, []))

    def changes(self) -> Iterator[RowChange]:
        """The changes to make, in all tables."""
        if self._texts:
            first = next(iter(self._texts.values())).place
            places = {key: written.place for key, written in self._texts.items()}
            texts = {key: written.text for key, written in self._texts.items()}
            yield RowChange(self._table(GUIDES), self._row, texts, first, places)
        yield from self._rows

    def _single(self, key: str, written: Written, texts: PlatformTexts) -> None:
        column = self._table(GUIDES).column(key)
        unit = next((texts[each].text for each, of in labels.UNITS.items() if of == key and each in texts), "")
        text = limit(written.text, unit) if column.takes is Takes.LIMIT else written.text
        text = fee(text) if key == _STANDARD else text
        text = "\n".join(pieces(text)) if column.takes is Takes.LINES else text
        tidied = self._tidied(column, Written(text, written.place)) if text else None
        if tidied is None or (column.choices and column.takes is Takes.TEXT and tidied.text not in column.choices):
            if tidied is not None:
                self._report(tidied, f"“{column.label}”写的“{tidied.text[:20]}”不在可选的词里，没有采用。",
                          f"请在表里选：{'、'.join(column.choices)}。")  # fmt: skip
            return
        self._settle(key, tidied)

    def _settle(self, key: str, tidied: Written) -> None:
        """Compare the normalised text with the column's text now: agree, fill in, replace or report."""
        column = self._table(GUIDES).column(key)
        label = f"{column.group}{column.label}" if key in (_STANDARD, "fee_basis") else column.label
        now = CELLS[key].text(self.guide) or "" if self.guide else ""
        offices = self._office_texts(key) if not now else ()
        if any(self._same(column, tidied.text, each) for each in (now, *offices) if each):
            self.agreed.append(label)
        elif not (now or offices):
            self._texts[key] = tidied
        elif column.takes is Takes.LIMIT and self._compare(tidied.text, now) is Verdict.LOOSER:
            self._differ(f"{label}（比现在的长，不会换）", now, tidied)
        else:
            self._differ(label, now or "、".join(offices), tidied)
            if self._replace:
                self._texts[key] = tidied

    def _place(self, written: Written) -> None:
        known = [office.address for office in self._offices() if office.address]
        if any(_plain(address) in _plain(written.text) or _plain(written.text) in _plain(address) for address in known):
            self.agreed.append("办理地点")
        else:
            self._differ("办理地点", "；".join(known), written)

    def _online(self, written: Written) -> None:
        ways = [way.target for way in (self.guide.ways or () if self.guide else ()) if way.kind == "网上"]
        address = written.text.strip()
        if not is_web_address(address):
            self._report(
                written, f"“{address[:30]}”不是网址，没有采用。", "请写完整的网址，如 https://www.12333.gov.cn/。"
            )
        elif address in ways:
            self.agreed.append("网上办理")
        elif ways:
            self._differ("网上办理", "；".join(ways), written)
        else:
            texts = {ITEM: self._row.texts[ITEM], "kind": "网上", "target": address}
            self._rows.append(self._new(WAYS_TABLE, texts, written))

    def _basis(self, written: Written) -> None:
        names = re.findall("《[^《》]+》", written.text)
        known = _plain("".join(basis.text for basis in self.item.basis))
        strange = [name for name in names if _plain(name) not in known]
        if names and not strange:
            self.agreed.append("设定依据")
        elif strange:
            now = "；".join(basis.text for basis in self.item.basis)
            self._differ("设定依据", now, Written("；".join(strange), written.place))

    def _materials(self, rows: Sequence[PlatformTexts]) -> None:
        table = self._table(MATERIALS)
        now = [row for row in table.rows if guide_of(row) == self.item.id]
        if not now and self.guide is not None and self.guide.materials is not None:
            self._differ(
                LISTS[MATERIALS], "无需材料", Written("；".join(each["name"].text for each in rows), _at(rows))
            )
            return
        names: set[str] = set()
        for row in rows:
            name = row["name"].text
            there = next((each for each in now if _called(name) in _alternatives(each.texts["name"])), None)
            if there is not None and there.id not in names:
                names.add(there.id)
                self._material(table, there, row)
            elif _called(name) not in names:
                names.add(_called(name))
                self._another(table, row, [each.texts["name"] for each in now])
        for each in now:
            if each.id not in names:
                self._differ(f"{LISTS[MATERIALS]}：平台上没有的", each.texts["name"], Written("", _at(rows)))

    def _another(self, table: Table, row: PlatformTexts, now: Sequence[str]) -> None:
        """A material of the platform that the county does not list."""
        if now:
            nearest = max(now, key=lambda each: likeness(each, row["name"].text))
            similar = f"（最像“{nearest}”）" if likeness(nearest, row["name"].text) >= MIN_LISTED else ""
            self._differ(f"{LISTS[MATERIALS]}：现在没有要的{similar}", "", row["name"])
        if (not now or self._replace) and (texts := self._inner(table, row)):
            self._rows.append(self._new(MATERIALS, texts, row["name"]))

    def _material(self, table: Table, now: TableRow, row: PlatformTexts) -> None:
        """A material on both sides: compare its other columns."""
        change: dict[str, Written] = {}
        for key, written in row.items():
            column = table.column(key)
            tidied = self._tidied(column, written) if key != "name" else None
            if tidied is None or _plain(tidied.text) == _plain(now.texts[key]):
                continue
            if now.texts[key]:
                self._differ(f"{now.texts['name']}的{column.label}", now.texts[key], tidied)
            if not now.texts[key] or self._replace:
                change[key] = tidied
        if change:
            texts = {key: written.text for key, written in change.items()}
            places = {key: written.place for key, written in change.items()}
            self._rows.append(RowChange(table, now, texts, row["name"].place, places))
        else:
            self.agreed.append(f"{LISTS[MATERIALS]}“{now.texts['name']}”")

    def _steps(self, listed: Sequence[PlatformTexts]) -> None:
        table = self._table(STEPS)
        now = [row for row in table.rows if guide_of(row) == self.item.id]
        if [_plain(row.texts["name"]) for row in now] == [_plain(row["name"].text) for row in listed]:
            self.agreed.append(LISTS[STEPS])
            return
        if now:
            shown = Written("→".join(row["name"].text for row in listed), _at(listed))
            self._differ(LISTS[STEPS], "→".join(row.texts["name"] for row in now), shown)
        rows = [self._inner(table, row) for row in listed]
        if all(rows) and (not now or self._replace):
            self._rows += [RowChange(table, row, {}, _at(listed), removed=True) for row in now]
            self._rows += [
                self._new(STEPS, texts, row["name"]) for texts, row in zip(rows, listed, strict=True) if texts
            ]

    def _questions(self, rows: Sequence[PlatformTexts]) -> None:
        sections = self.guide.sections if self.guide else ()
        now = next((section.markdown for section in sections if section.title == ASKED), "")
        there = _plain(now)
        new = [row for row in rows if _plain(row["name"].text) not in there]
        if not new:
            self.agreed += [ASKED] if rows else []
            return
        if _QUESTION_KEY in self._row.locked:
            self._report(new[0]["name"], f"{self._row.name}的“{ASKED}”不能在这里改，没有增加。", "请在指南的文件里写。")
            return
        added = "\n\n".join(f"### {row['name'].text}\n\n{row['text'].text}" for row in new if "text" in row)
        if added:
            written = Written(f"{now}\n\n{added}".strip(), new[0]["name"].place)
            if (tidied := self._tidied(self._table(GUIDES).column(_QUESTION_KEY), written)) is not None:
                self._texts[_QUESTION_KEY] = tidied

    def _inner(self, table: Table, row: PlatformTexts) -> Mapping[str, str] | None:
        """The texts of a new row in a table of list elements, without bad ones; ``None`` if its name is bad."""
        tidied = {key: self._tidied(table.column(key), written) for key, written in row.items()}
        if tidied["name"] is None:
            return None
        return {ITEM: self._row.texts[ITEM], **{key: written.text for key, written in tidied.items() if written}}

    def _new(self, key: str, texts: Mapping[str, str], written: Written) -> RowChange:
        table = self._table(key)
        whole = {column.key: texts.get(column.key, "") for column in table.columns}
        return RowChange(table, TableRow("", "", {}), whole, written.place)

    def _tidied(self, column: TableColumn, written: Written) -> Written | None:
        try:
            return Written(tidy(column, written.text), written.place)
        except BadText as error:
            self._report(written, f"{self.item.name}：{error}没有采用。", error.hint)
            return None

    def _same(self, column: TableColumn, text: str, now: str) -> bool:
        if column.takes is Takes.PHONE:
            found = [re.sub(r"\D", "", each) for each in _PHONE.findall(text)]
            if found:
                return all(each in re.sub(r"\D", "", now) for each in found)
        if column.takes is Takes.LIMIT:
            return self._compare(text, now) is self._compare(now, text) is Verdict.KEPT
        free = column.key == _STANDARD and text == FREE
        return now.startswith(FREE) if free else _plain(text) == _plain(now)

    def _compare(self, text: str, now: str) -> Verdict:
        return compare(time_limit(text), time_limit(now), self._workdays)

    def _offices(self) -> Iterator[Organisation]:
        for name in (self.guide.offices or ()) if self.guide else ():
            if office := self.form.catalogs.catalog.organisation(name):
                yield office

    def _office_texts(self, key: str) -> tuple[str, ...]:
        if key not in FROM_OFFICE:
            return ()
        return tuple(text for office in self._offices() if (text := getattr(office, FROM_OFFICE[key])))

    def _all_public(self, row: PlatformTexts) -> bool:
        return [self._public(written) for written in row.values()].count(False) == 0

    def _public(self, written: Written) -> bool:
        """Whether the text is free of personal numbers; if not, report it with the number masked."""
        found = numbers(written.text)
        if found:
            message = f"{self.item.name}的这一格里有个人的号码（{found[0].masked}），整格没有采用。"
            self._report(written, message, "请写单位的电话；个人信息不能公开。")
        return not found

    def _table(self, key: str) -> Table:
        table = self.form.table(key)
        assert table is not None, "every form has the tables of guides"
        return table

    def _differ(self, label: str, now: str, written: Written) -> None:
        self.different.append(PlatformDifference(label, now, written.text))

    def _report(self, written: Written, message: str, hint: str) -> None:
        self.troubles.append(wrong_value(written.place, message, hint))


def _at(rows: Sequence[PlatformTexts]) -> Place:
    return rows[0]["name"].place


def _called(name: str) -> str:
    """A material's name without original/copy and without brackets."""
    return normal(_COPY_WORDS.sub("", exact(name))) or exact(name)


def _alternatives(name: str) -> set[str]:
    """The materials of a name such as 身份证或者社会保障卡: each of the two, and the whole name."""
    return {_called(each) for each in (name, *re.split("或者?|/", name)) if each.strip()}


def _plain(text: str) -> str:
    """The text without punctuation and white space, for comparison."""
    return re.sub(r"[\W_]+", "", nfkc(text)).casefold()


_MAX_SHOWN_CHARS = 200
"""How many characters of a text the report shows."""


def comparison_text(found: PlatformComparison, replace: bool) -> str:
    """The report: item by item, then the items in doubt."""
    lines = [line for item in found.items for line in _item(item, replace)]
    for pair in found.doubts:
        lines += [f"存疑  {pair.given.name.place}  {pair.given.name.text}：{pair.why_not}，一处也没有写。"]
    if found.doubts:
        lines += ["      是其中一项的，把文件里的“事项名称”改成那个名称，再运行一遍；本县没有这一项的，不用管。", ""]
    count = f"平台上 {len(found.items) + len(found.doubts)} 项，认出 {len(found.items)} 项"
    lines.append(
        f"{count}，存疑 {len(found.doubts)} 项；不一样的 {sum(len(each.different) for each in found.items)} 处。"
    )
    return shown_lines("\n".join(lines)) + "\n"


def _item(found: ItemComparison, replace: bool) -> Iterator[str]:
    pair = found.pair
    assert pair.item is not None
    yield f"{pair.item.id} {pair.item.name}（平台上叫“{pair.given.name.text}”，{pair.how}）"
    if found.agreed:
        yield f"  一致：{'、'.join(found.agreed)}"
    for each in found.different:
        yield from _difference(each)
    if found.different and not replace:
        yield "    不一样的没有写。确实要照平台换的，加上 --replace；材料少了、地址和依据不同的，请自己改。"
    if pair.given.unplaced:
        yield f"  指南里没有地方写的：{'、'.join(pair.given.unplaced)}"
    yield ""


def _difference(each: PlatformDifference) -> Iterator[str]:
    yield f"  不同：{each.label}"
    yield f"    现在：{_short(each.now)}"
    yield f"    平台：{_short(each.theirs)}"


def _short(text: str) -> str:
    flat = "；".join(line for line in text.split("\n") if line)
    return shortened(flat, _MAX_SHOWN_CHARS) or "没有"
