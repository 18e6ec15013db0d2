"""An office file → every text in it with its place: hidden sheets, comments, headers, deleted words, properties too.

The file is read as the archive that it is; nothing in it is carried out or followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from gkdir.finding import Kind, Place
from gkdir.read.grid import Grid, letters
from gkdir.read.guard import Archive
from gkdir.read.xlsx import grids

BOOK = "xl/workbook.xml"
STRINGS = "xl/sharedstrings.xml"
SHEETS = "xl/worksheets/"
SHOWN = frozenset(("v", "t"))
"""Elements of a sheet that ``grids`` has read: what the cells show. Formulas, headers and rules stand beside them."""
EMBEDDED = (".docx", ".xlsx", ".pptx", ".docm", ".xlsm")
DEEPEST = 2
"""Files within files that are opened."""
TOLD = frozenset(
    ["Target", "location", "display", "name", "descr", "title", "tooltip", "prompt", "promptTitle", "error"]
)
"""Attributes that hold words: links (tel:, mailto:), names of sheets, hints, what a picture is said to show."""
LAYOUT = re.compile("&[A-Za-z]")
"""What places the text of a sheet's header: &C13912345678 is a number in the middle."""
SILENT = ("theme/", "styles.xml", "fonttable.xml", "settings.xml", "numbering.xml", "[content_types].xml")
"""Parts that hold no words of a person."""
BREAKS = frozenset(("p", "br", "tab", "tc", "comment", "si", "table-cell", "textobject"))
"""Ends of elements at which a text ends; at all others it runs on, so that a number cut by styles is whole."""


def office_texts(path: Path, place: Place) -> Iterator[tuple[str, Place]]:
    """The texts of a docx, xlsx, pptx, ods, odt or ofd file. Raises Unreadable: broken, encrypted, beyond measure."""
    with path.open("rb") as file:
        yield from _archive(file, place, DEEPEST)


def _archive(file: IO[bytes], place: Place, deepest: int) -> Iterator[tuple[str, Place]]:
    archive = Archive(file, place)
    workbook = BOOK in archive
    if workbook:
        for grid in grids(archive):
            yield from _cells(grid, place)
    for part in sorted(archive.names):
        if part.endswith(EMBEDDED) and deepest:
            for text, _ in _archive(BytesIO(archive.read(part)), place, deepest - 1):
                yield text, replace(place, sheet="嵌入的文件")
        known = any(silent in part for silent in SILENT) or (workbook and part == STRINGS)
        if part.endswith((".xml", ".rels")) and not known:
            yield from _part(archive, part, replace(place, sheet=_called(part)))


def _cells(grid: Grid, place: Place) -> Iterator[tuple[str, Place]]:
    """The cells of a sheet, a merged area once."""
    filled = {
        (row, column)
        for span in grid.merges
        for row in range(span.top, span.bottom + 1)
        for column in range(span.left, span.right + 1)
        if (row, column) != (span.top, span.left)
    }
    for (row, column), text in grid.cells.items():
        if (row, column) not in filled:
            yield text, replace(place, sheet=grid.name, cell=f"{letters(column)}{row}")
    for (row, column), text in grid.behind.items():
        yield text, replace(place, sheet=grid.name, cell=f"{letters(column)}{row}")
    for flaw in grid.flaws:
        if flaw.kind is Kind.STRUCK:  # in no cell's text, and yet in the file; comments have a part of their own
            yield flaw.quote, replace(place, sheet=grid.name, cell=f"{letters(flaw.column)}{flaw.row}")


def _part(archive: Archive, part: str, place: Place) -> Iterator[tuple[str, Place]]:
    found: list[str] = []
    running: list[str] = []
    within: list[str] = []
    sheet = part.startswith(SHEETS)
    apart = sheet or part == BOOK or part.startswith("docprops/") or part == "meta.xml"

    def opened(tag: str, attributes: dict[str, str]) -> None:
        within.append(tag)
        if not TOLD.isdisjoint(attributes):
            found.extend(text for key, text in attributes.items() if key in TOLD)

    def closed(tag: str) -> None:
        within.pop()
        if apart or tag in BREAKS:
            found.append("".join(running))
            running.clear()

    def said(text: str) -> None:
        if not (sheet and within[-1] in SHOWN):
            running.append(LAYOUT.sub(" ", text) if sheet else text)

    archive.parse(part, opened, closed, said)
    for text in (*found, "".join(running)):
        if text.strip():
            yield text.strip(), place


def _called(part: str) -> str | None:
    """What people call a part; ``None`` for the text of the document itself."""
    if "docprops" in part or part == "meta.xml":
        return "文件属性"
    if "comment" in part:
        return "批注"
    if part.startswith((SHEETS, BOOK)):
        return "工作表的公式、链接和设置"
    return "页眉页脚" if "header" in part or "footer" in part else None
