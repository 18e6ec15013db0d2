"""English pages of items → the English kiosk: one page with all of them, without links to other websites."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

from gkdir.model.county import Catalog
from gkdir.model.english import Glossary
from gkdir.service.address import KIOSK, item_anchor
from gkdir.service.qr import QrCode, qr_code
from gkdir.service.site import Site
from gkdir.site.english import EnglishItemView, EnglishWords, english_pages
from gkdir.site.page import Page

TEMPLATE = f"{{county}}/en/{KIOSK}"


class EnglishCard(Struct, frozen=True):
    """One item: the content of its page, its anchor here, the QR code of its page."""

    told: EnglishItemView
    anchor: str
    code: QrCode | None


class EnglishShelf(Struct, frozen=True):
    """The items of one directory."""

    title: EnglishWords
    cards: tuple[EnglishCard, ...]


class EnglishKioskView(Struct, frozen=True):
    """What the page shows."""

    wants: tuple[tuple[str, str], ...]
    """What most people come for, in their words, with its anchor."""
    shelves: tuple[EnglishShelf, ...]


def english_kiosk_pages(site: Site) -> Iterator[Page]:
    """The kiosk with the items that have an English page; no page if there are none."""
    catalog, base = site.catalog, site.base
    cards: dict[str, list[EnglishCard]] = {}
    for page in english_pages(site):
        if isinstance(page.view, EnglishItemView):
            row = page.view.row
            code = qr_code(base + quote(page.inner)) if base else None
            card = EnglishCard(page.view, item_anchor(row.item.domain, row.number), code)
            cards.setdefault(row.item.domain, []).append(card)
    shelves = (EnglishShelf(_title(domain, catalog, catalog.glossary), tuple(own)) for domain, own in cards.items())
    if cards:
        anchors = {card.told.row.item.id: card.anchor for own in cards.values() for card in own}
        wants = ((words, anchors[item]) for item, words in catalog.glossary.wants.items() if item in anchors)
        view = EnglishKioskView(tuple(wants), tuple(shelves))
        yield Page(TEMPLATE, {"county": catalog.slug}, view, title="Services in English", chinese=KIOSK)


def _title(domain: str, catalog: Catalog, glossary: Glossary) -> EnglishWords:
    english = glossary.domains.get(domain)
    directory = catalog.directories[domain]
    return EnglishWords(english) if english else EnglishWords(directory.label or directory.title, english=False)
