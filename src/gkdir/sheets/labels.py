"""A PDF of Typst whose tables are forms → the same, with every label a header of its row, not one byte longer.

Typst knows headers of columns only. In a form a label stands before each blank: cell for cell a label, a blank, a
label, a blank. Their tags are changed in place: what a cell without headers says of them is as long as the words that
say that it heads its row, so nothing moves and the file's table of contents stays true.
"""

from __future__ import annotations

import re

_ROW = re.compile(rb"<</Type/StructElem/S/TR/[^\n]*?/K\[([\d R]+)\]")
_CELL = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/TD/[^\n]*")
_PLAIN, _HEADING = b"/Headers[]", b"/Scope/Row"


def with_labels(pdf: bytes) -> bytes:
    """Raises ``ValueError`` for a PDF that is not written as Typst writes it: better none than one with wrong tags."""
    labels = {number for row in _ROW.findall(pdf) for number in re.findall(rb"(\d+) 0 R", row)[::2]}
    cells = {cell[1]: cell for cell in _CELL.finditer(pdf)}
    if not labels or not labels <= cells.keys() or any(cells[one][0].count(_PLAIN) != 1 for one in labels):
        raise ValueError("the tags of the tables are not those that Typst writes")
    made = bytearray(pdf)
    for number in labels:
        cell = cells[number]
        made[cell.start() : cell.end()] = cell[0].replace(b"/S/TD/", b"/S/TH/", 1).replace(_PLAIN, _HEADING)
    return bytes(made)
