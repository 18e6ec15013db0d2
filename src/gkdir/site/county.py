"""A Site → ``county`` in templates: the names, website, office and dates that every page shows."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from msgspec import Struct

from gkdir.model.article import Urgent
from gkdir.model.attached import AttachedFile
from gkdir.model.county import Catalog, Organisation, Website
from gkdir.model.domain import GUIDANCE, DomainFacts, Hotline, hotlines
from gkdir.service.address import HOME, attached_path, domain_path
from gkdir.service.county import Link, main_office
from gkdir.service.site import Site


class FooterMark(Struct, frozen=True):
    """The mark of party and government in the footer: its path, and its size in pixels on the page."""

    address: str
    width: int
    height: int


class CountyView(Struct, frozen=True):
    """The content of header and footer. The page of all counties has one too, with an empty slug."""

    slug: str
    name: str
    example: bool
    website: Website
    domains: tuple[Link, ...]
    office: Organisation | None
    updated: date | None
    version: str
    facts: tuple[DomainFacts, ...]
    """What is known of its domains."""
    base: str | None
    """The address of the county's folder, ending in ``/``; ``None`` if unknown."""
    urgent: tuple[Urgent, ...] = ()
    """The current urgent notices of the county and of the layers above it."""
    changed: date | None = None
    """The day of the newest entry of 更新记录."""
    hant: bool = False
    """Whether every page has a copy in Traditional script."""
    english: str | None = None
    """The English home, if there is one."""
    english_name: str | None = None
    mark: FooterMark | None = None

    @property
    def hotlines(self) -> tuple[Hotline, ...]:
        """The national numbers for its domains, and that for everything."""
        return hotlines(self.facts)

    @property
    def notices(self) -> tuple[str, ...]:
        """The documents of the ministries on which its directories are based."""
        return tuple(dict.fromkeys(each.notice for each in self.facts)) or (GUIDANCE,)

    @property
    def police_address(self) -> str | None:
        """The address to look up 公安备案号; ``None`` if there is no number."""
        number = re.search(r"\d{14}", self.website.police or "")
        return f"https://beian.mps.gov.cn/#/query/webSearch?code={number[0]}" if number else None

    def told_mistake(self, path: str) -> str | None:
        """The address for reporting a mistake on the page at ``path``, with that page's address if it is supported."""
        address = self.website.report_errors
        if address and self.base and _PLATFORM.search(address) and not _HAS_PAGE.search(address):
            page = quote(self.base + quote(path.removesuffix(HOME)), safe="")
            return f"{address}{page}" if address.endswith("url=") else f"{address}&url={page}"
        return address


_HEIGHT = 48
_PLATFORM = re.compile(r"[?&](?:site_?code|site_?id)=", re.IGNORECASE)
"""An address of 我为政府网站找错: it has the website's number, and accepts the page's address as ``url``."""
_HAS_PAGE = re.compile(r"[?&]url=.", re.IGNORECASE)


def county_view(site: Site) -> CountyView:
    """The values of ``county`` for the templates."""
    catalog = site.catalog
    return CountyView(
        slug=catalog.slug,
        name=catalog.overlay.name,
        example=catalog.overlay.example,
        website=catalog.overlay.website,
        domains=tuple(Link(d.label or d.title, domain_path(d.domain)) for d in catalog.directories.values()),
        office=main_office(catalog),
        updated=newest(catalog),
        version=site.version,
        facts=catalog.facts,
        base=site.base,
        urgent=site.urgent,
        changed=max((amendment.day for amendment in catalog.amendments), default=None),
        hant=site.hant,
        english=site.english.get(HOME),
        english_name=catalog.overlay.english,
        mark=_mark(catalog.overlay.mark),
    )


def _mark(picture: AttachedFile | None) -> FooterMark | None:
    if picture is None or not picture.height:
        return None
    return FooterMark(attached_path(picture.path), round(picture.width * _HEIGHT / picture.height), _HEIGHT)


def newest(catalog: Catalog) -> date | None:
    """The newest date on which a directory or a guide was checked."""
    dates = [directory.reviewed for directory in catalog.directories.values()]
    dates += [guide.checked for guide in catalog.guides.values()]
    return max((day for day in dates if day), default=None)
