"""Formatted text from any file format → a cell's text as people see it, and what is struck out, hidden or raised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from gkdir.model.columns import AUDIENCES, CHANNELS, LEVELS, MODES
from gkdir.read.text import fold

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x76: "◆", 0x77: "◆", 0x9F: "•",
    0xA1: "○", 0xA4: "⊙", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xB5: "☆", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "☒", 0x56: "☒", 0x95: "•", 0x98: "●",
    0x99: "○", 0xA0: "■", 0xA2: "■", 0xA3: "□", 0xA4: "□",
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xD6: "√", 0xB4: "×", 0xA8: "◆", 0xE0: "◇"}
_WEBDINGS = {0x61: "√", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "×"}
_FONTS = {
    "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL, "webdings": _WEBDINGS, "wingdings 3": {},
}  # fmt: skip
UNKNOWN = "\ufffd"
"""The replacement for an unknown mark."""


def is_symbols(font: str) -> bool:
    """Whether it is a symbol font."""
    return font.strip().lower() in _FONTS


def marked(text: str, font: str) -> str:
    """The text as it is shown in this font; Chinese is never shown in a symbol font, whatever the file says."""
    known = _FONTS.get(font.strip().lower())
    return text if known is None else "".join(_mark(character, known) for character in text)


def _mark(character: str, known: dict[int, str]) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        return known.get(code - 0xF000, UNKNOWN)
    if code > 0xFF or character.isspace() or character.isdecimal():
        return character
    return known.get(code, character)


_FIGURES = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)
_MARK = re.compile(r"[\[(（〔【]?注?(?:[\d]{1,3}|[①-⑳])[\])）〕】]?")
_NOTE = re.compile("(?<![A-Za-z米⁰¹²³⁴-⁹₀-₉])[⁰¹²³⁴-⁹₀-₉]+")


def raised(text: str) -> str:
    """The text of a superscript or subscript; references to notes become raised digits.

    A raised number after a word or a number refers to a note. It is written in raised characters here, which the
    builder of a grid removes from the text and reports. After a letter (m², CO₂) it belongs to the word and is kept.
    """
    mark = text.strip()
    if not _MARK.fullmatch(mark):
        return text
    number = mark.strip("[](（）〔〕【】注)")
    return (str(ord(number) - 0x245F) if "①" <= number <= "⑳" else number).translate(_FIGURES)


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without references to notes, and these references."""
    marks = tuple(_NOTE.findall(text))
    return (_NOTE.sub("", text), marks) if marks else (text, ())


_HEX = re.compile(r"[0-9a-f]{6}")
_LIGHTEST = 0xF5
"""A colour with all three components at least this light cannot be seen on white."""
_FLAT = 0.03
TINY = 3.0
"""The size in points below which text is too small to read."""


def is_white(colour: str) -> bool:
    """Whether a colour is white; it ends in six hexadecimal digits, before which formats put different prefixes."""
    figures = colour[-6:].lower()
    if not _HEX.fullmatch(figures):
        return False
    return all(int(figures[at : at + 2], 16) >= _LIGHTEST for at in (0, 2, 4))


def is_flat(size: str) -> bool:
    """Whether a row or a column of that size, in any unit, is too small to be seen: 0, 0.0in, 0.02cm."""
    figures = re.match(r"\d{1,9}(?:\.\d{1,9})?", size)
    return figures is not None and float(figures[0]) < _FLAT


def is_tiny(points: str) -> bool:
    """Whether a size in points is too small to read."""
    try:
        return 0 <= float(points) < TINY
    except ValueError:
        return False


_OPTIONS = frozenset(fold(word) for word in (*AUDIENCES, *CHANNELS, *LEVELS, *MODES))
_BETWEEN = frozenset("\n\t 、，,；;\u3000")
_MARKS = frozenset("■□☑☐☒√✓✔×✗●○◆◇▲△◎¨þ")
_LONGEST = 2_000


def set_off(runs: Sequence[Run]) -> list[str]:
    """The options that look different from most of those listed; none if there are tick marks, or all look the same."""
    if len({run.look for run in runs if run.text.strip()}) < 2 or sum(len(run.text) for run in runs) > _LONGEST:
        return []
    if any(not _MARKS.isdisjoint(run.text) for run in runs):
        return []
    looks = [(text, look) for text, look in _pieces(runs) if fold(text) in _OPTIONS]
    counted = Counter(look for _, look in looks)
    if len(counted) < 2:
        return []
    usual = max(counted, key=lambda look: (counted[look], look == ""))
    return [text for text, look in looks if look != usual]


def _pieces(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """The words between separators, each with the look of its first visible character."""
    found: list[tuple[str, str]] = []
    word, look = "", ""
    for run in runs:
        for character in "" if run.struck else run.text:
            if character in _BETWEEN:
                found.append((word, look))
                word = ""
            else:
                look = look if word else run.look
                word += character
    return [(text, at) for text, at in [*found, (word, look)] if text]


_FALSE = ("0", "false", "off", "none")


class Run(Struct, frozen=True):
    """A run of text with the same formatting. ``struck`` is ``None`` if it is inherited from the cell's font."""

    text: str
    struck: bool | None = None
    look: str = ""
    """Other emphasis (bold, underlined, coloured), as a string to compare."""
    unseen: bool = False
    """White without a background, or too small to be read."""


Text = str | tuple[Run, ...]
"""A text, as runs if some of them have formatting of their own."""


def split_struck(text: Text, struck: bool) -> tuple[str, str]:
    """The valid text, and the struck-out text (pieces joined with ……); ``struck``: the cell's font is struck out."""
    if isinstance(text, str):
        return ("", text) if struck else (text, "")
    kept: list[str] = []
    out: list[str] = []
    before = False
    for run in text:
        if struck if run.struck is None else run.struck:
            if before:
                out[-1] += run.text
            else:
                out.append(run.text)
            before = True
        else:
            kept.append(run.text)
            before = before and not run.text.strip()
    return "".join(kept), "……".join(piece.strip() for piece in out if piece.strip())


def switched_on(attributes: dict[str, str], name: str = "val") -> bool:
    """Whether a boolean element (``<strike/>``) is on: it has no value, or not a false one."""
    return attributes.get(name, "1") not in _FALSE


def colour_of(attributes: dict[str, str]) -> str:
    """The colour of a font in a workbook; empty for black."""
    if attributes.get("rgb", "")[-6:] == "000000" or attributes.get("theme") == "1" or attributes.get("indexed") == "8":
        return ""
    return next((attributes[key] for key in ("rgb", "theme", "indexed") if key in attributes), "")


def is_white_font(attributes: dict[str, str]) -> bool:
    """Whether the colour of a font in a workbook is white."""
    return (
        is_white(attributes.get("rgb", ""))
        or attributes.get("indexed") in ("1", "9")
        or (attributes.get("theme") == "0" and attributes.get("tint", "0").strip("0.") == "")
    )


def unseen_text(text: Text) -> str:
    """The runs of the text that are white or too small, joined."""
    return "" if isinstance(text, str) else "".join(run.text for run in text if run.unseen and not run.struck)


class RichText:
    """Collects one text of a workbook (``si``, ``is``, a comment's ``text``), without phonetic readings."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._pieces: list[str] = []
        self._struck: bool | None = None
        self._look: list[str] = []
        self._font = ""
        self._raised = self._unseen = False
        self._listening = self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag within the text opens."""
        if tag == "t":
            self._listening = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "rPr":
            self._struck = False
        elif tag == "strike":
            self._struck = switched_on(attributes)
        elif tag in ("b", "u") and switched_on(attributes):
            self._look.append(tag)
        elif tag == "rFont" and is_symbols(attributes.get("val", "")):
            self._font = attributes["val"]
        elif tag == "color" and (colour := colour_of(attributes)):
            self._look.append(colour)
            self._unseen = self._unseen or is_white_font(attributes)
        elif tag == "sz" and is_tiny(attributes.get("val", "")):
            self._unseen = True
        elif tag == "vertAlign":
            self._raised = attributes.get("val") != "baseline"

    def end(self, tag: str) -> None:
        """A tag within the text closes."""
        if tag == "t":
            self._listening = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "r":
            self._close_run()

    def text(self, data: str) -> None:
        """Text between the tags."""
        if self._listening:
            self._pieces.append(data)

    def _close_run(self) -> None:
        if self._pieces:
            text = marked("".join(self._pieces), self._font)
            look = " ".join(sorted(self._look))
            self._runs.append(Run(raised(text) if self._raised else text, self._struck, look, self._unseen))
            self._pieces.clear()
        self._struck = None
        self._look.clear()
        self._font = ""
        self._raised = self._unseen = False

    def take(self) -> Text:
        """The collected text; the collector is reset."""
        if not self._runs:
            text = "".join(self._pieces)
            self._pieces.clear()
            return text
        self._close_run()
        runs = tuple(self._runs)
        self._runs.clear()
        return runs if any(run.struck is not None for run in runs) else "".join(run.text for run in runs)
