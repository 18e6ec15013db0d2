"""Markdown as people type it → Markdown as Python-Markdown reads it, and what it must not read into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import dedent, indent

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX
from msgspec import Struct

_HAN = "一二三四五六七八九十"
_LINE = re.compile(
    r"(?P<indent> *)(?:"
    r"(?P<number>\d{1,2})(?P<dot>[.．、)）])(?P<gap> *)(?!\d)"
    r"|(?P<bullet>[-+*] +|[•·●○■◆▪] *)"
    r"|(?P<dash>[-－–](?=[^\W\d_]))"
    rf"|(?P<own>[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[)）]|[①-⑳]|第?[{_HAN}]{{1,3}}、|第[{_HAN}\d]{{1,3}}步|[※★☆▲△◇]"
    r"|\*\*[^*\n]{1,20}(?:[：:]\*\*|\*\*[：:]))"
    r")"
)
"""How a line of a list begins, and (``own``) what stands at the beginning of a line of its own."""
_ROW = re.compile(r"\s*\|?[ :|-]*-[ :|-]*\|[ :|-]*\Z")
_INDENTED = re.compile("[ \u3000]*\u3000")
_QUOTED = re.compile("^> ?", re.MULTILINE)
_HEADING = re.compile("#{1,6}")
_SHIFT = "  "

_WORD = r"[^\W_]"
_LITERAL = rf"(?<=\d)\*(?=\d)|(?:(?<={_WORD})|(?<=[）)]))\*(?=(?:{_WORD}|[（(])[^*\n]*\*(?:{_WORD}|[（(]))"
"""A single ``*`` within words is a multiplication sign: 5*3*2, 基数*比例*月数."""

_WIDE = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’—…·"
_TAGS = r"(?:</?(?:a|abbr|code|del|em|strong|sub|sup)\b[^>]*>)*"
_BREAK = re.compile(rf"(?<=[{_WIDE}])({_TAGS})\n *({_TAGS})(?=[^<\s])|(?<=[^>\s])({_TAGS})\n *({_TAGS})(?=[{_WIDE}])")


class AsTyped(Extension):
    """Lists and lines as people type them in Chinese, ``~~``, and products that are not emphasis."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register it all. Text set in by two spaces is a paragraph: guides hold no program code."""
        md.preprocessors.register(_Lines(md), "typed", 15)
        md.inlinePatterns.register(_Product(_LITERAL, md), "product", 175)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(?=\S)(.+?)(?<=\S)~~", "del"), "del", 65)
        md.parser.blockprocessors.deregister("code")


def joined(html: str) -> str:
    """Clean HTML whose lines within a paragraph are joined without a blank after or before Chinese characters."""
    return _BREAK.sub("".join(rf"\g<{number}>" for number in range(1, 5)), html)


class _Product(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        """The ``*`` as Python-Markdown keeps an escaped one."""
        del data
        return f"{STX}{ord('*')}{ETX}", m.start(), m.end()


class _Lines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Each paragraph with its lists and lines parted."""
        text = "\n".join(lines)
        paragraphs = re.split(r"\n(?:[ \t]*\n)+", text)
        return "\n\n".join(_paragraph(paragraph) for paragraph in paragraphs).split("\n")


class _Typed(Struct, frozen=True):
    """A line: its text, and if it is one of a list, how far that is set in and its mark in Markdown."""

    text: str
    indent: str = ""
    mark: str = ""
    own: bool = False


def _paragraph(text: str) -> str:
    """The paragraph with its lists and lines parted, also within a quotation or a note."""
    first, _, rest = text.partition("\n")
    if first.startswith("!!!"):
        return f"{first}\n{indent(_lines(dedent(rest)), _SHIFT)}"
    if all(line.startswith(">") for line in text.split("\n")):
        return indent(_lines(_QUOTED.sub("", text)), "> ", lambda _: True)
    return _lines(text)


def _lines(text: str) -> str:
    return "\n".join(_parted(text.split("\n")))


def _parted(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a paragraph, with an empty line wherever a list, a table or another paragraph begins."""
    held, outer = None, _Typed("")
    for typed, apart in zip(_typed(lines), _apart(lines), strict=True):
        text = typed.text
        if typed.mark:
            inner = outer.mark and typed.indent == outer.indent and typed.mark[-2:] != outer.mark[-2:]
            text = f"{typed.indent}{_SHIFT if inner else ''}{typed.mark}{text}"
            apart = not outer.mark
            if not inner and (not outer.mark or typed.indent == outer.indent):
                outer = typed
        elif apart:
            outer = _Typed("")
        if held is not None:
            yield f"{held.rstrip()}{_SHIFT}" if typed.own and not apart and not _HEADING.match(held) else held
            if apart and held:
                yield ""
        held = text
    if held is not None:
        yield held


def _typed(lines: Sequence[str]) -> list[_Typed]:
    """What each line is. Numbers make a list only if they follow each other, as 1 and 2 do."""
    found = [_LINE.match(line) for line in lines]
    numbers = [(at, int(one["number"])) for at, one in enumerate(found) if one and one["number"]]
    listed = {at for (first, one), (second, other) in pairwise(numbers) if other == one + 1 for at in (first, second)}
    made = []
    for at, (line, one) in enumerate(zip(lines, found, strict=True)):
        near = [found[other] for other in (at - 1, at + 1) if 0 <= other < len(lines)]
        mark = ""
        if one and (at in listed or (one["number"] and one["dot"] == "." and one["gap"] and _starts(lines, at))):
            mark = f"{one['number']}. "
        elif one and (one["bullet"] or (one["dash"] and any(other and other["dash"] for other in near))):
            mark = "- "
        if one and mark:
            made.append(_Typed(line[one.end() :], one["indent"], mark))
        else:
            made.append(_Typed(_INDENTED.sub("", line), own=bool(one and (one["own"] or one["number"]))))
    return made


def _starts(lines: Sequence[str], at: int) -> bool:
    """Whether the line begins the paragraph, or continues a list that does."""
    return at == 0 or _LINE.match(lines[0]) is not None


def _apart(lines: Sequence[str]) -> Iterator[bool]:
    """Whether a paragraph or a table begins at each line that is none of a list."""
    table = False
    for at, line in enumerate(lines):
        head = "|" in line and at + 1 < len(lines) and _ROW.match(lines[at + 1]) is not None
        ends = table and "|" not in line
        table = head or (table and not ends)
        yield at > 0 and (head or ends or _INDENTED.match(line) is not None)
