"""Words and numbers → the few pieces of WordprocessingML that a form is made of."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from msgspec import Struct

from gkdir.export.cells import clean

COLUMNS = 24
"""Columns of the grid that every table is set on: two to each twelfth of a line."""
TEXT_WIDTH = 9638
"""Twentieths of a point between the margins of an A4 page: 17 cm."""


class WordCell(Struct, frozen=True):
    """A cell ``span`` columns of the grid wide; ``shaded`` for a label."""

    content: str
    span: int
    shaded: bool = False


class WordRow(Struct, frozen=True):
    """A row of cells, at least ``height`` twentieths of a point high; ``head`` is repeated on every page."""

    cells: tuple[WordCell, ...]
    height: int = 440
    head: bool = False


def xml(text: str) -> str:
    """The text escaped for XML content and attributes."""
    return escape(clean(text))


def run(text: str, style: str = "") -> str:
    """Words in one style of letters; a line break stays one."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{xml(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def paragraph(style: str, *runs: str, new_page: bool = False) -> str:
    """A paragraph in one of the styles of the file."""
    fresh = "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{fresh}</w:pPr>{"".join(runs)}</w:p>'


def table(title: str, about: str, lines: Iterable[WordRow]) -> str:
    """A table with a title and a description for screen readers."""
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Form"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val="{xml(title)}"/><w:tblDescription w:val="{xml(about)}"/></w:tblPr>'
        f"<w:tblGrid>{_GRID}</w:tblGrid>{''.join(map(_row, lines))}</w:tbl>"
    )


def _row(line: WordRow) -> str:
    head = "<w:tblHeader/>" if line.head else ""
    cells, column = [], 0
    for cell in line.cells:
        width = _edge(column + cell.span) - _edge(column)
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F3F0EA"/>' if cell.shaded else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{cell.span}"/>{shade}'
            f'<w:vAlign w:val="center"/></w:tcPr>{cell.content}</w:tc>'
        )
        column += cell.span
    height = f'<w:trHeight w:val="{line.height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _edge(column: int) -> int:
    """Where a column of the grid begins, so that rounding never adds up."""
    return TEXT_WIDTH * column // COLUMNS


_GRID = "".join(f'<w:gridCol w:w="{_edge(column + 1) - _edge(column)}"/>' for column in range(COLUMNS))
