"""The comments of a worksheet, those of old and those in threads → the flaws at their cells."""

from __future__ import annotations

from gkdir.read.archive import Archive
from gkdir.read.building import GridBuilder
from gkdir.read.grid import position
from gkdir.read.package import Relation

_SHOWN = ("t", "text")
"""Where the words stand: in runs, or, in a thread, in the text itself."""


def comments(archive: Archive, relations: tuple[Relation, ...], builder: GridBuilder) -> None:
    """Name every comment of the sheet that has these ``relations``. :raises Unreadable: broken or too large"""
    found: dict[str, list[str]] = {}
    paths = dict.fromkeys((one.kind, one.path) for one in relations if one.path in archive)
    for kind, path in paths:
        if kind == "threadedComment":
            for cell, text in _read(archive, path, "threadedComment"):
                found.setdefault(cell, []).append(text)
    threads = set(found)  # programs that know no threads find the same texts among the comments of old
    for kind, path in paths:
        if kind == "comments":
            for cell, text in _read(archive, path, "comment"):
                if cell not in threads:
                    found.setdefault(cell, []).append(text)
    for cell, texts in found.items():
        row, column = position(cell.partition(":")[0])
        builder.beside(row, column, "批注", "\n".join(filter(str.strip, texts)))


def _read(archive: Archive, part: str, wanted: str) -> list[tuple[str, str]]:
    """The name of the cell and the text of each element ``wanted``."""
    found: list[tuple[str, str]] = []
    pieces: list[str] = []
    cell = ""
    within: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        within.append(tag)
        if tag == wanted:
            cell = attributes.get("ref", "")
            pieces.clear()

    def end(tag: str) -> None:
        within.pop()
        if tag == wanted:
            found.append((cell, "".join(pieces)))

    def text(data: str) -> None:
        if within and within[-1] in _SHOWN:
            pieces.append(data)

    archive.parse(part, start, end, text)
    return found
