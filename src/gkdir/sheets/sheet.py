"""What every sheet is before it is set: its place, its template, its title, its value; and the head they share."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from gkdir.export.cells import clean
from gkdir.service.address import HANT
from gkdir.service.qr import Code, qr_code
from gkdir.service.site import Site

PICTURE_DOTS = 36.0
"""An A4 is then 421 dots high: what pages show, at two dots a pixel."""


class Head(Struct, frozen=True):
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


class Value(Struct, frozen=True):
    """What a sheet shows, under its head."""

    head: Head


class Sheet(Struct, frozen=True):
    """One PDF: ``path`` inside the county's folder, ``template`` under ``templates/_sheets``, ``value`` what it shows.

    ``value`` is a frozen value of texts, numbers, tuples and values of these: it is handed over as JSON.
    ``labelled``: in its tables a label stands before each cell, and heads it.
    ``dots`` are those an inch of the picture of the first page that pages show; without, they show none.
    """

    path: str
    template: str
    title: str
    value: Value
    dots: float | None = PICTURE_DOTS
    labelled: bool = False

    def json(self) -> str:
        """The value under its fields' own names, without characters that cannot be printed."""
        value = {"title": self.title, **to_builtins(self.value)}
        return json.dumps(_printable(value), ensure_ascii=False)


SIMILAR = str.maketrans({"☐": "□", "☑": "√", "✓": "√", "✔": "√", "☒": "×", "✗": "×", "✘": "×", "\ufeff": None})
"""Signs that clerks write and no font here has → those that it has."""


def _printable(value: object) -> object:
    if isinstance(value, str):
        return clean(value).translate(SIMILAR)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


def head(site: Site, page: str, issued: date | None = None) -> Head:
    """The head of a sheet that belongs to the page at ``page`` of the county's folder."""
    address = site.base + quote(page) if site.base else ""
    overlay = site.catalog.overlay
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


def traditional(sheet: Sheet, base: str | None) -> Sheet:
    """The twin of a sheet beside the Traditional pages, whose code leads to one of those; ``base`` as in ``head``."""
    head = sheet.value.head
    if base and head.address:
        address = f"{base}{HANT}{head.address.removeprefix(base)}"
        head = replace(head, address=address, code=qr_code(address))
    return replace(sheet, path=HANT + sheet.path, value=replace(sheet.value, head=head))
