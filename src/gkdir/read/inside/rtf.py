"""A rich text file → its plain text: all destinations, escapes decoded, cells and rows separated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.read.inside import raw
from gkdir.read.inside.part import InsideText, Look, Looked, Unseen
from gkdir.read.longnumber import long_lines

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_BREAKS = {b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t", b"nestcell": "\t"}
_BREAKS |= {b"row": "\r", b"nestrow": "\r", b"emspace": " ", b"enspace": " ", b"qmspace": " "}
_SIGNS = {b"~": b" ", b"_": b"-", b"-": b"", b"\n": b"\n", b"\r": b"\n"}
_FILES = frozenset((b"objdata", b"pict", b"datastore", b"themedata", b"colorschememapping", b"blipuid", b"password"))
"""Destinations with hexadecimal data instead of text."""


def texts(data: bytes, name: str, look: Look) -> Looked:
    """The lines with a long number, and the embedded objects and pictures."""
    reader = _RtfReader(data)
    for _, line in long_lines(reader.text()):
        yield InsideText(line)
    for embedded in reader.embedded:
        yield from _embedded(embedded, name, look)
    if reader.pictures:
        yield Unseen(f"{reader.pictures} 张图片")


def whole(data: bytes) -> str:
    """All text of the file, including the names of its fonts."""
    return _RtfReader(data).text()


def _embedded(content: bytes, name: str, look: Look) -> Looked:
    """The texts of an OLE object, whose payload is found by its first bytes."""
    starts = [
        at for sign in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-") if (at := content.find(sign)) >= 0
    ]
    yield from look(content[min(starts) :], f"{name}嵌入的对象") if starts else raw.texts(content)
    if not starts:
        yield Unseen("嵌入的对象")


class _RtfReader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pictures = 0
        self.embedded: list[bytes] = []
        self._pieces: list[str] = []
        self._bytes = bytearray()  # bytes in the code page; a character may take two escapes
        self._skipped = [1]  # for each open group: how many bytes follow a \u character as its replacement
        self._left = 0

    def text(self) -> str:
        destination: list[bytes] = [b""]
        hexadecimal: list[bytes] = []
        position = 0
        while match := _TOKEN.match(self.data, position):
            position = match.end()
            word = match["word"]
            if match["brace"] == b"{":
                self._skipped.append(self._skipped[-1])
                destination.append(destination[-1])
            elif match["brace"] == b"}":
                if destination[-1] == b"objdata" and hexadecimal and destination[-2:-1] != [b"objdata"]:
                    self.embedded.append(_from_hexadecimal(b"".join(hexadecimal)))
                    hexadecimal = []
                if len(destination) > 1:
                    destination.pop()
                    self._skipped.pop()
                self._left = 0
            elif word in _FILES:
                destination[-1] = word
                self.pictures += word == b"pict"
            elif word == b"bin":
                position += min(max(int(match["number"] or 0), 0), len(self.data))
            elif destination[-1] == b"objdata":
                hexadecimal.append(match["text"] or b"")
            elif destination[-1] not in _FILES:
                self._read(match)
        self._flush()
        return "".join(self._pieces)

    def _read(self, match: re.Match[bytes]) -> None:
        word, number = match["word"], match["number"]
        if word == b"u" and number is not None:
            self._flush()
            code = int(number) % 65_536
            self._pieces.append(chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd")
            self._left = self._skipped[-1]
        elif word == b"uc":
            self._skipped[-1] = min(int(number or 1), 10)
        elif word is not None:
            if word in _BREAKS:
                self._flush()
                self._pieces.append(_BREAKS[word])
        else:
            for piece in self._shown(match):
                self._bytes += piece

    def _shown(self, match: re.Match[bytes]) -> Iterator[bytes]:
        """The bytes of a text, without the replacement for the \\u character before it."""
        if match["hex"] is not None:
            content = bytes([int(match["hex"], 16)])
        elif match["sign"] is not None:
            content = _SIGNS.get(match["sign"], match["sign"] if match["sign"] in b"\\{}" else b"")
        else:
            content = match["text"] or b""
        skipped = min(self._left, len(content))
        self._left -= skipped
        yield content[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            self._pieces.append(self._bytes.decode("gb18030", "replace"))
            self._bytes.clear()


def _from_hexadecimal(text: bytes) -> bytes:
    figures = re.sub(rb"[^0-9a-fA-F]", b"", text)
    return bytes.fromhex(figures[: len(figures) & ~1].decode())
