"""The tables of a Word document, cell by cell → one grid like a sheet, and a grid for each nested table."""

from __future__ import annotations

from msgspec import Struct, field

from gkdir.finding import Place, TroubleKind, Unreadable
from gkdir.read.building import GridBuilder, SizeLimits
from gkdir.read.grid import Flaw, Grid, Span, letters
from gkdir.read.richtext import Run, split_struck
from gkdir.read.text import one_line, shortened

MAX_COLUMNS = 1_000
MAX_NESTED = 20
MAX_TABLES = 2_000
MAX_INNER = 2_000
"""The most characters of a nested table that is taken as part of the cell's text."""
MAX_QUOTED = 100
"""The most characters of it in a message."""
_CELL = 300
"""The cost of a cell, in characters of the file's limit: 36,000 cells of one run are allowed; a thousand items have
14,000.
"""
_WRITE_OUT = "请在文档里删去或改好，接受或拒绝修订，再读一次。"


class DocxCell(Struct):
    """A cell while it is read, or a paragraph outside of tables. ``merged`` is ``restart``, ``continue`` or empty."""

    row: int
    column: int
    width: int = 1
    merged: str = ""
    runs: list[Run] = field(default_factory=list)


class _DocxTable(Struct):
    """A table while it is read; ``open`` has the areas merged downwards by their first column."""

    builder: GridBuilder
    row: int = 0
    column: int = 0
    cell: DocxCell | None = None
    open: dict[int, Span] = field(default_factory=dict)


class WordTables:
    """Takes the parts of the document in order. All methods raise Unreadable if it is too large for a directory."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._limits = SizeLimits()
        self._body = GridBuilder("正文", place, self._limits)
        self._nested: list[GridBuilder] = []
        self._tables: list[_DocxTable] = []
        self._row = 0  # the number of the body's last row
        self._alone: list[int] = []  # the rows that are paragraphs
        self._paragraph = DocxCell(1, 1)

    @property
    def cell(self) -> DocxCell:
        """The cell or paragraph that the current text belongs to."""
        for table in reversed(self._tables):
            if table.cell is not None:
                return table.cell
        return self._paragraph

    @property
    def builder(self) -> GridBuilder:
        """The builder for the flaws of that cell."""
        return next((table.builder for table in reversed(self._tables) if table.cell is not None), self._body)

    def open_table(self) -> None:
        """A table begins; a nested one becomes a grid of its own."""
        if len(self._tables) >= MAX_NESTED:
            raise Unreadable(self._place, "文档里的表格嵌套太深，不像是一份目录。", "请把目录复制到新的文档后再试。")
        if not self._tables:
            self.end_paragraph()
            self._tables.append(_DocxTable(self._body, self._row))
            return
        if len(self._nested) >= MAX_TABLES:
            raise Unreadable(self._place, "文档里的表格太多，不像是一份目录。", "请把目录复制到新的文档后再试。")
        nested = GridBuilder(f"内嵌表{len(self._nested) + 1}", self._place, self._limits)
        self._nested.append(nested)
        self._tables.append(_DocxTable(nested))

    def close_table(self) -> None:
        """The innermost table ends; the texts of a short nested one are added to its cell too."""
        table = self._tables.pop()
        for span in table.open.values():
            _merge(table.builder, span)
        if not self._tables:
            self._row = table.row
            return
        rows: dict[int, list[str]] = {}
        for (row, _), text in table.builder.cells.items():
            rows.setdefault(row, []).append(one_line(text))
        text = "\n".join(" ".join(texts) for texts in rows.values())
        glued = any(run.text.strip() for run in self.cell.runs)  # it continues the cell's own words
        if len(text) <= MAX_INNER:
            self.cell.runs.append(Run(text + "\n", False))
        if glued or len(text) > MAX_INNER:
            self.builder.text_in_object(
                self.cell.row,
                self.cell.column,
                "一张内嵌的表格",
                shortened(text, MAX_QUOTED),
            )

    def open_row(self) -> None:
        """A row of the innermost table begins."""
        if self._tables:
            self._tables[-1].row += 1
            self._tables[-1].column = 0

    def hide_row(self) -> None:
        """The open row is hidden."""
        if self._tables:
            table = self._tables[-1]
            table.builder.hide_rows(table.row, table.row)

    def skip(self, columns: int) -> None:
        """The row begins ``columns`` further to the right."""
        if self._tables:
            self._tables[-1].column += min(columns, MAX_COLUMNS)

    def open_cell(self) -> None:
        """A cell of the row begins."""
        if self._tables:
            table = self._tables[-1]
            table.cell = DocxCell(table.row, table.column + 1)

    def close_cell(self, deleted: bool) -> None:
        """The cell ends; ``deleted``: a tracked change removes its row."""
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is None:
            return
        cell, table.cell = table.cell, None
        right = cell.column + cell.width - 1
        if right > MAX_COLUMNS:
            raise Unreadable(self._place, f"表格超过 {MAX_COLUMNS} 列，不像是一份目录。", "请核对文档里的表格。")
        table.column = right
        before = table.open.get(cell.column)
        if cell.merged == "continue" and before is not None:
            table.open[cell.column] = Span(before.top, before.left, cell.row, before.right)
        else:
            if before is not None:
                _merge(table.builder, table.open.pop(cell.column))
            span = Span(cell.row, cell.column, cell.row, right)
            if cell.merged == "restart":
                table.open[cell.column] = span
            else:
                _merge(table.builder, span)
        self._put(table.builder, cell, deleted)

    def end_paragraph(self) -> None:
        """A paragraph ends: a line of its cell, or a row if it is outside tables."""
        if self._tables:
            self.cell.runs.append(Run("\n", False))
            return
        cell = self._paragraph
        if any(run.text.strip() for run in cell.runs):
            self._row += 1
            cell.row = self._row
            self._alone.append(self._row)
            self._put(self._body, cell, False)
        self._paragraph = DocxCell(self._row + 1, 1)

    def unseen(self, text: str) -> None:
        """Report a text that the document hides."""
        if text.strip():
            cell = self.cell
            message = f"{letters(cell.column)}{cell.row} 有隐藏的文字“{text.strip()}”，没有读。"
            self.builder.flaw(Flaw(cell.row, cell.column, message, _WRITE_OUT, TroubleKind.HIDDEN, text.strip()))

    def grids(self) -> tuple[Grid, ...]:
        """The grid of the whole document, and those of nested tables."""
        self.end_paragraph()
        width = max((column for _, column in self._body.cells), default=1)
        for row in self._alone:
            _merge(self._body, Span(row, 1, row, width))
        return tuple(builder.build() for builder in (self._body, *self._nested))

    def _put(self, builder: GridBuilder, cell: DocxCell, deleted: bool) -> None:
        builder.charge(_CELL + 8 * len(cell.runs))
        builder.choices(cell.row, cell.column, cell.runs)
        kept, struck = split_struck(tuple(cell.runs), False)
        kept = "\n".join(line.strip() for line in kept.split("\n") if line.strip())
        if deleted:
            builder.strike(cell.row, cell.column, kept + struck)
            return
        builder.put(cell.row, cell.column, kept)
        builder.strike(cell.row, cell.column, struck)


def _merge(builder: GridBuilder, span: Span) -> None:
    if (span.top, span.left) != (span.bottom, span.right):
        builder.merge(span)
