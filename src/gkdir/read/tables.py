"""The rows of a sheet → tables: titles above, sections of body rows under their headings, notes around."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct, field

from gkdir.read.headings import Headings, find
from gkdir.read.sheet import Cell, Row, Sheet
from gkdir.read.text import fold, line

_TITLE = re.compile(r"目录|领域|清单|续表|附件|附表|^\(续\)|一览表|公开表")
_MAIN_TITLE = re.compile(r"目录|清单|一览表|公开表")
_CONTINUED = re.compile(r"[(〔]?续表?[一二三四五\d]*[)〕]?$|^续表")
_NOTE = re.compile(
    r"^[*※]?[(〔]?(?:备注|注[:：1-9、]|附注|说明|填表|填报|制表|审核|负责人|经办|联系人|联系电话|咨询电话|监督电话|日期|单位[:：]|编制|印发|本目录|本表|以上|此表"
    r"|第\d+页|共\d+页|-?\d+-?$|\d{4}年\d+月\d+日$|\d{4}-\d\d-\d\d$|表格?说明|填写说明)"
)


class Section(Struct, frozen=True):
    """Body rows under one heading. A heading repeated on a printed page begins another section of the same table."""

    headings: Headings
    rows: list[Row] = field(default_factory=list)


class Table(Struct, frozen=True):
    """A table as found: its title (empty if it has none), sections, and the lines around that are no rows of it."""

    title: str
    sections: list[Section] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)


def sole(row: Row) -> Cell | None:
    """The one cell that a row consists of, a counting mark before it aside; ``None`` if it has more."""
    cells = row.own
    if len(cells) == 2 and len(cells[0].text.strip()) <= 4 and cells[0].column < cells[1].column:
        mark = fold(cells[0].text).strip("、.()")
        if re.fullmatch(r"\d{1,3}|[一二三四五六七八九十]{1,3}", mark) and _spread(row, cells[1]) > 1:
            cells = cells[1:]
    whole = all(cell.row == row.number for cell in row.cells.values())
    return cells[0] if len(cells) == 1 and whole else None


def _spread(row: Row, cell: Cell) -> int:
    return sum(shown is cell or shown == cell for shown in row.cells.values())


def is_note(text: str) -> bool:
    """Whether a line says something about the table rather than standing in it."""
    plain = fold(text)
    return bool(_NOTE.match(plain)) or len(plain) > 60 or plain.endswith(("。", "；"))


def tables(sheet: Sheet, domain_of: Callable[[str], str | None]) -> list[Table]:
    """The tables of the sheet. ``domain_of`` tells the domain a title names, to know a new table from a new page."""
    found: list[Table] = []
    loose: list[Row] = []
    index = 0
    while index < len(sheet.rows):
        headings = find(sheet.rows, index)
        if headings is None:
            (found[-1].sections[-1].rows if found else loose).append(sheet.rows[index])
            index += 1
            continue
        if found:
            loose = _titles_at_end(found[-1].sections[-1].rows)
        title, notes = _title(loose, sheet.title if not found else "")
        if not found or _another(found[-1].title or sheet.name, title, domain_of):
            found.append(Table(title))
        found[-1].sections.append(Section(headings))
        found[-1].notes.extend(notes)
        loose = []
        while index < len(sheet.rows) and sheet.rows[index].number <= headings.last:
            index += 1
    return found


def _titles_at_end(rows: list[Row]) -> list[Row]:
    """Take title lines off the end of a body, just above the next heading."""
    titles: list[Row] = []
    while rows and (cell := sole(rows[-1])) and (_TITLE.search(fold(cell.text)) or (titles and not is_note(cell.text))):
        titles.insert(0, rows.pop())
    return titles


def _title(rows: list[Row], given: str) -> tuple[str, list[Cell]]:
    """The title among the lines above a heading, and the other cells."""
    lines = [cell for row in rows if (cell := sole(row))]
    main = [cell for cell in lines if _MAIN_TITLE.search(fold(cell.text)) and len(cell.text) < 80]
    named = main or [cell for cell in lines if _TITLE.search(fold(cell.text)) and len(cell.text) < 80]
    chosen = named[-1] if named else None
    rest = [cell for row in rows for cell in row.own if cell is not chosen]
    if chosen is None:
        return line(given), rest
    title = line(chosen.text)
    above = lines[lines.index(chosen) - 1] if lines.index(chosen) else None
    if (
        above is not None
        and "领域" not in title
        and fold(above.text).endswith(("领域", "县", "区", "市", "局", "镇", "乡", "街道"))
    ):
        title, rest = line(above.text) + title, [cell for cell in rest if cell is not above]
    return title, rest


def _another(title: str, new: str, domain_of: Callable[[str], str | None]) -> bool:
    """Whether a heading under the title ``new`` begins another table than the one called ``title``."""
    if not new or not _MAIN_TITLE.search(new) or _CONTINUED.search(fold(new)):
        return False
    before, after = domain_of(title), domain_of(new)
    if before or after:
        return after is not None and before != after
    return fold(title).partition("领域")[0] != fold(new).partition("领域")[0]
