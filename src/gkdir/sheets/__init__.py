"""A Site → PDFs to print: frozen values, one module for each kind, and the Typst renderer. See docs/print.md."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.service.site import Site
from gkdir.sheets.ballot import ballot_sheets
from gkdir.sheets.booklet import booklet_sheets
from gkdir.sheets.directory import directory_sheets
from gkdir.sheets.form import form_sheets
from gkdir.sheets.notice import notice_sheets
from gkdir.sheets.sheet import PrintedSheet
from gkdir.sheets.town import town_sheets


def county_sheets(site: Site) -> Iterator[PrintedSheet]:
    """Every sheet of a county, kind by kind."""
    yield from directory_sheets(site)
    yield from town_sheets(site)
    yield from form_sheets(site)
    yield from ballot_sheets(site)
    yield from booklet_sheets(site)
    yield from notice_sheets(site)
