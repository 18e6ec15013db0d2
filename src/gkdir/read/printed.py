"""The page headers and footers of a worksheet → flaws, if they are more than page numbers."""

from __future__ import annotations

import re

from gkdir.read.building import GridBuilder

_LINES = frozenset(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"))
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z&+-])')
"""&P, &12, &"宋体,常规": pages, sizes, fonts, the name of the file."""
_PAGES = re.compile(r"[第共页张之/\s\d\W_]*|page\s*(?:of)?\s*", re.IGNORECASE)
MOST = 2_000
"""The most characters of one header or footer; Excel allows 255."""


def counts_pages(line: str) -> bool:
    """Whether a line is only a page number."""
    return _PAGES.fullmatch(line[:MOST]) is not None


class PrintedLines:
    """Reports the texts of the element ``headerFooter`` to the builder."""

    def __init__(self, builder: GridBuilder) -> None:
        self._builder = builder
        self._pieces: list[str] = []
        self._open = False
        self._reported: set[str] = set()

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """A tag within the element opens."""
        self._open = tag in _LINES
        self._pieces.clear()

    def text(self, data: str) -> None:
        """Text within the element."""
        if self._open:
            self._pieces.append(data)

    def end(self, _tag: str) -> None:
        """A tag closes; each distinct text is reported once."""
        line = " ".join(_CODE.sub(" ", "".join(self._pieces)[:MOST]).split())
        if self._open and not counts_pages(line) and line not in self._reported:
            self._reported.add(line)
            self._builder.text_in_object(0, 0, "页眉或页脚", line)
        self._open = False
