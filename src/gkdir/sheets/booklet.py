"""A Site → 办事一本通: all guides as one booklet, with contents, an index in pinyin order and one by audience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.county import LaidDirectory
from gkdir.model.domain import Hotline
from gkdir.model.guide import Section
from gkdir.publish.markdown import MarkdownRenderer
from gkdir.service.address import BOOKLET, HOME
from gkdir.service.pinyin import by_sound, letter
from gkdir.service.site import Site
from gkdir.service.texts import TEXTS
from gkdir.sheets.notice import NoticeValue, notice_value
from gkdir.sheets.prose import Node, prose
from gkdir.sheets.sheet import PrintedSheet, Value, head


class BookletText(Struct, frozen=True):
    """A section of a guide's body."""

    title: str
    nodes: tuple[Node, ...]


class Chapter(Struct, frozen=True):
    """One item: the content of its notice, and the body of its guide. ``id`` is the target of the indexes."""

    id: str
    notice: NoticeValue
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


class BookletValue(Value, frozen=True):
    """The content of the booklet."""

    divisions: tuple[Division, ...]
    by_sound: tuple[IndexGroup, ...]
    by_served: tuple[IndexGroup, ...]
    hotlines: tuple[Hotline, ...]


def booklet_sheets(site: Site) -> Iterator[PrintedSheet]:
    """The booklet, if there is at least one guide."""
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
            hotlines=TEXTS.hotlines,
        )
        yield PrintedSheet(BOOKLET, "booklet.typ", f"{catalog.overlay.name}办事一本通", value)


def _division(directory: LaidDirectory, site: Site, markdown: MarkdownRenderer) -> Division:
    chapters = []
    for entry in directory.entries:
        service = site.services[entry.item.id]
        if service.own:
            notice = notice_value(service, site)
            notice = replace(notice, head=replace(notice.head, code=None))
            texts = tuple(_text(section, markdown) for section in service.own.sections)
            chapters.append(Chapter(entry.item.id.replace("/", "-"), notice, texts))
    return Division(directory.label or directory.title, tuple(chapters))


def _text(section: Section, markdown: MarkdownRenderer) -> BookletText:
    return BookletText(section.title, prose(str(markdown.render(section, ""))))


def _by_sound(chapters: Iterable[Chapter]) -> Iterator[IndexGroup]:
    """The index by letter, with both the everyday and the official name of each item."""
    named = [(name, chapter.id) for chapter in chapters for name in {chapter.notice.name, chapter.notice.official}]
    where: dict[str, list[str]] = {}
    for name, at in named:
        where.setdefault(name, []).append(at)
    heaps: dict[str, list[Pointer]] = {}
    for name in by_sound(where):
        heaps.setdefault(letter(name), []).extend(Pointer(name, at) for at in where[name])
    for title, pointers in heaps.items():
        yield IndexGroup(title, tuple(pointers))


def _by_served(chapters: Iterable[Chapter]) -> Iterator[IndexGroup]:
    heaps: dict[str, list[Pointer]] = {}
    for chapter in chapters:
        for served in chapter.notice.served:
            heaps.setdefault(served, []).append(Pointer(chapter.notice.name, chapter.id))
    for title in by_sound(heaps):
        yield IndexGroup(title, tuple(heaps[title]))
