"""A file that is no zip (doc, xls, wps, et, rtf, pdf) → the names, comments and changes that its writers left in it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

from gkdir.read.inside import compound
from gkdir.read.inside.part import TooMuch

OLD = ("doc", "dot", "xls", "ppt", "wps", "et", "dps", "rtf", "pdf")
_AUTHORS = (4, 8)
"""Who wrote it, and who saved it last."""
_CODE_PAGE, _STRING = 1, 0x1E
_ENCODINGS = {1200: "utf-16-le", 65001: "utf-8"}
_COMMENTS_SIZE = 0xBE
_RICH_NAME = re.compile(rb"\{(?:\\\*)?\\(?:author|operator|manager) ([^{}]{1,200})\}")
_RICH_CHANGED = re.compile(rb"\\(?:revised|deleted)(?![a-z0-9])")
_RICH_COMMENT = b"\\*\\annotation"
_ESCAPED = re.compile(rb"\\u(-?\d{1,5}) ?\??|\\'([0-9a-fA-F]{2})")
_PDF_NAME = re.compile(rb"/Author\s*(?:\(((?:\\.|[^\\()]){1,120})\)|<([0-9A-Fa-f\s]{4,240})>)", re.DOTALL)
_OCTAL = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)

Left = tuple[bool, bool, list[str]]
"""Whether changes are tracked, whether there are comments, and all names."""


def left_in(data: bytes) -> Left:
    """What was left in the file; nothing in one that cannot be read."""
    if data.startswith(b"{\\rtf"):
        names = [_unescaped(match[1]) for match in _RICH_NAME.finditer(data)]
        return _RICH_CHANGED.search(data) is not None, _RICH_COMMENT in data, names
    if data.startswith(b"%PDF-"):
        return False, False, [_pdf_name(match) for match in _PDF_NAME.finditer(data)]
    if data.startswith(compound.SIGNATURE):
        try:
            streams = {one.name.lower(): one.content for one in compound.streams(data)}
            return False, _commented(streams), list(_authors(streams.get("\x05summaryinformation", b"")))
        except (struct.error, IndexError, ValueError, TooMuch):
            pass  # the rule about broken files speaks of it
    return False, False, []


def _commented(streams: Mapping[str, bytes]) -> bool:
    main = streams.get("worddocument", b"")
    return len(main) > _COMMENTS_SIZE + 4 and struct.unpack_from("<I", main, _COMMENTS_SIZE)[0] > 4


def _authors(properties: bytes) -> Iterator[str]:
    """The names in the properties, each with its length, in the code page that another property gives."""
    if len(properties) < 48:
        return
    (start,) = struct.unpack_from("<I", properties, 44)
    (count,) = struct.unpack_from("<I", properties, start + 4)
    pairs = [struct.unpack_from("<II", properties, start + 8 + 8 * index) for index in range(min(count, 100))]
    encoding = "gb18030"
    for number, at in pairs:
        if number == _CODE_PAGE:
            encoding = _ENCODINGS.get(struct.unpack_from("<H", properties, start + at + 4)[0], encoding)
    for number, at in pairs:
        if number in _AUTHORS:
            kind, size = struct.unpack_from("<II", properties, start + at)
            if kind == _STRING:
                first = start + at + 8
                yield properties[first : first + min(size, 400)].decode(encoding, "replace").partition("\0")[0]


def _unescaped(text: bytes) -> str:
    """A name in rich text: characters by their number, or byte by byte."""

    def shown(match: re.Match[bytes]) -> bytes:
        if match[2]:
            return bytes.fromhex(match[2].decode())
        code = int(match[1]) % 65_536
        return b"" if 0xD800 <= code < 0xE000 else chr(code).encode("gb18030")

    return _ESCAPED.sub(shown, text).decode("gb18030", "replace").strip()


def _pdf_name(match: re.Match[bytes]) -> str:
    if match[2]:
        figures = b"".join(match[2].split()).decode()
        text = bytes.fromhex(figures[: len(figures) & ~1])
    else:
        text = _OCTAL.sub(lambda one: bytes([int(one[1], 8) & 255]) if one[1] else one[2], match[1])
    encoding = "utf-16" if text.startswith((b"\xfe\xff", b"\xff\xfe")) else "gb18030"
    return text.decode(encoding, "replace")
