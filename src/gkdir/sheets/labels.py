"""A form's PDF by Typst → the same PDF with its labels tagged as row headers, patched in place.

Typst only tags column headers. In a form a label precedes each blank, so labels and blanks alternate. The tags are
replaced by others of the same length, so no offset in the file changes and its cross-reference table stays valid.
"""

from __future__ import annotations

import re

_ROW = re.compile(rb"<</Type/StructElem/S/TR/[^\n]*?/K\[([\d R]+)\]")
_CELL = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/TD/[^\n]*")
_PLAIN, _HEADING = b"/Headers[]", b"/Scope/Row"


def with_labels(pdf: bytes) -> bytes:
    """Raises ``ValueError`` if the PDF has not the expected form: better none than one with wrong tags."""
    labels = {number for row in _ROW.findall(pdf) for number in re.findall(rb"(\d+) 0 R", row)[::2]}
    cells = {cell[1]: cell for cell in _CELL.finditer(pdf)}
    if not labels or not labels <= cells.keys() or any(cells[one][0].count(_PLAIN) != 1 for one in labels):
        raise ValueError("the tags of the tables are not those that Typst writes")
    made = bytearray(pdf)
    for number in labels:
        cell = cells[number]
        made[cell.start() : cell.end()] = cell[0].replace(b"/S/TD/", b"/S/TH/", 1).replace(_PLAIN, _HEADING)
    return bytes(made)
