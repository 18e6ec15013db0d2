"""The text of a tick cell, and the marks in its table → whether it is ticked.

The meaning of a mark depends on the others: ○ is no if ● is used, and yes if the table has no other mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from gkdir.read.text import fold

_YES = frozenset(map(fold, "√✓✔■☑●◆▼◉◎⊙⚫⬛◼▇█▣✅🗹🗸✚＋是对有真1RþüPaYyV∨★▲")) | {
    "yes",
    "true",
    "ok",
    "\uf0fe",
    "\uf0fc",
    "\uf0d6",
    "⬤",
    "⋁",
    "ˇ",
    "选",
    "1.0",
    "是√",
}
_CROSSES = frozenset(map(fold, "×✗✘✖╳✕☓❌❎xㄨ乂〤⨯\uf0fb\uf04f\uf0b4"))
_NO = (
    _CROSSES
    | frozenset(map(fold, "□☐×✗✘✖╳✕☓❌❎◻⬜▢❏❑❒否无不没错假非0/\\-—–－_x¨£口囗"))
    | {
        "",
        "false",
        "no",
        "--",
        "——",
        "不公开",
        "没有",
        "不适用",
        "不选",
        "0.0",
        "否×",
        "n/a",
        "null",
        "none",
        "‐",
        "−",
    }
)
_HOLLOW = frozenset(map(fold, "○◯〇⚪⭕◇△▽☆oO◦"))
"""Marks for no if the table has a mark for yes; if they are its only marks, they mean yes."""
_CROSSED = frozenset("☒\uf053")
"""Ticked boxes of Word; they mean no if the table has a tick of another kind."""
_FONT_LETTERS = frozenset("rþüpa")
"""Letters that symbol fonts show as ticks or crosses: two different ones in a table are ambiguous."""
_RINGS = frozenset("◎◉⊙")
"""Marks for yes, but ambiguous if ● is the mark for yes."""
_ONLY_NO = _CROSSES | frozenset(map(fold, "□☐◻⬜▢❏❑❒否不"))
"""Marks that can only mean no; a third mark beside them is ambiguous."""
_SYMBOLS = frozenset(map(fold, "oqO¨£¡"))
"""Letters that symbol fonts show as blank boxes; beside them, n is the filled one."""

_HAN = re.compile("[\u4e00-\u9fff]")
_FRAMED = re.compile(r"^[(〔](.?)[)〕]\Z")
_LEADING = frozenset(
    map(fold, "√✓✔■☑☒●◆◉◎⚫⬛✅○◯⚪⭕◇△☆□☐×✗✘✖╳✕☓❌\uf0fe\uf0fc\uf052\uf06e\uf050\uf0a8\uf0a3\uf06f\uf071\uf072")
)
"""Marks that can be followed by words: √（失业人员）."""
_LEAD = re.compile(r"(?:[（(\[【〔]\s*(?=\S\s*[)）\]】〕]))?(\S)(?:\s*[)）\]】〕])?")
_LEADING_YES = _YES | {"\uf052", "\uf06e", "\uf050"}
_LEADING_NO = _NO | {"\uf0a8", "\uf0a3", "\uf06f", "\uf071", "\uf072"}
_ANSWER = re.compile(r"(是|否|有|无|对|错)(?=\s*[（(：:，,；;、。])")
_KNOWN = _LEADING_YES | _LEADING_NO | _HOLLOW | _CROSSED | {"n"}


class Ticks(Struct, frozen=True):
    """The marks ``seen`` in the tick cells of one table."""

    seen: frozenset[str] = frozenset()

    @property
    def _others(self) -> bool:
        """Whether the table has a mark that can only mean yes."""
        return bool(self.seen & _YES)

    def ticked(self, text: str) -> bool | None:
        """Whether the cell is ticked; ``None`` if it has words instead."""
        mark = _parts(text)[0]
        if mark in _HOLLOW:
            return not self._others and not self._symbols_fill
        if mark in _CROSSED:
            return not self._others
        if mark == "n":
            return None if not self.seen & (_SYMBOLS | {"y"}) else "y" not in self.seen
        return True if mark in _LEADING_YES else False if mark in _LEADING_NO else None

    def undecided(self, text: str) -> bool:
        """Whether the cell's mark is ambiguous: a third one beside marks for yes and no (○ beside √ and ×), a cross
        without a mark for yes, ◎ beside ●, ○ beside an unknown mark.
        """
        mark = _parts(text)[0]
        if (
            (mark in _CROSSES and self.seen <= _NO)
            or (mark in _RINGS and "●" in self.seen)
            or (mark in _FONT_LETTERS and len(self.seen & _FONT_LETTERS) > 1)
            or (mark in _HOLLOW and not self._others and any(map(_is_strange, self.seen)))
        ):
            return True
        return mark in _HOLLOW | _CROSSED and self._others and bool(self.seen & _ONLY_NO)

    @property
    def _symbols_fill(self) -> bool:
        return "n" in self.seen and "y" not in self.seen


def _is_strange(mark: str) -> bool:
    """Whether a text in a tick cell is neither words nor a known mark."""
    return mark not in _KNOWN and not _HAN.search(mark)


def ticks(texts: Iterable[str]) -> Ticks:
    """The marks of a table, from the texts of its tick cells."""
    return Ticks(frozenset(_parts(text)[0] for text in texts))


@lru_cache(maxsize=1 << 12)
def _parts(text: str) -> tuple[str, str]:
    """The mark that a cell consists of or begins with (its words if it has no mark), and the words after it."""
    text = text.strip()
    plain = fold(text)
    whole = _FRAMED.sub(r"\1", plain)
    if whole in _KNOWN:
        return whole, ""
    lead = _LEAD.match(text)
    if lead is not None and fold(lead[1]) in _LEADING:
        return fold(lead[1]), text[lead.end() :].strip()
    answer = _ANSWER.match(text)
    return (answer[1], text[1:].strip()) if answer else (plain, text)


def after_mark(text: str) -> str:
    """The words after the mark of a tick cell; all its words if it has no mark."""
    return _parts(text)[1]


def tick(text: str) -> bool | None:
    """Whether a tick cell is ticked, without knowing its table; ``None`` if it has words instead."""
    return Ticks().ticked(text)
