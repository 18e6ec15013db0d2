"""An xlsx workbook → grids: texts, places, merged spans, hidden rows and columns, and nothing else.

A library of everything (openpyxl) builds styles, charts and filters that nobody looks at here, fails on what other
programs write a little wrong, and fills memory where a sheet has a million blank cells. What a directory needs of
the format is small, so it is read as a stream; the tests hold the result against openpyxl's.
"""

from __future__ import annotations

import posixpath
import re
from datetime import date

from gkdir.finding import Unreadable
from gkdir.read.grid import MAX_CELLS, Grid
from gkdir.read.guard import Archive
from gkdir.read.worksheet import Worksheet

MAX_SHEETS = 200
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
"""Built-in number formats that show a date, the Chinese ones too."""


def grids(archive: Archive) -> tuple[Grid, ...]:
    """The sheets in their order, hidden ones too. :raises Unreadable: it is no such workbook, or beyond measure"""
    book = _Book(archive)
    if not book.sheets:
        raise Unreadable(archive.place, "这个文件里没有工作表。", "请确认它是 Excel 工作簿（.xlsx）。")
    if len(book.sheets) > MAX_SHEETS:
        raise Unreadable(archive.place, f"工作簿有 {len(book.sheets)} 张工作表，太多了。", "请只留下目录所在的工作表。")
    texts, formats = _Texts(archive, book.texts).texts, _Formats(archive, book.styles).styles
    read: list[Grid] = []
    room = MAX_CELLS
    for name, part, hidden in book.sheets:
        grid = Worksheet(archive.place, texts, formats, book.epoch, room).read(archive, name, part, hidden)
        room -= len(grid.cells)
        read.append(grid)
    return tuple(read)


class _Book:
    """Which sheets there are, and where their parts lie."""

    def __init__(self, archive: Archive) -> None:
        self.epoch = date(1899, 12, 30)
        self._found: list[tuple[str, str, bool]] = []
        path = _relations(archive, "_rels/.rels", "")[1].get("officeDocument", "xl/workbook.xml")
        folder, _, name = path.rpartition("/")
        parts, kinds = _relations(archive, posixpath.join(folder, "_rels", name + ".rels"), folder)
        archive.parse(path, self._entry)
        self.sheets = tuple((name, parts[id_], hidden) for name, id_, hidden in self._found if id_ in parts)
        self.texts, self.styles = kinds.get("sharedStrings"), kinds.get("styles")

    def _entry(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self._found.append((attributes.get("name", ""), id_, attributes.get("state", "visible") != "visible"))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = date(1904, 1, 1)


def _relations(archive: Archive, part: str, folder: str) -> tuple[dict[str, str], dict[str, str]]:
    """The worksheets by relation id, and one part of each kind by the kind's name."""
    sheets: dict[str, str] = {}
    kinds: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        path = posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))
        kind = attributes.get("Type", "").rpartition("/")[2]
        kinds[kind] = path
        if kind == "worksheet":
            sheets[attributes.get("Id", "")] = path

    if part in archive:
        archive.parse(part, start)
    return sheets, kinds


class _Texts:
    """The workbook's texts by number; phonetic readings are no part of them."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._listening = self._phonetic = False
        if part is not None and part in archive:
            archive.parse(part, self._start, self._end, self._text)

    def _start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "t":
            self._listening = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def _end(self, tag: str) -> None:
        if tag == "si":
            self.texts.append("".join(self._pieces))
            self._pieces.clear()
        elif tag == "t":
            self._listening = False
        elif tag == "rPh":
            self._phonetic = False

    def _text(self, data: str) -> None:
        if self._listening:
            self._pieces.append(data)


class _Formats:
    """How each cell style shows numbers: -1 as dates, n ≥ 0 with n decimals, ``None`` as they are."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.styles: list[int | None] = []
        self._codes: dict[str, str] = {}
        self._inside = False
        if part is not None and part in archive:
            archive.parse(part, self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.styles.append(_shown(attributes.get("numFmtId", "0"), self._codes))

    def _end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False


def _shown(number: str, codes: dict[str, str]) -> int | None:
    if number not in codes:
        return 2 if number == "2" else -1 if number.isdecimal() and int(number) in _DATES else None
    code = _QUOTED.sub("", codes[number].partition(";")[0]).lower()
    if code != "general" and any(letter in code for letter in "ymd"):
        return -1
    whole, point, decimals = code.strip().partition(".")
    return len(decimals) if point and whole in ("0", "#") and decimals.strip("0") == "" else None
