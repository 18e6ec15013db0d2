"""Text as copied out of PDFs and old documents → the same text in the characters that a keyboard writes.

⼈⼒资源 (Kangxi radicals) and 人力资源 look the same to people, but not to a computer: rules and search would not
recognise an office, a law or an item written so. Folded here, once, for every table: radicals and compatibility
ideographs; full-width letters and digits; ligatures; marks of vertical, small and half-width script; numbering marks
that the grammars of lists do not know (❶ ➀ ㈠). Characters that look different are kept: ① and ⒈ number elements, Ⅲ and
㎡ have their own meaning, and ，（）： are normal in Chinese. Only characters change, never words; and a phone that
a narrow cell broke over two lines is rejoined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from gkdir.read.sheet import Cell, Row, Sheet

_RADICALS = (
    "⺁厂⺎兀⺒巳⺓幺⺝月⺟母⺠民⺩王⺪疋⺫目⺬示⺶羊⻁虎⻃覀⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Pairs: a radical without a compatibility mapping in Unicode, and the ideograph that looks the same."""
_WIDTHS = str.maketrans(",.;:?!()[]", "，。；：？！（）〔〕")
"""What the compatibility form of a small or vertical mark becomes in Chinese text."""


_BLANK = "\u115f\u1160\u2800\u3164\uffa0\ue5e5"
"""Letters without a glyph, and the blank of an old Chinese encoding."""
_ODD = re.compile(
    f"[{_BLANK}"
    "\u2e80-\u2fd5\u24eb-\u24f4\u2776-\u2793\u3220-\u3229\u3280-\u3289\uf900-\ufaff\ufb00-\ufb06\ufe00-\ufe19\ufe30-\ufe6b"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff65\U0002f800-\U0002fa1f\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
"""The ranges with characters to fold; a sheet without any is returned unchanged."""


def _folds() -> Iterator[tuple[int, str]]:
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F), (0xFB00, 0xFB06), (0xFF61, 0xFF65)):
        yield from ((code, unicodedata.normalize("NFKC", chr(code))) for code in range(first, last + 1))
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)):
        yield from ((code, chr(code - 0xFEE0)) for code in range(first, last + 1))
    for first, last in ((0xFE10, 0xFE19), (0xFE31, 0xFE4F), (0xFE50, 0xFE6B)):
        for code in range(first, last + 1):
            yield code, unicodedata.normalize("NFKC", chr(code)).translate(_WIDTHS)
    yield from ((ord(radical), whole) for radical, whole in zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
    yield from ((start + n, chr(0x2460 + n)) for start in (0x2776, 0x2780, 0x278A) for n in range(10))
    yield from ((0x24EB + n, chr(0x246A + n)) for n in range(10))
    yield from ((start + n, f"（{'一二三四五六七八九十'[n]}）") for start in (0x3220, 0x3280) for n in range(10))
    yield from ((code, "") for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))  # variation selectors
    yield from ((code, "") for code in range(0xE0000, 0xE0080))  # tags
    yield from ((ord(blank), " ") for blank in _BLANK)
    yield from ((ord("﹑"), "、"), (ord("﹒"), "."), (ord("︰"), "："))


@cache
def _map() -> dict[int, str]:
    return dict(_folds())


def ordinary(text: str) -> str:
    """``text`` in the characters that a keyboard writes."""
    return text.translate(_map()) if _ODD.search(text) else text


_BROKEN = re.compile(
    r"(?<![\d-])((?:0\d{2,3}|[48]00)[-—–－]?(?:\d{1,6}-?)?)[ \t]*\n[ \t]*(\d{1,8})(?![\d.、．)）])", re.ASCII
)
_PHONE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}|[48]00\d{7}")


def with_whole_phones(text: str) -> str:
    """The text with phones rejoined that a narrow cell broke over two lines: 0600-555⏎0101."""
    return _BROKEN.sub(_whole_phone, text) if "\n" in text else text


def _whole_phone(match: re.Match[str]) -> str:
    return match[1] + match[2] if _PHONE.fullmatch(re.sub(r"\D", "", match[1] + match[2])) else match[0]


def ordinary_sheet(sheet: Sheet) -> Sheet:
    """The sheet with all its texts folded; the same object if there is nothing to fold."""
    texts = {cell.text for row in sheet.rows for cell in row.cells.values()}
    if not any(_ODD.search(text) or _BROKEN.search(text) for text in texts) and not _ODD.search(sheet.title):
        return sheet
    rows = [replace(row, cells=dict(_cells(row))) for row in sheet.rows]
    return replace(sheet, rows=tuple(row for row in rows if row.cells or row.struck), title=ordinary(sheet.title))


def _cells(row: Row) -> Iterator[tuple[int, Cell]]:
    for column, cell in row.cells.items():
        text = with_whole_phones(ordinary(cell.text))
        if text.strip():
            yield column, Cell(text, cell.row, cell.column)
