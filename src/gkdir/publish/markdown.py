"""A section of a guide → its HTML, cached for this run and the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from markupsafe import Markup

from gkdir.kepttexts import kept_texts
from gkdir.model.guide import Section
from gkdir.publish.attached import NOTHING, Shown, ShownFile
from gkdir.publish.filters import ANY_TAG, with_phrases
from gkdir.service.address import attached_path

_MAX_CACHED = 2_000
"""How many rendered sections are cached for the next county and the next run."""
_COLUMNS = 4
"""From this many columns on, a table is shown on phones as one card a row."""
_TABLE = re.compile(r"<table(?P<named>[^>]*>)\s*<thead>(?P<head>.*?)</thead>(?P<body>.*?)</table>", re.DOTALL)
_HEADING = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td(?=[ >])")


class _SectionParser(Protocol):
    def html(self, section: Section, prefix: str, shown: Shown) -> str: ...


class MarkdownRenderer:
    """Renders sections of guides; with ``phrases``, headings say where a line may break."""

    def __init__(self, *, phrases: bool = False) -> None:
        self._phrases = phrases

    def render(self, section: Section, prefix: str, href: Callable[[str], str] | None = None) -> Markup:
        """The section's body.

        ``prefix`` is put before its ids, to keep them apart from those of the page and of other sections. ``href``
        gives the address of a file as seen from the page; without it, pictures and files are replaced by words.

        :raises Unreadable: a text that is too long, too deep, or made to be slow
        """
        kept = kept_texts("markdown", _MAX_CACHED, str)
        key = "\0".join((prefix, section.title, section.markdown, "phrases" if self._phrases else ""))
        shown = NOTHING
        if section.files and href is not None:
            shown = {file.target: ShownFile(file, href(attached_path(file.path))) for file in section.files}
            key += f"\0{shown!r}"
        if kept.lacking((key,)):
            html = self._parser.html(section, prefix, shown)
            kept.add({key: with_cards(with_phrases(html)) if self._phrases else html})
        return Markup(kept.made[key])

    @cached_property
    def _parser(self) -> _SectionParser:
        from gkdir.publish.markdownparser import Parser  # slow to import, and often every text is in the cache

        return Parser()


def with_cards(html: str) -> str:
    """Clean HTML whose wide tables repeat the column's heading in each cell, for screens that show rows as cards."""
    return _TABLE.sub(_in_cards, html)


def _in_cards(table: re.Match[str]) -> str:
    if "span=" in table[0]:
        return table[0]
    labels = [ANY_TAG.sub("", heading).replace('"', "&quot;").strip() for heading in _HEADING.findall(table["head"])]
    if len(labels) < _COLUMNS:
        return table[0]

    def labelled(row: re.Match[str]) -> str:
        named = iter(labels)
        return _CELL.sub(lambda _: f'<td data-label="{next(named, "")}"', row[0])

    body = _ROW.sub(labelled, table["body"])
    return f'<table class="table materials"{table["named"]}<thead>{table["head"]}</thead>{body}</table>'
