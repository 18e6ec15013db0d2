"""An office file → every text in it with its place: hidden sheets, comments, headers, deleted words, properties too.

The file is read as the archive that it is; nothing in it is carried out or followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Place
from gkdir.read.grid import Grid, letters
from gkdir.read.guard import Archive
from gkdir.read.xlsx import grids

BOOK = "xl/workbook.xml"
CELLS = ("xl/worksheets/", "xl/sharedstrings.xml", "xl/workbook.xml")
"""Parts of a workbook that ``grids`` has read."""
SILENT = ("theme/", "styles.xml", "fonttable.xml", "settings.xml", "numbering.xml", "[content_types].xml")
"""Parts that hold no words of a person."""
BREAKS = frozenset(("p", "br", "tab", "tc", "comment", "si", "table-cell", "textobject"))
"""Ends of elements at which a text ends; at all others it runs on, so that a number cut by styles is whole."""


def office_texts(path: Path, place: Place) -> Iterator[tuple[str, Place]]:
    """The texts of a docx, xlsx, pptx, ods, odt or ofd file. Raises Unreadable: broken, encrypted, beyond measure."""
    with path.open("rb") as file:
        archive = Archive(file, place)
        workbook = BOOK in archive
        if workbook:
            for grid in grids(archive):
                yield from _cells(grid, place)
        for part in sorted(archive.names):
            known = any(silent in part for silent in SILENT) or (workbook and part.startswith(CELLS))
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


def _part(archive: Archive, part: str, place: Place) -> Iterator[tuple[str, Place]]:
    found: list[str] = []
    running: list[str] = []
    properties = part.startswith("docprops/") or part == "meta.xml"

    def opened(_tag: str, attributes: dict[str, str]) -> None:
        if "Target" in attributes:  # where a link leads: tel:, mailto:
            found.append(attributes["Target"])

    def closed(tag: str) -> None:
        if properties or tag in BREAKS:
            found.append("".join(running))
            running.clear()

    archive.parse(part, opened, closed, running.append)
    for text in (*found, "".join(running)):
        if text.strip():
            yield text.strip(), place


def _called(part: str) -> str | None:
    """What people call a part; ``None`` for the text of the document itself."""
    if "docprops" in part or part == "meta.xml":
        return "文件属性"
    if "comment" in part:
        return "批注"
    return "页眉页脚" if "header" in part or "footer" in part else None
