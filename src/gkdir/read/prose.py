"""A Markdown text → why it cannot be rendered: too long, too deep, or made to be slow."""

from __future__ import annotations

import re

from msgspec import Struct

LENGTH = 20_000
"""Characters of one section: far more than anybody reads, and still well under a second."""
TITLE = 200
LINES = 400
BRACKETS = 200
"""Lines, and ``[`` or ``<``, of one paragraph: Python-Markdown takes quadratic time over them."""
DEPTH = 30
"""The deepest nesting of lists; Python-Markdown recurses for each level."""

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_OPENING = re.compile(r"(?:[ \t]*(?:>|[-*+:](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")


class Unbearable(Struct, frozen=True):
    """What is wrong with a text, the remedy, and the line, from 0, where it begins."""

    message: str
    hint: str
    line: int = 0


def unbearable(text: str, title: str = "") -> Unbearable | None:
    """What is wrong with a section's ``text`` or ``title``, if anything is."""
    if len(title) > TITLE:
        return Unbearable(f"这一节的标题有 {len(title)} 个字符，超过 {TITLE} 个。", "标题写短一些，其余的写进正文。")
    if len(text) > LENGTH:
        return Unbearable(f"这一节有 {len(text)} 个字符，超过 {LENGTH} 个。", "请分成几节，或做成附件。")
    start = 0
    for paragraph in _PARAGRAPHS.split(text):
        line = text.count("\n", 0, start)
        if paragraph.count("[") > BRACKETS or paragraph.count("<") > BRACKETS:
            what = f"同一段里的“[”或“<”超过 {BRACKETS} 个。"
            return Unbearable(what, "请检查是不是粘贴了别处的代码，或用空行分段。", line)
        if paragraph.count("\n") > LINES:
            return Unbearable(f"有一段超过 {LINES} 行，中间没有空行。", "请用空行分段。", line)
        start = text.find(paragraph, start) + len(paragraph)
    for number, written in enumerate(text.split("\n")):
        if _depth(written) > DEPTH:
            return Unbearable("列表套得太深。", "请改成两三层以内的列表。", number)
    return None


def _depth(line: str) -> int:
    opening = _OPENING.match(line)
    if opening is None or len(opening[0]) < DEPTH:  # nearly always: no need to count
        return 0
    spaces = opening[0].expandtabs(2)
    return sum(spaces.count(mark) for mark in "-*+:.)") + (len(spaces) - len(spaces.lstrip())) // 2
