"""A Site → 办事一本通: the county's own guides as one booklet, with contents and indexes; other items with a phone.

Only guides that the county has written or checked are printed: others are not its own statements, and too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import LaidDirectory
from gkdir.model.domain import Hotline
from gkdir.model.guide import Section
from gkdir.publish.markdown import MarkdownRenderer
from gkdir.service.address import BOOKLET, HOME
from gkdir.service.guide import FIRST_SECTIONS
from gkdir.service.pinyin import by_sound, letter
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.sheets.notice import NoticeValue, notice_value
from gkdir.sheets.sheet import PrintedSheet, Value, head


class BookletText(Struct, frozen=True):
    """A section of a guide's body."""

    title: str
    nodes: tuple[Node, ...]


class Chapter(Struct, frozen=True):
    """One item: the content of its notice, and the body of its guide. ``id`` is the target of the indexes.

    ``first`` are the sections that say what to do; the elements follow, then the other ``texts``.
    """

    id: str
    notice: NoticeValue
    first: tuple[BookletText, ...]
    texts: tuple[BookletText, ...]


class Division(Struct, frozen=True):
    """The guides of one domain."""

    label: str
    chapters: tuple[Chapter, ...]


class Pointer(Struct, frozen=True):
    """An index entry: a name and the chapter that it points to."""

    name: str
    id: str


class IndexGroup(Struct, frozen=True):
    """The index entries under one letter, or of one audience."""

    title: str
    pointers: tuple[Pointer, ...]


class OtherItem(Struct, frozen=True):
    """An item without a chapter: its name, its number, whom to call."""

    name: str
    number: str
    phone: str


class OtherItems(Struct, frozen=True):
    """The items of a domain without a chapter."""

    label: str
    items: tuple[OtherItem, ...]


class BookletValue(Value, frozen=True):
    """The content of the booklet."""

    divisions: tuple[Division, ...]
    by_sound: tuple[IndexGroup, ...]
    by_served: tuple[IndexGroup, ...]
    others: tuple[OtherItems, ...]
    hotlines: tuple[Hotline, ...]


def booklet_sheets(site: Site) -> Iterator[PrintedSheet]:
    """The booklet, if the county has at least one guide of its own."""
    catalog, markdown = site.catalog, MarkdownRenderer()
    divisions = tuple(_division(directory, site, markdown) for directory in catalog.directories.values())
    divisions = tuple(division for division in divisions if division.chapters)
    if divisions:
        chapters = [chapter for division in divisions for chapter in division.chapters]
        value = BookletValue(
            head=head(site, HOME),
            divisions=divisions,
            by_sound=tuple(_by_sound(chapters)),
            by_served=tuple(_by_served(chapters)),
            others=tuple(
                filter(lambda other: other.items, (_others(one, site) for one in catalog.directories.values()))
            ),
            hotlines=catalog.hotlines,
        )
        yield PrintedSheet(BOOKLET, "booklet.typ", f"{catalog.overlay.name}办事一本通", value)


def _has_chapter(service: Service) -> bool:
    """Whether the county has written or checked the guide."""
    return service.own is not None and (service.checked is not None or not service.own.inherited)


def _division(directory: LaidDirectory, site: Site, markdown: MarkdownRenderer) -> Division:
    services = (site.services[entry.item.id] for entry in directory.entries)
    chapters = tuple(_chapter(service, site, markdown) for service in services if _has_chapter(service))
    return Division(directory.label or directory.title, chapters)


def _chapter(service: Service, site: Site, markdown: MarkdownRenderer) -> Chapter:
    notice = notice_value(service, site)
    basis = tuple(
        f"《{one.name}》{f'（{one.number}）' if one.number else ''}" if one.name else one.text
        for one in service.item.basis
    )
    notice = replace(notice, head=replace(notice.head, code=None), basis=basis)
    sections = service.own.sections if service.own else ()
    first, texts = (
        [section for section in sections if (section.title in FIRST_SECTIONS[:1]) is at] for at in (True, False)
    )
    return Chapter(
        service.item.id.replace("/", "-"),
        notice,
        tuple(_text(section, markdown) for section in first),
        tuple(_text(section, markdown) for section in texts),
    )


def _others(directory: LaidDirectory, site: Site) -> OtherItems:
    services = [site.services[entry.item.id] for entry in directory.entries]
    items = (
        OtherItem(one.title, one.item.number or "", one.consult[0].text) for one in services if not _has_chapter(one)
    )
    return OtherItems(directory.label or directory.title, tuple(items))


def _text(section: Section, markdown: MarkdownRenderer) -> BookletText:
    return BookletText(section.title, prose(str(markdown.render(section, ""))))


def _by_sound(chapters: Iterable[Chapter]) -> Iterator[IndexGroup]:
    """The index by letter, with both the everyday and the official name of each item."""
    named = [(name, chapter.id) for chapter in chapters for name in {chapter.notice.name, chapter.notice.official}]
    where: dict[str, list[str]] = {}
    for name, at in named:
        where.setdefault(name, []).append(at)
    groups: dict[str, list[Pointer]] = {}
    for name in by_sound(where):
        groups.setdefault(letter(name), []).extend(Pointer(name, at) for at in where[name])
    for title, pointers in groups.items():
        yield IndexGroup(title, tuple(pointers))


def _by_served(chapters: Iterable[Chapter]) -> Iterator[IndexGroup]:
    groups: dict[str, list[Pointer]] = {}
    for chapter in chapters:
        for served in chapter.notice.served:
            groups.setdefault(served, []).append(Pointer(chapter.notice.name, chapter.id))
    for title in by_sound(groups):
        yield IndexGroup(title, tuple(groups[title]))


_NUMBER = re.compile("[0-9]{1,4}")
BACK = "↩"
"""The link from a footnote back to the text, useless on paper."""
SKIPPED = frozenset(("hr",))
VOID = frozenset(("br",))


class Node(Struct, frozen=True):
    """An element with its ``nodes``, or a ``text`` if ``tag`` is empty; the ``text`` of a list is its first number."""

    tag: str
    text: str = ""
    nodes: tuple[Node, ...] = ()


def prose(html: str) -> tuple[Node, ...]:
    """The tree below the body."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.result()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str, list[Node]]] = [("body", "", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._open[-1][2].append(Node(tag))
        elif tag not in SKIPPED:
            first = dict(attrs).get("start") or ""
            self._open.append((tag, first if tag == "ol" and _NUMBER.fullmatch(first) else "", []))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1][0] == tag:
            name, first, nodes = self._open.pop()
            self._open[-1][2].append(Node(name, first, tuple(nodes)))

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split()) if data.strip() else ""
        if text and text != BACK:
            self._open[-1][2].append(Node("", text))

    def result(self) -> tuple[Node, ...]:
        while len(self._open) > 1:
            self.handle_endtag(self._open[-1][0])
        return tuple(self._open[0][2])
