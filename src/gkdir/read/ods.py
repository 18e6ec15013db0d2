"""An OpenDocument spreadsheet (ods, fods) → grids as its cells show: texts, spans, what is hidden or struck, notes."""

from __future__ import annotations

from gkdir.finding import Place, Unreadable
from gkdir.read.archive import Archive, Handlers, Start, feed, without_declaration
from gkdir.read.building import Room
from gkdir.read.grid import Grid
from gkdir.read.odssheet import OdsCell, OdsSheet
from gkdir.read.odsstyles import OdsSpan, OdsStyles
from gkdir.read.raised import raised
from gkdir.read.richtext import Run
from gkdir.read.symbols import marked

_BREAKS = {"line-break": "\n", "tab": "\t"}
_DRAWN = frozenset(
    (
        "custom-shape",
        "frame",
        "rect",
        "ellipse",
        "circle",
        "polygon",
        "polyline",
        "path",
        "line",
        "connector",
        "caption",
    )
)
_CELLS = ("table-cell", "covered-table-cell")


def grids(archive: Archive) -> tuple[Grid, ...]:
    """The sheets in their order. :raises Unreadable: encrypted, broken, or too large"""
    if "META-INF/manifest.xml" in archive:
        archive.parse("META-INF/manifest.xml", _refuse_encrypted(archive.place))
    styles = OdsStyles(archive.place)
    if "styles.xml" in archive:
        archive.parse("styles.xml", styles.start, styles.end, styles.text)
    content = _Content(archive.place, styles)
    archive.parse("content.xml", content.start, content.end, content.text)
    return content.found()


def flat_grids(text: str, place: Place) -> tuple[Grid, ...]:
    """The sheets of a spreadsheet written as one XML file (fods). Raises as :func:`grids`."""
    content = _Content(place, OdsStyles(place))
    feed(iter((without_declaration(text),)), place, Handlers(content.start, content.end, content.text))
    return content.found()


def _refuse_encrypted(place: Place) -> Start:
    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "encryption-data":
            raise Unreadable(place, "文件加了密码，读不了。", "请取消密码保护，另存后再试。")

    return start


class _Content:
    """The state of reading ``content.xml``: the sheet that is open, and to what text now belongs."""

    def __init__(self, place: Place, styles: OdsStyles) -> None:
        self.grids: list[Grid] = []
        self._place, self._styles = place, styles
        self._room = Room()
        self._sheet: OdsSheet | None = None
        self._body = False
        self._cell: OdsCell | None = None
        self._note: list[str] | None = None
        self._noted = self._within_note = 0  # depth in a comment, and in its paragraphs
        self._drawn = 0  # depth in a drawing
        self._drawing: list[str] = []
        self._spans: list[OdsSpan] = []
        self._ruby = 0  # depth in the reading above a word
        self._listening = 0  # depth in paragraphs
        self._picture = 0  # depth in the bytes of a picture

    def found(self) -> tuple[Grid, ...]:
        """The sheets. :raises Unreadable: there are none"""
        if not self.grids:
            hint = "请确认它是电子表格（.ods、.fods），或另存为 .xlsx 后再试。"
            raise Unreadable(self._place, "这个文件里没有工作表。", hint)
        return tuple(self.grids)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self._picture += tag == "binary-data"
        if not self._body:
            self._body = tag == "spreadsheet"
            self._styles.start(tag, attributes)
        elif tag == "annotation" or self._noted:
            self._noted += 1
            self._note = self._note if self._noted > 1 else []
            self._within_note += tag == "p"
            self._paragraph(tag)
        elif tag in _DRAWN or self._drawn:
            self._drawn += 1
            self._paragraph(tag)
            if tag == "image" and self._sheet is not None:
                self._sheet.picture(self._cell)
        elif tag == "table":
            self._sheet = OdsSheet(attributes, self._styles, self._place, self._room)
        elif self._sheet is not None:
            self._start_in_sheet(tag, attributes, self._sheet)

    def _start_in_sheet(self, tag: str, attributes: dict[str, str], sheet: OdsSheet) -> None:
        if tag == "p":
            self._listening += 1
            self._add("\n", paragraph=True)
        elif tag == "span":
            self._spans.append(self._styles.span(attributes.get("text:style-name", "")))
        elif tag == "ruby-text":
            self._ruby += 1
        elif tag == "s" and self._listening:
            count = attributes.get("text:c", "1")
            self._add(" " * min(int(count) if count.isascii() and count.isdecimal() and len(count) < 6 else 1, 100))
        elif tag in _BREAKS and self._listening:
            self._add(_BREAKS[tag])
        elif tag in _CELLS:
            self._cell = sheet.open_cell(attributes, covered=tag != "table-cell")
        else:
            sheet.start(tag, attributes, self._cell)

    def _paragraph(self, tag: str) -> None:
        """A paragraph, or a break, in a comment or a drawing."""
        if tag in ("p", "line-break"):
            (self._note if self._noted and self._note is not None else self._drawing).append("\n")

    def text(self, data: str) -> None:
        """Text between tags."""
        if not self._body:
            self._styles.text(data)
        elif self._noted and self._note is not None:
            if self._within_note:  # without its author and date
                self._note.append(data)
        elif self._drawn:
            if not self._picture:
                self._drawing.append(data)
        elif self._listening:
            self._add(data)

    def _add(self, text: str, paragraph: bool = False) -> None:
        if self._cell is None or self._ruby:
            return
        if paragraph or not self._spans:
            self._cell.runs.append(Run(text))
        elif any(span.hidden for span in self._spans):
            if self._sheet is not None:
                self._sheet.unshown(self._cell, text)
        else:
            struck = next((span.struck for span in reversed(self._spans) if span.struck is not None), None)
            symbols = next((span.symbols for span in reversed(self._spans) if span.symbols), "")
            text = raised(text) if any(span.raised for span in self._spans) else marked(text, symbols)
            look = " ".join(dict.fromkeys(span.look for span in self._spans if span.look))
            self._cell.runs.append(Run(text, struck, look, any(span.unseen for span in self._spans)))

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._picture -= tag == "binary-data"
        if not self._body:
            self._styles.end(tag)
        elif self._noted:
            self._noted -= 1
            self._within_note -= tag == "p"
            if not self._noted and self._sheet is not None and self._note is not None:
                self._sheet.noted(self._cell, "批注", "".join(self._note))
        elif self._drawn:
            self._drawn -= 1
            if not self._drawn and self._sheet is not None:
                self._sheet.noted(self._cell, "文本框", "".join(self._drawing))
                self._drawing = []
        elif tag == "p":
            self._listening -= 1
        elif tag == "span" and self._spans:
            self._spans.pop()
        elif tag == "ruby-text":
            self._ruby -= 1
        elif self._sheet is not None:
            self._end_in_sheet(tag, self._sheet)

    def _end_in_sheet(self, tag: str, sheet: OdsSheet) -> None:
        if tag in _CELLS and self._cell is not None:
            sheet.close_cell(self._cell)
            self._cell = None
        elif tag == "table-row":
            sheet.close_row()
        elif tag == "table":
            grid = sheet.build()
            if grid.name:
                self.grids.append(grid)
            self._sheet = None
