"""Markdown → clean HTML: capped against slow and deep input, sanitised."""

from __future__ import annotations

import re
from html import escape

import markdown
import nh3
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode

from gkdir.finding import Unreadable
from gkdir.model.guide import Section
from gkdir.publish.attached import NOTHING, Shown, filtered, with_files, words_of_image
from gkdir.publish.filters import helped, told_links
from gkdir.publish.typed import AsTyped, joined
from gkdir.read.prose import unbearable

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
_NAMING = re.compile(r"<h[3-6][^>]*>(?P<heading>.*?)</h[3-6]>|<table>(?!\s*<caption)", re.DOTALL)
_ANY_TAG = re.compile(r"<[^>]*>")
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


class Parser:
    """Converts sections of guides."""

    def __init__(self) -> None:
        self._markdown: markdown.Markdown | None = None

    def html(self, section: Section, prefix: str, shown: Shown = NOTHING) -> str:
        """The section's body, sanitised; ``shown`` are the files beside the text that it may show.

        Raises ``Unreadable`` for what is too long, too deep, or made to be slow.
        """
        if found := unbearable(section.markdown, section.title):  # gkdir check reports this first
            raise Unreadable(section.place, found.message, found.hint)
        if self._markdown is None:
            self._markdown = markdown.Markdown(extensions=_EXTENSIONS, tab_length=2, output_format="html")
        try:
            return _named(_clean(self._markdown.reset().convert(section.markdown), prefix, shown), section.title)
        except RecursionError:
            self._markdown = None  # the parser keeps state of the text that failed
            raise Unreadable(
                section.place, f"“{section.title}”一节的列表或引用套得太深。", "请把它改成两三层以内的列表。"
            ) from None


def _words_of_image(image: re.Match[str]) -> str:
    """The alternative text of a picture, which is not published itself (GK623 reports it)."""
    alt = _ALT.search(image[0])
    return words_of_image((alt[1] or alt[2] or "").strip() if alt else "")


def _clean(html: str, prefix: str, shown: Shown) -> str:
    clean = nh3.clean(
        html if shown else _IMAGE.sub(_words_of_image, html),
        tags={*_TAGS, "img"} if shown else _TAGS,
        attributes=_WITH_PICTURES if shown else _ATTRIBUTES,
        attribute_filter=filtered(shown) if shown else None,
        allowed_classes=_CLASSES,
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel=None,
        id_prefix=prefix,
    )
    # The page has its own first and second headings; footnotes and links inside the text follow the prefixed ids.
    for tag in ("h1", "h2"):
        clean = clean.replace(f"<{tag}", "<h3").replace(f"</{tag}>", "</h3>")
    if shown:
        clean = with_files(clean, shown)
    clean = _TAG.sub(lambda match: match[0].replace('href="#', f'href="#{prefix}'), joined(clean))
    return helped(told_links(clean))


def _named(html: str, title: str) -> str:
    """Each table with a name for who hears it: the heading above it, or that of the section."""
    name = escape(title)

    def named(found: re.Match[str]) -> str:
        nonlocal name
        if found["heading"] is None:
            return f'<table aria-label="{name}">' if name else found[0]
        name = _ANY_TAG.sub("", found["heading"]).replace('"', "&quot;").strip()
        return found[0]

    return _NAMING.sub(named, html)
