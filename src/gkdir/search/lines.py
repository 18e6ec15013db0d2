"""Navigation, calculators, guides, articles and bases → search results other than items: life events, questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from gkdir.model.article import ARTICLE_KINDS
from gkdir.model.county import Catalog, Entry
from gkdir.model.guide import Guide
from gkdir.read.text import nfkc
from gkdir.service.address import WIZARD, article_path, entry_path, event_path
from gkdir.service.navigation import WIZARD_TITLE
from gkdir.service.site import Site


class Entrance(Struct, frozen=True):
    """A page about several items.

    ``items`` are the ids of those that the county has; empty if the page is about all.
    """

    title: str
    path: str
    note: str
    items: tuple[str, ...] = ()


def entrances(site: Site) -> Iterator[Entrance]:
    """The life events and the calculators that have a page in the county; then the questions."""
    there = site.rows.keys()
    for event, _ in site.events:
        items = tuple(use.item for use in event.uses if use.item in there)
        yield Entrance(event.name, event_path(event.slug), "，".join(filter(None, ("一件事", event.line))), items)
    for one in site.calculators:
        yield Entrance(one.title, one.path, f"算一算，{one.line}", tuple(item for item in one.items if item in there))
    if site.first_question:
        yield Entrance(WIZARD_TITLE, WIZARD, "不知道办哪一件，答几个问题")


FAQ = "faq"
_HEADING = re.compile(r"^###+[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


class SearchLine(Struct, frozen=True):
    """A result other than an item: its text, its path in the county's folder, and what it belongs to."""

    title: str
    path: str
    note: str


def questions(catalog: Catalog) -> Iterator[SearchLine]:
    """The 常见问题 articles, headings inside guides' sections, and titles of sections that only one guide has."""
    for article in catalog.articles:
        if article.kind == FAQ:
            yield SearchLine(article.title, article_path(FAQ, article.slug), ARTICLE_KINDS[FAQ])
    shared = Counter(section.title for guide in catalog.guides.values() for section in guide.sections)
    for entry in catalog.entries():
        guide = catalog.guides.get(entry.item.id)
        for title, anchor in _headings(guide, shared) if guide else ():
            yield SearchLine(title, f"{entry_path(entry)}#{anchor}", entry.title)


def articles(catalog: Catalog) -> Iterator[SearchLine]:
    """The articles of all other kinds."""
    for article in catalog.articles:
        if article.kind != FAQ:
            yield SearchLine(article.title, article_path(article.kind, article.slug), ARTICLE_KINDS[article.kind])


def policies(catalog: Catalog) -> Iterator[SearchLine]:
    """Every law or document that an item is based on, at its first item."""
    numbers: dict[str, str] = {}
    carried: dict[str, list[Entry]] = {}
    for entry in catalog.entries():
        for basis in entry.item.basis:
            if basis.name:
                numbers.setdefault(basis.name, basis.number or "")
                carried.setdefault(basis.name, []).append(entry)
    for name, entries in carried.items():
        count = f"等{len(entries)}项" if len(entries) > 1 else ""
        note = "，".join(filter(None, (numbers[name], f"{entries[0].title}{count}的依据")))
        yield SearchLine(name, f"{entry_path(entries[0])}#directory", note)


def _headings(guide: Guide, shared: Counter[str]) -> Iterator[tuple[str, str]]:
    for number, section in enumerate(guide.sections, 1):
        if shared[section.title] == 1:
            yield section.title, f"s{number}"
        for match in _HEADING.finditer(section.markdown):
            yield match[1], f"s{number}-{_slug(match[1])}"


def _slug(heading: str) -> str:
    """The id that the Markdown renderer gives a heading (its ``slugify_unicode``)."""
    kept = re.sub(r"[^\w\s-]", "", nfkc(heading)).strip().lower()
    return re.sub(r"[-\s]+", "-", kept)
