"""A file → its directories: each body row of a table becomes an item, part of one, or a trouble."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Place, Trouble, TroubleKind, Unreadable
from gkdir.model.columns import COLUMNS
from gkdir.model.item import Directory, Written
from gkdir.read.characters import ordinary_sheet
from gkdir.read.directoryparts import by_domain, continuing, from_above, turned, with_original_places, without_errors
from gkdir.read.domains import LABELS, domain_of, domain_of_items
from gkdir.read.grid import letters
from gkdir.read.headings import Heading, Headings
from gkdir.read.items import ItemReader
from gkdir.read.labels import known
from gkdir.read.names import Naming, counts_rows
from gkdir.read.rivals import settled
from gkdir.read.rows import group
from gkdir.read.sheet import Cell, Row, Sheet, read_sheets
from gkdir.read.tables import FoundTable, side_by_side, tables
from gkdir.read.text import line, shortened
from gkdir.read.ticks import tick, ticks

_COUNTY_COLUMNS = re.compile("电话|热线|备注|说明|邮箱|地址|网址|链接|监督|投诉|举报|日期|编码")
"""Headings of columns that counties add."""
_SERVICE_LIMIT = re.compile("(?:法定|承诺|办理|办结|审批)+(?:办理|办结)?(?:时限|期限)")
"""Headings for how long a service takes, which is not a limit of publication."""
_OFFICE = re.compile("^(?:科室|股室|处室|部门|单位|机构|姓名|联系人|乡镇|街道|村|社区)")
"""The beginning of the first heading of a list of phones."""
_QUOTED = 8
"""The most cells of a column without heading that are quoted."""
_SHORT = 60
"""The most characters of a cell in a message."""
_MOST_LINE_CELLS = 2
"""The most cells of a row in a sheet without a table, such as a cover or a list of notes."""
_HEADINGS = (
    "表头中至少要有“公开事项”（或“一级事项”“二级事项”“事项名称”）和“公开内容”“公开依据”“公开时限”“公开主体”等栏目名称。"
)
_NOT_A_ROW = "请核对这一行：补上事项名称；如果它是上一个事项的内容，请写进上一行的单元格；多余的请删除。"


def read_directories(
    path: Path, *, name: str, domain: str | None = None, labels: Mapping[str, str] = LABELS
) -> tuple[Directory, ...]:
    """The tables of the file in the order of its sheets.

    :param name: the file's name in places
    :param domain: the domain of all its tables, if the caller knows it
    :param labels: the domains that titles can name: stem of the national workbook → label (``就业``)
    :raises Unreadable: the file cannot be read, or no table in it has the headings of a directory
    """
    sheets = read_sheets(path, name)
    found: list[Directory] = []
    without: list[Sheet] = []
    above: Sheet | None = None  # the last sheet with a heading
    for sheet in sheets:
        here = directories(sheet, name, domain, labels)
        if here:
            above = sheet
        elif above is not None and (more := continuing(sheet, above)) is not None:
            here = tuple(from_above(one, found[-1], sheet) for one in directories(more, name, domain, labels))
        found += here
        if not here and (sheet.rows or any(trouble.kind is not TroubleKind.HIDDEN for trouble in sheet.troubles)):
            without.append(sheet)
    if not found:
        raise Unreadable(Place(name), "没有找到公开目录的表格。", _HEADINGS + _nearest(sheets))
    return _with_sheets(found[0], without, name), *found[1:]


def directories(
    sheet: Sheet, file: str, domain: str | None = None, labels: Mapping[str, str] = LABELS
) -> tuple[Directory, ...]:
    """The tables of one sheet. Troubles of the sheet itself are added to its first table."""
    sheet = without_errors(ordinary_sheet(sheet), file)
    domain_named = partial(domain_of, labels=labels)
    found = _found(sheet, file, domain, domain_named)
    if not found and (other := turned(sheet)) is not None:
        across, outside = other
        found = [with_original_places(one) for one in _found(across, file, domain, domain_named)]
        if found:
            around = tuple(_written(cell, file, sheet.name) for cell in outside)
            found[0] = replace(found[0], notes=around + found[0].notes)
    if found and sheet.troubles:
        found[0] = replace(found[0], troubles=sheet.troubles + found[0].troubles)
    if domain is None:
        found = [part for one in found for part in by_domain(one, domain_named)]
    only = len(found) == 1
    return tuple(
        _with_domain(one, _domain_elsewhere(one, sheet, file, domain_named if only else None)) for one in found
    )


def _found(sheet: Sheet, file: str, domain: str | None, domain_named: Callable[[str], str | None]) -> list[Directory]:
    return [
        _directory(_with_settled_headings(table), part, file, domain or domain_named(table.title))
        for part in side_by_side(sheet)
        for table in tables(part, domain_named)
    ]


def _with_sheets(directory: Directory, sheets: Iterable[Sheet], file: str) -> Directory:
    """A file's first directory, with the content of the sheets that have none: lines as notes, tables as troubles."""
    notes, troubles = [*directory.notes], [*directory.troubles]
    for sheet in sheets:
        troubles += sheet.troubles
        if all(len(row.own) <= _MOST_LINE_CELLS for row in sheet.rows):
            notes += [_written(cell, file, sheet.name) for row in sheet.rows for cell in row.own]
            continue
        widest = max(sheet.rows, key=lambda row: len(row.own))
        place = Place(file, sheet=sheet.name, cell=widest.own[0].name)
        message = f"工作表“{sheet.name}”没有读：没有认出目录的表头。第 {widest.number} 行写着“{_words(widest)}”。"
        troubles.append(Trouble(TroubleKind.UNREAD_CELL, place, message, _HEADINGS))
    return replace(directory, notes=tuple(notes), troubles=tuple(troubles))


def _nearest(sheets: Iterable[Sheet]) -> str:
    """The texts of the row most similar to a heading, to show what was not recognised."""
    rows = [(len([cell for cell in row.own if known(cell.text)]), row) for sheet in sheets for row in sheet.rows]
    best, row = max(rows, key=lambda pair: pair[0], default=(0, None))
    return f"最像表头的是第 {row.number} 行：{_words(row)}。" if row is not None and best else ""


def _with_settled_headings(table: FoundTable) -> FoundTable:
    rows = [*table.rows]
    sections = [replace(section, headings=settled(section.headings, rows)) for section in table.sections]
    return replace(table, sections=sections)


_ONE_LEVEL = re.compile("(?:县|乡镇?|镇街?|街道|村)级(?!以上|及)")
"""The level of all items in the name of a sheet or a title."""


_DRAFT = re.compile(
    "征求意见稿?|送审稿|讨论稿|初稿|草稿|修改稿|草案|作废|废止|停用|失效|旧[版表]|样[表张本]|模板|示例|范例"
)


def _domain_elsewhere(
    directory: Directory, sheet: Sheet, file: str, domain_named: Callable[[str], str | None] | None
) -> str | None:
    """The domain of a directory whose title names none: from the names of sheet, file and items."""
    if directory.domain is not None or "领域" in directory.title:
        return directory.domain
    named = (domain_named(sheet.name) or domain_named(Path(file).stem)) if domain_named else None
    return named or domain_of_items([item.level1 + item.level2 for item in directory.items])


def _directory(table: FoundTable, sheet: Sheet, file: str, domain: str | None) -> Directory:
    grouped = group(table.sections)
    reader = ItemReader(
        file, sheet.name, domain or "", ticks(_tick_cells(table)), Naming(counts=counts_rows(grouped.groups))
    )
    items = tuple(item for rows in grouped.groups for item in reader.read(rows))
    lost = tuple(_lost(row, reason, file, sheet.name) for row, reason in grouped.lost)
    footers = tuple(_footer(row, file, sheet.name) for row in grouped.footers)
    notes = tuple(_written(cell, file, sheet.name) for cell in (*table.notes, *grouped.notes))
    first = table.sections[0].headings
    unknown = tuple(
        _unknown(heading, why, Place(file, sheet=sheet.name, cell=f"{letters(heading.column)}{first.first}"))
        for heading, why in _not_known(table)
    )
    labels = tuple(dict.fromkeys(label for section in table.sections for label in section.headings.labels))
    place = Place(file, sheet=sheet.name, cell=f"A{first.first}")
    title = table.title or ("" if sheet.name.lower().startswith("sheet") else sheet.name)
    return Directory(
        domain,
        title,
        place,
        labels,
        items,
        (
            *unknown,
            *_of_one_level(table, sheet.name, place),
            *_draft_or_sample(table, sheet.name, place),
            *_right_of_table(table, file, sheet.name),
            *footers,
            *lost,
            *dict.fromkeys(reader.troubles),
        ),
        notes,
    )


def _not_known(table: FoundTable) -> Iterator[tuple[Heading, str]]:
    """Unknown headings that may mean a known column, each with the reason: a column is missing, or it has ticks."""
    missing = _missing(table)
    why = f"表里没有{'、'.join(f'“{name}”' for name in missing)}" if missing else ""
    for heading in table.sections[0].headings.columns:
        if heading.key != "extra" or heading.maybe or _COUNTY_COLUMNS.search(heading.label):
            continue
        if _SERVICE_LIMIT.fullmatch(heading.label):
            text = "它说的是办事的时限，请写进办事指南的“办理时限”"
            yield heading, f"{why}，{text}" if why else text
            continue
        if why:
            yield heading, why
        elif any(heading.column in row.cells and tick(row.cells[heading.column].text) for row in table.rows):
            yield heading, "里面却有勾选"


def _missing(table: FoundTable) -> list[str]:
    given = {heading.key for heading in table.sections[0].headings.columns}
    return [column.label for column in COLUMNS if column.required and column.key not in {"level1", *given}]


def _of_one_level(table: FoundTable, sheet: str, place: Place) -> Iterator[Trouble]:
    """The trouble of a table without a column of levels whose sheet or title names one level.

    Such files have a sheet for each level.
    """
    named = _ONE_LEVEL.search(sheet) or _ONE_LEVEL.search(table.title)
    if named and not any(heading.key == "levels" for heading in table.sections[0].headings.columns):
        message = f"“{named[0]}”说的是公开层级，表里没有这一栏，没有读进事项。"
        hint = "请加“公开层级”一栏，每个事项写明；几张工作表里同一个事项合成一行。"
        yield Trouble(TroubleKind.UNREAD_CELL, place, message, hint)


def _draft_or_sample(table: FoundTable, sheet: str, place: Place) -> Iterator[Trouble]:
    """The trouble of a sheet or title that says that it is a draft, an old table or a sample."""
    if said := _DRAFT.search(f"{sheet}；{table.title}"):
        message = f"工作表或者标题写着“{said[0]}”，照样读成了目录。"
        yield Trouble(TroubleKind.UNREAD_CELL, place, message, "请核对这是不是现行的目录；不是的，请换成现行的那一份。")


def _unknown(heading: Heading, why: str, place: Place) -> Trouble:
    message = f"表头“{heading.label}”不认识，这一栏照原样留着；{why}。"
    return Trouble(TroubleKind.UNREAD_CELL, place, message, "如果这一栏就是目录的一栏，请把表头改成标准的名称。")


def _right_of_table(table: FoundTable, file: str, sheet: str) -> Iterator[Trouble]:
    """Troubles of what is right of the table and was read with its items: another list, columns without heading."""
    first = table.sections[0].headings
    other = _other_list(first)
    if other:
        labels = "、".join(f"“{heading.label}”" for heading in other)
        place = Place(file, sheet=sheet, cell=f"{letters(other[0].column)}{first.first}")
        message = f"目录右边的{labels}像是另一张表，里面的字照原样留在同一行的事项里。"
        yield Trouble(TroubleKind.UNREAD_CELL, place, message, "不是目录的内容，请移到另一张工作表。")
    known = {column for section in table.sections for column in section.headings.at}
    stray: dict[int, dict[Cell, None]] = {}
    for row in table.rows:
        for cell in row.own:
            if cell.column not in known:
                stray.setdefault(cell.column, {})[cell] = None
    for column, cells in sorted(stray.items()):
        place = Place(file, sheet=sheet, cell=next(iter(cells)).name)
        quoted = "、".join(f"{cell.name}“{shortened(line(cell.text), _SHORT)}”" for cell in list(cells)[:_QUOTED])
        more = f"等 {len(cells)} 格" if len(cells) > _QUOTED else ""
        message = f"{letters(column)} 列没有表头，里面的字照原样留着：{quoted}{more}。"
        hint = "是目录的一栏，请补上表头；多余的请删除。"
        yield Trouble(TroubleKind.UNREAD_CELL, place, message, hint)


def _other_list(headings: Headings) -> tuple[Heading, ...]:
    """The headings of a list to the right of the directory: after a blank column, or offices with their phones."""
    columns = sorted(headings.columns, key=lambda one: one.column)
    last = max((at for at, one in enumerate(columns) if one.key != "extra"), default=0)
    trailing = columns[last + 1 :]
    for at, heading in enumerate(trailing):
        rest = trailing[at:]
        behind_gap = heading.column > columns[last + at].column + 1
        if len(rest) > 1 and (behind_gap or (_OFFICE.search(heading.label) and _has_phones(rest))):
            return tuple(rest)
    return ()


def _has_phones(headings: Iterable[Heading]) -> bool:
    return any("电话" in heading.label or "手机" in heading.label for heading in headings)


def _tick_cells(table: FoundTable) -> Iterator[str]:
    """The texts of the cells in tick columns."""
    for section in table.sections:
        columns = {heading.column for heading in section.headings.columns if heading.option is not None}
        for row in section.rows:
            yield from (row.cells[column].text for column in columns & row.cells.keys())


def _with_domain(directory: Directory, domain: str | None) -> Directory:
    if domain is None:
        return directory
    return replace(directory, domain=domain, items=tuple(replace(item, domain=domain) for item in directory.items))


def _lost(row: Row, reason: str, file: str, sheet: str) -> Trouble:
    place = Place(file, sheet=sheet, cell=row.own[0].name)
    return Trouble(
        TroubleKind.NOT_A_ROW,
        place,
        f"第 {row.number} 行没有认作事项：{reason}（这一行写着“{_words(row)}”）。",
        _NOT_A_ROW,
    )


def _footer(row: Row, file: str, sheet: str) -> Trouble:
    """The trouble of a row that is certainly not an item."""
    place = Place(file, sheet=sheet, cell=row.own[0].name)
    message = f"第 {row.number} 行是表外的填报、审核、合计、附件一类文字，没有读进事项（这一行写着“{_words(row)}”）。"
    return Trouble(TroubleKind.UNREAD_CELL, place, message, "请看一眼；它如果是事项，请补上事项名称和各栏内容。")


def _words(row: Row) -> str:
    return "；".join(shortened(line(cell.text), _SHORT) for cell in row.own)


def _written(cell: Cell, file: str, sheet: str) -> Written:
    return Written(cell.text, Place(file, sheet=sheet, cell=cell.name))
