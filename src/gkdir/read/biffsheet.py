"""The records of one sheet of an old workbook → a grid: texts, spans, what is hidden, struck, noted or drawn."""

from __future__ import annotations

import struct
from contextlib import suppress

from msgspec import Struct

from gkdir.read.biff import BiffRecord, BiffTexts, old_text, rk_number
from gkdir.read.biffbook import Book
from gkdir.read.building import GridBuilder
from gkdir.read.cellvalues import CellValues
from gkdir.read.controls import Control, named, write_boxes
from gkdir.read.grid import Span
from gkdir.read.richtext import Text

_OBJECT, _TEXT, _NOTE, _DRAWING = 0x5D, 0x1B6, 0x1C, 0xEC
_COMMENT, _PICTURE, _CHECKBOX, _RADIO = 0x19, 0x08, 0x0B, 0x0C
_IGNORED = (_COMMENT, 0x00, 0x05, 0x07, 0x10, 0x11)  # a comment's own frame, a group, a chart, a button, spinners
_DROPS = {0x12: "列表控件", 0x14: "下拉框控件"}
_COMMON, _BOX_STATE = 0x15, 0x0A
_ANCHOR = b"\x10\xf0\x12\0\0\0"
_STATES = {0: False, 1: True}
_FILTER = 0x0100
"""A drop-down that is the arrow of a filter, or of a list of allowed values."""


class _Object(Struct):
    kind: int
    row: int = 0
    column: int = 0
    offset: tuple[int, int] = (0, 0)
    checked: bool | None = False
    text: str = ""


class Drawings:
    """Collects the objects of one sheet, record by record.

    ``record`` raises struct.error or IndexError for a truncated record.
    """

    def __init__(self, book: Book, builder: GridBuilder) -> None:
        self._book, self._builder = book, builder
        self._anchor = (0, 0, 0, 0)
        self._objects: dict[int, _Object] = {}
        self._last: _Object | None = None
        self._notes: list[tuple[int, int, int]] = []

    def record(self, record: BiffRecord) -> None:
        """Take a record; those that are not about objects are ignored."""
        data = record.data
        if record.id == _DRAWING:
            at = data.rfind(_ANCHOR)
            if at >= 0:
                column, right, row, down = struct.unpack_from("<HHHH", data, at + 8)
                self._anchor = row + 1, column + 1, down, right
        elif record.id == _OBJECT and self._book.version == 8:
            self._object(data)
        elif record.id == _TEXT and self._last is not None and len(record.pieces) > 1:
            length = struct.unpack_from("<H", data, 10)[0]
            text = BiffTexts(record.pieces[1:]).characters(length)
            self._last.text = text
        elif record.id == _NOTE:
            self._note(data)

    def _object(self, data: bytes) -> None:
        row, column, down, right = self._anchor
        at = 0
        while at + 4 <= len(data):
            part, length = struct.unpack_from("<HH", data, at)
            if part == _COMMON:
                kind, number, flags = struct.unpack_from("<HHH", data, at + 4)
                self._last = self._objects[number] = _Object(kind, row, column, (down, right))
                if kind in _DROPS and flags & _FILTER:
                    self._last.kind = 0
            elif part == _BOX_STATE and self._last is not None:
                self._last.checked = _STATES.get(struct.unpack_from("<H", data, at + 4)[0])
            at += 4 + length

    def _note(self, data: bytes) -> None:
        row, column = struct.unpack_from("<HH", data)
        if self._book.version == 8:
            self._notes.append((row + 1, column + 1, struct.unpack_from("<H", data, 6)[0]))
        else:
            self._builder.text_in_object(row + 1, column + 1, "批注", old_text(data[4:], self._book.encoding))

    def close(self) -> None:
        """After the last record: report comments, text boxes, pictures and lists, and write check boxes into cells."""
        for row, column, number in self._notes:
            note = self._objects.get(number)
            text = note.text if note is not None and note.kind == _COMMENT else ""
            self._builder.text_in_object(row, column, "批注", text or "读不出来")
        boxes: list[Control] = []
        for one in self._objects.values():
            if one.kind in (_CHECKBOX, _RADIO):
                boxes.append(Control(one.row, one.column, one.offset, named(one.text), one.checked))
            elif one.kind in _DROPS:
                self._builder.text_in_object(one.row, one.column, _DROPS[one.kind], "选了什么，文件里没有写成文字")
            elif one.kind == _PICTURE and not one.text:
                self._builder.picture_at(one.row, one.column, "")
            elif one.kind not in _IGNORED:
                self._builder.text_in_object(one.row, one.column, "文本框", one.text)
        write_boxes(boxes, self._builder)


_ROW, _COLUMNS, _WINDOW, _MERGED, _STRING = 0x208, 0x7D, 0x23E, 0xE5, 0x207
_NUMBER, _RK, _MULRK, _BOOLERR, _FORMULAS = 0x203, 0x27E, 0xBD, 0x205, (0x06, 0x206, 0x406)
_LINK, _ADDRESS = 0x1B8, bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
"""The record of a hyperlink, and the bytes before a web address in it."""
_LABELSST, _LABELS = 0xFD, (0x204, 0xD6)
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ZEROS = 0x10
_LEAST_HEIGHT, _LEAST_WIDTH = 40, 128
"""The height of a row (1/20 point) and the width of a column (1/256 character) below which they cannot be seen."""


class BiffSheet:
    """Puts the records of a sheet into the ``builder``. Its methods raise Unreadable if the sheet is too large."""

    def __init__(self, book: Book, builder: GridBuilder) -> None:
        self._book, self._builder = book, builder
        self._values = CellValues(builder, book.date1904)
        self._drawings = Drawings(book, builder)
        self._formula: tuple[int, int, int] | None = None  # a formula whose text comes in the next record

    def record(self, record: BiffRecord) -> None:
        """Take one record; a truncated one is skipped."""
        with suppress(struct.error, IndexError):
            self._take(record.id, record)

    def close(self) -> None:
        """After the last record: report the objects, and write the check boxes into cells."""
        self._drawings.close()

    def _take(self, id_: int, record: BiffRecord) -> None:
        data = record.data
        if id_ == _LABELSST:
            row, column, style, index = struct.unpack_from("<HHHI", data)
            if index < len(self._book.texts):
                self._text(row, column, style, self._book.texts[index])
        elif id_ == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            for number in range((len(data) - 6) // 6):
                style, value = struct.unpack_from("<HI", data, 4 + 6 * number)
                self._number(row, first + number, style, rk_number(value))
        elif id_ in (_NUMBER, _RK):
            row, column, style = struct.unpack_from("<HHH", data)
            value = (
                struct.unpack_from("<d", data, 6)[0]
                if id_ == _NUMBER
                else rk_number(struct.unpack_from("<I", data, 6)[0])
            )
            self._number(row, column, style, value)
        elif id_ in _LABELS:
            row, column, style = struct.unpack_from("<HHH", data)
            self._text(row, column, style, self._string(record, 6, runs=id_ == 0xD6))
        elif id_ in _FORMULAS:
            self._formula_result(data)
        elif id_ == _STRING and self._formula is not None:
            self._text(*self._formula, self._string(record, 0))
            self._formula = None
        elif id_ == _BOOLERR:
            row, column, style, value, error = struct.unpack_from("<HHHBB", data)
            self._bool_or_error((row, column, style), value, bool(error))
        else:
            self._layout(id_, data)
            self._drawings.record(record)

    def _layout(self, id_: int, data: bytes) -> None:
        builder = self._builder
        if id_ == _ROW:
            row, height, options = struct.unpack_from("<H4xH4xI", data)
            if options & 0x20 or height & 0x7FFF < _LEAST_HEIGHT:
                builder.hide_rows(row + 1, row + 1)
        elif id_ == _COLUMNS:
            first, last, width, _, options = struct.unpack_from("<HHHHH", data)
            if options & 1 or width < _LEAST_WIDTH:
                builder.hide_columns(first + 1, min(last, 255) + 1)
        elif id_ == _WINDOW:
            self._values.zeros = bool(struct.unpack_from("<H", data)[0] & _ZEROS)
        elif id_ == _LINK and (at := data.find(_ADDRESS)) > 0:
            row, _, column = struct.unpack_from("<HHH", data)
            size = struct.unpack_from("<I", data, at + 16)[0]
            address = data[at + 20 : at + 20 + size].decode("utf-16-le", "replace").partition("\0")[0]
            builder.linked(row + 1, column + 1, address)
        elif id_ == _MERGED:
            for number in range(min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)):
                top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * number)
                if top <= bottom and left <= right:
                    builder.merge(Span(top + 1, left + 1, bottom + 1, right + 1))

    def _string(self, record: BiffRecord, start: int, runs: bool = False) -> Text:
        pieces = (record.data[start:], *record.pieces[1:])
        if self._book.version != 8:
            return old_text(pieces[0], self._book.encoding)
        reading = BiffTexts(pieces, self._book.fonts)
        text = reading.text()
        if runs and isinstance(text, str):
            changes = [(reading.number("H"), reading.number("H")) for _ in range(reading.number("H"))]
            return reading.with_fonts(text, changes)
        return text

    def _formula_result(self, data: bytes) -> None:
        row, column, style, result, kind = struct.unpack_from("<HHH6sH", data)
        self._builder.formulas.add((row + 1, column + 1))
        self._formula = None
        if kind != 0xFFFF:
            self._number(row, column, style, struct.unpack_from("<d", data, 6)[0])
        elif result[0] == 0:
            self._formula = row, column, style
        elif result[0] in (1, 2):
            self._bool_or_error((row, column, style), result[2], result[0] == 2)

    def _bool_or_error(self, cell: tuple[int, int, int], value: int, error: bool) -> None:
        row, column, style = cell
        if error:
            self._values.error(row + 1, column + 1, _ERRORS.get(value, "#N/A"))
        else:
            self._text(row, column, style, "是" if value else "否")

    def _text(self, row: int, column: int, style: int, text: Text) -> None:
        self._values.text(row + 1, column + 1, text, self._book.style(style))

    def _number(self, row: int, column: int, style: int, value: float) -> None:
        self._values.number(row + 1, column + 1, value, self._book.style(style))
