"""XML, HTML or plain text → its visible lines, and the attribute values with long numbers.

Only tags that separate texts divide them, so that a number split by formatting is whole again.
"""

from __future__ import annotations

import re
from html import unescape

from gkdir.read.inside.part import InsideText, Looked
from gkdir.read.longnumber import FIGURE, LONG_NUMBER, long_lines, stretches, without

_FIGURES = re.compile(FIGURE)
_HEAD = re.compile(r"<\?[^<>]*\?>|<!DOCTYPE[^<>]*>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
_INDENT = re.compile(r">[ \t\r]*\n\s*<")
_ROW = re.compile(r"</(?:\w+:)?(?:tr|row|table-row)\s*>", re.IGNORECASE)
_CELL = re.compile(
    r"</(?:\w+:)?(?:tc|td|th|c|table-cell|covered-table-cell)\s*>|<(?:w|text):tab\b[^<>]*>", re.IGNORECASE
)
_BREAK = re.compile(
    r"</(?:\w+:)?(?:p|h[1-6]?|li|div|comment|si|textobject|title|dt|dd|pre|option|caption|headerfooter|oddheader|oddfooter"
    r"|evenheader|evenfooter|firstheader|firstfooter|creator|lastmodifiedby|description|subject|keywords|company|manager"
    r"|lpstr|lpwstr|v|text|instrtext|f|formula1|formula2|string|item|user-defined|initial-creator)\s*>"
    r"|<(?:\w+:)?(?:br|cr|line-break|hr)\b[^<>]*>|</?w:(?:del|moveFrom)\b[^<>]*>",
    re.IGNORECASE,
)
_LEFT_OUT = ("w:del ", "w:moveFrom ", "w:rt>", "rt>")
"""Elements whose text is not part of the document's: deleted words, pronunciation."""
_SIGN = re.compile(r"<w:sym\b[^<>]*\bw:char=[\"']F0(3[0-9])[\"'][^<>]*>")
_SPACES = re.compile(r"<text:s\b[^<>]*>")
_HYPHEN = re.compile(r"<w:noBreakHyphen\b[^<>]*>")
_TAG = re.compile(r"</?[a-zA-Z_][^<>]*>")
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]{1,80})\s*=\s*(?:"([^"<]*)"|'([^'<]*)'|([^\s"'<>]+))""")
_LONG_VALUES = re.compile(r"""=("[^"<]{11,}|'[^'<]{11,})""")
_LOOSE_VALUES = re.compile(r"""=\s*("[^"<]{11,}|'[^'<]{11,}|[^\s"'<>]{11,})""")
"""Long attribute values as loosely as people write HTML: unquoted, or with blanks around ``=``."""
_BETWEEN_TAGS = re.compile(">([^<]+)")
_GEOMETRY = frozenset(("points", "path", "d", "coordsize", "adj", "viewbox", "panose1", "panose", "style", "transform"))
_STRING_CELL = re.compile(r"""<(?:\w+:)?c\b[^<>]*\bt=["']s["'][^<>]*><(?:\w+:)?v>[^<]*</(?:\w+:)?v></(?:\w+:)?c>""")
_SCIENTIFIC = re.compile(r"(?<![\d.])(\d)\.(\d{1,17})E\+?(1[0-9])(?!\d)", re.IGNORECASE)
_LAYOUT = re.compile("&[A-Za-z]")
"""Alignment codes of a sheet's header: &C13912345678 is a centred number."""
_SHEET = re.compile(r"<(?:\w+:)?worksheet\b")


def texts(source: str, where: str | None = None, again: bool = False) -> Looked:
    """The lines with a long number, then the attributes with one, then the lines without deleted words."""
    sheet = _SHEET.search(source[:2000]) is not None
    if sheet:  # the values of text cells are indexes of shared texts, not numbers
        source = _SCIENTIFIC.sub(_written_out, _STRING_CELL.sub("", source)).replace("&amp;", "&")
    marked = "!" in source  # each test looks for a rare character first: parts are long, and most do not have it
    coded = ("&" in source and "&#" in source) or (marked and "<![CDATA[" in source) or "<w:sym" in source
    # Most parts have no number in their text, and careful extraction of the text is ten times as slow.
    shown = source[: source.find("<")] + "".join(_BETWEEN_TAGS.findall(source)) if "<" in source else source
    if coded or LONG_NUMBER.search(shown):
        yield from _lines(source, where, again, sheet)
    if coded or LONG_NUMBER.search(_values(source)):
        for name, *written in _ATTRIBUTE.findall(source):
            value = unescape("".join(written))
            if LONG_NUMBER.search(value) and name.rpartition(":")[2].lower() not in _GEOMETRY:
                yield InsideText(value, where, None, again)
    if marked:
        yield from _remarks(source, where)
    if (kept := _without_what_is_left_out(source)) is not source and len(_FIGURES.findall(shown)) > 10:
        yield from _lines(kept, where, True, sheet)


def _remarks(source: str, where: str | None) -> Looked:
    for start, end in stretches(source, "<!--", "-->"):
        if LONG_NUMBER.search(source, start, end):
            yield InsideText(source[start + 4 : end - 3], where, None, True)


def _without_what_is_left_out(source: str) -> str:
    for tag in _LEFT_OUT:
        source = without(source, f"<{tag}", f"</{tag.strip(' >')}>")
    return source


def _values(source: str) -> str:
    """The attribute values that are long enough for a number."""
    return "\n".join((_LONG_VALUES if source.startswith("<?xml") else _LOOSE_VALUES).findall(source))


def _lines(source: str, where: str | None, again: bool, sheet: bool) -> Looked:
    for _, line in long_lines(seen(source, sheet)):
        yield InsideText(line, where, None, again)


def seen(source: str, sheet: bool = False) -> str:
    """The text between the tags: a line for each paragraph, ``\\t`` after each cell and ``\\r`` after each row."""
    if "<" in source:
        source = _HEAD.sub("", without(source, "<!--", "-->"))
        source = _INDENT.sub("><", source)
        source = _BREAK.sub("\n", _CELL.sub("\t", _ROW.sub("\r", source)))
        if "<w:sym" in source:
            source = _SIGN.sub(lambda sign: chr(int(sign[1], 16)), source)
        source = _TAG.sub("", _HYPHEN.sub("-", _SPACES.sub(" ", source)))
    text = unescape(source) if "&" in source else source
    return _LAYOUT.sub(" ", text) if sheet else text


def _written_out(match: re.Match[str]) -> str:
    whole, fraction, power = match[1], match[2], int(match[3])
    return (whole + fraction).ljust(power + 1, "0") if len(fraction) <= power else match[0]
