"""A form → the bytes of its workbook: a sheet for each table, the instructions, two hidden sheets for the import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from gkdir.excel_form.form import FINDINGS, GUIDANCE, LISTS, RECORD, ExcelForm
from gkdir.excel_form.formfinding import FormFinding
from gkdir.excel_form.record import MARK, record, rows_of, stamp
from gkdir.excel_form.table import FIRST_ROW, Table, TableColumn, TableRow, Takes
from gkdir.export.cells import TICK
from gkdir.export.spreadsheet import BARE, DrawnCell, DrawnRow, DrawnSheet, Offer, Paper, letter, spreadsheet
from gkdir.export.styles import Look
from gkdir.export.workbook import lines_in
from gkdir.finding import WORDS
from gkdir.model.columns import NOTICE_DATE


class Colour(Enum):
    """The kinds of cells, by their style names."""

    OPEN = "可以改"
    OWN = "本县不同"
    LOCKED = "不能改"
    SPARE = "新增"
    MARKED = "要核对"


COLOURS: Mapping[Colour, str] = {
    Colour.OPEN: "FFFFFF",
    Colour.OWN: "E2EFDA",
    Colour.LOCKED: "EDEDED",
    Colour.SPARE: "FFF8DC",
    Colour.MARKED: "FBD5D5",
}


class GuidanceLine(Struct, frozen=True):
    """A line of the instructions: a coloured sample cell or a number, and the text."""

    text: str
    mark: str = ""
    colour: Colour | None = None
    title: bool = False


def guidance(form: ExcelForm) -> Iterator[GuidanceLine]:
    """The lines of the instructions, in order."""
    yield GuidanceLine(f"{form.name}政务公开目录填写表", title=True)
    yield GuidanceLine("这份表里是本县现在的目录和办事指南。改好以后存盘，发回给管项目文件的人，由他导入。")
    yield GuidanceLine("")
    yield GuidanceLine("颜色是什么意思", title=True)
    yield GuidanceLine("可以改。空着的也可以填。", Colour.OPEN.value, Colour.OPEN)
    yield GuidanceLine("可以改。绿色的是本县已经和国家目录写得不同的地方。", Colour.OWN.value, Colour.OWN)
    yield GuidanceLine(
        "不能改。这些是国家目录的编号和名称，或者认得这一行要用的内容。", Colour.LOCKED.value, Colour.LOCKED
    )
    yield GuidanceLine("空行。要增加的写在这里，一行一条。", Colour.SPARE.value, Colour.SPARE)
    if form.found is not None:
        text = "核对出了问题，是什么、怎么改，写在这一行最后的“核对”一栏；“核对”那张表里逐条列出，点一下就到那一格。"
        yield GuidanceLine(text, Colour.MARKED.value, Colour.MARKED)
    yield GuidanceLine("")
    yield GuidanceLine("怎么填", title=True)
    for number, text in enumerate(_steps(form), 1):
        yield GuidanceLine(text, str(number))
    yield GuidanceLine("")
    yield GuidanceLine("请不要做的事", title=True)
    for text in _donts():
        yield GuidanceLine(text, "·")


def _steps(form: ExcelForm) -> Iterator[str]:
    names = "、".join(f"“{table.title}”" for table in form.shown)
    yield f"下面有这几张表：{names}。点最下面的表名换一张表。"
    yield "点一格，会出来一句提示，说明这一格写什么。右边有小箭头的，点小箭头从列表里选。"
    yield "一格里写几样的，一样写一行。在格子里换行：按住 Alt 再按回车（WPS 和 Excel 都一样）。前面不用编号。"
    yield "公开渠道、公开对象、公开方式、公开层级：打“√”就是有，空着就是没有。"
    yield "目录只能写得更好：时限只能更短，渠道只能更多，对象只能更宽。写松了，核对时会指出来，不会发布。"
    yield "想和国家目录一样的，把那一格改回国家目录的写法就行，不要清空。"
    yield "没有开展的业务，在“不列入的原因”一栏写明原因；后来开展了，清空这一栏。"
    yield "本县自己增加的事项，空着的格子和它上面的事项一样，或者和本领域的默认写法一样。"
    yield "材料、环节、办理方式、本县增加的事项不要了的，在“删去”一栏选“删去”。清空一行不算删去。"
    yield "“办理机构”“公开主体”等处写机构的简称，简称在“机构”表第一栏。"


def _donts() -> Iterator[str]:
    yield "不要删去整行、整列，不要给工作表改名，也不要把别的表粘贴进来。删了的行不会从目录里消失，只会报出来。"
    yield "不要挪动整行。要排序，用栏目名称右边的小箭头；选中几列自己排的，那张表就不能导入了。"
    yield "不要写“同上”，不要用删除线、批注表示删改，不要合并格子：请把内容写全，不要了的在“删去”栏选“删去”。"
    yield "时限要写单位，如“5个工作日”；电话要带区号，开头的 0 不能少。"
    yield "不要写公式。写了公式的格子不会采用，请写文字。"
    yield "不要写个人的姓名、手机号、身份证号。"
    yield "不要另存为别的格式，就存成 .xlsx。"


HEADING_ROW = FIRST_ROW - 1
_LINE_HEIGHT, _ROW_MARGIN, _MAX_ROW_HEIGHT = 14.0, 6.0, 300.0
_BORDER = "B7B7B7"
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


_STYLE_NUMBERS: Mapping[Takes, int] = {
    **dict.fromkeys((Takes.TEXT, Takes.LIMIT, Takes.PHONE, Takes.HOURS, Takes.ITEMS), 1),
    Takes.DAY: 2,
    Takes.TICK: 3,
}
"""Column type → number of its style within a colour: general; text (phones and times stay text); day; tick."""


def _colours() -> Iterator[Look]:
    for colour, fill in COLOURS.items():
        locked = colour is Colour.LOCKED
        look = Look(
            colour="595959" if locked else "", fill=fill, frame=_BORDER, locked=locked, name=colour.value, format=""
        )
        yield look
        yield replace(look, format="@")
        yield replace(look, format="yyyy-mm-dd")
        yield replace(look, across="center", name=f"{colour.value}勾")


_LOOKS = (
    Look(16, bold=True, wraps=False, name="表标题"),
    Look(11, name="表说明"),
    Look(10.5, bold=True, fill="D9D9D9", frame=_BORDER, across="center", name="栏目"),
    *_colours(),
)


def _look_number(colour: Colour, takes: Takes) -> int:
    return _FIRST_COLOUR + list(COLOURS).index(colour) * 4 + _STYLE_NUMBERS.get(takes, 0)


_LOOK_NUMBERS: Mapping[tuple[Colour, Takes], int] = {
    (colour, takes): _look_number(colour, takes) for colour in Colour for takes in Takes
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
    """The texts of the row above the headings, each over the first column of its group, and the areas to merge."""
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
    return DrawnRow([(row.id, _LOOK_NUMBERS[Colour.LOCKED, Takes.LINES]), *_cells(table, row)], height)


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
        yield (date.fromisoformat(text) if day else text), _LOOK_NUMBERS[colour, column.takes]


def _height(texts: Iterator[tuple[str, int]]) -> float:
    lines = max((lines_in(text, width) for text, width in texts if text), default=1)
    return min(_MAX_ROW_HEIGHT, lines * _LINE_HEIGHT + _ROW_MARGIN)


def _offers(table: Table, lists: Dropdowns, end: int) -> Iterator[Offer]:
    for number, column in enumerate(table.columns, 2):
        at = letter(number)
        yield from lists.offer(column, f"{at}{FIRST_ROW}:{at}{end}")
        for place, row in enumerate(table.rows, FIRST_ROW):
            if column.key in row.choices:
                yield from lists.offer(replace(column, choices=row.choices[column.key]), f"{at}{place}")


def _findings(found: Sequence[FormFinding]) -> DrawnSheet:
    """The sheet 核对: one finding a row, with a link to its cell."""
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
        look = _LOOK_NUMBERS[line.colour, Takes.LINES] if line.colour else _ABOUT
        height = 30 if line.title else lines_in(line.text, 96) * 18 + _ROW_MARGIN
        rows.append(DrawnRow([(line.mark, look), (line.text, _TITLE if line.title else _ABOUT)], height))
    return DrawnSheet(GUIDANCE, rows, (12, 96), paper=Paper(landscape=False), guarded=True)


def _record(form: ExcelForm) -> DrawnSheet:
    rows = [DrawnRow([(text, BARE) for text in line]) for line in record(form)]
    return DrawnSheet(RECORD, rows, guarded=True, state="veryHidden")


class Dropdowns:
    """The hidden sheet with a column for each list of choices; equal lists share one."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def sheet(self) -> DrawnSheet:
        """The sheet, to be taken after the last ``offer``."""
        longest = max(map(len, self._columns), default=0)
        rows = [
            DrawnRow([(choices[number] if number < len(choices) else "", BARE) for choices in self._columns])
            for number in range(longest)
        ]
        return DrawnSheet(LISTS, rows, state="hidden")

    def offer(self, column: TableColumn, area: str) -> Iterator[Offer]:
        """The dropdown and the prompt, if any, of ``column`` for the cells in ``area``."""
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
