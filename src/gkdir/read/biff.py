"""The stream of an old workbook (BIFF) → its records, and their texts, which may span several records."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from msgspec import Struct

from gkdir.read.richtext import Run, Text, marked, raised

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
_WIDE, _EXTENDED, _RICH = 1, 4, 8
_CODEPAGES = {1200: "utf-16-le", 32768: "mac_roman", 32769: "cp1252", 21010: "utf-16-le"}


class BiffRecord(Struct, frozen=True):
    """A record's number and its body: that of the record itself, then those of the CONTINUE records after it."""

    id: int
    pieces: tuple[bytes, ...]

    @property
    def data(self) -> bytes:
        """The body of the record itself, without its continuations."""
        return self.pieces[0]


def records(stream: bytes) -> Iterator[BiffRecord]:
    """The records of the first substream, without those of substreams nested in it (charts)."""
    depth = 0
    for record in _joined(stream):
        if record.id & 0xFF == BOF & 0xFF and record.id >> 8 in (0, 2, 4, 8):
            depth += 1
            if depth == 1:
                yield BiffRecord(BOF, record.pieces)
        elif record.id == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield record


def _joined(stream: bytes) -> Iterator[BiffRecord]:
    """All records, each joined with its continuations."""
    at = 0
    id_, pieces = 0, list[bytes]()
    while at + 4 <= len(stream):
        following, length = struct.unpack_from("<HH", stream, at)
        if following != CONTINUE:
            if pieces:
                yield BiffRecord(id_, tuple(pieces))
            id_, pieces = following, []
        pieces.append(stream[at + 4 : at + 4 + length])
        at += 4 + length
    if pieces:
        yield BiffRecord(id_, tuple(pieces))


class BiffFont(Struct, frozen=True):
    """The effects of a font on a text; ``symbols`` is its name if it is a symbol font."""

    struck: bool = False
    unseen: bool = False
    raised: bool = False
    symbols: str = ""
    look: str = ""


_PLAIN = BiffFont()


def font_of(fonts: Sequence[BiffFont], number: int) -> BiffFont:
    """The font of that number, a plain one if there is none; the format skips number 4."""
    index = number - (number > 4)
    return fonts[index] if index < len(fonts) else _PLAIN


class BiffTexts:
    """Reads texts from the pieces of a record; ``fonts`` are the workbook's fonts.

    All methods raise struct.error or IndexError at the end of the pieces.
    """

    def __init__(self, pieces: tuple[bytes, ...], fonts: Sequence[BiffFont] = ()) -> None:
        self._pieces, self._fonts = pieces, fonts
        self._piece = self._at = 0

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes, across the ends of pieces."""
        found: list[bytes] = []
        while count:
            piece = self._pieces[self._piece][self._at : self._at + count]
            found.append(piece)
            count -= len(piece)
            self._at += len(piece)
            if count:
                self._piece, self._at = self._piece + 1, 0
        return b"".join(found)

    def number(self, form: str) -> int:
        """The next integer; ``form`` is a format of :mod:`struct`."""
        (number,) = struct.unpack(f"<{form}", self.take(struct.calcsize(form)))
        return int(number)

    def text(self, form: str = "H") -> Text:
        """The next text with its formatting runs; ``form`` is the :mod:`struct` format of its length."""
        length, flags = self.number(form), self.number("B")
        runs = self.number("H") if flags & _RICH else 0
        extended = self.number("I") if flags & _EXTENDED else 0
        text = self._characters(length, flags)
        changes = [(self.number("H"), self.number("H")) for _ in range(runs)]
        if extended:
            self.take(extended)
        return self.with_fonts(text, changes)

    def characters(self, length: int) -> str:
        """The next ``length`` characters, after a byte that says how wide they are."""
        return self._characters(length, self.number("B"))

    def _characters(self, length: int, flags: int) -> str:
        """The characters; if a piece ends among them, the next begins with another byte that says how wide they are."""
        found: list[str] = []
        while length > 0:
            if self._at >= len(self._pieces[self._piece]):
                self._piece, self._at = self._piece + 1, 1
                flags = self._pieces[self._piece][0]
            width = 2 if flags & _WIDE else 1
            data = self._pieces[self._piece][self._at : self._at + length * width]
            count = len(data) // width
            if not count:  # an incomplete character
                self._at = len(self._pieces[self._piece])
                continue
            found.append(data[: count * width].decode("utf-16-le" if width == 2 else "latin-1", "replace"))
            self._at += count * width
            length -= count
        return "".join(found)

    def with_fonts(self, text: str, changes: list[tuple[int, int]]) -> Text:
        """The text as runs; each of ``changes`` is a position and the number of the font from there on.

        The text itself if there are no changes, or they are not in order.
        """
        starts = [start for start, _ in changes]
        if not changes or starts != sorted(starts):
            return text
        pieces = [
            self._run(text[start:end], font_of(self._fonts, font))
            for (start, font), end in zip(changes, [*starts[1:], len(text)], strict=True)
        ]
        return (Run(text[: starts[0]]), *pieces)

    def _run(self, text: str, font: BiffFont) -> Run:
        shown = raised(text) if font.raised else marked(text, font.symbols)
        return Run(shown, font.struck, font.look, font.unseen)


def old_text(data: bytes, encoding: str, form: str = "H") -> str:
    """A text of Excel 5 or 95: its length, then its bytes."""
    size = struct.calcsize(form)
    (length,) = struct.unpack_from(f"<{form}", data)
    return data[size : size + length].decode(encoding, "replace")


def encoding_of(codepage: int) -> str:
    """Python's name for a codepage; gb18030 for one that Python does not know."""
    name = _CODEPAGES.get(codepage, "gb18030" if codepage == 936 else f"cp{codepage}")
    try:
        "".encode(name)
    except LookupError:
        return "gb18030"
    return name


def rk_number(value: int) -> float:
    """A number packed into four bytes: an integer or the upper half of a float, in some cases to be divided by 100."""
    signed = struct.unpack("<i", struct.pack("<I", value))[0]
    number = float(signed >> 2) if value & 2 else struct.unpack("<d", struct.pack("<Q", (value & 0xFFFF_FFFC) << 32))[0]
    return number / 100 if value & 1 else number
