"""A Markdown text, or a page → what people see of it, its links, and why it cannot be rendered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import chain, zip_longest
from posixpath import normpath
from urllib.parse import unquote

from msgspec import Struct

from gkdir.model.guide import Section
from gkdir.read.longnumber import without

_MARKED = re.compile(r"\d(?:[<&]|[*_~`\\\[\]{$^]{1,4}+(?!\*)[^\s\u4e00-\u9fff]{0,200}?\d)")
_SIGNS = (("<!--", "-->"), ("{#", "#}"), ("{%", "%}"), ("{:", "}"))
"""Delimiters of comments and template tags, which are invisible."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<(?:/?(?:p|div|li|tr|td|th|h[1-6])|br|hr)\b[^<>]*>", re.IGNORECASE)
_ADDRESS_IN_TAG = re.compile(r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]")
_CODED = re.compile(r"%3(\d)")
_ENTITY = re.compile(r"&#?\w{1,31};?")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"[*_~`\[\]^$]+|\{\{-?\s{0,9}|\s{0,9}-?\}\}")
_PARTS = re.compile(r"[\"']\s{0,9}[~+]?\s{0,9}[\"']")
_RULED = re.compile(r"^[ >]*+(?:\|?[ ]*:?-+:?[ ]*\|[ :|-]*|(?:[-*_=][ ]*){3,}|(?:```|~~~).*)\Z")
"""The line below a table's headings, a horizontal rule, or a code fence."""
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{1,1000}~~")
_BEFORE_LINE = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+)?(?:#{1,6}\s+)?")
_IMAGE = re.compile(r"!\[")
_TABLE_ROW = re.compile(r"\s*\|(.*)\|\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_QUOTES = re.compile(r"(?<=\d)[\"']+|[\"']{1,3}(?=\d)")


def is_marked(source: str) -> bool:
    """Whether digits touch a mark, or are written as entities or escapes.

    Bold, tags, entities and escapes can split a number that the page shows whole.
    """
    return "&#" in source or "%3" in source or "{:" in source or _MARKED.search(source) is not None


def unmarked(source: str) -> str:
    """The text without Markdown and HTML marks, with as many lines."""
    text = source
    for opening, closing in _SIGNS:
        text = without(text, opening, closing)
    text = _TAG.sub(line_ends, _BREAK.sub(lambda tag: " " + line_ends(tag), text))
    text = _ESCAPE.sub(r"\1", unescaped(_ADDRESS_IN_TAG.sub("", text)))
    return _QUOTES.sub("", _PARTS.sub("", _MARKS.sub("", text)))


def running(source: str) -> str:
    """The text as read aloud: cells of a table separated by commas, no marks, no struck-out text."""
    lines = (_RULED.sub("", line) for line in _STRUCK.sub("", source).split("\n"))
    bare = unmarked("\n".join(_read_out(_BEFORE_LINE.sub("", _IMAGE.sub("[", line))) for line in lines))
    return "\n".join(filter(None, map(str.strip, bare.split("\n"))))


def _read_out(line: str) -> str:
    row = _TABLE_ROW.fullmatch(line)
    return "，".join(filter(None, map(str.strip, _CELL_END.split(row[1])))) if row else line


def unescaped(source: str) -> str:
    """The text with its entities and percent codes decoded, with as many lines."""
    return _ENTITY.sub(_meaning, _CODED.sub(r"\1", source))


def line_ends(match: re.Match[str]) -> str:
    """Only the line breaks of the match, so that all lines keep their numbers."""
    return "\n" * match[0].count("\n")


def _meaning(match: re.Match[str]) -> str:
    return unescape(match[0]).replace("\n", " ")


LENGTH = 20_000
"""The most characters of one section: far more than anybody reads, and rendered in well under a second."""
TITLE = 200
LINES = 400
BRACKETS = 200
"""The most lines, and the most ``[`` or ``<``, of one paragraph: Python-Markdown takes quadratic time for them."""
DEPTH = 30
"""The deepest nesting of lists; Python-Markdown recurses for each level."""

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_OPENING = re.compile(r"(?:[ \t]*(?:>|[-*+:](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")


class Unrenderable(Struct, frozen=True):
    """Why a text cannot be rendered, the remedy, and the line (from 0) where the problem begins."""

    message: str
    hint: str
    line: int = 0


def problem_of_rendering(text: str, title: str = "") -> Unrenderable | None:
    """Why a section's ``text`` or ``title`` cannot be rendered; ``None`` if it can."""
    if len(title) > TITLE:
        return Unrenderable(f"这一节的标题有 {len(title)} 个字符，超过 {TITLE} 个。", "标题写短一些，其余的写进正文。")
    if len(text) > LENGTH:
        return Unrenderable(f"这一节有 {len(text)} 个字符，超过 {LENGTH} 个。", "请分成几节，或做成附件。")
    start = 0
    for paragraph in _PARAGRAPHS.split(text):
        line = text.count("\n", 0, start)
        if paragraph.count("[") > BRACKETS or paragraph.count("<") > BRACKETS:
            what = f"同一段里的“[”或“<”超过 {BRACKETS} 个。"
            return Unrenderable(what, "请检查是不是粘贴了别处的代码，或用空行分段。", line)
        if paragraph.count("\n") > LINES:
            return Unrenderable(f"有一段超过 {LINES} 行，中间没有空行。", "请用空行分段。", line)
        start = text.find(paragraph, start) + len(paragraph)
    for number, written in enumerate(text.split("\n")):
        if _depth(written) > DEPTH:
            return Unrenderable("列表套得太深。", "请改成两三层以内的列表。", number)
    return None


def _depth(line: str) -> int:
    opening = _OPENING.match(line)
    if opening is None or len(opening[0]) < DEPTH:  # the usual case, without counting
        return 0
    spaces = opening[0].expandtabs(2)
    return sum(spaces.count(mark) for mark in "-*+:.)") + (len(spaces) - len(spaces.lstrip())) // 2


_TARGET = (
    r"\([ ]*(?:<([^<>\n]{0,500})>|((?:[^()<>\n]|\([^()\n]{0,80}\)){0,500}))"
    r"""(?:[ ]+(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?[ ]*\)"""
)
_INLINE = re.compile(rf"\]{_TARGET}")
_PICTURE = re.compile(rf"!\[([^\]\n]{{0,500}})\]{_TARGET}")
_NAMED = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]{1,80})\]:[ \t]*<?(\S{0,500}?)>?(?:[ \t]+[\"'(].*)?$", re.MULTILINE)
_HTML = re.compile(r"""<a\b[^<>]{0,200}\bhref\s*=\s*(?:["']([^"'<>]{0,500})["']|([^\s"'<>]{1,500}))""", re.IGNORECASE)
_IMG = re.compile(r"""<img\b[^<>]{0,500}""", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*["']([^"'<>]{0,500})["']""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*["']([^"'<>]{0,500})["']""", re.IGNORECASE)
_REFERRED = re.compile(r"!\[([^\]\n]{0,500})\](?:\s?\[([^\]\n]{0,80})\])?(?!\()")
_REFERRING = re.compile(r"(?<!\])!?\[([^\[\]^\n]{1,500})\]\[([^\[\]^\n]{0,80})\](?![\[(:])")
CODE = re.compile(r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\1(?!`)")
"""Code between the same number of backticks on both sides."""
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\Z""")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2}")
"""The beginning of an address outside the site."""


class TextLink(Struct, frozen=True):
    """One link; for a picture, ``words`` is its alternative text."""

    line: int
    target: str
    words: str | None = None


def text_links(section: Section) -> Iterator[TextLink]:
    """The links and pictures of a section, line by line."""
    text = section.markdown
    if "](" not in text and "]:" not in text and "<" not in text:
        return
    named = {name.casefold(): target for name, target in _NAMED.findall(text)} if "]:" in text else {}
    for number, line in enumerate(text.splitlines(), section.line):
        bare = CODE.sub("", line)
        if "[" in bare or "<" in bare:
            yield from _of_line(bare, number, named)


def _of_line(bare: str, number: int, named: dict[str, str]) -> Iterator[TextLink]:
    shown = set()
    for match in _PICTURE.finditer(bare):
        shown.add(match.end())
        yield TextLink(number, _plain(match[2] or match[3] or ""), match[1].strip())
    for match in _REFERRED.finditer(bare):
        target = named.get((match[2] or match[1]).casefold())
        if target is not None:
            yield TextLink(number, _plain(target), match[1].strip())
    for match in _IMG.finditer(bare):
        if source := _SRC.search(match[0]):
            words = _ALT.search(match[0])
            yield TextLink(number, source[1].strip(), words[1].strip() if words else "")
    for match in _INLINE.finditer(bare):
        if match.end() not in shown:
            yield TextLink(number, _plain(match[1] or match[2] or ""))
    for match in _NAMED.finditer(bare):
        yield TextLink(number, _plain(match[2]))
    for match in _HTML.finditer(bare):
        yield TextLink(number, (match[1] or match[2] or "").strip())


def retargeted(text: str, change: Callable[[str], str]) -> str:
    """A Markdown text with each link's address that has a ``#`` replaced by ``change(address)``, except in code."""

    def changed(link: re.Match[str]) -> str:
        address = link.lastindex or 0  # the words of the link may be the same as its address
        written = _plain(link[address])
        if "#" not in written:
            return link[0]
        start, end = (at - link.start() for at in link.span(address))
        return link[0][:start] + link[address].replace(written, change(written)) + link[0][end:]

    code = [match.span() for match in CODE.finditer(text)]
    made = []
    for start, end in zip((0, *(one for _, one in code)), (*(one for one, _ in code), len(text)), strict=True):
        words = text[start:end]
        for links in (_INLINE, _NAMED, _HTML):
            words = links.sub(changed, words)
        made.append(words)
    kept = [text[start:end] for start, end in code]
    return "".join(chain.from_iterable(zip_longest(made, kept, fillvalue="")))


def lost_references(section: Section) -> Iterator[tuple[int, str]]:
    """References such as ``[办法][1]`` without a definition in the section: (line, reference).

    Choices, [是][否] or [已婚][未婚], and numbers, [2019][5], are not meant as links.
    """
    text = section.markdown
    if "][" not in text:
        return
    named = {name.casefold() for name, _ in _NAMED.findall(text)}
    for number, line in enumerate(text.splitlines(), section.line):
        for match in _REFERRING.finditer(CODE.sub("", line)):
            words, name = match[1].strip(), match[2].strip()
            if (name or words).casefold() not in named and (match[0][0] == "!" or not _is_choice(words, name)):
                yield number, match[0]


def _is_choice(one: str, other: str) -> bool:
    if one.isdigit():
        return True
    if len(one) == len(other) == 1:
        return not other.isdigit()
    return one != other and one[-1:] == other[-1:] and not other.isascii()


def _plain(target: str) -> str:
    return _TITLE.sub("", target.strip())


def linked_path(target: str) -> str | None:
    """The file beside the text that a link leads to, as a path from the text's folder; ``None`` if it leads elsewhere.

    Links that end in ``/`` or ``.html`` lead to pages of the site, and ``#…`` alone to an anchor of the same page.
    """
    if SCHEME.match(target):
        return None
    path = unquote(target.partition("#")[0].partition("?")[0]).strip()
    if not path or path.startswith(("/", "\\")) or path.endswith(("/", ".html", ".htm")) or "\0" in path:
        return None
    path = normpath(path)
    return None if path == "." or path.startswith("..") else path
