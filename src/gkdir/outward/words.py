"""Clean HTML of a text → plain text for a cell: a line for each block, marks for lists, addresses after links."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

_BLOCKS = re.compile(r"p|h\d|[uod]l|li|d[td]|div|blockquote|pre|hr|table|caption|thead|tbody|tr|figure|details|summary")
_SPACE = re.compile(r"\s+")
_SPACES = re.compile(" {2,}")
_MARK = re.compile(r"(?:·|\d+\.) ")
_BLANKS = re.compile(r"[ \t]*\n\s*")


def words(html: str, page: str) -> str:
    """The text of the HTML.

    Relative links are resolved against the address ``page``, which is blank if there is none.
    """
    parser = _Words(page)
    parser.feed(html)
    parser.close()
    return _BLANKS.sub("\n", _SPACES.sub(" ", "".join(parser.said))).strip()


class _Words(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._page = page
        self._lists: list[int | None] = []
        self._address = ""
        self._cells = 0
        self._struck = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "br" or (_BLOCKS.fullmatch(tag) and not self._begun()):
            self.said.append("\n")
        if tag == "del":
            self._struck += 1
        elif tag in ("ol", "ul"):
            start = attributes.get("start") or "1"
            self._lists.append(int(start) if tag == "ol" and start.isdigit() else None)
        elif tag == "li":
            self.said.append(self._mark())
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self.said.append(" | " if self._cells else "")
            self._cells += 1
        elif tag == "img":
            self.said.append(f"（图：{attributes.get('alt') or '见网页'}）")
        elif tag == "a":
            self._address = self._whole(attributes.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self._address and "".join(self.said[-2:]).endswith(self._address):
                self._address = ""  # its text is the address
            self.said.append(f"（{self._address}）" if self._address else "")
            self._address = ""
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "del":
            self._struck -= 1
        if _BLOCKS.fullmatch(tag):
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        """Add the text, except struck-out text, which would sound valid when read out."""
        text = _SPACE.sub(" ", data)
        if not self._struck and (text != " " or not self._begun()):
            self.said.append(text)

    def _begun(self) -> bool:
        """Whether the text ends with the mark of a list."""
        return self.said[-1:] != [] and _MARK.fullmatch(self.said[-1]) is not None

    def _mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "· "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _whole(self, href: str) -> str:
        """The address to write after a link's text; blank for a phone, or a place on the same page."""
        if href.startswith("mailto:"):
            return href.removeprefix("mailto:")
        address = urljoin(self._page, href) if self._page else href
        return address if address.startswith(("https://", "http://")) and not href.startswith("#") else ""
