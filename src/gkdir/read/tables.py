"""The rows of a sheet → tables: titles, sections of body rows with their headings, notes around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from gkdir.read.headings import Headings, find
from gkdir.read.remarks import is_footer, remark
from gkdir.read.sheet import Cell, Row, Sheet
from gkdir.read.text import fold, line

_TITLE = re.compile(r"目录|领域|清单|续表|附件|附表|^\(续\)|一览表|公开表")
_ENDS_AS_TITLE = re.compile(r"(?:目录|清单|一览表|公开表|标准)(?:表)?(?:[(〔].{0,20}[)〕])?\Z")
"""The end of a title; a sentence about the directory ends otherwise: 序号为国家目录编号."""
_MAIN_TITLE = re.compile(r"目录|清单|一览表|公开表")
_CONTINUED = re.compile(r"[(〔]?续表?[一二三四五\d]*[)〕]?\Z|^续表")
_BANNER = re.compile(
    r"(?:[一二三四五六七八九十\d]+[、.]|[(〔][一二三四五六七八九十\d]+[)〕])?[\u4e00-\u9fff]{2,20}领域.{0,16}"
)
_MOST_LINES = 8
"""The most rows between the end of one table and the heading of the next."""
_SAME = 3
"""The fewest repeated headings that show two tables side by side."""


class TableSection(Struct, frozen=True):
    """Body rows under one heading. A heading repeated on a printed page begins another section of the same table."""

    headings: Headings
    rows: list[Row] = field(default_factory=list)


class FoundTable(Struct, frozen=True):
    """A table: its title (empty if it has none), its sections, and lines around it that are not rows.

    ``inherits``: it has no heading of its own, but that of the table before.
    """

    title: str
    sections: list[TableSection] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    inherits: bool = False

    @property
    def rows(self) -> Iterator[Row]:
        """The body rows of all sections."""
        return (row for section in self.sections for row in section.rows)


class _Title(Struct, frozen=True):
    """The lines above a heading: the title, its cells, and the other cells."""

    text: str
    cells: tuple[Cell, ...]
    rest: tuple[Cell, ...]


def sole(row: Row) -> Cell | None:
    """The only cell of a row, apart from a number before it; ``None`` if it has more."""
    cells = row.own
    if len(cells) == 2 and len(cells[0].text.strip()) <= 4 and cells[0].column < cells[1].column:
        mark = fold(cells[0].text).strip("、.()")
        chinese = re.fullmatch(r"[一二三四五六七八九十]{1,3}", mark)  # 一 | 就业信息服务
        if chinese or (mark.isdecimal() and len(mark) < 4 and _spread(row, cells[1]) > 1):
            cells = cells[1:]
    if len(cells) != 1 or any(cell.row != row.number for cell in row.cells.values()):
        return None
    return cells[0]


def _spread(row: Row, cell: Cell) -> int:
    return sum(shown is cell or shown == cell for shown in row.cells.values())


def side_by_side(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet, or its halves if two tables with the same headings are side by side."""
    headings = next((found for index in range(len(sheet.rows)) if (found := find(sheet.rows, index))), None)
    column = _second_begins(headings) if headings is not None else None
    if column is None:
        yield sheet
        return
    yield replace(sheet, rows=tuple(_part(sheet.rows, 0, column)))
    yield from side_by_side(replace(sheet, rows=tuple(_part(sheet.rows, column, None)), title="", troubles=()))


def _second_begins(headings: Headings) -> int | None:
    """The column where the same headings begin again; ``None`` if they do not."""
    labels: list[tuple[int, str]] = []
    for heading in sorted(headings.columns, key=lambda one: one.column):
        if not labels or labels[-1][1] != heading.label:
            labels.append((heading.column, heading.label))
    names = [label for _, label in labels]
    first = {name: at for at, name in reversed([*enumerate(names)])}
    again = next((at for at, name in enumerate(names) if first[name] < at), None)
    if again is None or len(set(names[:again]) & set(names[again:])) < _SAME:
        return None
    return labels[again][0]


def _part(rows: Sequence[Row], first: int, end: int | None) -> Iterator[Row]:
    """The rows with only the cells written in the columns from ``first`` on, before ``end``."""
    for row in rows:
        cells = {
            at: cell for at, cell in row.cells.items() if first <= cell.column and (end is None or cell.column < end)
        }
        struck = frozenset(at for at in row.struck if first <= at and (end is None or at < end))
        if cells or struck:
            yield replace(row, cells=cells, struck=struck)


def tables(sheet: Sheet, domain_of: Callable[[str], str | None]) -> list[FoundTable]:
    """The tables of the sheet. ``domain_of`` maps a title to its domain, to distinguish a new table from a new page."""
    found: list[FoundTable] = []
    loose: list[Row] = []
    index = 0
    while index < len(sheet.rows):
        headings = find(sheet.rows, index)
        if headings is None:
            _body(sheet.rows[index], found, loose, domain_of)
            index += 1
            continue
        if found:
            loose = _lines_at_end(found[-1].sections[-1])
        if found and found[-1].inherits and not any(row.own for row in found[-1].rows):
            # the banner was a title, because a heading follows it
            found[-1] = FoundTable(found[-1].title, notes=found[-1].notes)
        title = _title(loose, sheet.title if not found else "")
        if not found or _another(found[-1].title or sheet.name, title.text, domain_of):
            found.append(FoundTable(title.text))
        elif not _same_title(found[-1].title, title.text):
            found[-1].notes.extend(title.cells)
        found[-1].sections.append(TableSection(headings))
        found[-1].notes.extend(title.rest)
        loose = []
        while index < len(sheet.rows) and sheet.rows[index].number <= headings.last:
            index += 1
    return found


def _body(row: Row, found: list[FoundTable], loose: list[Row], domain_of: Callable[[str], str | None]) -> None:
    """Add a row to its table; a banner that names another domain begins another table with the same heading."""
    if not found:
        loose.append(row)
        return
    cell = sole(row)
    domain = domain_of(cell.text) if cell is not None and _BANNER.fullmatch(fold(cell.text)) else None
    if cell is None or domain is None or domain == domain_of(found[-1].title):
        found[-1].sections[-1].rows.append(row)
        return
    headings = found[-1].sections[-1].headings
    notes = []
    if not any(row.own for row in found[-1].rows):  # a banner above the first items: the title belongs to both tables
        last = found.pop()
        notes = [*last.notes, *([Cell(last.title, headings.first, 1)] if last.title else [])]
    found.append(FoundTable(line(cell.text), [TableSection(headings)], notes, inherits=True))


def _lines_at_end(section: TableSection) -> list[Row]:
    """Remove and return the lines at the end of a body that belong to the next heading: its title and notes."""
    rows = section.rows
    start = len(rows)
    for index in range(len(rows) - 1, max(-1, len(rows) - 1 - _MOST_LINES), -1):
        if not _is_line(rows[index], section):
            break
        cell = sole(rows[index])
        if cell is not None and _TITLE.search(fold(cell.text)) and len(cell.text) < 80:
            about = remark(cell.text)
            if about is None or (about.label and start == index + 1):  # 附件2 right above its title
                start = index
    if all(_is_line(row, section) for row in rows):
        start = 0  # only lines between two headings
    taken = rows[start:]
    del rows[start:]
    return taken


def _is_line(row: Row, section: TableSection) -> bool:
    return sole(row) is not None or not row.own or is_footer(row, section.headings)


def _title(rows: list[Row], given: str) -> _Title:
    """The title among the lines above a heading, and the other cells. ``given`` is the text above the table."""
    lines = [cell for row in rows if (cell := sole(row))]
    main = [cell for cell in lines if _MAIN_TITLE.search(fold(cell.text)) and len(cell.text) < 80]
    named = main or [cell for cell in lines if _TITLE.search(fold(cell.text)) and len(cell.text) < 80]
    every = [cell for row in rows for cell in row.own]
    if not named:
        return _Title(line(given), (), tuple(every))
    chosen = next((cell for cell in reversed(named) if _ENDS_AS_TITLE.search(fold(cell.text))), named[-1])
    written = chosen.text.split("\n")
    title = line("\n".join(one for one in written if remark(one) is None) or chosen.text)
    every += [Cell(one, chosen.row, chosen.column) for one in written[1:] if remark(one)]
    cells: tuple[Cell, ...] = (chosen,)
    above = lines[lines.index(chosen) - 1] if lines.index(chosen) else None
    if (
        above is not None
        and "领域" not in title
        and fold(above.text).endswith(("领域", "县", "区", "市", "局", "镇", "乡", "街道"))
    ):
        title, cells = line(above.text) + title, (above, chosen)
    if given and fold(given) not in fold(title):
        every.append(Cell(given, chosen.row, chosen.column))
    return _Title(title, cells, tuple(cell for cell in every if cell not in cells))


def _same_title(title: str, new: str) -> bool:
    """Whether the title above a repeated heading only says that the table continues."""
    plain = _CONTINUED.sub("", fold(new))
    return plain in fold(title)


def _another(title: str, new: str, domain_of: Callable[[str], str | None]) -> bool:
    """Whether a heading with the title ``new`` begins another table than the one with ``title``."""
    if not new or _CONTINUED.search(fold(new)):
        return False
    before, after = domain_of(title), domain_of(new)
    if after is not None and before != after and (_MAIN_TITLE.search(new) or "领域" in new):
        return True
    if not _MAIN_TITLE.search(new) or before or after:
        return False
    return fold(title).partition("领域")[0] != fold(new).partition("领域")[0]
