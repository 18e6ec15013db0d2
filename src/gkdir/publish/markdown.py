"""A section of a guide → its HTML; each text is rendered once, in this run and the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from markupsafe import Markup

from gkdir.kepttexts import kept_texts
from gkdir.model.guide import Section
from gkdir.publish.attached import NOTHING, Shown, ShownFile
from gkdir.publish.filters import with_phrases
from gkdir.service.address import attached_path

_MOST = 5_000
"""How many sections are kept for the next county and the next run."""


class _SectionParser(Protocol):
    def html(self, section: Section, prefix: str, shown: Shown) -> str: ...


class MarkdownRenderer:
    """Renders sections of guides; with ``phrases``, as a page needs them: headings say where they may break."""

    def __init__(self, *, phrases: bool = False) -> None:
        self._phrases = phrases

    def render(self, section: Section, prefix: str, href: Callable[[str], str] | None = None) -> Markup:
        """The section's body. ``prefix`` keeps its ids apart from those of the page and of other sections.

        ``href`` leads from the page to a file of the site; without it, pictures and files beside the text are words.
        Raises ``Unreadable`` for a text that is too long, too deep, or made to be slow.
        """
        kept = kept_texts("markdown", _MOST)
        key = "\0".join((prefix, section.title, section.markdown, "phrases" if self._phrases else ""))
        shown = NOTHING
        if section.files and href is not None:
            shown = {file.target: ShownFile(file, href(attached_path(file.path))) for file in section.files}
            key += f"\0{shown!r}"
        if kept.lacking((key,)):
            html = self._parser.html(section, prefix, shown)
            kept.add({key: with_phrases(html) if self._phrases else html})
        return Markup(kept.made[key])

    @cached_property
    def _parser(self) -> _SectionParser:
        from gkdir.publish.markdownparser import Parser  # heavy, and often every text was rendered before

        return Parser()
