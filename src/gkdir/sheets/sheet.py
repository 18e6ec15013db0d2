"""What every sheet is before it is set: its place, its template, its title, its value; and the head they share."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import quote

from gkdir.model.county import Catalog
from gkdir.pages.county import county_view
from gkdir.pages.page import Site
from gkdir.sheets.qr import Code, qr_code


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every sheet of a county: whose it is, since when, where to read on.

    ``address`` is the page that ``code`` leads to; there is neither where nobody has said where the county's pages
    will stand.
    """

    county: str
    organiser: str
    example: bool
    issued: str
    address: str = ""
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One PDF: ``path`` inside the county's folder, ``template`` under ``templates/_sheets``, ``value`` what it shows.

    ``value`` is a frozen dataclass of texts, numbers, tuples and dataclasses of these: it is handed over as JSON.
    ``pictured`` sheets are shown on pages by a picture of their first page.
    """

    path: str
    template: str
    title: str
    value: object
    pictured: bool = True

    def json(self) -> str:
        """The value, under its fields' own names."""
        return json.dumps({"title": self.title, **asdict(self.value)}, ensure_ascii=False)  # type: ignore[call-overload]


def head(catalog: Catalog, site: Site, page: str, issued: date | None = None) -> Head:
    """The head of a sheet that belongs to the page at ``page`` of the county's folder."""
    base = county_view(catalog, site).base
    address = base + quote(page) if base else ""
    overlay = catalog.overlay
    return Head(
        county=overlay.name,
        organiser=overlay.website.organiser or overlay.name,
        example=overlay.example,
        issued=chinese_date(issued or site.date),
        address=address,
        code=qr_code(address) if address else None,
    )


def chinese_date(day: date) -> str:
    """``2026年3月1日``."""
    return f"{day.year}年{day.month}月{day.day}日"
