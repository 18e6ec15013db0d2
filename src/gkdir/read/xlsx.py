"""An xlsx workbook → grids: texts, merged areas, and what is hidden, struck out or in objects.

A general library (openpyxl) builds styles, charts and filters that are not needed here, fails on slightly invalid files
of other programs, and fills memory if a sheet has a million blank cells. Directories need little of the format, so it
is read as a stream; tests compare the result with openpyxl's.
"""

from __future__ import annotations

from gkdir.finding import Unreadable
from gkdir.read.archive import Archive
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.grid import Grid
from gkdir.read.package import related, relations
from gkdir.read.richtext import RichText, Text
from gkdir.read.sheetobjects import add_objects
from gkdir.read.styles import Styles
from gkdir.read.worksheet import Workbook, Worksheet, unescaped

MAX_SHEETS = 200


def grids(archive: Archive, limits: SizeLimits | None = None) -> tuple[Grid, ...]:
    """The sheets in their order, hidden ones too. :raises Unreadable: not an xlsx workbook, or too large"""
    book = _Book(archive)
    if not book.sheets:
        raise Unreadable(archive.place, "这个文件里没有工作表。", "请确认它是 Excel 工作簿（.xlsx）。")
    if len(book.sheets) > MAX_SHEETS:
        raise Unreadable(archive.place, f"工作簿有 {len(book.sheets)} 张工作表，太多了。", "请只留下目录所在的工作表。")
    styles = Styles(archive, book.styles)
    shared = Workbook(
        _Texts(archive, book.texts).texts,
        styles.styles,
        book.date1904,
        frozenset(styles.striking),
        frozenset(styles.hiding),
    )
    read: list[Grid] = []
    seen: set[str] = set()
    limits = limits or SizeLimits()
    for name, part, hidden in book.sheets:
        if part in seen:  # one sheet for each part, because a hostile file may name a part many times
            continue
        seen.add(part)
        builder = GridBuilder(name, archive.place, limits)
        builder.hidden = hidden
        sheet = Worksheet(shared, builder)
        sheet.read(archive, part)
        add_objects(archive, part, sheet, builder)
        read.append(builder.build())
    return tuple(read)


class _Book:
    """The sheets of a workbook, and the paths of their parts."""

    def __init__(self, archive: Archive) -> None:
        self.date1904 = False
        self._found: list[tuple[str, str, bool]] = []
        path = related(relations(archive, ""), "officeDocument") or "xl/workbook.xml"
        parts = relations(archive, path)
        archive.parse(path, self._entry)
        sheets = {relation.id: relation.path for relation in parts if relation.kind == "worksheet"}
        self.sheets = tuple((name, sheets[id_], hidden) for name, id_, hidden in self._found if id_ in sheets)
        self.texts, self.styles = related(parts, "sharedStrings"), related(parts, "styles")

    def _entry(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self._found.append((attributes.get("name", ""), id_, attributes.get("state", "visible") != "visible"))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.date1904 = True


class _Texts:
    """The workbook's shared texts by index."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.texts: list[Text] = []
        self._rich = RichText()
        if part is not None and part in archive:
            archive.parse(part, self._rich.start, self._end, self._rich.text)

    def _end(self, tag: str) -> None:
        if tag == "si":
            self.texts.append(unescaped(self._rich.take()))
        else:
            self._rich.end(tag)
