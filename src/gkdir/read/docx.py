"""A Word document (docx) → grids: its paragraphs and tables as the rows of a sheet, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gkdir.finding import Unreadable
from gkdir.read.archive import Archive
from gkdir.read.drawing import diagrams
from gkdir.read.grid import Flaw, Grid
from gkdir.read.package import Relation, addresses, related, relations
from gkdir.read.printed import counts_pages
from gkdir.read.richtext import Run, is_symbols, marked, raised
from gkdir.read.wordstyles import NONE, WordFields, enclosed, is_faint, is_on, read_styles, value
from gkdir.read.wordtable import WordTables

_TEXTS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = frozenset(("Fallback", "rt", "rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange"))
"""Elements to skip: repetitions for old programs, ruby text, and formatting before a change."""
_PLAIN = frozenset(("0", "false", "none", "auto", "000000", "black"))
_DELETED = frozenset(("del", "moveFrom"))
_NOTES = {"comments": ("comment", "批注"), "footnotes": ("footnote", "脚注"), "endnotes": ("endnote", "尾注")}
_MARGINS = {"header": ("hdr", "页眉"), "footer": ("ftr", "页脚")}
_REFERENCES = {"commentReference": "comments", "footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_SILENT = ("FORM", "TC", "XE", "PAGE", "NUMPAGES", "SEQ", "SET", "ADDIN", "RD", "TA", "PRIVATE", "MACROBUTTON")
"""Fields that show nothing or are read as check boxes."""
_RUN_COST = 128
"""The cost of a formatted run or a field, in characters of the file's limit: a document may have 125,000 of them, three
times as many as a thousand items with three in each cell.
"""


def grids(archive: Archive) -> tuple[Grid, ...]:
    """The document as a sheet, then the tables within cells. :raises Unreadable: no table, broken or too large"""
    path = related(relations(archive, ""), "officeDocument") or "word/document.xml"
    found = relations(archive, path)
    reading = _Document(archive, found, addresses(archive, path))
    archive.parse(path, reading.start, reading.end, reading.text)
    if not reading.has_table:
        raise Unreadable(
            archive.place,
            "这份 Word 文档里没有表格。",
            "请确认目录是表格而不是图片；或者把它复制到 Excel，另存为 .xlsx。",
        )
    reading.report_outside_text(archive, found)
    return reading.tables.grids()


def _notes(archive: Archive, part: str | None, wanted: str) -> dict[str, str]:
    """The texts of comments or notes by their id."""
    found: dict[str, list[str]] = {}
    pieces: list[str] = []
    within: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal pieces
        within.append(tag)
        if tag == wanted:
            pieces = found.setdefault(value(attributes, "id"), [])
        elif tag == "p" and pieces:
            pieces.append("\n")

    def end(_: str) -> None:
        within.pop()

    def text(data: str) -> None:
        if within[-1:] == ["t"]:
            pieces.append(data)

    if part is not None and part in archive:
        archive.parse(part, start, end, text)
    return {number: "".join(pieces) for number, pieces in found.items()}


def _counting(archive: Archive, part: str | None) -> frozenset[str]:
    """The ids of numbered lists, without bulleted ones."""
    kinds: dict[str, bool] = {}
    found: set[str] = set()
    list_ = number = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal list_, number
        if tag == "abstractNum":
            list_ = value(attributes, "abstractNumId")
        elif tag == "numFmt":
            kinds[list_] = kinds.get(list_, False) or value(attributes, "val") not in ("bullet", "none")
        elif tag == "num":
            number = value(attributes, "numId")
        elif tag == "abstractNumId" and kinds.get(value(attributes, "val"), False):
            found.add(number)

    if part is not None and part in archive:
        archive.parse(part, start)
    return frozenset(found)


class _Document:
    """The state of reading the document's XML."""

    def __init__(self, archive: Archive, found: tuple[Relation, ...], links: dict[str, str]) -> None:
        self._links = links
        self.tables = WordTables(archive.place)
        self.has_table = False
        self._styles = read_styles(archive, related(found, "styles"))
        self._note_texts = {kind: _notes(archive, related(found, kind), tag) for kind, (tag, _) in _NOTES.items()}
        self._counting = _counting(archive, related(found, "numbering"))
        self._counted: dict[tuple[int, int], None] = {}  # the cells with lists that Word numbers
        self._within: list[str] = []
        self._skipped = 0  # nesting depth in skipped elements
        self._deleted = 0
        self._row_deleted: list[bool] = []
        self._deleted_cell = False
        self._boxes: list[list[str]] = []  # the open text boxes
        self._checkbox: list[int] = []  # the depths of check boxes and placeholders, whose own text is not read
        self._sdt: list[int] = []
        self._paragraph = NONE  # the properties of the paragraph's style
        self._filled = False  # whether the cell or paragraph has a background
        self._faint: list[str] = []
        self._fields = WordFields()
        self._reset_run()
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "tbl": self._open_table, "tr": self._open_row, "tc": self._open_cell, "shd": self._fill,
            "gridSpan": self._span, "vMerge": self._merge, "gridBefore": self._before, "r": lambda _: self._reset_run(),
            "strike": self._strike, "dstrike": self._strike, "rStyle": self._style, "pStyle": self._paragraph_style,
            "vanish": self._vanish, "rFonts": self._fonts, "sym": self._symbol, "ddList": self._list,
            "b": self._set_off, "u": self._set_off, "color": self._set_off, "highlight": self._set_off,
            "bdr": self._set_off, "sz": self._size, "vertAlign": self._raise, "OLEObject": self._object,
            "altChunk": self._chunk, "showingPlcHdr": self._placeholder, "cellDel": self._cell_deleted,
            "fldChar": self._field_mark, "hidden": self._hide_row, "hyperlink": self._link,
            "checked": self._checked, "checkBox": self._field, "default": self._default, "imagedata": self._picture,
            "pic": self._picture, "numId": self._numbering, "textpath": self._word_art,
            "txbxContent": lambda _: self._boxes.append([]), "sdt": lambda _: self._sdt.append(len(self._within)),
            **dict.fromkeys(_SKIPPED, self._skip), **dict.fromkeys(_DELETED, self._delete),
            **{tag: partial(self._shown, text) for tag, text in _TEXTS.items()},
            **{tag: partial(self._note, kind) for tag, kind in _REFERENCES.items()},
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph, "tc": self._close_cell, "tr": self._close_row, "tbl": self.tables.close_table,
            "txbxContent": self._close_box, "sdt": self._close_control, **dict.fromkeys(_DELETED, self._undelete),
        }  # fmt: skip

    def _reset_run(self) -> None:
        self._struck, self._hidden = bool(self._paragraph.struck), bool(self._paragraph.hidden)
        self._white, self._tiny = bool(self._paragraph.unseen), False
        self._font = ""
        self._look: list[str] = []
        self._run_filled = self._raised = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self._within.append(tag)
        if self._skipped:
            self._skipped += 1
        elif (take := self._starts.get(tag)) is not None:
            take(attributes)

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._within.pop()
        if self._skipped:
            self._skipped -= 1
        elif (close := self._ends.get(tag)) is not None:
            close()

    def text(self, data: str) -> None:
        """Text between tags."""
        tag = self._within[-1]
        if tag == "t" and not self._skipped:
            self._add(data)
        elif tag == "delText":
            self.tables.cell.runs.append(Run(data, True))
        elif tag == "instrText":
            self.tables.builder.charge(_RUN_COST)
            self._fields.code(data)

    def _skip(self, _: dict[str, str]) -> None:
        self._skipped = 1

    def _delete(self, _: dict[str, str]) -> None:
        self._deleted += 1
        if self._within[-2:-1] == ["trPr"] and self._row_deleted:
            self._row_deleted[-1] = True

    def _undelete(self) -> None:
        self._deleted -= 1

    def _shown(self, text: str, _: dict[str, str]) -> None:
        self._add(text)

    def _close_cell(self) -> None:
        self._report_faint()
        self.tables.close_cell(self._deleted_cell or bool(self._row_deleted and self._row_deleted[-1]))

    def _close_row(self) -> None:
        if self._row_deleted:
            self._row_deleted.pop()

    def _close_box(self) -> None:
        if self._boxes:
            self._report("文本框", "".join(self._boxes.pop()))

    def _close_control(self) -> None:
        if self._sdt and self._checkbox[-1:] == [self._sdt.pop()]:
            self._checkbox.pop()

    def _add(self, text: str) -> None:
        if self._checkbox or self._within[-2:-1] == ["tabs"]:
            return
        self._fields.result()
        self.tables.builder.charge(_RUN_COST)
        if self._font:
            text = marked(text, self._font)
        if self._boxes:
            self._boxes[-1].append(text)
        elif self._hidden:
            self.tables.unseen(text)
        else:
            if self._raised:
                text = raised(text)
            if self._tiny or (self._white and not self._filled and not self._run_filled):
                self._faint.append(text)
            look = " ".join(sorted(self._look)) if self._look else ""
            self.tables.cell.runs.append(Run(text, self._struck or bool(self._deleted), look))

    def _end_paragraph(self) -> None:
        self._paragraph = NONE
        if self._boxes:
            self._boxes[-1].append("\n")
        else:
            self.tables.end_paragraph()

    def _open_table(self, _: dict[str, str]) -> None:
        self.has_table = True
        self.tables.open_table()

    def _open_row(self, _: dict[str, str]) -> None:
        self._row_deleted.append(False)
        self.tables.open_row()

    def _hide_row(self, attributes: dict[str, str]) -> None:
        if self._within[-2:-1] == ["trPr"] and is_on(attributes):
            self.tables.hide_row()

    def _open_cell(self, _: dict[str, str]) -> None:
        self._filled = self._deleted_cell = False
        self._faint = []
        self.tables.open_cell()

    def _fill(self, attributes: dict[str, str]) -> None:
        """A background: of the run, or of the paragraph, cell or row around it."""
        if value(attributes, "fill").lower() not in ("", "auto", "ffffff"):
            if self._within[-2:-1] == ["rPr"]:
                self._run_filled = True
                self._look.append("shd")
            else:
                self._filled = True

    def _report_faint(self) -> None:
        if self._faint:
            cell = self.tables.cell
            self.tables.builder.faint(cell.row, cell.column, "".join(self._faint))
            self._faint = []

    def _span(self, attributes: dict[str, str]) -> None:
        self.tables.cell.width = _count(value(attributes, "val"))

    def _before(self, attributes: dict[str, str]) -> None:
        self.tables.skip(_count(value(attributes, "val")))

    def _merge(self, attributes: dict[str, str]) -> None:
        self.tables.cell.merged = "restart" if value(attributes, "val") == "restart" else "continue"

    def _strike(self, attributes: dict[str, str]) -> None:
        if "pPr" not in self._within[-4:]:  # within pPr it would be that of the paragraph's end mark
            self._struck = is_on(attributes)

    def _set_off(self, attributes: dict[str, str]) -> None:
        value_text = value(attributes, "val").lower()
        if "pPr" in self._within[-4:]:
            return
        if self._within[-1] == "color":
            self._white = bool(is_faint("color", attributes))
        if value_text not in _PLAIN:
            self._run_filled = self._run_filled or self._within[-1] == "highlight"
            self._look.append(f"{self._within[-1]}{value_text}")

    def _size(self, attributes: dict[str, str]) -> None:
        if "pPr" not in self._within[-4:]:
            self._tiny = bool(is_faint("sz", attributes))

    def _raise(self, attributes: dict[str, str]) -> None:
        if "pPr" not in self._within[-4:]:
            self._raised = value(attributes, "val") in ("superscript", "subscript")

    def _style(self, attributes: dict[str, str]) -> None:
        style = self._styles.get(value(attributes, "val"), NONE)
        self._struck = self._struck if style.struck is None else style.struck
        self._hidden = self._hidden if style.hidden is None else style.hidden
        self._white = self._white if style.unseen is None else style.unseen

    def _paragraph_style(self, attributes: dict[str, str]) -> None:
        self._paragraph = self._styles.get(value(attributes, "val"), NONE)

    def _vanish(self, attributes: dict[str, str]) -> None:
        if "pPr" not in self._within[-4:]:
            self._hidden = is_on(attributes)

    def _fonts(self, attributes: dict[str, str]) -> None:
        font = value(attributes, "ascii")
        if "pPr" not in self._within[-4:] and is_symbols(font):
            self._font = font

    def _symbol(self, attributes: dict[str, str]) -> None:
        code, font = value(attributes, "char"), value(attributes, "font")
        try:
            character = chr(int(code[:6], 16))
        except ValueError:
            return
        self._font = ""
        self._add(marked(character, font))

    def _list(self, _: dict[str, str]) -> None:
        cell = self.tables.cell
        self.tables.builder.text_in_object(cell.row, cell.column, "下拉框", "选了什么，文件里没有写成文字")

    def _checked(self, attributes: dict[str, str]) -> None:
        if self._within[-2:-1] == ["checkbox"] and self._sdt:
            self._add("☑" if is_on(attributes) else "□")
            self._checkbox.append(self._sdt[-1])
        elif self._within[-2:-1] == ["checkBox"]:
            self._tick(is_on(attributes))

    def _placeholder(self, attributes: dict[str, str]) -> None:
        """A form field that still shows its prompt: 单击此处输入文字."""
        if self._sdt and is_on(attributes):
            self._checkbox.append(self._sdt[-1])

    def _cell_deleted(self, _: dict[str, str]) -> None:
        self._deleted_cell = True

    def _field_mark(self, attributes: dict[str, str]) -> None:
        """A field begins or ends; one without a result shows what its code means, if that is known."""
        kind = value(attributes, "fldCharType")
        if kind == "begin":
            self._fields.begin()
        elif kind == "separate":
            self.tables.builder.linked_by(self.tables.cell.row, self.tables.cell.column, self._fields.current)
        elif kind == "end" and (code := self._fields.end()):
            if shown := enclosed(code):
                self._add(shown)
            elif not code.startswith(_SILENT):
                self._report("域", code)

    def _link(self, attributes: dict[str, str]) -> None:
        address = self._links.get(value(attributes, "id"), "")
        self.tables.builder.linked(self.tables.cell.row, self.tables.cell.column, address)

    def _object(self, attributes: dict[str, str]) -> None:
        self._report("嵌入的对象", value(attributes, "ProgID") or "看不出是什么")

    def _chunk(self, _: dict[str, str]) -> None:
        self._report("插入的文件", "另一个文件的内容")

    def _report(self, what: str, text: str) -> None:
        cell = self.tables.cell
        self.tables.builder.text_in_object(cell.row, cell.column, what, text)

    def _field(self, _: dict[str, str]) -> None:
        self.tables.cell.runs.append(Run("□", False))

    def _default(self, attributes: dict[str, str]) -> None:
        if self._within[-2:-1] == ["checkBox"]:
            self._tick(is_on(attributes))

    def _tick(self, ticked: bool) -> None:
        runs = self.tables.cell.runs
        if runs:
            runs[-1] = Run("☑" if ticked else "□", False)

    def _picture(self, _: dict[str, str]) -> None:
        cell = self.tables.cell
        self.tables.builder.picture_at(cell.row, cell.column, "")

    def _word_art(self, attributes: dict[str, str]) -> None:
        cell = self.tables.cell
        self.tables.builder.text_in_object(cell.row, cell.column, "艺术字", value(attributes, "string"))

    def _numbering(self, attributes: dict[str, str]) -> None:
        if value(attributes, "val") in self._counting:
            self._counted[self.tables.cell.row, self.tables.cell.column] = None

    def report_outside_text(self, archive: Archive, found: tuple[Relation, ...]) -> None:
        """Report what is in no paragraph: automatic numbering, diagrams, page headers and footers."""
        builder = self.tables.builder
        if self._counted:
            row, column = next(iter(self._counted))
            message = f"有 {len(self._counted)} 处用了 Word 的自动编号，编号不是文字，没有读。"
            builder.flaw(Flaw(row, column, message, "编号要算数的，请选中后用“转换为文本”变成文字，或者手写编号。"))
        for one in diagrams(archive, found):
            builder.text_in_object(0, 0, one.kind, one.text)
        for relation in found:
            if relation.kind in _MARGINS:
                tag, name = _MARGINS[relation.kind]
                text = "\n".join(_notes(archive, relation.path, tag).values())
                if not counts_pages(text):
                    builder.text_in_object(0, 0, name, text)

    def _note(self, kind: str, attributes: dict[str, str]) -> None:
        if text := self._note_texts[kind].get(value(attributes, "id")):
            self._report(_NOTES[kind][1], text)


def _count(text: str) -> int:
    return max(int(text[:6]), 1) if text.isascii() and text.isdecimal() else 1
