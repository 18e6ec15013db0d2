"""The objects on a sheet of an old workbook → its notes, text boxes and pictures named, its check boxes taken."""

from __future__ import annotations

import struct

from msgspec import Struct

from gkdir.read.biff import BiffRecord, BiffTexts, old_text
from gkdir.read.biffbook import Book
from gkdir.read.building import GridBuilder
from gkdir.read.controls import Control, named, settle

_OBJECT, _TEXT, _NOTE, _DRAWING = 0x5D, 0x1B6, 0x1C, 0xEC
_COMMENT, _PICTURE, _CHECKBOX, _RADIO = 0x19, 0x08, 0x0B, 0x0C
_SILENT = (_COMMENT, 0x00, 0x05, 0x07, 0x10, 0x11)  # a comment's own frame, a group, a chart, a button, spinners
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
    """Gathers the objects of one sheet, record by record. Methods raise struct.error for records that are cut short."""

    def __init__(self, book: Book, builder: GridBuilder) -> None:
        self._book, self._builder = book, builder
        self._anchor = (0, 0, 0, 0)
        self._objects: dict[int, _Object] = {}
        self._last: _Object | None = None
        self._notes: list[tuple[int, int, int]] = []

    def record(self, record: BiffRecord) -> None:
        """Take a record, if it is of an object."""
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
            self._builder.beside(row + 1, column + 1, "批注", old_text(data[4:], self._book.encoding))

    def close(self) -> None:
        """After the last record: name the notes, take the boxes."""
        for row, column, number in self._notes:
            note = self._objects.get(number)
            text = note.text if note is not None and note.kind == _COMMENT else ""
            self._builder.beside(row, column, "批注", text or "读不出来")
        boxes: list[Control] = []
        for one in self._objects.values():
            if one.kind in (_CHECKBOX, _RADIO):
                boxes.append(Control(one.row, one.column, one.offset, named(one.text), one.checked))
            elif one.kind in _DROPS:
                self._builder.beside(one.row, one.column, _DROPS[one.kind], "选了什么，文件里没有写成文字")
            elif one.kind == _PICTURE and not one.text:
                self._builder.picture_at(one.row, one.column, "")
            elif one.kind not in _SILENT:
                self._builder.beside(one.row, one.column, "文本框", one.text)
        settle(boxes, self._builder)
