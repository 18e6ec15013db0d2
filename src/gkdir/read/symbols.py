"""Letters set in a symbol font (Wingdings and its like) → the marks that they show: þ → ☑, ¨ → □."""

from __future__ import annotations

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
"""A mark that we do not know."""


def is_symbols(font: str) -> bool:
    """Whether letters in this font are no letters."""
    return font.strip().lower() in _FONTS


def marked(text: str, font: str) -> str:
    """What the text shows in this font; Chinese is never set in a symbol font, whatever the file says."""
    known = _FONTS.get(font.strip().lower())
    return text if known is None else "".join(_mark(character, known) for character in text)


def _mark(character: str, known: dict[int, str]) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        return known.get(code - 0xF000, UNKNOWN)
    if code > 0xFF or character.isspace() or character.isdecimal():
        return character
    return known.get(code, character)
