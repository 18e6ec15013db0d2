"""A Site → the slides of a 电子屏 (a public screen, turned by CSS alone), and the one page of a 查询机 (a kiosk)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

from gkdir.model.county import Catalog, Entry
from gkdir.model.townguide import TownGuide
from gkdir.service.address import KIOSK, item_anchor, turn_path
from gkdir.service.phones import PHONE, Phone
from gkdir.service.qr import QrCode, qr_code
from gkdir.service.row import ServiceRow
from gkdir.service.service import Service, service_of
from gkdir.service.site import Site
from gkdir.service.summary import Summary, summary_of
from gkdir.service.town import screens, town_guides
from gkdir.site.page import Page

SECONDS = 15
"""Seconds that a slide is shown: enough to read it aloud slowly."""


class Slide(Struct, frozen=True):
    """One item, whom to call about it here, and the QR code of its page, if its address is known.

    ``own``: the guide of the township or village, which takes precedence.
    """

    brief: Summary
    call: Phone
    code: QrCode | None
    own: TownGuide | None = None


class ScreenView(Struct, frozen=True):
    """The slides of one screen."""

    name: str
    slides: tuple[Slide, ...]
    turn: str


class TurnView(Struct, frozen=True):
    """The stylesheet that shows ``count`` slides one after the other, in ``seconds`` altogether."""

    count: int
    seconds: int

    @property
    def share(self) -> float:
        """The time of one slide, in per cent of all."""
        return 100 / self.count


class KioskGroup(Struct, frozen=True):
    """A group of items on the kiosk; ``anchor`` is its place on the page."""

    title: str
    domain: str
    anchor: str
    cards: tuple[Card, ...]


class Card(Struct, frozen=True):
    """One item on the kiosk."""

    brief: Summary
    anchor: str
    code: QrCode | None


class KioskWay(Struct, frozen=True):
    """A link to an item on the kiosk: the case it is for (if not for all), its purpose, its anchor on the page."""

    case: str
    words: str
    anchor: str


class KioskEvent(Struct, frozen=True):
    """A life event on the kiosk."""

    title: str
    line: str
    anchor: str
    ways: tuple[KioskWay, ...]


class KioskView(Struct, frozen=True):
    """The whole kiosk on one page: it needs no server and has no links to other websites."""

    events: tuple[KioskEvent, ...]
    asked: tuple[KioskWay, ...]
    """Frequent questions."""
    groups: tuple[KioskGroup, ...]


def screen_pages(site: Site) -> Iterator[Page]:
    """The slides of the county, of its townships and villages, their stylesheets, and the kiosk."""
    catalog = site.catalog
    counts: set[int] = set()
    for path, place, entries in screens(catalog):
        slides = tuple(_slide(entry, place, site) for entry in entries)
        counts.add(len(slides))
        yield _screen(path, place, catalog, slides)
    for count in sorted(counts):
        at = {"county": catalog.slug, "count": str(count)}
        yield Page("{county}/screen/turn-{count}.css", at, TurnView(count, count * SECONDS), title="")
    yield Page(
        f"{{county}}/{KIOSK}",
        {"county": catalog.slug},
        KioskView(tuple(_events(site)), tuple(_asked(site)), tuple(_groups(site))),
        title=f"{catalog.overlay.name}办事查询",
    )


def _slide(entry: Entry, place: Catalog, site: Site) -> Slide:
    service = service_of(entry, place)
    brief = summary_of(service, place)
    own = None if place is site.catalog else town_guides(place, entry.item.domain).get(entry.item.number or "")
    return Slide(brief, _call(brief, place, own), _code(service, site.base), own)


def _call(brief: Summary, place: Catalog, own: TownGuide | None) -> Phone:
    """The number in the town's guide, else that of the town's first office.

    It is the summary's for the county, if no office of the town has a phone, or if the summary's office is the town's.
    """
    if own and own.consult and (found := PHONE.search(own.consult)):
        return Phone("", found[0])
    own_offices = tuple(office for office in place.overlay.organisations.values() if office.phone)
    if place.overlay.kind == "县级" or not own_offices or brief.office in own_offices:
        return Phone("", brief.number)
    return Phone(own_offices[0].name, own_offices[0].phone or "")


def _screen(path: str, place: Catalog, county: Catalog, slides: tuple[Slide, ...]) -> Page:
    name = place.overlay.name
    view = ScreenView(name, slides, turn_path(len(slides)))
    if place is county:
        return Page(f"{{county}}/{path}", {"county": county.slug}, view, title=f"{name}电子屏")
    at = {"county": county.slug, "town": place.slug}
    return Page("{county}/screen/{town}/index.html", at, view, title=f"{name}电子屏")


def _events(site: Site) -> Iterator[KioskEvent]:
    for event, bundle in site.events:
        ways = (KioskWay(step.case, step.purpose, _anchor(step.row)) for step in bundle.steps)
        yield KioskEvent(event.name, event.opening or event.line, f"e-{event.slug}", tuple(ways))


def _asked(site: Site) -> Iterator[KioskWay]:
    for words, item in site.catalog.navigation.questions.items():
        if item.text in site.rows:
            yield KioskWay("", words, _anchor(site.rows[item.text]))


def _anchor(row: ServiceRow) -> str:
    return item_anchor(row.item.domain, row.number)


def _groups(site: Site) -> Iterator[KioskGroup]:
    for directory in site.catalog.directories.values():
        for number, (title, entries) in enumerate(directory.first_levels(), 1):
            services = (site.services[entry.item.id] for entry in entries)
            cards = (
                Card(
                    summary_of(service, site.catalog),
                    item_anchor(service.item.domain, service.item.number or ""),
                    _code(service, site.base) if service.own else None,
                )
                for service in services
            )
            anchor = f"g-{directory.domain}-{number}"
            yield KioskGroup(title, directory.label or directory.title, anchor, tuple(cards))


def _code(service: Service, base: str | None) -> QrCode | None:
    return qr_code(base + quote(service.path)) if base else None
