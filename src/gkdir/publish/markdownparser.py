"""Markdown as people type it in Chinese → clean HTML: sanitised, and limited against slow and deep input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from textwrap import dedent, indent

import markdown
import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX
from msgspec import Struct

from gkdir.finding import Unreadable
from gkdir.model.guide import Section
from gkdir.publish.attached import NOTHING, Shown, filtered, with_files, words_of_image
from gkdir.publish.filters import ANY_TAG, helped, with_outlinks
from gkdir.read.markdowntext import problem_of_rendering
from gkdir.read.webaddress import SAFE_SCHEMES

_HAN = "一二三四五六七八九十"
_LINE = re.compile(
    r"(?P<indent> *)(?:"
    r"(?P<number>\d{1,2})(?P<dot>[.．、)）])(?P<gap> *)(?!\d)"
    r"|(?P<bullet>[-+*－–] +|[•·●○■◆▪] *)"
    r"|(?P<dash>[-－–](?=[^\W\d_]))"
    rf"|(?P<own>[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[)）]|[①-⑳]|第?[{_HAN}]{{1,3}}、|第[{_HAN}\d]{{1,3}}步|[※★☆▲△◇]"
    r"|[A-Ha-h][.．、)）](?! ?[A-Za-z])"
    r"|\*\*[^*\n]{1,20}(?:[：:]\*\*|\*\*[：:]))"
    r")"
)
"""The mark at the beginning of a list's line, or (``own``) what begins a new line by itself."""
_ROW = re.compile(r"\s*\|?[ :|-]*-[ :|-]*\|[ :|-]*\Z")
_INDENTED = re.compile("[ \u3000]*\u3000")
_QUOTED = re.compile("^> ?", re.MULTILINE)
_HEADING = re.compile("#{1,6}")
_TYPED_HEADING = re.compile("(＃{1,6})[ \u3000]*(?=[^\\s＃])")
_TYPED_NOTE = re.compile(r" {0,3}(\[\^[^\]\n]+\])：\s*")
_SHIFT = "  "
_NONE = (-9, -9)
"""First and last number of a paragraph without numbers; no number follows or precedes these."""

_WORD = r"[^\W_]"
_LITERAL = rf"(?<=\d)\*(?=\d)|(?:(?<={_WORD})|(?<=[）)]))\*(?=(?:{_WORD}|[（(])[^*\n]*\*(?:{_WORD}|[（(]))"
"""A single ``*`` within words is a multiplication sign: 5*3*2, 基数*比例*月数."""

_WIDE = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’—…·"
_TYPED_TAGS = r"(?:</?(?:a|abbr|code|del|em|strong|sub|sup)\b[^>]*>)*"
_BREAK = re.compile(
    rf"(?<=[{_WIDE}])({_TYPED_TAGS})\n *({_TYPED_TAGS})(?=[^<\s])"
    rf"|(?<=[^>\s])({_TYPED_TAGS})\n *({_TYPED_TAGS})(?=[{_WIDE}])"
)


class AsTyped(Extension):
    """Lists and line breaks as people type them in Chinese, ``~~``, and products whose ``*`` is not emphasis."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the extensions. An indented text is a paragraph: guides contain no program code."""
        md.preprocessors.register(_Lines(md), "typed", 15)
        md.inlinePatterns.register(_Product(_LITERAL, md), "product", 175)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(?=\S)(.+?)(?<=\S)~~", "del"), "del", 65)
        md.parser.blockprocessors.deregister("code")


def joined(html: str) -> str:
    """Clean HTML with the lines of a paragraph joined, without a blank next to Chinese characters."""
    return _BREAK.sub("".join(rf"\g<{number}>" for number in range(1, 5)), html)


class _Product(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        """The ``*`` as Python-Markdown stores an escaped one."""
        del data
        return f"{STX}{ord('*')}{ETX}", m.start(), m.end()


class _Lines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Each paragraph with its lists and lines separated; a list may continue in the next paragraph."""
        text = "\n".join(map(_in_ascii, lines))
        paragraphs = re.split(r"\n(?:[ \t]*\n)+", text)
        ends = [_NONE, *map(_numbers, paragraphs), _NONE]
        around = ((before[1], after[0]) for before, after in zip(ends, ends[2:], strict=False))
        made = (_paragraph(one, numbers) for one, numbers in zip(paragraphs, around, strict=True))
        return "\n\n".join(made).split("\n")


def _numbers(paragraph: str) -> tuple[int, int]:
    """The first and the last list number of a paragraph that begins with one; else ``_NONE``."""
    found = [one for line in paragraph.split("\n") if (one := _LINE.match(line)) and one["number"]]
    begins = bool(found) and paragraph.startswith(found[0][0])
    return (int(found[0]["number"]), int(found[-1]["number"])) if begins else _NONE


def _in_ascii(line: str) -> str:
    """The line with full-width Markdown characters, as an input method types them, and a final backslash replaced."""
    if found := _TYPED_HEADING.match(line):
        return f"{'#' * len(found[1])} {line[found.end() :]}"
    if line.endswith("\\") and not line.endswith("\\\\"):
        return f"{line[:-1]}{_SHIFT}"
    return _TYPED_NOTE.sub(r"\1: ", line, count=1) if line.lstrip().startswith("[^") else line


class _Typed(Struct, frozen=True):
    """A line: its text and, if it is a list's, its indentation and its mark in Markdown."""

    text: str
    indent: str = ""
    mark: str = ""
    own: bool = False


def _paragraph(text: str, around: tuple[int, int]) -> str:
    """The paragraph with its lists and lines separated, also within a quotation or a note."""
    first, _, rest = text.partition("\n")
    if first.startswith("!!!"):
        return f"{first}\n{indent(_lines(dedent(rest)), _SHIFT)}"
    if all(line.startswith(">") for line in text.split("\n")):
        return indent(_lines(_QUOTED.sub("", text)), "> ", lambda _: True)
    return _lines(text, around)


def _lines(text: str, around: tuple[int, int] = _NONE) -> str:
    return "\n".join(_parted(text.split("\n"), around))


def _parted(lines: Sequence[str], around: tuple[int, int]) -> Iterator[str]:
    """The lines of a paragraph, with an empty line wherever a list, a table or another paragraph begins."""
    held, outer = None, _Typed("")
    for typed, begins in zip(_typed(lines, around), _begins_block(lines), strict=True):
        text = typed.text
        if typed.mark:
            inner = outer.mark and typed.indent == outer.indent and typed.mark[-2:] != outer.mark[-2:]
            text = f"{typed.indent}{_SHIFT if inner else ''}{typed.mark}{text}"
            begins = not outer.mark
            if not inner and (not outer.mark or typed.indent == outer.indent):
                outer = typed
        elif begins:
            outer = _Typed("")
        if held is not None:
            yield f"{held.rstrip()}{_SHIFT}" if typed.own and not begins and not _HEADING.match(held) else held
            if begins and held:
                yield ""
        held = text
    if held is not None:
        yield held


def _typed(lines: Sequence[str], around: tuple[int, int]) -> list[_Typed]:
    """What each line is. Numbered lines are a list only if their numbers are consecutive."""
    found = [_LINE.match(line) for line in lines]
    numbers = [(at, int(one["number"])) for at, one in enumerate(found) if one and one["number"]]
    if numbers and numbers[0][0] == 0:
        numbers = [(-1, around[0]), *numbers, (-1, around[1])]
    listed = {at for (first, one), (second, other) in pairwise(numbers) if other == one + 1 for at in (first, second)}
    made = []
    for at, (line, one) in enumerate(zip(lines, found, strict=True)):
        near = [found[other] for other in (at - 1, at + 1) if 0 <= other < len(lines)]
        mark = ""
        if one and (at in listed or (one["number"] and one["dot"] == "." and one["gap"] and _starts(lines, at))):
            mark = f"{int(one['number'])}. "  # browsers do not accept full-width digits
        elif one and (one["bullet"] or (one["dash"] and any(other and other["dash"] for other in near))):
            mark = "- "
        if one and mark:
            made.append(_Typed(line[one.end() :], one["indent"], mark))
        else:
            made.append(_Typed(_INDENTED.sub("", line), own=bool(one and (one["own"] or one["number"]))))
    return made


def _starts(lines: Sequence[str], at: int) -> bool:
    """Whether the line begins the paragraph, or continues a list that begins it."""
    return at == 0 or _LINE.match(lines[0]) is not None


def _begins_block(lines: Sequence[str]) -> Iterator[bool]:
    """For each line, whether a paragraph or a table begins there, unless it is a list's."""
    table = False
    for at, line in enumerate(lines):
        head = "|" in line and at + 1 < len(lines) and _ROW.match(lines[at + 1]) is not None
        ends = table and "|" not in line
        table = head or (table and not ends)
        yield at > 0 and (head or ends or _INDENTED.match(line) is not None)


# By class, not by name: lookup by name scans all installed entry points.
_EXTENSIONS = (
    TableExtension(use_align_attribute=True),
    AttrListExtension(),
    DefListExtension(),
    FootnoteExtension(BACKLINK_TITLE="回到正文第{}处"),
    AbbrExtension(),
    AdmonitionExtension(),
    TocExtension(slugify=slugify_unicode),
    SaneListExtension(),
    AsTyped(),
)

_CELLS = {"align", "colspan", "rowspan"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = {
    *_HEADINGS, *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "del", "sub", "sup", "abbr", "a"),
    *("ul", "ol", "li", "dl", "dt", "dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td"),
}  # fmt: skip
_ATTRIBUTES = {
    **{tag: {"id"} for tag in (*_HEADINGS, "li", "sup")},
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {*_CELLS, "scope"},
    "td": _CELLS,
}
_WITH_PICTURES = {**_ATTRIBUTES, "img": {"src", "alt"}}
_CLASSES = {
    "div": {"admonition", "note", "tip", "warning", "footnote"},
    "p": {"admonition-title"},
    "a": {"footnote-ref", "footnote-backref"},
}
_TAG = re.compile(r"<a [^>]*>")
_WITHIN = re.compile(r'href="#(?!s\d+["-])')
"""The beginning of a link within the section; ids of the page, such as s2, need no prefix (``service/headings.py``)."""
_NAMING = re.compile(r"<h[3-6][^>]*>(?P<heading>.*?)</h[3-6]>|<table>(?!\s*<caption)", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


class Parser:
    """Converts sections of guides."""

    def __init__(self) -> None:
        self._markdown: markdown.Markdown | None = None

    def html(self, section: Section, prefix: str, shown: Shown = NOTHING) -> str:
        """The section's body, sanitised; ``shown`` are the files that it may show.

        :raises Unreadable: too long, too deep, or made to be slow
        """
        if found := problem_of_rendering(section.markdown, section.title):  # gkdir check reports this first
            raise Unreadable(section.place, found.message, found.hint)
        if self._markdown is None:
            self._markdown = markdown.Markdown(extensions=_EXTENSIONS, tab_length=2, output_format="html")
        try:
            return _named(_clean(self._markdown.reset().convert(section.markdown), prefix, shown), section.title)
        except RecursionError:
            self._markdown = None  # a failed text leaves its state in the parser
            raise Unreadable(
                section.place, f"“{section.title}”一节的列表或引用套得太深。", "请把它改成两三层以内的列表。"
            ) from None


def _words_of_image(image: re.Match[str]) -> str:
    """The alternative text of a picture that is not published (GK623 reports it)."""
    alt = _ALT.search(image[0])
    return words_of_image((alt[1] or alt[2] or "").strip() if alt else "")


def _clean(html: str, prefix: str, shown: Shown) -> str:
    clean = nh3.clean(
        html if shown else _IMAGE.sub(_words_of_image, html),
        tags={*_TAGS, "img"} if shown else _TAGS,
        attributes=_WITH_PICTURES if shown else _ATTRIBUTES,
        attribute_filter=filtered(shown) if shown else None,
        allowed_classes=_CLASSES,
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
        id_prefix=prefix,
    )
    # h1 and h2 are the page's; links and footnotes inside the text get the prefix of the ids.
    clean = clean.replace(' class=""', "")  # what the sanitiser leaves of Word's classes
    for tag in ("h1", "h2"):
        clean = clean.replace(f"<{tag}", "<h3").replace(f"</{tag}>", "</h3>")
    if shown:
        clean = with_files(clean, shown)
    clean = _TAG.sub(lambda match: _WITHIN.sub(f'href="#{prefix}', match[0]), joined(clean))
    return helped(with_outlinks(clean))


def _named(html: str, title: str) -> str:
    """The HTML with a label on each table for screen readers: the heading above it, or else the section's."""
    name = escape(title)

    def named(found: re.Match[str]) -> str:
        nonlocal name
        if found["heading"] is None:
            return f'<table aria-label="{name}">' if name else found[0]
        name = ANY_TAG.sub("", found["heading"]).replace('"', "&quot;").strip()
        return found[0]

    return _NAMING.sub(named, html)
