"""A line of YAML → the character that only looks like YAML syntax, with its place and the remedy.

Word processors, chat programs and Chinese keyboards produce them; YAML reads them as text, people see no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from gkdir.finding import Place, Trouble, TroubleKind

_NAMES = {
    "\t": "制表符（Tab）",
    "\u00a0": "不换行空格",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右的标记",
    "\u200f": "从右到左的标记",
    "\u2060": "零宽的连接符",
    "\u3000": "全角空格",
}
_ZERO = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u3164\uffa0"
_BLANK = f"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000{_ZERO}"
_DASHES = "－–—‐‑‒−﹣•·●"
_COLONS = "：﹕︓꞉∶"
_QUOTES = "“”„‟＂‘’＇「」『』"

_DASH_OR_HASH = frozenset(_DASHES + "＃")

ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""A space character that YAML does not treat as white space."""

INVISIBLE = re.compile(rf"(?![\u200c\u200d](?=[^\x00-\u2fff]))[{_ZERO}]")
"""Zero-width characters, except joiners inside an emoji."""


class Lookalike(Struct, frozen=True):
    """A character found in a line, at ``column`` (from 0), and what to tell the writer."""

    column: int
    message: str
    hint: str


def name_of(character: str) -> str:
    """What a character is called, with its number."""
    code = f"U+{ord(character):04X}"
    blank = "看不见的字符" if re.match(f"[{_ZERO}]", character) else "特殊的空格"
    return f"{_NAMES.get(character, blank)}（{code}）"


def invisible(text: str, character: str, place: Place) -> Trouble:
    """The trouble to report for an invisible character."""
    around = " ".join(text.split())
    at = max(around.find(character), 0)
    near = around[max(0, at - 10) : at + 10]
    message = f"“{near}”里有{name_of(character)}，看不见，也搜不到。"
    hint = "多半是从网页或聊天记录里复制来的。请删去它，或把这几个字重新打一遍。"
    return Trouble(TroubleKind.INVISIBLE, place, message, hint)


_LOOKALIKES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str], str], ...] = (
    (
        re.compile(rf" *(?:- +)*(?P<at>[{_BLANK}])"),
        lambda match: f"这里的空白里有{name_of(match['at'])}，不是普通的空格。",
        "请删去它，改成普通的空格；缩进每层两个。",
    ),
    (
        re.compile(rf" *(?:- +)*[^\s:#'\"{_BLANK}]+:(?P<at>[{_BLANK}])"),
        lambda match: f"冒号后面是{name_of(match['at'])}，不是普通的空格。",
        "请删去它，在英文冒号后面空一格。",
    ),
    (
        re.compile(rf" *(?:- +)*-{{1,3}}(?P<at>[{_BLANK}])"),
        lambda match: f"“-”后面是{name_of(match['at'])}，不是普通的空格。",
        "请删去它，在“-”后面空一格。",
    ),
    (
        re.compile(rf" *(?P<at>[{_DASHES}])[ \t{_BLANK}]"),
        lambda match: f"行首的“{match['at']}”（U+{ord(match['at']):04X}）不是英文的短横线“-”。",
        "列表每项一行，以英文的“- ”开头，后面空一格。",
    ),
    (
        re.compile(rf".*[\"'\]}}](?P<at>[{_BLANK}])[ {_BLANK}]*\Z"),
        lambda match: f"行尾有{name_of(match['at'])}，不是普通的空格。",
        "请删去它。",
    ),
    (
        re.compile(r" *(?P<at>＃)"),
        lambda _: "行首的“＃”是全角的，不算注释。",
        "请改成英文的“#”，后面空一格。",
    ),
)
_WIDE_OPENING = frozenset("［｛")
MISLEADING = _WIDE_OPENING | _DASH_OR_HASH
"""First characters without which ``misread`` and ``starts_oddly`` find nothing in a single printable line."""
_WHOLE = re.compile(r"［.*］|｛.*｝", re.DOTALL)
_WIDE_COLON = re.compile(rf" *(?:- +)*(?P<key>[^\s:{_COLONS}#'\"]+)(?P<at>[{_COLONS}])")
_WIDE_BRACKET = re.compile(r"[［］｛｝]")
_WIDE_QUOTE = re.compile(rf"(?:^|[:\[{{,-]) *(?P<at>[{_QUOTES}])")


@lru_cache(maxsize=1 << 12)  # called for every key of every file; most are the same few
def lookalike(line: str) -> Lookalike | None:
    """The first space, dash, colon or other mark in the line that only looks like YAML syntax."""
    for pattern, message, hint in _LOOKALIKES:
        if match := pattern.match(line):
            return Lookalike(match.start("at"), message(match), hint)
    return None


def wide_colon(line: str) -> Lookalike | None:
    """A full-width or similar colon after what would be a key."""
    match = _WIDE_COLON.match(line)
    if match is None:
        return None
    kind = "中文冒号" if match["at"] == "：" else "样子像冒号的"
    return Lookalike(
        match.start("at"), f"“{match['key']}”后面是{kind}“{match['at']}”。", "请改成英文冒号“:”，后面空一格。"
    )


def wide_bracket(line: str) -> Lookalike | None:
    """A full-width bracket."""
    match = _WIDE_BRACKET.search(line)
    return Lookalike(match.start(), f"“{match[0]}”是全角的括号。", "请改成英文的括号。") if match else None


def wide_quote(line: str) -> Lookalike | None:
    """A quotation mark that is not ASCII where a value begins."""
    match = _WIDE_QUOTE.search(line)
    if match is None:
        return None
    return Lookalike(match.start("at"), f"“{match['at']}”不是英文的引号。", '请在整个值的两头用英文引号 " "。')


def misread(text: str) -> Lookalike | None:
    """The character that turned an intended list or mapping into the plain ``text``.

    A full-width blank before a text is stripped with other blanks, and does no harm.
    """
    if text[:1] in _WIDE_OPENING and _WHOLE.fullmatch(text):
        return wide_bracket(text)
    return None if text.isprintable() else lookalike(text.strip())


def starts_oddly(line: str) -> Lookalike | None:
    """The dash or ``＃`` at the start of a line that was meant as an element of a list or a comment."""
    return lookalike(line) if line.strip()[:1] in _DASH_OR_HASH else None


def meant_as_mapping(text: str) -> Lookalike | None:
    """Why a text was not read as ``键: 值``, where that was expected."""
    return lookalike(text) or wide_colon(text) or wide_bracket(text)
