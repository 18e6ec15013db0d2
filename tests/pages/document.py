"""A page's HTML → its elements, ids, links, and the text of an element."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = frozenset(("meta", "link", "input", "br", "hr", "wbr", "img", "rect", "path"))


@dataclass
class Element:
    """One element, its attributes, its text, the tags around it."""

    tag: str
    attributes: dict[str, str]
    around: tuple[str, ...]
    page: list[str]
    """The text of the whole page; the element's is between ``start`` and ``end``."""
    start: int
    end: int | None = None

    @property
    def words(self) -> list[str]:
        return self.page[self.start : self.end]

    @property
    def text(self) -> str:
        return "".join(self.words).strip()


class Document(HTMLParser):
    """A parsed page.

    A closing tag without an opening one is an error of the page.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._words: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._begun(tag, attrs, tuple(one.tag for one in self._open))
        if tag not in VOID:
            self._open.append(element)
        else:
            element.end = element.start

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._begun(tag, attrs, ())
        element.end = element.start

    def _begun(self, tag: str, attrs: list[tuple[str, str | None]], around: tuple[str, ...]) -> Element:
        given = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, given, around, self._words, len(self._words)))
        return self.elements[-1]

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open[-1].tag == tag, (tag, self._open[-1].tag, self.getpos())
        self._open.pop().end = len(self._words)

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def meta(self) -> dict[str, str]:
        return {e.attributes["name"]: e.attributes["content"] for e in self.all("meta") if "name" in e.attributes}

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]
