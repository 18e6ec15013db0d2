"""A form → the bytes of its workbook: a sheet for each table, the instructions, two hidden sheets for import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from gkdir.excel_form.form import FINDINGS, GUIDANCE, LISTS, RECORD, ExcelForm
from gkdir.excel_form.formfinding import FormFinding
from gkdir.excel_form.guidance import COLOURS, Colour, guidance
from gkdir.excel_form.record import MARK, record, rows_of, stamp
from gkdir.excel_form.table import FIRST_ROW, Table, TableColumn, TableRow, Takes
from gkdir.export.cells import TICK
from gkdir.export.spreadsheet import BARE, DrawnCell, DrawnRow, DrawnSheet, Offer, Paper, letter, spreadsheet
from gkdir.export.styles import Look
from gkdir.export.workbook import lines_in
from gkdir.finding import WORDS
from gkdir.model.columns import NOTICE_DATE

HEADING_ROW = FIRST_ROW - 1
_LINE, _MARGIN, _TALLEST = 14.0, 6.0, 300.0
_FRAME = "B7B7B7"
_PAPER = Paper(
    8, margins=(0.4, 0.5), footer="&A　第 &P 页，共 &N 页", rows=f"{HEADING_ROW - 1}:{HEADING_ROW}", columns="B:B"
)
_TITLE, _ABOUT, _HEADING, _FIRST_COLOUR = range(4)


def workbook(form: ExcelForm) -> bytes:
    """The workbook, the same bytes for the same county."""
    lists = Dropdowns()
    tables = [_sheet(table, lists, stamp(form.code, rows_of(table))) for table in form.shown]
    sheets = [_guidance(form), *([] if form.found is None else [_findings(form.found)]), *tables]
    hidden = [lists.sheet(), _record(form)]
    days = [text for table in form.tables for row in table.rows for text in _days(table, row)]
    return spreadsheet([*sheets, *hidden], _LOOKS, max(map(date.fromisoformat, days), default=NOTICE_DATE))


def _days(table: Table, row: TableRow) -> Iterator[str]:
    for column in table.columns:
        text = row.texts[column.key]
        if column.takes is Takes.DAY and _is_day(text):
            yield text


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


_KINDS: Mapping[Takes, int] = {
    **dict.fromkeys((Takes.TEXT, Takes.LIMIT, Takes.PHONE, Takes.HOURS, Takes.ITEMS), 1),
    Takes.DAY: 2,
    Takes.TICK: 3,
}
"""The looks of a colour: as it is; as text, so that no phone becomes a number and no time a fraction; day; tick."""


def _colours() -> Iterator[Look]:
    for colour, fill in COLOURS.items():
        locked = colour is Colour.LOCKED
        look = Look(
            colour="595959" if locked else "", fill=fill, frame=_FRAME, locked=locked, name=colour.value, format=""
        )
        yield look
        yield replace(look, format="@")
        yield replace(look, format="yyyy-mm-dd")
        yield replace(look, across="center", name=f"{colour.value}勾")


_LOOKS = (
    Look(16, bold=True, wraps=False, name="表标题"),
    Look(11, name="表说明"),
    Look(10.5, bold=True, fill="D9D9D9", frame=_FRAME, across="center", name="栏目"),
    *_colours(),
)


def _look(colour: Colour, takes: Takes) -> int:
    return _FIRST_COLOUR + list(COLOURS).index(colour) * 4 + _KINDS.get(takes, 0)


_NUMBERED: Mapping[tuple[Colour, Takes], int] = {
    (colour, takes): _look(colour, takes) for colour in Colour for takes in Takes
}


def _sheet(table: Table, lists: Dropdowns, stamp: str) -> DrawnSheet:
    last = len(table.columns) + 1
    end = FIRST_ROW + len(table.rows) + table.spare - 1
    groups, merged = _groups(table)
    ticks = any(column.takes is Takes.TICK for column in table.columns)
    spare = DrawnRow([("", _ABOUT), *_cells(table, TableRow("", "", {column.key: "" for column in table.columns}))])
    rows = (
        DrawnRow([("", BARE), (table.title, _TITLE)], 30),
        DrawnRow([("", BARE), (table.about, _ABOUT)], 20),
        DrawnRow([(MARK + stamp, _HEADING), *((group, _HEADING) for group in groups)]),
        DrawnRow(
            [(MARK + table.key, _HEADING), *((column.label, _HEADING) for column in table.columns)],
            120 if ticks else 28,
        ),
        *(_row(table, row) for row in table.rows),
        *[spare] * table.spare,
    )
    return DrawnSheet(
        table.title,
        rows,
        (8, *(column.width for column in table.columns)),
        merged=[*merged, *(f"B{number}:{letter(min(last, 10))}{number}" for number in (1, 2))],
        frozen=(table.frozen + 1, HEADING_ROW),
        filtered=f"A{HEADING_ROW}:{letter(last)}{end}",
        offers=tuple(_offers(table, lists, end)),
        paper=replace(_PAPER, columns=f"B:{letter(table.frozen + 1)}"),
        first_hidden=True,
        guarded=True,
    )


def _groups(table: Table) -> tuple[Sequence[str], Sequence[str]]:
    """The headings above the headings, each over the first of its columns, and the areas that they take."""
    shown: list[str] = []
    merged = []
    start = 0
    for number, column in enumerate(table.columns):
        if not column.group or not number or column.group != table.columns[number - 1].group:
            start = number
        shown.append(column.group if start == number else "")
        ends = number + 1 == len(table.columns) or table.columns[number + 1].group != column.group
        if column.group and ends and number > start:
            merged.append(f"{letter(start + 2)}{HEADING_ROW - 1}:{letter(number + 2)}{HEADING_ROW - 1}")
    return shown, merged


def _row(table: Table, row: TableRow) -> DrawnRow:
    shown = (column for column in table.columns if column.takes is not Takes.TICK)
    height = _height((row.texts[column.key], column.width) for column in shown)
    return DrawnRow([(row.id, _NUMBERED[Colour.LOCKED, Takes.LINES]), *_cells(table, row)], height)


def _cells(table: Table, row: TableRow) -> Iterator[DrawnCell]:
    for column in table.columns:
        key = column.key
        if key in row.locked:
            colour = Colour.LOCKED
        elif key in row.marked:
            colour = Colour.MARKED
        elif key in row.own:
            colour = Colour.OWN
        else:
            colour = Colour.OPEN if row.id else Colour.SPARE
        text = row.texts[key]
        day = column.takes is Takes.DAY and _is_day(text)
        yield (date.fromisoformat(text) if day else text), _NUMBERED[colour, column.takes]


def _height(texts: Iterator[tuple[str, int]]) -> float:
    lines = max((lines_in(text, width) for text, width in texts if text), default=1)
    return min(_TALLEST, lines * _LINE + _MARGIN)


def _offers(table: Table, lists: Dropdowns, end: int) -> Iterator[Offer]:
    for number, column in enumerate(table.columns, 2):
        at = letter(number)
        yield from lists.offer(column, f"{at}{FIRST_ROW}:{at}{end}")
        for place, row in enumerate(table.rows, FIRST_ROW):
            if column.key in row.choices:
                yield from lists.offer(replace(column, choices=row.choices[column.key]), f"{at}{place}")


def _findings(found: Sequence[FormFinding]) -> DrawnSheet:
    """What was found, one a row, with a link to its cell."""
    columns = {"轻重": 8, "在哪里": 44, "问题": 60, "怎么改": 60, "依据": 40}
    rows = [
        DrawnRow([(f"核对出 {len(found)} 处" if found else "核对过，没有发现问题", _TITLE)], 30),
        DrawnRow([(label, _HEADING) for label in columns]),
    ]
    links = {}
    for number, each in enumerate(found, 3):
        one, at = each.finding, each.place
        where = str(at) if at else f"{one.place}（不在这份表里）"
        texts = (WORDS[one.severity], where, one.message, each.remedy, f"{one.cite}（{one.rule}）")
        rows.append(DrawnRow([(text, _ABOUT) for text in texts], _height(zip(texts, columns.values(), strict=True))))
        if at:
            links[f"B{number}"] = f"'{at.sheet}'!{at.cell or 'B1'}"
    return DrawnSheet(FINDINGS, rows, tuple(columns.values()), frozen=(0, 2), links=links, guarded=True)


def _guidance(form: ExcelForm) -> DrawnSheet:
    rows = []
    for line in guidance(form):
        look = _NUMBERED[line.colour, Takes.LINES] if line.colour else _ABOUT
        height = 30 if line.title else lines_in(line.text, 96) * 18 + _MARGIN
        rows.append(DrawnRow([(line.mark, look), (line.text, _TITLE if line.title else _ABOUT)], height))
    return DrawnSheet(GUIDANCE, rows, (12, 96), paper=Paper(landscape=False), guarded=True)


def _record(form: ExcelForm) -> DrawnSheet:
    rows = [DrawnRow([(text, BARE) for text in line]) for line in record(form)]
    return DrawnSheet(RECORD, rows, guarded=True, state="veryHidden")


class Dropdowns:
    """The hidden sheet of choices, with a column for each list; equal lists share one."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def sheet(self) -> DrawnSheet:
        """The sheet, when all is offered."""
        longest = max(map(len, self._columns), default=0)
        rows = [
            DrawnRow([(choices[number] if number < len(choices) else "", BARE) for choices in self._columns])
            for number in range(longest)
        ]
        return DrawnSheet(LISTS, rows, state="hidden")

    def offer(self, column: TableColumn, area: str) -> Iterator[Offer]:
        """What ``column`` offers and says at its cells, which are ``area``, if anything."""
        prompt = (column.label, column.prompt)
        if column.takes is Takes.TICK:
            yield Offer(area, f'"{TICK}"', refusal=("不在可选的词里", "这一格只打“√”或者空着。"), prompt=prompt)
        elif column.takes is Takes.DAY:
            refusal = ("不是日期", "请写成 2026-03-01 这样的日期。")
            yield Offer(area, days=True, refusal=refusal, prompt=prompt)
        elif column.choices:
            refusal = ("不在可选的词里", "请从下拉列表里选。") if column.only else ("", "")
            yield Offer(area, self._area(column.choices), refusal=refusal, prompt=prompt)
        elif column.prompt:
            yield Offer(area, prompt=prompt)

    def _area(self, choices: tuple[str, ...]) -> str:
        at = letter(self._columns.setdefault(choices, len(self._columns) + 1))
        return f"'{LISTS}'!${at}$1:${at}${len(choices)}"
