"""Catalog and Glossary → the English pages: a home that lists all items, and a page for each item with a summary.

Nothing is translated here. Texts that are not in the glossary are shown in Chinese and marked as Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from msgspec import Struct

from gkdir.model.county import Catalog, Organisation
from gkdir.model.domain import FOR_ALL
from gkdir.model.english import EnglishItem, Glossary
from gkdir.model.guide import Material
from gkdir.model.item import TimeLimit
from gkdir.service.address import ENGLISH, HOME, KIOSK, item_anchor, item_folder
from gkdir.service.directory import DomainView
from gkdir.service.guide import WayView
from gkdir.service.meta import Publication, WebsiteColumn, article_tags, column_tags
from gkdir.service.phones import PHONE, Phone
from gkdir.service.qr import QrCode, qr_code
from gkdir.service.row import ServiceRow
from gkdir.service.service import unchecked
from gkdir.service.site import Site
from gkdir.site.page import Crumb, Page

HOME_TEMPLATE = "{county}/en/index.html"
ITEM_TEMPLATE = "{county}/en/{domain}/{item}/index.html"
COLUMN = WebsiteColumn("English", "Public services in English", "English", "办事服务")
UNITS = {"workday": "working day", "day": "day", "month": "month", "hour": "hour"}

_HAN = re.compile(r"[\u3400-\u9fff]")
_STOPS = {"，": ", ", "；": "; ", "、": ", ", "。": ".", "：": ": ", "（": " (", "）": ")", "—": "–"}


class EnglishWords(Struct, frozen=True):
    """Words to show, and whether they are English."""

    text: str
    english: bool = True


class EnglishDocument(Struct, frozen=True):
    """A document to bring; ``always``: everybody needs it."""

    name: EnglishWords
    always: bool


class EnglishOffice(Struct, frozen=True):
    """An office, and its hours in English if possible."""

    organisation: Organisation
    hours: EnglishWords | None


class EnglishLine(Struct, frozen=True):
    """One item in the list: its name, the page it leads to, and whether that page is English."""

    name: EnglishWords
    path: str
    english: bool


class EnglishGroup(Struct, frozen=True):
    """The items of one 一级事项."""

    title: EnglishWords
    lines: tuple[EnglishLine, ...]


class EnglishDomain(Struct, frozen=True):
    """One directory."""

    title: EnglishWords
    groups: tuple[EnglishGroup, ...]


class EnglishCall(Struct, frozen=True):
    """A national number, and what it is for."""

    number: str
    about: EnglishWords


class EnglishHomeView(Struct, frozen=True):
    """What the English home shows."""

    wants: tuple[EnglishLine, ...]
    """The most wanted services."""
    domains: tuple[EnglishDomain, ...]
    offices: tuple[EnglishOffice, ...]
    calls: tuple[EnglishCall, ...]


class EnglishItemView(Struct, frozen=True):
    """An English item page; unknown values are ``None`` or empty."""

    row: ServiceRow
    item: EnglishItem
    now: EnglishWords | None
    deadlines: tuple[EnglishWords, ...]
    proxy: EnglishWords | None
    offices: tuple[EnglishOffice, ...]
    bring: tuple[EnglishDocument, ...] | None
    steps: tuple[EnglishWords, ...]
    limit: EnglishWords | None
    fee: EnglishWords | None
    online: tuple[WayView, ...]
    consult: tuple[str, ...]
    complaint: tuple[str, ...]
    unchecked: bool
    checked: date | None


def english_pages(site: Site) -> Iterator[Page]:
    """The English pages of a county; none if no item of it has an English name."""
    if not site.english:
        return
    yield _home(site)
    for row in site.rows.values():
        item = site.catalog.glossary.item(row.item)
        if item and item.line:
            yield _item(_view(row, item, site), item.line, site.catalog)


def limit_words(limit: TimeLimit, glossary: Glossary) -> EnglishWords:
    """Limits of the kinds ``within`` and ``immediate`` in English; others by the glossary, else as written."""
    if limit.kind == "immediate":
        return EnglishWords("At once")
    if limit.kind == "within" and limit.count is not None and limit.unit:
        return EnglishWords(f"Within {limit.count} {UNITS[limit.unit]}{'' if limit.count == 1 else 's'}")
    return phrase(limit.text, glossary)


def phrase(text: str, glossary: Glossary) -> EnglishWords:
    """The translation of the whole phrase, if the glossary has it, else the Chinese text."""
    return EnglishWords(glossary.words[text]) if text in glossary.words else EnglishWords(text, english=False)


def hours_words(text: str, glossary: Glossary) -> EnglishWords:
    """Opening hours in English, if the glossary has every part of them, else in Chinese."""
    english = text
    for part in sorted(glossary.hours, key=len, reverse=True):
        english = english.replace(part, f" {glossary.hours[part]} ")
    for stop, latin in _STOPS.items():
        english = english.replace(stop, latin)
    if _HAN.search(english):
        return EnglishWords(text, english=False)
    english = re.sub(r" +([,;.:)])", r"\1", re.sub(r" {2,}", " ", english)).strip()
    return EnglishWords(english[:1].upper() + english[1:])


def _paper(material: Material, glossary: Glossary) -> EnglishDocument:
    return EnglishDocument(phrase(material.name, glossary), not material.optional)


def _home(site: Site) -> Page:
    catalog, glossary = site.catalog, site.catalog.glossary
    wanted = ((words, site.rows[item].path) for item, words in glossary.wants.items() if item in site.rows)
    view = EnglishHomeView(
        tuple(
            EnglishLine(EnglishWords(words), site.english[path], True) for words, path in wanted if path in site.english
        ),
        tuple(_domain(domain, glossary) for domain in site.domains),
        tuple(_office(office, glossary) for office in catalog.overlay.organisations.values() if office.phone),
        english_calls(catalog),
    )
    return Page(
        HOME_TEMPLATE,
        {"county": catalog.slug},
        view,
        title="Public services",
        description="What the county’s offices do for you, in English: services, addresses and phone numbers.",
        meta=column_tags(catalog.overlay.website, COLUMN),
        chinese=HOME,
    )


def english_calls(catalog: Catalog) -> tuple[EnglishCall, ...]:
    """The national numbers with the domains that each is for."""
    about: dict[str, list[EnglishWords]] = {}
    for domain, directory in catalog.directories.items():
        about.setdefault(directory.hotline.number, []).append(_title(domain, catalog))
    about.pop(FOR_ALL.number, None)
    own = (EnglishCall(number, _joined(titles)) for number, titles in about.items())
    return (*own, EnglishCall(FOR_ALL.number, EnglishWords("Any other question, suggestion or complaint")))


def _joined(titles: Sequence[EnglishWords]) -> EnglishWords:
    english = all(title.english for title in titles)
    return EnglishWords((", " if english else "、").join(title.text for title in titles), english)


def _domain(domain: DomainView, glossary: Glossary) -> EnglishDomain:
    groups = tuple(
        EnglishGroup(
            _named(glossary.groups, group.title, group.title), tuple(_line(row, glossary) for row in group.rows)
        )
        for group in domain.groups
    )
    return EnglishDomain(_named(glossary.domains, domain.domain, domain.label), groups)


def _line(row: ServiceRow, glossary: Glossary) -> EnglishLine:
    item = glossary.item(row.item)
    if item is None:
        return EnglishLine(EnglishWords(row.title, english=False), row.path, english=False)
    return EnglishLine(EnglishWords(item.name), ENGLISH + row.path if item.line else row.path, bool(item.line))


def _named(names: Mapping[str, str], key: str, chinese: str) -> EnglishWords:
    return EnglishWords(names[key]) if key in names else EnglishWords(chinese, english=False)


def _office(office: Organisation, glossary: Glossary) -> EnglishOffice:
    return EnglishOffice(office, hours_words(office.hours, glossary) if office.hours else None)


def _view(row: ServiceRow, item: EnglishItem, site: Site) -> EnglishItemView:
    glossary, service = site.catalog.glossary, site.services[row.item.id]
    materials, own = service.materials, service.own
    return EnglishItemView(
        row=row,
        item=item,
        now=phrase(service.now, glossary) if service.now else None,
        deadlines=tuple(phrase(one, glossary) for one in service.deadlines),
        proxy=phrase(own.proxy, glossary) if own and own.proxy else None,
        offices=tuple(_office(office, glossary) for office in service.handling_offices),
        bring=None if materials is None else tuple(_paper(material, glossary) for material in materials),
        steps=tuple(phrase(step.name, glossary) for step in service.steps),
        limit=limit_words(service.limit, glossary) if service.limit else None,
        fee=phrase(service.fee, glossary) if service.fee else None,
        online=service.online,
        consult=_numbers(service.consult),
        complaint=_numbers(service.complaint),
        unchecked=bool(unchecked(own)),
        checked=service.checked,
    )


def _numbers(phones: tuple[Phone, ...]) -> tuple[str, ...]:
    """The numbers in the texts of the contacts, without the Chinese text around them."""
    return tuple(dict.fromkeys(number for phone in phones for number in PHONE.findall(phone.text)))


def _item(view: EnglishItemView, line: str, catalog: Catalog) -> Page:
    row = view.row
    directory = catalog.directories[row.item.domain]
    website, name = catalog.overlay.website, view.item.name
    source = "、".join(row.item.publisher) or website.organiser or catalog.overlay.name
    return Page(
        ITEM_TEMPLATE,
        {"county": catalog.slug, "domain": row.item.domain, "item": item_folder(row.number)},
        view,
        title=name,
        description=line,
        breadcrumbs=(Crumb("All services", ENGLISH + HOME), Crumb(name)),
        meta=article_tags(website, COLUMN, Publication(name, view.checked or directory.reviewed, source)),
        item=row.item.id,
        updated=view.checked,
        chinese=row.path,
    )


TEMPLATE = f"{{county}}/en/{KIOSK}"


class EnglishCard(Struct, frozen=True):
    """One item: the content of its page, its anchor on the kiosk's page, the QR code of its own page."""

    view: EnglishItemView
    anchor: str
    code: QrCode | None


class EnglishCards(Struct, frozen=True):
    """The items of one directory."""

    title: EnglishWords
    cards: tuple[EnglishCard, ...]


class EnglishKioskView(Struct, frozen=True):
    """The content of the English kiosk."""

    wants: tuple[tuple[str, str], ...]
    """The most wanted services in people's words, each with its anchor."""
    groups: tuple[EnglishCards, ...]
    calls: tuple[EnglishCall, ...]


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
    groups = (EnglishCards(_title(domain, catalog), tuple(own)) for domain, own in cards.items())
    if cards:
        anchors = {card.view.row.item.id: card.anchor for own in cards.values() for card in own}
        wants = ((words, anchors[item]) for item, words in catalog.glossary.wants.items() if item in anchors)
        view = EnglishKioskView(tuple(wants), tuple(groups), english_calls(catalog))
        yield Page(TEMPLATE, {"county": catalog.slug}, view, title="Services in English", chinese=KIOSK)


def _title(domain: str, catalog: Catalog) -> EnglishWords:
    directory = catalog.directories[domain]
    return _named(catalog.glossary.domains, domain, directory.label or directory.title)
