"""A sheet before rendering: path, template, title, value; and the head that all sheets share."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from gkdir.export.cells import clean
from gkdir.read.text import chinese_date
from gkdir.service.address import HANT
from gkdir.service.qr import QrCode, qr_code
from gkdir.service.site import Site

PICTURE_DOTS = 36.0
"""Dots an inch of pictures: an A4 is 421 dots high, twice the pixels that pages show."""


class Head(Struct, frozen=True):
    """The head of every sheet of a county: county, office, date, address of the web page.

    ``address`` is the page that the QR code ``code`` leads to; both are missing if the county's address is unknown.
    """

    county: str
    organiser: str
    example: bool
    issued: str
    address: str = ""
    code: QrCode | None = None


class Value(Struct, frozen=True):
    """The content of a sheet, below its head."""

    head: Head


class PrintedSheet(Struct, frozen=True):
    """One PDF: ``path`` inside the county's folder, ``template`` under ``templates/_sheets``, ``value`` its content.

    ``value`` is a frozen value of texts, numbers, tuples and such values, passed to Typst as JSON.
    ``labelled``: every other cell of its tables is a label, to be tagged as a row header.
    ``dots``: the resolution of the picture of its first page; ``None`` for no picture.
    """

    path: str
    template: str
    title: str
    value: Value
    dots: float | None = PICTURE_DOTS
    labelled: bool = False

    def json(self) -> str:
        """The value as JSON, keyed by field names, without unprintable characters."""
        value = {"title": self.title, **to_builtins(self.value)}
        return json.dumps(_printable(value), ensure_ascii=False)


SIMILAR = str.maketrans({"☐": "□", "☑": "√", "✓": "√", "✔": "√", "☒": "×", "✗": "×", "✘": "×", "\ufeff": None})
"""Signs that the fonts lack → equivalents that they have."""


def _printable(value: object) -> object:
    if isinstance(value, str):
        return clean(value).translate(SIMILAR)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


def head(site: Site, page: str, issued: date | None = None) -> Head:
    """The head of a sheet that belongs to the page at path ``page``."""
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


def traditional(sheet: PrintedSheet, base: str | None) -> PrintedSheet:
    """The sheet for the Traditional pages, with its path and QR code below ``hant/``. ``base`` as in ``Site``."""
    head = sheet.value.head
    if base and head.address:
        address = f"{base}{HANT}{head.address.removeprefix(base)}"
        head = replace(head, address=address, code=qr_code(address))
    return replace(sheet, path=HANT + sheet.path, value=replace(sheet.value, head=head))
