"""The part of a form control, ``ctrlProps`` or ActiveX → whether it is a check box, whether ticked, its label."""

from __future__ import annotations

import posixpath
import struct

from msgspec import Struct

from gkdir.read.archive import Archive
from gkdir.read.package import relations

_CLASSES = {
    "8BD21D40-EC42-11CE-9E0D-00AA006002F3": "Checkbox",
    "8BD21D50-EC42-11CE-9E0D-00AA006002F3": "Radio",
    "8BD21D60-EC42-11CE-9E0D-00AA006002F3": "Checkbox",  # a button that stays pressed
    "8BD21D10-EC42-11CE-9E0D-00AA006002F3": "Text",
    "8BD21D20-EC42-11CE-9E0D-00AA006002F3": "List",
    "8BD21D30-EC42-11CE-9E0D-00AA006002F3": "Drop",
    "978C9E23-D4B0-11CE-BF2D-00AA003F40D0": "Label",
}
_KINDS = {"CheckBox": "Checkbox", "Radio": "Radio", "Drop": "Drop", "List": "List", "Label": "Label", "Edit": "Text"}
_STATES = {"0": False, "1": True, "-1": True, "False": False, "True": True}
_SIZES = (4, 4, 4, 4, 1, 1, 1, 1, 0, 2, 4, 2, 2, 2, 2, 2, 1, 1, 1, 0, 1, 1, 4, 4, 4, 4, 4, 2, 2, 2, 0, 0, 4)
"""Bytes of each property of a control's binary form, by the bit that says that it is there ([MS-OFORMS] 2.2.5)."""
_SIZE, _VALUE, _CAPTION = 8, 22, 23


class Properties(Struct, frozen=True):
    """What a control is. ``checked`` is ``None`` where the file does not tell; ``value`` is a text box's text."""

    kind: str
    checked: bool | None = None
    label: str = ""
    value: str = ""


def form_control(archive: Archive, part: str) -> Properties:
    """What a part of ``ctrlProps`` says. :raises Unreadable: it is broken"""
    found = Properties("")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal found
        if tag == "formControlPr":
            kind = attributes.get("objectType", "")
            state = {"Checked": True, "Unchecked": False, "Mixed": None}
            found = Properties(_KINDS.get(kind, kind), state.get(attributes.get("checked", "Unchecked")))

    archive.parse(part, start)
    return found


def activex(archive: Archive, part: str) -> Properties:
    """What a part of ``activeX`` says. :raises Unreadable: it is broken"""
    kind = persistence = ""
    stated: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal kind, persistence
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "ocx":
            kind = _CLASSES.get(plain.get("classid", "").strip("{}").upper(), "")
            persistence = plain.get("persistence", "")
        elif tag == "ocxPr":
            stated[plain.get("name", "")] = plain.get("value", "")

    archive.parse(part, start)
    if persistence == "persistStreamInit":
        for relation in relations(archive, part):
            if relation.kind == "activeXControlBinary" and relation.path in archive:
                stated = _stream(archive.read(posixpath.normpath(relation.path)))
    value = stated.get("Value", "")
    return Properties(kind, _STATES.get(value), stated.get("Caption", ""), value)


def _stream(data: bytes) -> dict[str, str]:
    """The value and the caption in the binary form of a control; nothing if it is no such form."""
    try:
        return _strings(data[16:])
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _strings(data: bytes) -> dict[str, str]:
    minor, major, _, mask = struct.unpack_from("<BBHQ", data)
    if (minor, major) != (0, 2):
        return {}
    at, lengths = 12, {}
    for bit, size in enumerate(_SIZES):
        if size and mask >> bit & 1:
            at += -at % size
            if bit in (_VALUE, _CAPTION):
                lengths[bit] = struct.unpack_from("<I", data, at)[0]
            at += size
    at += -at % 4
    at += 8 if mask >> _SIZE & 1 else 0
    found: dict[str, str] = {}
    for bit, name in ((_VALUE, "Value"), (_CAPTION, "Caption")):
        if bit in lengths:
            length, compressed = lengths[bit] & 0x7FFF_FFFF, lengths[bit] >> 31
            piece = data[at : at + length]
            if length > 10_000 or len(piece) < length:
                return {}
            found[name] = piece.decode("latin-1" if compressed else "utf-16-le")
            at += length + -length % 4
    return found
