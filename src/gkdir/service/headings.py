"""Links to headings by their text, as people write them → links to the ids on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import join, normpath
from typing import TypeVar
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from gkdir.model.article import Article
from gkdir.model.county import Catalog
from gkdir.model.guide import Guide, Section
from gkdir.read.markdowntext import SCHEME, retargeted, unmarked
from gkdir.read.text import nfkc
from gkdir.service.address import article_path, item_folder, item_path

_TO_HEADING = re.compile(r"\](?:\(|:)[^\n#]*#|<a\b[^<>#]*#", re.IGNORECASE)
"""The beginning of a link whose address has a ``#``; a quick test for texts without such links."""
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_ID = re.compile(r"""\{:?[^{}\n]{0,80}#([\w:.-]{1,80})|\bid\s*=\s*["']([^"'<>]{1,80})["']""")
_OWN_ID = re.compile(r"\{:?[^{}\n]{0,80}\}\s*\Z")

_Text = TypeVar("_Text", Guide, Article)


def located(catalog: Catalog) -> Catalog:
    """The catalog with links to headings replaced by links to ids; links that match no heading stay as written."""
    guides = {id_: _located(guide, catalog) for id_, guide in catalog.guides.items()}
    articles = tuple(_located(article, catalog) for article in catalog.articles)
    changed = any(guides[id_] is not guide for id_, guide in catalog.guides.items())
    changed = changed or any(one is not other for one, other in zip(articles, catalog.articles, strict=True))
    return replace(catalog, guides=guides, articles=articles) if changed else catalog


def _located(text: _Text, catalog: Catalog) -> _Text:
    """The guide or article with its links to headings replaced by links to ids."""
    if not any(_TO_HEADING.search(section.markdown) for section in text.sections):
        return text
    made = tuple(
        replace(one, markdown=retargeted(one.markdown, _LinkTarget(text, one, catalog))) for one in text.sections
    )
    return text if made == text.sections else replace(text, sections=made)


class _LinkTarget(Struct, frozen=True):
    """Replaces the targets of links in one section: an address as written → with an id in place of the heading."""

    text: Guide | Article
    section: Section
    catalog: Catalog

    def __call__(self, target: str) -> str:
        path, _, anchor = target.partition("#")
        if SCHEME.match(target):
            return target
        if path:
            id_ = id_of(anchor, sections_at(linked_page(path, self.text), self.catalog) or ())
        elif unquote(anchor).lower() in written_ids(self.section.markdown):
            id_ = None  # an id in this section: Markdown adds the section's prefix to both
        else:
            id_ = id_here(anchor, self.section, self.text)
        return f"{path}#{id_}" if id_ else target


def id_here(anchor: str, section: Section, text: Guide | Article) -> str | None:
    """The id of the heading named ``anchor`` on the page of ``text``, first in ``section``; ``None`` if none."""
    words = _key(unquote(anchor))
    own = next((number for number, one in enumerate(text.sections, 1) if one is section), 0)
    inner = next((slug for slug, title in _inner(section.markdown) if words and _key(title) == words), None)
    return f"s{own}-{inner}" if inner is not None else id_of(anchor, text.sections)


def id_of(anchor: str, sections: Iterable[Section]) -> str | None:
    """The id on a page with ``sections`` that equals ``anchor``, or whose heading has the same letters and digits."""
    written = unquote(anchor)
    words, named = _key(written), None
    for id_, title in _ids(tuple(sections)):
        if id_ == written.lower():
            return id_
        if named is None and words and words == _key(title):
            named = id_
    return named


def written_ids(markdown: str) -> frozenset[str]:
    """The ids that were written explicitly in a section."""
    return frozenset((one or other).lower() for one, other in _ID.findall(markdown))


def linked_page(path: str, text: Guide | Article) -> str:
    """``path`` on the page of the guide or article, resolved to a path in the county's folder."""
    if isinstance(text, Guide):
        domain, _, number = text.id.partition("/")
        page = item_path(domain, number)
    else:
        page = article_path(text.kind, text.slug)
    return normpath(join(page.rpartition("/")[0], unquote(path.partition("?")[0])))


def sections_at(target_path: str, catalog: Catalog) -> tuple[Section, ...] | None:
    """The sections of the item's or the article's page; ``None`` for other pages."""
    first, *inner = target_path.removesuffix("index.html").rstrip("/").split("/")
    if first in catalog.directories and inner:
        entries = (one for one in catalog.directories[first].entries if item_folder(one.item.number or "") == inner[0])
        entry = next(entries, None)
        guide = catalog.guides.get(entry.item.id) if entry else None
        return guide.sections if guide else ()
    return next((one.sections for one in catalog.articles if one.kind == first and [one.slug] == inner), None)


def _ids(sections: tuple[Section, ...]) -> Iterator[tuple[str, str]]:
    """The ids of a page, each with the text of its heading (empty if none), those of its sections first."""
    for number, section in enumerate(sections, 1):
        yield f"s{number}", section.title
    for number, section in enumerate(sections, 1):
        for slug, title in _inner(section.markdown):
            yield f"s{number}-{slug}", title
        for id_ in written_ids(section.markdown):
            yield f"s{number}-{id_}", ""


def _inner(markdown: str) -> Iterator[tuple[str, str]]:
    """The headings within a section: the ids that Markdown gives them, and their texts."""
    for written in _HEADING.findall(markdown):
        own = _ID.search(written)
        title = unmarked(_OWN_ID.sub("", written))
        slug = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", nfkc(title)).strip().lower())
        yield (own[1] if own and own[1] else slug), title


def _key(words: str) -> str:
    """A key that is the same for a heading and for every way to write its anchor: letters and digits only."""
    return "".join(filter(str.isalnum, nfkc(words).lower()))
