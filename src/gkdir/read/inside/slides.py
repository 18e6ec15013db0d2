"""The stream of an old presentation (ppt, pps, dps) → its text, a paragraph a line."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER = struct.Struct("<HHI")
_HOLDS_OTHERS = 0x0F
_WIDE, _NARROW = 0x0FA0, 0x0FA8
"""Record types of a text with two bytes a character, and with one."""
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n"})


def text(stream: bytes) -> str:
    """The texts of all slides and notes in their order."""
    return "\n".join(dict.fromkeys(_texts(stream))).translate(_BREAKS)


def _texts(stream: bytes) -> Iterator[str]:
    at = 0
    while at + _HEADER.size <= len(stream):
        version, kind, size = _HEADER.unpack_from(stream, at)
        at += _HEADER.size
        if version & _HOLDS_OTHERS == _HOLDS_OTHERS:
            continue  # a container: its records follow
        if kind in (_WIDE, _NARROW):
            yield stream[at : at + size].decode("utf-16-le" if kind == _WIDE else "latin-1", "replace")
        at += size
